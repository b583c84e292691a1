import type { DrawnEdge, DrawnNode, FlowDrawing } from '../protocol/graph.ts';
import { type Area, meet } from './graphViewport.ts';

/** So many boxes have their names; of more, seen from afar, none can be read. */
const mostNamed = 150;
/** From this scale on each box has its name. */
const named = 0.5;
/** What can be read on the screen, in pixels. */
const least = { name: 11, detail: 10 } as const;
/** How texts are written where a graph is as large as it is. */
const near = { name: 13, detail: 12, hasCounts: true } as const;
/** From this scale on texts are read as they are. */
const readFrom = 0.85;
/** A box has room for a line of letters not larger than this, and from this scale on for two. */
const largest = 36;
const twoLinesFrom = 0.5;

/** What is drawn of a graph: the boxes and arrows of an area, the groups first, and how much of each. */
export interface GraphPicture {
  readonly nodes: readonly number[];
  readonly groups: readonly number[];
  readonly edges: readonly number[];
  /** How boxes are labelled; null: they are mere boxes. */
  readonly lettering: Lettering | null;
}

/** How large texts are written in the graph, so that they can be read on the screen. */
export interface Lettering {
  readonly name: number;
  /** Null: there is no room for a second line. */
  readonly detail: number | null;
  readonly hasCounts: boolean;
}

/** The further away, the larger names are, and the less is said beside them. */
export function letteringAt(scale: number): Lettering {
  if (scale >= readFrom) return near;
  return {
    name: Math.min(largest, Math.max(near.name, Math.round(least.name / scale))),
    detail: scale >= twoLinesFrom ? Math.max(near.detail, Math.round(least.detail / scale)) : null,
    hasCounts: false,
  };
}

/** Where the texts of a box stand. */
export interface BoxLines {
  /** Where they begin. */
  readonly left: number;
  /** On which lines. */
  readonly name: number;
  readonly detail: number;
  /** How many times as large its sign is; 0: there is no room for it, and a stripe stands for it. */
  readonly sign: number;
}

/** Where the texts of a box stand: of letters a part hangs below their line. */
export function boxLines(height: number, { name, detail }: Lettering): BoxLines {
  if (detail === null) return { left: 20, name: height / 2 + 0.36 * name, detail: 0, sign: 0 };
  const sign = name / near.name;
  const spare = (height - name - detail) / 3;
  return {
    left: 18 + 16 * sign,
    name: spare + 0.9 * name,
    detail: 2 * spare + name + 0.8 * detail,
    sign,
  };
}

/** The same of the head of a group, which is one line. */
export function groupLines({ name }: Lettering): BoxLines {
  const sign = Math.min(2, name / near.name);
  const line = 17.3 + 0.36 * name;
  return { left: 18 + 16 * sign, name: line, detail: line, sign };
}

/** How many times as wide lines are drawn, so that they are seen from afar. */
export function wideningAt(scale: number): number {
  return Math.max(1, readFrom / scale);
}

/** Which boxes hold others. */
export function groupsOf(nodes: readonly DrawnNode[]): ReadonlySet<number> {
  return new Set(nodes.map(({ parent }) => parent));
}

/** What of a graph lies in an area. */
export function picture(
  { nodes, edges }: Pick<FlowDrawing, 'nodes' | 'edges'>,
  holding: ReadonlySet<number>,
  bounds: readonly Area[],
  area: Area,
  scale: number,
): GraphPicture {
  const inner: number[] = [];
  const groups: number[] = [];
  for (const [place, node] of nodes.entries()) {
    if (meet(node, area)) (holding.has(place) ? groups : inner).push(place);
  }
  const isNamed = scale >= named || inner.length <= mostNamed;
  const seen = [...edges.keys()].filter((index) => {
    const bound = bounds[index];
    return bound !== undefined && meet(bound, area);
  });
  // The outer first: what stands in it is drawn upon it.
  groups.sort((a, b) => area2d(nodes[b]) - area2d(nodes[a]));
  return { nodes: inner, groups, edges: seen, lettering: isNamed ? letteringAt(scale) : null };
}

/** Around each arrow, to tell quickly whether it is seen. */
export function edgeBounds(edges: readonly DrawnEdge[]): readonly Area[] {
  return edges.map(({ route }) => {
    const xs = route.filter((_, index) => index % 2 === 0);
    const ys = route.filter((_, index) => index % 2 === 1);
    const [x, y] = [Math.min(...xs), Math.min(...ys)];
    return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
  });
}

const area2d = (node: DrawnNode | undefined) => (node?.width ?? 0) * (node?.height ?? 0);
