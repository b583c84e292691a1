import type { JSX } from 'preact';
import type { TreeRow } from '../../src/protocol/engineProtocol.ts';
import { timeBar, type Extent } from '../../src/view/timelineBars.ts';

/** A row's bar on the shared time axis; empty without times. */
export function RowTimeBar({
  row,
  extent,
}: {
  readonly row: TreeRow;
  readonly extent: Extent | null;
}): JSX.Element {
  const { beginMs, endMs, durationMs, status } = row;
  const bar = timeBar(
    { beginMs, endMs, durationMs, running: status === 'running' || status === 'stalled' },
    extent,
  );
  const look = `tree-bar tree-bar-${status}${row.expanded === null ? '' : ' tree-bar-parent'}`;
  return (
    <div class="tree-bars">
      {bar !== null && (
        <div
          class={bar.open ? `${look} tree-bar-open` : look}
          style={{ left: `${bar.left}%`, width: `${bar.width}%` }}
        />
      )}
    </div>
  );
}
