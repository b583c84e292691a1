import type { SourceError } from '../../src/record/recordSource.ts';
import { MendSource } from '../sourceTable.tsx';
import { ShowLogButton } from './showLogButton.tsx';

/** The ways to mend a source, as buttons. */
export function ErrorActions({ error }: { error: SourceError }) {
  return (
    <div class="error-actions">
      <MendSource error={error} />
      <ShowLogButton />
    </div>
  );
}
