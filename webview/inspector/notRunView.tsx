import type { JSX } from 'preact';
import type { TreeRow } from '../../src/protocol/tree.ts';
import { withoutEntry } from '../../src/texts/withoutEntry.ts';
import { useInspector } from './inspectorContext.ts';

/** What is said of a node that has no entry in the record. */
export function NotRunView({
  row,
  onReveal,
}: {
  readonly row: TreeRow;
  readonly onReveal: () => void;
}): JSX.Element {
  const { t } = useInspector();
  const { what, why } = withoutEntry(row);
  return (
    <div class="inspector-not-run">
      <p>{t(what)}</p>
      <ul>
        {why.map((reason) => (
          <li key={reason}>{t(reason)}</li>
        ))}
      </ul>
      {row.inFlow && (
        <button type="button" class="inspector-button" onClick={onReveal}>
          {t('Go to Step in Flow')}
        </button>
      )}
    </div>
  );
}
