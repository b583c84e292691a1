import type { NodeId } from './execution.ts';

/** What the tree wants to know of a flow file: its nodes and how they hang together. */
export interface FlowShape {
  readonly nodes: readonly FlowShapeNode[];
  readonly edges: readonly FlowShapeEdge[];
}

/** A node as written in the flow file, in file order. */
export interface FlowShapeNode {
  readonly id: NodeId;
  /** The label that the developer sees. */
  readonly name: string;
  readonly type: string;
  /** The iteration, loop or block that it stands in; null at the top level. */
  readonly parentId: NodeId | null;
}

/** An edge of the flow. */
export interface FlowShapeEdge {
  readonly source: NodeId;
  readonly target: NodeId;
  /** `fail`: taken when the source failed; `branch`: one of several that a decision chooses. */
  readonly kind: 'normal' | 'branch' | 'fail';
}

/** What repeats what stands in it, as the formats call it; other blocks only choose or hold together. */
const repeating = /iteration|loop|foreach|while|until|^(?:Code\.)?For/i;

/** Whether a node runs in rounds: an iteration or a loop is around it, however far out. */
export function runsInRounds(
  { parentId }: FlowShapeNode,
  nodes: ReadonlyMap<NodeId, FlowShapeNode>,
): boolean {
  const seen = new Set<NodeId>();
  for (let id = parentId; id !== null && !seen.has(id);) {
    seen.add(id);
    const parent = nodes.get(id);
    // One that the file names and does not hold can only be a container.
    if (parent === undefined || repeating.test(parent.type)) return true;
    id = parent.parentId;
  }
  return false;
}
