import { numberAt } from '../../base/numberAt.ts';
import { Graph, layout } from '@dagrejs/dagre';
import { type Box, fromOrigin, gap, type LaidOut, type LocalEdge, type Size } from './boxes.ts';
import { routeBetween } from './routes.ts';

/** More boxes, or more arrows, take a library that looks at each pair of neighbours seconds. */
const most = { boxes: 1_000, edges: 2_500 } as const;

/**
 * Boxes in rows from the top down, so that arrows lead down and cross seldom. What is a mere chain needs nothing
 * looked for, and very many stand in their rows in the order of the file.
 */
export function layered(
  items: readonly Size[],
  edges: readonly LocalEdge[],
  ranks: readonly number[],
): LaidOut {
  const rows = rowsOf(ranks);
  const isChain = rows.every((row) => row.length === 1) && edges.length === items.length - 1;
  if (isChain || items.length > most.boxes || edges.length > most.edges) {
    return inRows(items, edges, rows);
  }
  // Its default way to rank: the one that is called fast takes minutes for 2,000.
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: gap.x, ranksep: gap.y, edgesep: gap.x / 2 });
  for (const [index, { width, height }] of items.entries()) {
    graph.setNode(String(index), { width, height });
  }
  for (const [index, { source, target }] of edges.entries()) {
    graph.setEdge(String(source), String(target), {}, String(index));
  }
  layout(graph);
  const boxes = items.map(({ width, height }, index) => {
    const { x = 0, y = 0 } = graph.node(String(index)) as { x?: number; y?: number };
    return { x: x - width / 2, y: y - height / 2, width, height };
  });
  const routes = edges.map(({ source, target }, index) => {
    const edge = graph.edge(String(source), String(target), String(index)) as {
      points?: { x: number; y: number }[];
    };
    return (edge.points ?? []).map(({ x, y }) => ({ x, y }));
  });
  return fromOrigin(boxes, routes);
}

/** The boxes of each row. */
function rowsOf(ranks: readonly number[]): readonly (readonly number[])[] {
  const rows = new Map<number, number[]>();
  for (const [index, rank] of ranks.entries()) {
    const row = rows.get(rank);
    if (row === undefined) rows.set(rank, [index]);
    else row.push(index);
  }
  return [...rows].sort(([a], [b]) => a - b).map(([, row]) => row);
}

function inRows(
  items: readonly Size[],
  edges: readonly LocalEdge[],
  rows: readonly (readonly number[])[],
): LaidOut {
  const boxes: Box[] = [];
  let y = 0;
  for (const row of rows) {
    const sizes = row.map((index) => items[index] ?? { width: 0, height: 0 });
    const width = sizes.reduce((sum, size) => sum + size.width + gap.x, -gap.x);
    let x = -width / 2;
    for (const [at, size] of sizes.entries()) {
      boxes[numberAt(row, at)] = { x, y, ...size };
      x += size.width + gap.x;
    }
    y += sizes.reduce((highest, { height }) => Math.max(highest, height), 0) + gap.y;
  }
  const routes = edges.map(({ source, target }) => {
    const [from, to] = [boxes[source], boxes[target]];
    return from === undefined || to === undefined ? [] : routeBetween(from, to);
  });
  return fromOrigin(boxes, routes);
}
