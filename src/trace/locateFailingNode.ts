import type { Execution, FailingNode, NodeId } from './execution.ts';
import type { FlowShape, FlowShapeEdge, FlowShapeNode } from './flowShape.ts';

/**
 * Where the execution failed, with what the flow file adds: the name and id of a node that failed and left no
 * entry. It stays `inferred`, because the file only tells which nodes could have come next.
 */
export function locateFailingNode(
  execution: Execution,
  flow: FlowShape | null,
): FailingNode | null {
  const { failing } = execution.summary;
  if (failing === null || flow === null || !failing.inferred) return failing;
  const node = missingSuccessor(execution, flow, failing.afterNodeId);
  return node === undefined ? failing : { ...failing, nodeId: node.id, name: node.name };
}

/** The node of the flow that most likely came next and left no entry; undefined when none can have. */
export function missingSuccessor(
  execution: Execution,
  flow: FlowShape,
  afterNodeId: NodeId | null,
): FlowShapeNode | undefined {
  const ran = new Set(execution.runs.map((run) => run.nodeId));
  const reachable = reachableTargets(flow, ran);
  const afterTargets = new Set(
    flow.edges.filter((edge) => edge.source === afterNodeId).map((edge) => edge.target),
  );
  let best: { node: FlowShapeNode; score: number } | undefined;
  for (const node of flow.nodes) {
    if (!reachable.has(node.id)) continue;
    const score =
      (execution.suspectTypes.some((type) => type.test(node.type)) ? 8 : 0) +
      (afterTargets.has(node.id) ? 4 : 0) +
      // An end hardly fails, it only gathers; a container fails by its body.
      (isEnd(node.type) ? 0 : 2);
    if (best === undefined || score > best.score) best = { node, score };
  }
  return best?.node;
}

/** Nodes that did not run although one before them did; branches beside a taken one can't have been next. */
function reachableTargets(flow: FlowShape, ran: ReadonlySet<NodeId>): Set<NodeId> {
  const decided = new Set<NodeId>();
  for (const edge of flow.edges) {
    if (edge.kind === 'branch' && ran.has(edge.target)) decided.add(edge.source);
  }
  const isPossible = (edge: FlowShapeEdge) =>
    edge.kind === 'normal' || (edge.kind === 'branch' && !decided.has(edge.source));
  const targets = flow.edges
    .filter((edge) => ran.has(edge.source) && !ran.has(edge.target) && isPossible(edge))
    .map((edge) => edge.target);
  return new Set(targets);
}

function isEnd(type: string): boolean {
  return /^(?:node-end|iteration-node-end|loop-node-end|loop-exit)$/.test(type);
}
