import type { Execution, NodeId } from './execution.ts';
import type { FlowShape, FlowShapeEdge, FlowShapeNode } from './flowShape.ts';

/** A node that must have run, although it left no entry, with one before it that did. */
export interface RecoveredNode {
  readonly node: FlowShapeNode;
  readonly afterNodeId: NodeId;
}

/** Each is looked at along the whole file; a run with more gaps than these is another flow's. */
const mostCandidates = 40;

/**
 * The older services write no entry for a node that failed and was got over, by a fixed answer or its error branch.
 * That it ran is certain where the log of the node before it points to a log that isn't there, and a node ran that
 * no other way of the flow leads to.
 */
export function recoveredNodes({ runs, summary }: Execution, flow: FlowShape): RecoveredNode[] {
  if (summary.outcome !== 'succeeded') return [];
  const keys = new Set(runs.map(({ key }) => key));
  const pointing = new Set(
    runs.filter(({ next }) => next.some((key) => !keys.has(key))).map(({ nodeId }) => nodeId),
  );
  if (pointing.size === 0) return [];
  const ran = new Set(runs.map(({ nodeId }) => nodeId));
  const before = new Map<NodeId, NodeId>();
  for (const { source, target } of flow.edges) {
    if (pointing.has(source) && !ran.has(target) && !before.has(target)) before.set(target, source);
  }
  if (before.size > mostCandidates) return [];
  const bySource = group(flow.edges, 'source');
  const byTarget = group(flow.edges, 'target');
  return flow.nodes.flatMap((node) => {
    const afterNodeId = before.get(node.id);
    if (afterNodeId === undefined) return [];
    const reached = reachedThrough(node.id, ran, bySource);
    const isNeeded = reached.some((target) => !hasOtherWay(target, node.id, ran, byTarget));
    return isNeeded ? [{ node, afterNodeId }] : [];
  });
}

type Edges = ReadonlyMap<NodeId, readonly FlowShapeEdge[]>;

/** The nodes that ran and to which a node leads, over others that left no entry. */
function reachedThrough(from: NodeId, ran: ReadonlySet<NodeId>, bySource: Edges): NodeId[] {
  const seen = new Set([from]);
  const reached: NodeId[] = [];
  // The set grows while it is walked.
  for (const id of seen) {
    for (const { target } of bySource.get(id) ?? []) {
      if (seen.has(target)) continue;
      if (ran.has(target)) reached.push(target);
      else seen.add(target);
    }
  }
  return reached;
}

/** Whether something that ran leads to a node without passing another. */
function hasOtherWay(
  target: NodeId,
  without: NodeId,
  ran: ReadonlySet<NodeId>,
  byTarget: Edges,
): boolean {
  const seen = new Set([target]);
  for (const id of seen) {
    for (const { source } of byTarget.get(id) ?? []) {
      if (source === without || source === target) continue;
      if (ran.has(source)) return true;
      seen.add(source);
    }
  }
  return false;
}

function group(edges: readonly FlowShapeEdge[], end: 'source' | 'target'): Edges {
  const groups = new Map<NodeId, FlowShapeEdge[]>();
  for (const edge of edges) {
    const known = groups.get(edge[end]);
    if (known === undefined) groups.set(edge[end], [edge]);
    else known.push(edge);
  }
  return groups;
}
