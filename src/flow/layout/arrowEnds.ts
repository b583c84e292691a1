import type { GraphEdge } from '../flowGraph.ts';
import type { Box, Point } from './boxes.ts';
import type { Lifted, Nest } from './nest.ts';

/** What an arrow's ends are looked for in. */
export interface Around {
  readonly boxes: readonly Box[];
  readonly ends: GroupEnds;
}

/** Goes on from the border of a group to the box in it that is meant. */
export function withEnds(
  route: readonly Point[],
  { source, target }: GraphEdge,
  up: Lifted,
  around: Around,
): readonly Point[] {
  const [first, last] = [route[0], route.at(-1)];
  if (first === undefined || last === undefined) return [];
  const from = endIn(source, around.ends.end);
  const to = endIn(target, around.ends.start);
  const before = from === up.source ? [] : [borderOf(around.boxes[from], first)];
  const behind = to === up.target ? [] : [borderOf(around.boxes[to], last)];
  return [...before, ...route, ...behind];
}

/** The box itself, or where what is in it begins or ends, however deep. */
function endIn(place: number, inner: ReadonlyMap<number, number>): number {
  let at = place;
  for (let next = inner.get(at); next !== undefined; next = inner.get(at)) at = next;
  return at;
}

/** Of each group the box that nothing in it leads to, and the one that leads to nothing in it. */
export interface GroupEnds {
  readonly start: ReadonlyMap<number, number>;
  readonly end: ReadonlyMap<number, number>;
}

/** With what each group begins and ends. */
export function groupEnds(edges: readonly GraphEdge[], { nodes, children }: Nest): GroupEnds {
  const [entered, left] = [new Set<number>(), new Set<number>()];
  for (const { source, target } of edges) {
    if (nodes[source]?.parent !== nodes[target]?.parent || source === target) continue;
    entered.add(target);
    left.add(source);
  }
  const start = new Map<number, number>();
  const end = new Map<number, number>();
  for (const [group, own] of children) {
    const [first, last] = [own[0], own.at(-1)];
    if (group < 0 || first === undefined || last === undefined) continue;
    start.set(group, own.find((one) => !entered.has(one)) ?? first);
    end.set(group, own.findLast((one) => !left.has(one)) ?? last);
  }
  return { start, end };
}

/** The point of a box's border that is nearest to another point. */
function borderOf(box: Box | undefined, { x, y }: Point): Point {
  if (box === undefined) return { x, y };
  const within = {
    x: Math.min(Math.max(x, box.x), box.x + box.width),
    y: Math.min(Math.max(y, box.y), box.y + box.height),
  };
  const isBeside = y > box.y && y < box.y + box.height;
  return isBeside ? within : { x: box.x + box.width / 2, y: within.y };
}
