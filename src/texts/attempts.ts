import type { TreeRow } from '../protocol/tree.ts';

/** How often a node was tried, where its entries can only be attempts; null where they may be rounds. */
export function attemptCount({
  attempts,
  status,
  count,
}: Pick<TreeRow, 'attempts' | 'status' | 'count'>): number | null {
  if (attempts !== true) return null;
  // The giving up leaves an entry too.
  return status === 'failed' ? count - 1 : count;
}
