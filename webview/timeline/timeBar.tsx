import type { JSX } from 'preact';
import type { TreeRow } from '../../src/protocol/tree.ts';
import { lostBar, timeBar, type Extent } from '../../src/view/timelineBars.ts';
import { howLost } from '../../src/view/timingFacts.ts';
import type { Translate } from '../../src/texts/translate.ts';
import type { Milliseconds } from '../../src/trace/execution.ts';
import { lostText } from '../../src/texts/treeRowTexts.ts';

/** A row's bar on the shared time axis; empty without times. */
export function RowTimeBar({
  row,
  extent,
  now,
  t,
}: {
  readonly row: TreeRow;
  readonly extent: Extent | null;
  readonly now: Milliseconds | null;
  readonly t: Translate;
}): JSX.Element {
  const { beginMs, endMs, durationMs, status, earlier } = row;
  const bar = timeBar(
    { beginMs, endMs, durationMs, running: status === 'running' || status === 'stalled' },
    extent,
    status === 'running' ? now : null,
  );
  const calledMs = earlier === undefined || beginMs === null ? undefined : beginMs - earlier.fromMs;
  const lostMs = row.lostMs ?? calledMs;
  const lost = lostBar({ beginMs, ...(lostMs !== undefined && { lostMs }) }, extent);
  const look = `tree-bar tree-bar-${status}${row.expanded === null ? '' : ' tree-bar-parent'}`;
  return (
    <div class="tree-bars">
      {lost !== null && (
        <div
          class="tree-bar-lost"
          style={{ left: `${lost.left}%`, width: `${lost.width}%` }}
          title={
            row.lostMs === undefined
              ? t('Earlier attempts')
              : `${lostText(row.lostMs, t)}\n${t(howLost)}`
          }
        />
      )}
      {bar !== null && (
        <div
          class={bar.open ? `${look} tree-bar-open` : look}
          style={{ left: `${bar.left}%`, width: `${bar.width}%` }}
        />
      )}
    </div>
  );
}
