import type { NodeId } from '../trace/execution.ts';
import type { PastExecution } from './pastExecution.ts';

/** An execution that came to a node. */
export interface CameToNode<T> {
  readonly run: T;
  /** It passed: ran there, each time well, and did not fail there. */
  readonly passed: boolean;
}

/** Which nodes are asked for. */
interface Nodes {
  has(node: NodeId): boolean;
}

/**
 * By node the executions that came to it, in their order: where they ran it or failed. One walk for all nodes, or for
 * those that are asked for.
 */
export function byNode<T extends PastExecution>(
  runs: readonly T[],
  nodes?: Nodes,
): ReadonlyMap<NodeId, readonly CameToNode<T>[]> {
  const found = new Map<NodeId, CameToNode<T>[]>();
  for (const run of runs) {
    for (const [node, passed] of verdicts(run, nodes)) {
      const known = found.get(node);
      if (known === undefined) found.set(node, [{ run, passed }]);
      else known.push({ run, passed });
    }
  }
  return found;
}

/** An execution that failed elsewhere passed a node as well; one that failed there did not, whatever its entry says. */
function verdicts(
  { nodes, failure }: PastExecution,
  wanted: Nodes | undefined,
): ReadonlyMap<NodeId, boolean> {
  const passed = new Map<NodeId, boolean>();
  for (const { nodeId, status } of nodes) {
    if (wanted?.has(nodeId) === false) continue;
    const isGood = status === 'succeeded' || status === 'recovered';
    passed.set(nodeId, isGood && passed.get(nodeId) !== false);
  }
  const failedAt = failure?.nodeId ?? null;
  if (failedAt !== null && wanted?.has(failedAt) !== false) passed.set(failedAt, false);
  return passed;
}
