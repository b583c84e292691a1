import { numberAt } from '../../base/numberAt.ts';
import type { GraphEdge, GraphNode } from '../flowGraph.ts';
import type { LocalEdge } from './boxes.ts';

/** How boxes stand in each other. */
export interface Nest {
  readonly nodes: readonly GraphNode[];
  readonly depths: readonly number[];
  readonly children: ReadonlyMap<number, readonly number[]>;
  /** All that hold something, the deepest first; -1 is the file. */
  readonly containers: readonly number[];
}

/** How the boxes of a graph stand in each other. */
export function nestOf(nodes: readonly GraphNode[]): Nest {
  const depths: number[] = [];
  const depthOf = (place: number): number => {
    const path: number[] = [];
    let at = place;
    while (at !== -1 && depths[at] === undefined) {
      path.push(at);
      at = nodes[at]?.parent ?? -1;
    }
    let depth = at === -1 ? -1 : (depths[at] ?? -1);
    for (const next of path.reverse()) depths[next] = ++depth;
    return depth;
  };
  const children = new Map<number, number[]>([[-1, []]]);
  for (const [place, { parent }] of nodes.entries()) {
    depthOf(place);
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [place]);
    else siblings.push(place);
  }
  const depth = (container: number) => (container === -1 ? -1 : numberAt(depths, container));
  const containers = [...children.keys()].sort((a, b) => depth(b) - depth(a));
  return { nodes, depths, children, containers };
}

/** An edge between two boxes that stand in one container: what its ends stand in, as far out as needed. */
export interface Lifted extends LocalEdge {
  /** Null: one of them stands in the other, or they are the same. */
  readonly container: number | null;
}

/** The boxes of one container that an edge joins. */
export function lift({ source, target }: GraphEdge, { nodes, depths }: Nest): Lifted {
  let [from, to] = [source, target];
  const up = (place: number) => nodes[place]?.parent ?? -1;
  while (numberAt(depths, from) > numberAt(depths, to)) from = up(from);
  while (numberAt(depths, to) > numberAt(depths, from)) to = up(to);
  while (from !== to && up(from) !== up(to)) [from, to] = [up(from), up(to)];
  return { source: from, target: to, container: from === to ? null : up(from) };
}
