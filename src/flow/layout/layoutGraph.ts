import type { FlowGraph, GraphNode } from '../flowGraph.ts';
import {
  type Box,
  type LaidOut,
  type LocalEdge,
  movedBox,
  movedRoute,
  type Point,
  type Size,
  edgesAmong,
} from './boxes.ts';
import { groupEnds, withEnds } from './arrowEnds.ts';
import { inColumns } from './columns.ts';
import { lift, type Lifted, type Nest, nestOf } from './nest.ts';
import { packed, partsOf } from './packed.ts';
import { placed } from './placed.ts';
import { routeBetween } from './routes.ts';

/** Where everything is drawn, in pixels of a view that is not zoomed. */
export interface GraphLayout {
  readonly boxes: readonly Box[];
  /** The corners of each arrow; none where it can't be drawn. */
  readonly routes: readonly (readonly Point[])[];
  readonly size: Size;
}

/** A name of some twenty letters and a line below it. */
export const nodeSize = { width: 200, height: 52 } as const;
/** What a group has around what stands in it; above it, its name. */
const inset = { side: 16, top: 44, bottom: 16 } as const;

/**
 * Lays out a graph, from the inside out: what stands in a group is laid out by itself, and the group is one box for what
 * is around it. An arrow that leads into a group goes on to what it begins with or names, one that leaves it comes from
 * what it ends with: no library has to know of groups.
 */
export function layoutGraph(graph: FlowGraph): GraphLayout {
  const nest = nestOf(graph.nodes);
  const lifted = graph.edges.map((edge) => lift(edge, nest));
  const inside = new Map<number, LaidOut>();
  const edgesIn = groupedBy(lifted);
  const sizes: Size[] = graph.nodes.map(() => nodeSize);
  // What is nested deepest first, at last the file itself.
  for (const container of nest.containers) {
    const children = nest.children.get(container) ?? [];
    const local = edgesAmong(children, edgesIn.get(container) ?? [], lifted);
    const laid = laidOut(children, sizes, graph.nodes, local);
    inside.set(container, laid);
    if (container >= 0) sizes[container] = withInset(laid.size);
  }
  const { boxes, origins } = absolute(nest, inside);
  const ends = groupEnds(graph.edges, nest);
  const routes = graph.edges.map(({ source, target }): readonly Point[] => {
    const box = boxes[source];
    // From a group to what it holds no arrow is needed: that begins where the group does.
    return box === undefined || source !== target ? [] : routeBetween(box, box);
  });
  for (const [container, indices] of edgesIn) {
    const own = inside.get(container)?.routes ?? [];
    for (const [at, index] of indices.entries()) {
      const [edge, up] = [graph.edges[index], lifted[index]];
      if (edge === undefined || up === undefined) continue;
      const route = movedRoute(own[at] ?? [], origins.get(container) ?? { x: 0, y: 0 });
      routes[index] = withEnds(route, edge, up, { boxes, ends });
    }
  }
  return { boxes, routes, size: inside.get(-1)?.size ?? { width: 0, height: 0 } };
}

function groupedBy(lifted: readonly Lifted[]): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>();
  for (const [index, { container }] of lifted.entries()) {
    if (container === null) continue;
    const group = groups.get(container);
    if (group === undefined) groups.set(container, [index]);
    else group.push(index);
  }
  return groups;
}

function withInset({ width, height }: Size): Size {
  return {
    width: Math.max(nodeSize.width, width) + 2 * inset.side,
    height: height + inset.top + inset.bottom,
  };
}

/** What stands in one container. */
function laidOut(
  children: readonly number[],
  sizes: readonly Size[],
  nodes: readonly GraphNode[],
  edges: readonly LocalEdge[],
): LaidOut {
  const items = children.map((child) => ({
    ...(sizes[child] ?? nodeSize),
    canvas: nodes[child]?.canvas,
  }));
  const onCanvas = items.flatMap(({ canvas, ...size }) =>
    canvas === undefined ? [] : [{ ...size, canvas }],
  );
  const known = onCanvas.length === items.length ? placed(onCanvas, edges) : null;
  if (known !== null) return known;
  return packed(
    partsOf(items.length, edges).map(({ members, own }) => {
      const boxes = members.map((member) => items[member] ?? nodeSize);
      return { members, own, laid: inColumns(boxes, edgesAmong(members, own, edges)) };
    }),
  );
}

/** From the outside in: where each container begins. */
function absolute(
  { children, containers, nodes }: Nest,
  inside: ReadonlyMap<number, LaidOut>,
): { readonly boxes: readonly Box[]; readonly origins: ReadonlyMap<number, Point> } {
  const boxes: Box[] = nodes.map(() => ({ x: 0, y: 0, ...nodeSize }));
  const origins = new Map<number, Point>();
  for (const container of [...containers].reverse()) {
    const around = boxes[container];
    const origin =
      around === undefined ? { x: 0, y: 0 } : { x: around.x + inset.side, y: around.y + inset.top };
    origins.set(container, origin);
    const laid = inside.get(container);
    for (const [index, child] of (children.get(container) ?? []).entries()) {
      const box = laid?.boxes[index];
      if (box !== undefined) boxes[child] = movedBox(box, origin);
    }
  }
  return { boxes, origins };
}
