import type { NodeId } from '../trace/execution.ts';
import type { FlowDocument, FlowNode } from './flowDocument.ts';

/** What is looked for. */
export interface LocateQuery {
  readonly nodeId: NodeId;
  /** Used only where no node has the id; empty: not used. */
  readonly nodeName: string;
}

/** Where a node stands: one place, several to choose from, or none. */
export type LocateResult =
  | { readonly kind: 'found'; readonly node: FlowNode }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly FlowNode[] }
  | { readonly kind: 'notFound' };

/** Finds a node by its id, else by its name. Never guesses: several matches are several candidates. */
export function locateNode(document: FlowDocument, query: LocateQuery): LocateResult {
  const byId = document.nodes.filter((node) => node.id === query.nodeId);
  if (byId.length > 0) return oneOrMany(byId);
  if (query.nodeName === '') return { kind: 'notFound' };
  return oneOrMany(document.nodes.filter((node) => node.name === query.nodeName));
}

function oneOrMany(nodes: readonly FlowNode[]): LocateResult {
  const [node, ...others] = nodes;
  if (node === undefined) return { kind: 'notFound' };
  return others.length === 0 ? { kind: 'found', node } : { kind: 'ambiguous', candidates: nodes };
}
