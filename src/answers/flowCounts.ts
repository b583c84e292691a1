import type { FlowNode } from '../flow/flowDocument.ts';
import type { ExecutionSummary, NodeId } from '../trace/execution.ts';
import type { FlowNodeFinder } from './flowNodeRows.ts';

/** In how many executions that ended a node ran, and in how many of them it failed. */
export interface NodeCounts {
  readonly runs: number;
  readonly failures: number;
}

/** Executions of one flow share their list of nodes: it is walked once for all that have it. */
export function countsOf(
  summaries: readonly ExecutionSummary[],
  finder: FlowNodeFinder,
): ReadonlyMap<FlowNode, NodeCounts> {
  const lists = new Map<readonly NodeId[], number>();
  const counts = new Map<FlowNode, { runs: number; failures: number }>();
  const countOf = (id: NodeId, name: string) => {
    const node = finder.find(id, name);
    if (node === undefined) return undefined;
    const count = counts.get(node) ?? { runs: 0, failures: 0 };
    counts.set(node, count);
    return count;
  };
  for (const { nodeIds, failing, outcome } of summaries) {
    // One that goes on passed nothing yet: with it each failure would be followed by a better share.
    if (outcome === 'running' || outcome === 'stalled') continue;
    lists.set(nodeIds, (lists.get(nodeIds) ?? 0) + 1);
    const failed = failing?.nodeId == null ? undefined : countOf(failing.nodeId, failing.name);
    if (failed !== undefined) failed.failures++;
  }
  for (const [nodeIds, times] of lists) {
    for (const id of nodeIds) {
      const count = countOf(id, '');
      if (count !== undefined) count.runs += times;
    }
  }
  // A node that failed without an entry ran as well.
  for (const count of counts.values()) count.runs = Math.max(count.runs, count.failures);
  return counts;
}
