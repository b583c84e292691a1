import { numberAt } from '../../base/numberAt.ts';
import {
  fromOrigin,
  gap,
  type Box,
  type LaidOut,
  type LocalEdge,
  type Point,
  type Size,
  edgesAmong,
} from './boxes.ts';
import { layered } from './layered.ts';
import { ranksOf } from './ranks.ts';

/** What a screen shows at a readable size: a graph that is no higher is not cut. */
const leastHeight = 1_200;
/** Somewhat wider than high: so screens are. */
const shape = 1.5;
/** Beside a column, for the arrows that lead to the next. */
const channel = 2 * gap.x;

/**
 * What hangs together, in columns, as text is set: a chain of 2,000 boxes would be as high as a house. It is cut between
 * rows, where few arrows are cut, and each column is laid out by itself, which takes a tenth of the time. An arrow to
 * another column goes around below the one and above the other.
 */
export function inColumns(items: readonly Size[], edges: readonly LocalEdge[]): LaidOut {
  const ranks = ranksOf(items.length, edges);
  const columns = columnsOf(items, edges, ranks);
  if (columns.count === 1) return layered(items, edges, ranks);
  const boxes: Box[] = [];
  const routes: (readonly Point[])[] = edges.map(() => []);
  const lefts: number[] = [];
  const bottoms: number[] = [];
  let left = 0;
  for (let column = 0; column < columns.count; column++) {
    const members = columns.members[column] ?? [];
    const own = columns.edges[column] ?? [];
    const laid = layered(
      members.map((member) => items[member] ?? { width: 0, height: 0 }),
      edgesAmong(members, own, edges),
      members.map((member) => numberAt(ranks, member)),
    );
    for (const [at, box] of laid.boxes.entries()) {
      boxes[numberAt(members, at)] = { ...box, x: box.x + left };
    }
    for (const [at, route] of laid.routes.entries()) {
      routes[numberAt(own, at)] = route.map(({ x, y }) => ({ x: x + left, y }));
    }
    lefts.push(left);
    bottoms.push(laid.size.height);
    left += laid.size.width + channel;
  }
  for (const [index, { source, target }] of edges.entries()) {
    const [from, to] = [numberAt(columns.of, source), numberAt(columns.of, target)];
    const [begin, end] = [boxes[source], boxes[target]];
    if (from === to || begin === undefined || end === undefined) continue;
    const below = numberAt(bottoms, from) + gap.y / 2;
    routes[index] = around(begin, end, below, numberAt(lefts, to) - channel / 2);
  }
  return fromOrigin(boxes, routes);
}

interface Columns {
  readonly count: number;
  /** Of each box its column. */
  readonly of: readonly number[];
  /** Of each column its boxes, and the edges that stay in it. */
  readonly members: readonly (readonly number[])[];
  readonly edges: readonly (readonly number[])[];
}

function columnsOf(
  items: readonly Size[],
  edges: readonly LocalEdge[],
  ranks: readonly number[],
): Columns {
  const columnOfRank = cut(items, edges, ranks);
  const of = ranks.map((rank) => columnOfRank[rank] ?? 0);
  const count = (columnOfRank.at(-1) ?? 0) + 1;
  const members: number[][] = Array.from({ length: count }, () => []);
  const own: number[][] = Array.from({ length: count }, () => []);
  for (const [index, column] of of.entries()) members[column]?.push(index);
  for (const [index, { source, target }] of edges.entries()) {
    const column = numberAt(of, source);
    if (column === of[target]) own[column]?.push(index);
  }
  return { count, of, members, edges: own };
}

/** Of each row the column that it belongs to. */
function cut(
  items: readonly Size[],
  edges: readonly LocalEdge[],
  ranks: readonly number[],
): number[] {
  const rows: { width: number; height: number }[] = [];
  for (const [index, { width, height }] of items.entries()) {
    const row = (rows[numberAt(ranks, index)] ??= { width: 0, height: 0 });
    row.width += width + gap.x;
    row.height = Math.max(row.height, height + gap.y);
  }
  const height = rows.reduce((sum, row) => sum + row.height, 0);
  const width = rows.reduce((most, row) => Math.max(most, row.width), 0);
  const parts = Math.round(Math.sqrt((shape * height) / (width + channel)));
  const wanted = Math.max(leastHeight, height / Math.max(1, parts));
  if (height <= leastHeight || parts < 2) return rows.map(() => 0);
  const crossing = crossingsOf(rows.length, edges, ranks);
  const columns: number[] = [];
  let [column, reach] = [0, 0];
  for (const [rank, row] of rows.entries()) {
    // From three quarters on where one arrow is cut alone, at the latest where it is full.
    const isFull = reach + row.height > wanted;
    const isGoodPlace = reach > 0.75 * wanted && numberAt(crossing, rank) <= 1;
    if (rank > 0 && (isFull || isGoodPlace)) [column, reach] = [column + 1, 0];
    reach += row.height;
    columns.push(column);
  }
  return columns;
}

/** How many arrows come from above each row. */
function crossingsOf(
  rows: number,
  edges: readonly LocalEdge[],
  ranks: readonly number[],
): readonly number[] {
  const changes = new Array<number>(rows + 1).fill(0);
  for (const { source, target } of edges) {
    const [from, to] = [numberAt(ranks, source), numberAt(ranks, target)];
    const [above, below] = [Math.min(from, to), Math.max(from, to)];
    changes[above + 1] = numberAt(changes, above + 1) + 1;
    changes[below + 1] = numberAt(changes, below + 1) - 1;
  }
  let open = 0;
  return changes.map((change) => (open += change));
}

function around(source: Box, target: Box, below: number, beside: number): Point[] {
  const from = { x: source.x + source.width / 2, y: source.y + source.height };
  const to = { x: target.x + target.width / 2, y: target.y };
  const above = to.y - gap.y / 2;
  return [
    from,
    { x: from.x, y: below },
    { x: beside, y: below },
    { x: beside, y: above },
    { x: to.x, y: above },
    to,
  ];
}
