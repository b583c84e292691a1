import { groupsOf } from '../base/groups.ts';
import type { DrawnEdge, DrawnNode, GraphStates } from '../protocol/graph.ts';
import type { TakenBy } from '../texts/graphTexts.ts';

type Box = Pick<DrawnNode, 'x' | 'y' | 'width' | 'height'>;

/** The innermost box at a point of the graph; null where there is none. */
export function placeAt(nodes: readonly Box[], x: number, y: number): number | null {
  let best: { readonly place: number; readonly area: number } | null = null;
  for (const [place, box] of nodes.entries()) {
    const isOn = x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height;
    const area = box.width * box.height;
    if (isOn && (best === null || area < best.area)) best = { place, area };
  }
  return best?.place ?? null;
}

/** Where a key leads. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * The box that an arrow key leads to: along an arrow of the graph where one leads that way, forth or back; else the
 * nearest box there. Null where there is none.
 */
export function neighbour(
  from: number,
  direction: Direction,
  nodes: readonly Box[],
  edges: readonly DrawnEdge[],
): number | null {
  const joined = edges.flatMap(({ source, target }) =>
    source === from ? [target] : target === from ? [source] : [],
  );
  return (
    nearest(from, direction, joined, nodes, 3) ?? nearest(from, direction, nodes.keys(), nodes, 1)
  );
}

/** `slant`: how far aside it may lie, as a multiple of how far ahead it does. */
function nearest(
  from: number,
  direction: Direction,
  among: Iterable<number>,
  nodes: readonly Box[],
  slant: number,
): number | null {
  const here = nodes[from];
  if (here === undefined) return null;
  let best: { readonly place: number; readonly far: number } | null = null;
  for (const place of among) {
    const there = nodes[place];
    if (there === undefined || place === from) continue;
    const { ahead, aside } = distance(here, there, direction);
    if (ahead <= 0 || aside > slant * ahead) continue;
    const far = ahead + 2 * aside;
    if (best === null || far < best.far) best = { place, far };
  }
  return best?.place ?? null;
}

/** How far a box lies ahead, and how far aside, from middle to middle. */
function distance(from: Box, to: Box, direction: Direction): { ahead: number; aside: number } {
  const x = to.x + to.width / 2 - (from.x + from.width / 2);
  const y = to.y + to.height / 2 - (from.y + from.height / 2);
  switch (direction) {
    case 'left':
      return { ahead: -x, aside: Math.abs(y) };
    case 'right':
      return { ahead: x, aside: Math.abs(y) };
    case 'up':
      return { ahead: -y, aside: Math.abs(x) };
    case 'down':
      return { ahead: y, aside: Math.abs(x) };
  }
}

/** The arrows that led to a box and to the groups around it, by their places, as far as they were taken. */
export function wayTo(
  place: number,
  nodes: readonly Pick<DrawnNode, 'parent'>[],
  edges: readonly DrawnEdge[],
  taken: readonly number[] | null,
): ReadonlySet<number> {
  const into = new Map<number, number[]>();
  for (const [index, { target, kind }] of edges.entries()) {
    // What a step uses leads nowhere.
    if (kind === 'part') continue;
    if (taken !== null && (taken[index] ?? 0) === 0) continue;
    const list = into.get(target);
    if (list === undefined) into.set(target, [index]);
    else list.push(index);
  }
  const way = new Set<number>();
  const seen = new Set([-1]);
  const todo = [place];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    todo.push(nodes[at]?.parent ?? -1);
    for (const index of into.get(at) ?? []) {
      way.add(index);
      todo.push(edges[index]?.source ?? -1);
    }
  }
  return way;
}

/** The places of boxes whose name, type or id holds all words of a text, in the order of the file. */
export function found(
  nodes: readonly Pick<DrawnNode, 'name' | 'type' | 'nodeId'>[],
  text: string,
): number[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return nodes.flatMap(({ name, type, nodeId }, place) => {
    const searched = `${name}\n${type}\n${nodeId}`.toLowerCase();
    return words.every((word) => searched.includes(word)) ? [place] : [];
  });
}

/**
 * The places that the one it is compared with came to, and this one did not: what it took leads there, through boxes that did
 * not run here.
 */
export function ranOnlyInOther(
  edges: readonly DrawnEdge[],
  { nodes, takenByOther }: Pick<GraphStates, 'nodes' | 'takenByOther'>,
): ReadonlySet<number> {
  const ran = new Set(
    nodes.flatMap(({ place, run }) =>
      run === undefined || run.status === 'notRun' ? [] : [place],
    ),
  );
  const ends = edges.flatMap(({ source, target }, index) =>
    (takenByOther?.[index] ?? 0) > 0 ? [source, target] : [],
  );
  return new Set(ends.filter((place) => !ran.has(place)));
}

/** Which of two that are compared took an arrow alone; null: both did, or none. */
export function takenBy(
  { taken, takenByOther }: Pick<GraphStates, 'taken' | 'takenByOther'>,
  index: number,
): TakenBy | null {
  if (taken === null || takenByOther === null) return null;
  const [isTaken, isTakenByOther] = [taken, takenByOther].map((of) => (of[index] ?? 0) > 0);
  if (isTaken === isTakenByOther) return null;
  return isTaken === true ? 'this' : 'other';
}

/** A box, those that arrows come from, and those that they lead to. */
export function withNeighbours(place: number, edges: readonly DrawnEdge[]): readonly number[] {
  const before = edges.flatMap(({ source, target }) => (target === place ? [source] : []));
  const behind = edges.flatMap(({ source, target }) => (source === place ? [target] : []));
  return [...new Set([place, ...before, ...behind])];
}

/** Where the ways of two that are compared part first, and what one of them alone came to, from there on; empty where they don’t. */
export function partingOf(
  edges: readonly DrawnEdge[],
  states: Pick<GraphStates, 'taken' | 'takenByOther'>,
): readonly number[] {
  const apart = edges.filter((_, index) => takenBy(states, index) !== null);
  const reached = new Set(apart.map(({ target }) => target));
  const first = apart.find(({ source }) => !reached.has(source)) ?? apart[0];
  if (first === undefined) return [];
  // A set that grows is walked to its end.
  const places = new Set([first.source]);
  const bySource = groupsOf(apart, ({ source }) => source);
  for (const place of places) {
    for (const { target } of bySource.get(place) ?? []) places.add(target);
  }
  return [...places];
}

/** The same as areas, the first of which matters most: of a group, which may be larger than a screen, it is where the arrow leaves. */
export function partingAreas(
  nodes: readonly Box[],
  edges: readonly DrawnEdge[],
  states: Pick<GraphStates, 'taken' | 'takenByOther'>,
  holding: ReadonlySet<number>,
): readonly Box[] {
  const places = partingOf(edges, states);
  const arrow = edges.find(
    ({ source }, index) => source === places[0] && takenBy(states, index) !== null,
  );
  if (arrow === undefined) return [];
  const [x = 0, y = 0] = arrow.route;
  const boxesOf = (areGroups: boolean) =>
    places
      .filter((place) => holding.has(place) === areGroups)
      .flatMap((place) => nodes[place] ?? []);
  return [{ x, y, width: 0, height: 0 }, ...boxesOf(false), ...boxesOf(true)];
}
