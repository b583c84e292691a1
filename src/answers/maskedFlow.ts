import type { FlowDocument, FlowPorts } from '../flow/flowDocument.ts';
import { nodeIndex } from '../flow/nodeIndex.ts';

/** Gives an id as the executions have it. */
export type MaskId = (id: string) => string;

/**
 * A flow file with its ids masked as those of executions are: they are compared with each other, and shown. The same
 * file where nothing is to be masked, as in nearly all.
 */
export function withMaskedIds(document: FlowDocument, maskId: MaskId): FlowDocument {
  const flowId = maskId(document.flowId);
  const isPlain = flowId === document.flowId && document.nodes.every(({ id }) => maskId(id) === id);
  if (isPlain) return document;
  const nodes = document.nodes.map((node) => ({
    ...node,
    id: maskId(node.id),
    parentId: node.parentId === null ? null : maskId(node.parentId),
    ...(node.ports === undefined ? {} : { ports: maskedPorts(node.ports, maskId) }),
  }));
  const edges = document.edges.map((edge) => ({
    ...edge,
    source: maskId(edge.source),
    target: maskId(edge.target),
  }));
  const parts = document.parts?.map(({ node, of }) => ({ node: maskId(node), of: maskId(of) }));
  const otherIds = new Map(
    [...(document.otherIds ?? [])].map(([name, id]) => [maskId(name), maskId(id)] as const),
  );
  const masked = { ...document, flowId, nodes, edges, nodesById: nodeIndex(nodes), otherIds };
  return parts === undefined ? masked : { ...masked, parts };
}

function maskedPorts(ports: FlowPorts, maskId: MaskId): FlowPorts {
  const references = ports.references.map((one) => ({ ...one, source: maskId(one.source) }));
  return { ...ports, references };
}
