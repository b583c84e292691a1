/** A box by its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a box takes. */
export type Size = Pick<Box, 'width' | 'height'>;

/** A corner of an arrow. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An arrow between two boxes of one container, by their places in it. */
export interface LocalEdge {
  readonly source: number;
  readonly target: number;
}

/** Those of the edges that `own` names, by the places of their ends among `members`, which are those of one container. */
export function edgesAmong(
  members: readonly number[],
  own: readonly number[],
  edges: readonly LocalEdge[],
): readonly LocalEdge[] {
  const place = new Map(members.map((member, at) => [member, at]));
  // One for each, whatever it is: they are told apart by their order.
  return own.map((index) => ({
    source: place.get(edges[index]?.source ?? -1) ?? 0,
    target: place.get(edges[index]?.target ?? -1) ?? 0,
  }));
}

/** Boxes that were laid out, from 0,0, with an arrow for each edge from border to border. */
export interface LaidOut {
  readonly boxes: readonly Box[];
  readonly routes: readonly (readonly Point[])[];
  readonly size: Size;
}

/** Between boxes: room for an arrow, its head and its count. */
export const gap = { x: 40, y: 48 } as const;

/** All of it moved. */
export function movedBox(box: Box, by: Point): Box {
  return { ...box, x: box.x + by.x, y: box.y + by.y };
}

/** All corners moved. */
export function movedRoute(route: readonly Point[], by: Point): Point[] {
  return route.map(({ x, y }) => ({ x: x + by.x, y: y + by.y }));
}

/** Moves everything to 0,0, and says how much room it takes. */
export function fromOrigin(boxes: readonly Box[], routes: readonly (readonly Point[])[]): LaidOut {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const take = (x: number, y: number) => {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  };
  for (const { x, y, width, height } of boxes) {
    take(x, y);
    take(x + width, y + height);
  }
  for (const route of routes) for (const { x, y } of route) take(x, y);
  if (left === Infinity) return { boxes: [], routes: [], size: { width: 0, height: 0 } };
  const by = { x: -left, y: -top };
  return {
    boxes: boxes.map((box) => movedBox(box, by)),
    routes: routes.map((route) => movedRoute(route, by)),
    size: { width: right - left, height: bottom - top },
  };
}
