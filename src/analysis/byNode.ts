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
  const found = new Map<NodeId, Came<T>[]>();
  for (const run of runs) takeByNode(found, run, nodes);
  return found;
}

interface Came<T> {
  readonly run: T;
  passed: boolean;
}

/** The same for one more execution. */
export function takeByNode<T extends PastExecution>(
  found: Map<NodeId, Came<T>[]>,
  run: T,
  wanted?: Nodes,
): void {
  for (const { nodeId, status } of run.nodes) {
    if (wanted?.has(nodeId) !== false) take(found, nodeId, run, isGood(status));
  }
  // One that failed elsewhere passed a node as well; one that failed there did not, whatever its entry says.
  const failedAt = run.failure?.nodeId ?? null;
  if (failedAt !== null && wanted?.has(failedAt) !== false) take(found, failedAt, run, false);
}

function take<T>(found: Map<NodeId, Came<T>[]>, nodeId: NodeId, run: T, passed: boolean): void {
  const known = found.get(nodeId);
  const last = known?.at(-1);
  // In a loop it runs the same node again: each time well, or it did not pass.
  if (last?.run === run) last.passed &&= passed;
  else if (known === undefined) found.set(nodeId, [{ run, passed }]);
  else known.push({ run, passed });
}

/** Whether an execution passed a node; null where it never came there. */
export function verdictAt({ nodes, failure }: PastExecution, wanted: NodeId): boolean | null {
  if (failure?.nodeId === wanted) return false;
  let passed: boolean | null = null;
  for (const { nodeId, status } of nodes) {
    if (nodeId === wanted) passed = isGood(status) && passed !== false;
  }
  return passed;
}

function isGood(status: PastExecution['nodes'][number]['status']): boolean {
  return status === 'succeeded' || status === 'recovered';
}
