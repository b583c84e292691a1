import type { JSX } from 'preact';
import { useInspector } from './inspectorContext.ts';

/** What is said of a node that is in the flow file and has no entry in the record. */
export function NotRunView({ onReveal }: { readonly onReveal: () => void }): JSX.Element {
  const { t } = useInspector();
  return (
    <div class="inspector-not-run">
      <p>{t('This step is in the flow file, but the record has no entry for it.')}</p>
      <ul>
        <li>
          {t('Another branch was taken, or the execution ended before it came to this step.')}
        </li>
        <li>{t('A branch that was cancelled by a failure beside it leaves no entry either.')}</li>
      </ul>
      <button type="button" class="inspector-button" onClick={onReveal}>
        {t('Go to the flow file')}
      </button>
    </div>
  );
}
