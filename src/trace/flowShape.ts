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
