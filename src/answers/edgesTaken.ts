import type { GraphEdge } from '../flow/flowGraph.ts';
import type { Milliseconds } from '../trace/execution.ts';
import type { TreeNode } from '../trace/tree.ts';

/**
 * How often each edge was taken. Records don't tell of edges: one was where both of its ends ran, the one behind not
 * before the other; an edge of failure where its source failed besides. What follows a node that runs in rounds was come
 * to as often as the one of them that ran less.
 */
export function edgesTaken(
  edges: readonly GraphEdge[],
  rowsOf: (place: number) => readonly TreeNode[],
): readonly number[] {
  // A node that ran ten thousand times may lead to thousands of others: its rows are looked at once.
  const known = new Map<number, Ran | null>();
  const ranAt = (place: number): Ran | null => {
    let found = known.get(place);
    if (found === undefined) known.set(place, (found = ranOf(rowsOf(place))));
    return found;
  };
  return edges.map(({ source, target, kind }) => {
    const [from, to] = [ranAt(source), ranAt(target)];
    if (from === null || to === null) return 0;
    if (kind === 'fail' && !from.hasFailed) return 0;
    // What uses it begins before.
    if (kind !== 'part' && to.lastMs < from.firstMs) return 0;
    return Math.min(from.count, to.count);
  });
}

/** What a node did, in all of its rows. */
interface Ran {
  readonly count: number;
  readonly hasFailed: boolean;
  readonly firstMs: Milliseconds;
  readonly lastMs: Milliseconds;
}

/** Null for one that never ran. */
function ranOf(all: readonly TreeNode[]): Ran | null {
  const rows = all.filter(({ status }) => status !== 'notRun');
  if (rows.length === 0) return null;
  let [count, firstMs, lastMs] = [0, Infinity, -Infinity];
  for (const row of rows) {
    count += row.count;
    // What has no time is no reason against it.
    firstMs = Math.min(firstMs, row.beginMs ?? -Infinity);
    lastMs = Math.max(lastMs, row.beginMs ?? Infinity);
  }
  return {
    ...{ count, firstMs, lastMs },
    hasFailed: rows.some(({ status }) => failed.has(status)),
  };
}

const failed: ReadonlySet<TreeNode['status']> = new Set([
  'failed',
  'recovered',
  'unended',
] as const);
