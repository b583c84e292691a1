import type { DrawnEdge, DrawnNode, FlowDrawing } from '../protocol/graph.ts';
import { type Area, meet } from './graphViewport.ts';

/** So many boxes are drawn with all that is known of them; of more, seen from afar, none can be read. */
const mostInDetail = 150;
/** From this scale on names can be read. */
const readable = 0.5;

/** What is drawn of a graph: the boxes and arrows of an area, the groups first, and how much of each. */
export interface GraphPicture {
  readonly nodes: readonly number[];
  readonly groups: readonly number[];
  readonly edges: readonly number[];
  /** Each box with its name and state; else mere boxes. */
  readonly isDetailed: boolean;
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
  const isDetailed = scale >= readable || inner.length <= mostInDetail;
  const seen = [...edges.keys()].filter((index) => {
    const bound = bounds[index];
    return bound !== undefined && meet(bound, area);
  });
  // The outer first: what stands in it is drawn upon it.
  groups.sort((a, b) => area2d(nodes[b]) - area2d(nodes[a]));
  return { nodes: inner, groups, edges: seen, isDetailed };
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
