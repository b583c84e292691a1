import type { PastExecution } from '../analysis/pastExecution.ts';

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

/**
 * By flow, the one of its lineage that ran first: flows that share most of their nodes are one, but for those that are
 * said to be apart.
 */
export function lineages(
  executions: readonly PastExecution[],
  apart: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, string> {
  const nodesOf = new Map<string, Set<string>>();
  const flowsOf = new Map<string, Set<string>>();
  const parents = new Map<string, string>();
  const inOrder = [...executions].sort((a, b) => (a.beginMs ?? 0) - (b.beginMs ?? 0));
  for (const { flow, nodes } of inOrder) {
    if (!parents.has(flow)) parents.set(flow, flow);
    const known = valueOf(nodesOf, flow);
    for (const { nodeId } of nodes) {
      // Most are known: what runs again runs the same nodes.
      if (known.has(nodeId) || !isOwnNode(nodeId)) continue;
      known.add(nodeId);
      valueOf(flowsOf, nodeId).add(flow);
    }
  }
  const first = (flow: string): string => {
    let at = flow;
    for (let up = parents.get(at); up !== undefined && up !== at; up = parents.get(at)) at = up;
    return at;
  };
  // Flows in the order in which they ran first: each is compared with those before it.
  const seen = new Set<string>();
  for (const flow of parents.keys()) {
    const nodes = apart.has(flow) ? new Set<string>() : (nodesOf.get(flow) ?? new Set<string>());
    for (const [other, count] of sharedWith(nodes, flowsOf, seen)) {
      const fewer = Math.min(nodes.size, nodesOf.get(other)?.size ?? 0);
      if (fewer >= leastNodes && count >= leastShared * fewer) {
        parents.set(flow, first(other));
        break;
      }
    }
    seen.add(flow);
  }
  return new Map([...parents.keys()].map((flow) => [flow, first(flow)]));
}

/** A node that more flows have tells nobody's family, and to count them all would take the square of their number. */
const mostWithOne = 100;

/** How many nodes a flow shares with each that was seen before it. */
function sharedWith(
  nodes: ReadonlySet<string>,
  flowsOf: ReadonlyMap<string, ReadonlySet<string>>,
  seen: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const shared = new Map<string, number>();
  for (const node of nodes) {
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
