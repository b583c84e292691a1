import type { JSX } from 'preact';
import { branchPreview } from '../../src/view/branchPreview.ts';
import type { JsonRow } from '../../src/view/jsonRows.ts';

/** Opens and closes a part; of a leaf, its empty place. */
export function Twistie({ row, onToggle }: { row: JsonRow; onToggle: () => void }): JSX.Element {
  if (row.kind !== 'branch' || row.size === 0) return <span class="inspector-json-twistie" />;
  return (
    <span
      class={`inspector-json-twistie codicon codicon-chevron-${row.open ? 'down' : 'right'}`}
      aria-hidden="true"
      onClick={onToggle}
    />
  );
}

/** An object or list: its size, and while it is closed a look into it. */
export function Branch({
  row,
  onToggle,
}: {
  readonly row: Extract<JsonRow, { kind: 'branch' }>;
  readonly onToggle: () => void;
}): JSX.Element {
  const [open, close] = Array.isArray(row.value) ? ['[', ']'] : ['{', '}'];
  return (
    <span class="inspector-json-branch" onClick={onToggle}>
      <span class="inspector-json-size">
        {row.size === 0 ? open + close : `${open}${row.size}${close}`}
      </span>
      {!row.open && row.size > 0 && (
        <span class="inspector-json-preview"> {branchPreview(row.value)}</span>
      )}
    </span>
  );
}
