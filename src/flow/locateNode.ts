import type { NodeId } from '../trace/execution.ts';
import type { FlowDocument, FlowNode, OffsetRange, PlaceInNode } from './flowDocument.ts';
import { nodesOfId } from './nodesOfId.ts';
import { foldedName } from './robotNames.ts';

/** What is looked for. */
export interface LocateQuery {
  readonly nodeId: NodeId;
  /** Used only where no node has the id; empty: not used. */
  readonly nodeName: string;
  /** Which run with that name it is, from 0 in order: the node of the same rank heads the candidates. */
  readonly occurrence?: number;
}

/** Where a node stands: one place, several to choose from (the likeliest first), or none. */
export type LocateResult =
  | { readonly kind: 'found'; readonly node: FlowNode }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly FlowNode[] }
  | { readonly kind: 'notFound' };

/**
 * Finds a node by its id, else by its name. Never guesses: several matches are several candidates. The
 * text itself is not searched: where no object carries the id, its other occurrences are references.
 */
export function locateNode(document: FlowDocument, query: LocateQuery): LocateResult {
  const { nodeId, nodeName, occurrence = 0 } = query;
  for (const matches of candidates(document, nodeId, nodeName)) {
    const [node, ...others] = matches;
    if (node === undefined) continue;
    if (others.length === 0) return { kind: 'found', node };
    return { kind: 'ambiguous', candidates: withFirst(matches, occurrence) };
  }
  return { kind: 'notFound' };
}

/** Best way to find it first. Some formats know a step in their logs by its name alone. */
function* candidates(
  document: FlowDocument,
  nodeId: NodeId,
  nodeName: string,
): Generator<readonly FlowNode[]> {
  yield nodesOfId(document, nodeId);
  if (document.format === 'astronRpa') yield atomAt(document, nodeId, nodeName);
  for (const name of [nodeId, nodeName]) {
    if (name === '') continue;
    yield document.nodes.filter((node) => node.name === name);
    yield document.nodes.filter((node) => node.otherName === name);
    if (document.format === 'robot') {
      const wanted = foldedName(name);
      yield document.nodes.filter((node) => foldedName(node.name) === wanted);
    }
  }
}

/** An atom by `process:line`, which counts the atoms from 1, if its name is right: the process may have changed since. */
function atomAt({ nodes }: FlowDocument, nodeId: NodeId, nodeName: string): readonly FlowNode[] {
  const [, line] = /^\d+:(\d+)$/.exec(nodeId) ?? [];
  const atom = line === undefined ? undefined : nodes[Number(line) - 1];
  return atom === undefined || nodeName === '' || atom.name !== nodeName ? [] : [atom];
}

function withFirst(nodes: readonly FlowNode[], index: number): readonly FlowNode[] {
  const first = nodes[index];
  return first === undefined ? nodes : [first, ...nodes.filter((node) => node !== first)];
}

/** Where a setting of a node stands, of its program a line of it, or what an input is; undefined where it has none. */
export function rangeIn(
  { settings, ports }: FlowNode,
  place: PlaceInNode,
): OffsetRange | undefined {
  if (place.part === 'input') {
    return ports?.references.find(({ input, range }) => input === place.input && range)?.range;
  }
  const { part, line } = place;
  const setting = settings?.[part];
  const start = line === undefined ? undefined : setting?.lines?.[line - 1];
  return start === undefined ? setting?.range : { start, end: start };
}
