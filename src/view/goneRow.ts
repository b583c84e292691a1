import type { TreeWindow } from '../protocol/tree.ts';
import type { RunKey } from '../trace/execution.ts';

type Rows = Pick<TreeWindow, 'rows' | 'start' | 'totalRows'>;

/**
 * What stands nearest to a row that a later record of its execution doesn't have: the row above it in the tree, or null for
 * the execution itself. Undefined where the row is still there, or may be among rows that weren't sent.
 */
export function nearestToGone(row: RunKey, before: Rows, after: Rows): RunKey | null | undefined {
  const at = before.rows.findIndex(({ key }) => key === row);
  if (at === -1 || after.rows.some(({ key }) => key === row)) return undefined;
  const kept = new Map(after.rows.map(({ key }, index) => [key, index]));
  let level = before.rows[at]?.level ?? 0;
  for (const above of before.rows.slice(0, at).reverse()) {
    if (above.level >= level) continue;
    level = above.level;
    const index = kept.get(above.key);
    if (index !== undefined) return hasAllBelow(after, index) ? above.key : undefined;
  }
  return after.start === 0 && endsWithLast(after) ? null : undefined;
}

/** Whether everything that hangs below a row was sent. */
function hasAllBelow(sent: Rows, index: number): boolean {
  const level = sent.rows[index]?.level ?? 0;
  return endsWithLast(sent) || sent.rows.slice(index + 1).some((row) => row.level <= level);
}

function endsWithLast({ rows, start, totalRows }: Rows): boolean {
  return start + rows.length >= totalRows;
}
