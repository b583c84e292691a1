import type { NodeId } from '../trace/execution.ts';
import type { FlowShapeEdge } from '../trace/flowShape.ts';
import type { CanvasPlace, FlowDocument, FlowFormat, FlowNode } from './flowDocument.ts';

/** More boxes than these nobody finds anything among; the text has them all. */
export const mostGraphNodes = 5_000;
/** In a flow each step leads to one or two others: where there are more of them, the graph says less than a list. */
const mostGraphEdges = 20_000;

/** What is drawn of a flow file: its nodes as boxes in boxes, and what leads from which to which, by their places. */
export interface FlowGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** A box. */
export interface GraphNode {
  /** The place of the box around it; -1: none is. Never in a circle. */
  readonly parent: number;
  readonly canvas?: CanvasPlace;
}

/** An arrow between two boxes, by their places. */
export interface GraphEdge {
  readonly source: number;
  readonly target: number;
  /** `part`: what it comes from is used by the other end. */
  readonly kind: FlowShapeEdge['kind'] | 'part';
}

/** The graph of a flow file, of its first nodes where there are too many. A box has the place of its node. */
export function flowGraph(document: FlowDocument): FlowGraph {
  const nodes = document.nodes.slice(0, mostGraphNodes);
  const places = placesOf(nodes);
  const parts = new Map<NodeId, Set<NodeId>>();
  for (const { node, of } of document.parts ?? []) {
    parts.set(node, (parts.get(node) ?? new Set()).add(of));
  }
  const parents = withoutCircles(
    nodes.map(({ id, parentId }, place) => {
      // The designer shows it beside what uses it.
      const parent =
        parentId === null || parts.get(id)?.has(parentId) === true
          ? undefined
          : places.get(parentId);
      return parent === undefined || parent === place ? -1 : parent;
    }),
  );
  return {
    nodes: nodes.map(({ canvas }, place) => ({
      parent: parents[place] ?? -1,
      ...(canvas === undefined ? {} : { canvas }),
    })),
    edges: distinct([
      ...writtenEdges(document.edges, places),
      ...writtenEdges(
        (document.parts ?? []).map(({ node, of }) => ({ source: node, target: of, kind: 'part' })),
        places,
      ),
      ...edgesOfOrder(document.format, nodes, parents),
    ]),
  };
}

/** The first of an id counts, should a file repeat it. */
function placesOf(nodes: readonly FlowNode[]): ReadonlyMap<NodeId, number> {
  const places = new Map<NodeId, number>();
  for (const [place, { id }] of nodes.entries()) {
    if (!places.has(id)) places.set(id, place);
  }
  return places;
}

/** A file may be wrong, or be written just now: where boxes would stand in each other, the one met last stands in none. */
function withoutCircles(parents: number[]): readonly number[] {
  const done = new Set<number>();
  for (let place = 0; place < parents.length; place++) {
    const path = new Set<number>();
    for (let at = place; at !== -1 && !done.has(at); at = parents[at] ?? -1) {
      path.add(at);
      if (path.has(parents[at] ?? -1)) parents[at] = -1;
    }
    for (const at of path) done.add(at);
  }
  return parents;
}

function* writtenEdges(
  edges: readonly (Omit<FlowShapeEdge, 'kind'> & Pick<GraphEdge, 'kind'>)[],
  places: ReadonlyMap<NodeId, number>,
): Generator<GraphEdge> {
  for (const { source, target, kind } of edges) {
    const [from, to] = [places.get(source), places.get(target)];
    if (from !== undefined && to !== undefined) yield { source: from, target: to, kind };
  }
}

/** In some formats what stands below something runs after it. Functions of Python only stand in one file. */
function* edgesOfOrder(
  format: FlowFormat,
  nodes: readonly FlowNode[],
  parents: readonly number[],
): Generator<GraphEdge> {
  const isInOrder = inOrder(format);
  if (isInOrder === null) return;
  const lastIn = new Map<number, number>();
  for (const [place, node] of nodes.entries()) {
    const parent = parents[place] ?? -1;
    const before = lastIn.get(parent);
    lastIn.set(parent, place);
    if (before === undefined || !isInOrder(nodes[parent]?.type ?? '', node)) continue;
    yield { source: before, target: place, kind: 'normal' };
  }
}

function inOrder(format: FlowFormat): ((parentType: string, node: FlowNode) => boolean) | null {
  switch (format) {
    case 'astronRpa':
    case 'astronRpaRun':
      return () => true;
    case 'robot':
      // Tasks and keywords stand beside each other; steps in them run one after the other.
      return (_, { parentId }) => parentId !== null;
    case 'xaml':
      return (parentType) => parentType === 'Sequence';
    case 'astronYaml':
    case 'astronJson':
    case 'n8n':
    case 'nodeRed':
    case 'logicApps':
    case 'bpmn':
    case 'bluePrism':
    case 'python':
    case 'generic':
      return null;
  }
}

/** Two boxes are joined once; where one way is taken as usual and another after a failure, the usual one is drawn. */
function distinct(edges: Iterable<GraphEdge>): GraphEdge[] {
  const known = new Map<string, GraphEdge>();
  for (const edge of edges) {
    const key = `${String(edge.source)} ${String(edge.target)}`;
    if (!known.has(key) && known.size >= mostGraphEdges) continue;
    const before = known.get(key);
    if (before === undefined || (before.kind === 'fail' && edge.kind !== 'fail'))
      known.set(key, edge);
  }
  return [...known.values()];
}
