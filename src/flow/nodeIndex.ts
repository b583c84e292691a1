import type { NodeId } from '../trace/execution.ts';
import type { FlowNode } from './flowDocument.ts';

/** The nodes by id; more than one where a file repeats the id. */
export function nodeIndex(nodes: readonly FlowNode[]): ReadonlyMap<NodeId, readonly FlowNode[]> {
  const nodesById = new Map<NodeId, FlowNode[]>();
  for (const node of nodes) {
    const same = nodesById.get(node.id);
    if (same === undefined) nodesById.set(node.id, [node]);
    else same.push(node);
  }
  return nodesById;
}
