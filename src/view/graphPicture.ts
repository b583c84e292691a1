import type { DrawnEdge, DrawnNode, FlowDrawing } from '../protocol/graph.ts';
import { type Area, meet } from './graphViewport.ts';

/** So many boxes have their names; of more, seen from afar, none can be read. */
export const mostNamed = 150;
/** From this scale on each box has its name. */
const named = 0.5;
/** What can be read on the screen, in pixels: a name on two lines is told whole, and may be as small as can be. */
const least = { name: 11, wrapped: 10, detail: 10 } as const;
/** How texts are written where a graph is as large as it is. */
const near = { name: 13, wrapped: 13, detail: 12, below: 12, hasCounts: true } as const;
/** From this scale on texts are read as they are. */
const readFrom = 0.85;
/** A box has room for a line of letters not larger than this, for two of a name that are not larger than that. */
const largest = { name: 36, wrapped: 23 } as const;
/** From this scale on it has room for a name and what stands below it. */
const detailedFrom = 0.5;
/** From one line of letters to the next, and how far they reach above their line and below it, in shares of their size. */
const lineHeight = { all: 1.1, above: 0.85 } as const;

/** What is drawn of a graph: the boxes and arrows of an area, the groups first, and how much of each. */
export interface GraphPicture {
  readonly nodes: readonly number[];
  readonly groups: readonly number[];
  readonly edges: readonly number[];
  /** How boxes are labelled; null: they are mere boxes. */
  readonly lettering: Lettering | null;
  /** So many are seen from afar that they are one picture. */
  readonly isFar: boolean;
}

/** How large texts are written in the graph, so that they can be read on the screen. */
export interface Lettering {
  readonly name: number;
  /** Of a name that needs two lines; null: there is no room for them. */
  readonly wrapped: number | null;
  /** Null: there is no room for it below the name. */
  readonly detail: number | null;
  /** Of what stands below a box that has no room for it. */
  readonly below: number;
  readonly hasCounts: boolean;
}

/** The further away, the larger names are, and the less is said beside them. */
export function letteringAt(scale: number): Lettering {
  if (scale >= readFrom) return near;
  const sized = (size: 'name' | 'wrapped' | 'detail') =>
    Math.max(near[size], Math.round(least[size] / scale));
  const isDetailed = scale >= detailedFrom;
  const wrapped = sized(isDetailed ? 'name' : 'wrapped');
  return {
    name: Math.min(largest.name, sized('name')),
    wrapped: wrapped <= largest.wrapped ? wrapped : null,
    detail: isDetailed ? sized('detail') : null,
    below: sized('detail'),
    hasCounts: false,
  };
}

/** Where the texts of a box stand. */
export interface BoxLines {
  /** Where they begin. */
  readonly left: number;
  /** On which lines the name stands. */
  readonly names: readonly number[];
  /** How large its letters are. */
  readonly size: number;
  /** Null: there is no room for it. */
  readonly detail: number | null;
  /** How many times as large its sign is; 0: there is no room for it, and a stripe stands for it. */
  readonly sign: number;
}

/** Where the texts of a box stand, with its name on one line or on two: those are worth more than what stands below them. */
export function boxLines(height: number, lettering: Lettering, isWrapped: boolean): BoxLines {
  const { name, detail, wrapped } = lettering;
  const sign = detail === null ? 0 : name / near.name;
  const left = detail === null ? 20 : 18 + 16 * sign;
  if (isWrapped && wrapped !== null) {
    const both = 2 * lineHeight.all * wrapped;
    const below = lineHeight.all * (detail ?? 0);
    const hasDetail = detail !== null && both + below <= height - 4;
    const top = (height - both - (hasDetail ? below : 0)) / 2;
    const first = top + lineHeight.above * wrapped;
    return {
      ...{ left, sign, size: wrapped, names: [first, first + lineHeight.all * wrapped] },
      detail: hasDetail ? top + both + lineHeight.above * detail : null,
    };
  }
  if (detail === null) {
    return { left, names: [height / 2 + 0.36 * name], size: name, detail, sign };
  }
  // Of letters a part hangs below their line.
  const spare = (height - name - detail) / 3;
  return {
    ...{ left, sign, size: name, names: [spare + 0.9 * name] },
    detail: 2 * spare + name + 0.8 * detail,
  };
}

/** The same of the head of a group, which is one line. */
export function groupLines({ name }: Lettering): BoxLines {
  const sign = Math.min(2, name / near.name);
  const line = 17.3 + 0.36 * name;
  return { left: 18 + 16 * sign, names: [line], size: name, detail: line, sign };
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
  const isFar = scale < named && inner.length > mostNamed;
  // Smaller letters are guessed, not read; the pointer tells names.
  const isRead = scale * largest.name >= least.wrapped;
  const seen = [...edges.keys()].filter((index) => {
    const bound = bounds[index];
    return bound !== undefined && meet(bound, area);
  });
  // The outer first: what stands in it is drawn upon it.
  groups.sort((a, b) => area2d(nodes[b]) - area2d(nodes[a]));
  return {
    nodes: inner,
    groups,
    edges: seen,
    lettering: isRead && !isFar ? letteringAt(scale) : null,
    isFar,
  };
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
