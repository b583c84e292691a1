import type { GraphEdge } from '../flow/flowGraph.ts';
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
  return edges.map(({ source, target, kind }) => {
    const [from, to] = [rowsOf(source).filter(ran), rowsOf(target).filter(ran)];
    if (from.length === 0 || to.length === 0) return 0;
    if (kind === 'fail' && !from.some(({ status }) => failed.has(status))) return 0;
    if (lastBegin(to) < firstBegin(from)) return 0;
    return Math.min(countOf(from), countOf(to));
  });
}

const failed: ReadonlySet<TreeNode['status']> = new Set([
  'failed',
  'recovered',
  'unended',
] as const);

const ran = ({ status }: TreeNode) => status !== 'notRun';

const countOf = (rows: readonly TreeNode[]) => rows.reduce((sum, { count }) => sum + count, 0);

/** What has no time is no reason against it. */
const lastBegin = (rows: readonly TreeNode[]) =>
  rows.reduce((last, { beginMs }) => Math.max(last, beginMs ?? Infinity), -Infinity);

const firstBegin = (rows: readonly TreeNode[]) =>
  rows.reduce((first, { beginMs }) => Math.min(first, beginMs ?? -Infinity), Infinity);
