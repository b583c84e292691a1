import type { NodeId } from '../trace/execution.ts';

/** Importing a flow gives it another id and another name, and keeps the ids of its nodes. */
const leastShared = 0.8;
/** One node in common, a start that was copied, makes no family. */
const leastNodes = 2;
/** Made by the console for one node of one flow; tools of agents have names that many share. */
const ownNode = /::[\da-zA-Z-]{8,}$/;

/** Whether nobody but an import of its flow has the node. */
export function isOwnNode(nodeId: string): boolean {
  return ownNode.test(nodeId);
}

/** A flow as far as it is told of which lineage it is: flows come in the order in which they ran first. */
export interface KnownFlow {
  readonly flow: string;
  /** Those that nobody but an import of it has. */
  readonly ownNodes: ReadonlyMap<NodeId, number> | ReadonlySet<NodeId>;
}

/**
 * By flow, the one of its lineage that ran first: flows that share most of their nodes are one, but for those that are
 * said to be apart.
 */
export function lineagesOf(
  flows: readonly KnownFlow[],
  apart: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, string> {
  const nodesOf = new Map(flows.map(({ flow, ownNodes }) => [flow, ownNodes]));
  const flowsOf = new Map<NodeId, Set<string>>();
  for (const { flow, ownNodes } of flows) {
    for (const node of ownNodes.keys()) valueOf(flowsOf, node).add(flow);
  }
  const parents = new Map(flows.map(({ flow }) => [flow, flow]));
  const first = (flow: string): string => {
    let at = flow;
    for (let up = parents.get(at); up !== undefined && up !== at; up = parents.get(at)) at = up;
    return at;
  };
  // Each is compared with those before it.
  const seen = new Set<string>();
  for (const { flow, ownNodes } of flows) {
    const nodes = apart.has(flow) ? new Set<NodeId>() : ownNodes;
    for (const [other, count] of sharedWith(nodes, flowsOf, seen)) {
      const fewer = Math.min(nodes.size, nodesOf.get(other)?.size ?? 0);
      if (fewer >= leastNodes && count >= leastShared * fewer) {
        parents.set(flow, first(other));
        break;
      }
    }
    seen.add(flow);
  }
  return new Map(flows.map(({ flow }) => [flow, first(flow)]));
}

/** A node that more flows have tells nobody's family, and to count them all would take the square of their number. */
const mostWithOne = 100;

/** How many nodes a flow shares with each that was seen before it. */
function sharedWith(
  nodes: KnownFlow['ownNodes'],
  flowsOf: ReadonlyMap<string, ReadonlySet<string>>,
  seen: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const shared = new Map<string, number>();
  for (const node of nodes.keys()) {
    let looked = 0;
    for (const flow of flowsOf.get(node) ?? []) {
      if (++looked > mostWithOne) break;
      if (seen.has(flow)) shared.set(flow, (shared.get(flow) ?? 0) + 1);
    }
  }
  return shared;
}

function valueOf(map: Map<string, Set<string>>, key: string): Set<string> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = new Set<string>();
  map.set(key, made);
  return made;
}
