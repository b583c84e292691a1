/** What part of a graph is seen: its scale, and where its upper left corner lies on the screen, in pixels. */
export interface Viewport {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** How large something is. */
export interface Extent2d {
  readonly width: number;
  readonly height: number;
}

/** A part of the graph, in its own pixels. */
export interface Area extends Extent2d {
  readonly x: number;
  readonly y: number;
}

/** Further away a box of a large flow is no dot any more; nearer nothing is gained. */
export const scales = { least: 0.02, most: 2 } as const;
/** Around a graph that is seen whole. */
export const margin = 24;
/** Where names can't be read, one goes so near to what is shown. */
const leastNear = 0.7;
/** At a smaller scale names are guessed, not read: the largest that a box has room for are 11 pixels high there. */
export const leastRead = 0.31;
/** At a smaller scale names are cut, if there are any. */
export const readFrom = 0.5;

/** All of a graph in the middle, and a small one not larger than it is. */
export function fitted(graph: Extent2d, screen: Extent2d): Viewport {
  const scale = clamped(
    Math.min(
      1,
      (screen.width - 2 * margin) / Math.max(1, graph.width),
      (screen.height - 2 * margin) / Math.max(1, graph.height),
    ),
  );
  return {
    scale,
    x: (screen.width - graph.width * scale) / 2,
    y: (screen.height - graph.height * scale) / 2,
  };
}

/** Nearer or further, with what is at a point of the screen staying there. */
export function zoomed(viewport: Viewport, factor: number, x: number, y: number): Viewport {
  const scale = clamped(viewport.scale * factor);
  const by = scale / viewport.scale;
  return { scale, x: x - (x - viewport.x) * by, y: y - (y - viewport.y) * by };
}

/** Moved by pixels of the screen; something of the graph always stays in sight. */
export function panned(
  viewport: Viewport,
  dx: number,
  dy: number,
  graph: Extent2d,
  screen: Extent2d,
): Viewport {
  const { scale } = viewport;
  const within = (at: number, graphSize: number, screenSize: number) => {
    const kept = Math.min(80, screenSize / 2);
    return Math.min(Math.max(at, kept - graphSize * scale), screenSize - kept);
  };
  return {
    scale,
    x: within(viewport.x + dx, graph.width, screen.width),
    y: within(viewport.y + dy, graph.height, screen.height),
  };
}

/** With an area in the middle, unless all of it is seen already; near enough to be read. */
export function showing(viewport: Viewport, area: Area, screen: Extent2d): Viewport {
  const seen = seenArea(viewport, screen);
  const isSeen =
    area.x >= seen.x &&
    area.y >= seen.y &&
    area.x + area.width <= seen.x + seen.width &&
    area.y + area.height <= seen.y + seen.height;
  if (isSeen && viewport.scale >= leastRead) return viewport;
  const scale = viewport.scale >= readFrom ? viewport.scale : leastNear;
  return {
    scale,
    x: screen.width / 2 - (area.x + area.width / 2) * scale,
    y: screen.height / 2 - (area.y + area.height / 2) * scale,
  };
}

/** What is seen of a graph. */
export function seenArea({ scale, x, y }: Viewport, screen: Extent2d): Area {
  return {
    x: -x / scale,
    y: -y / scale,
    width: screen.width / scale,
    height: screen.height / scale,
  };
}

/** Where a graph may go on beyond what is seen of it. */
export const sides = ['left', 'right', 'up', 'down'] as const;

/** What is cut of an arrow or a border is nothing to look for, in the graph's own pixels. */
const leastBeyond = 8;

/** At which sides a graph goes on beyond what is seen. */
export function sidesBeyond(graph: Extent2d, seen: Area): readonly (typeof sides)[number][] {
  const beyond = {
    left: seen.x,
    right: graph.width - seen.x - seen.width,
    up: seen.y,
    down: graph.height - seen.y - seen.height,
  };
  return sides.filter((side) => beyond[side] > leastBeyond);
}

/** A part of a graph that is drawn at a scale: a picture, larger than the screen, that is moved over it as it is. */
export interface Sheet {
  readonly area: Area;
  readonly scale: number;
}

/** Around what is seen, so that moving a little draws nothing: in shares of the screen, and in pixels that a large one needs at most. */
const aroundSheet = { share: 0.4, most: 480 } as const;
/** Of the room on both sides what lies ahead of what is moved: it is left half as often, and has some room to come back. */
const ahead = 0.9;

/**
 * What is drawn for what is seen, with most of its room on the side that is going to be seen, where it was moved since
 * `before`. Its corner lies on a whole pixel of the device (`density` in one of the page): else texts blur.
 */
export function sheetOf(
  now: Viewport,
  screen: Extent2d,
  density: number,
  before: Viewport = now,
): Sheet {
  const { scale } = now;
  const isMoved = before.scale === scale;
  const beside = (size: number, moved: number) => {
    const both = 2 * Math.min(size * aroundSheet.share, aroundSheet.most);
    // What moves to the right shows what lies on the left.
    const share = isMoved && moved !== 0 ? (moved > 0 ? ahead : 1 - ahead) : 0.5;
    return { begin: Math.round(both * share * density) / density, both };
  };
  const [across, down] = [
    beside(screen.width, now.x - before.x),
    beside(screen.height, now.y - before.y),
  ];
  return {
    area: {
      x: (-now.x - across.begin) / scale,
      y: (-now.y - down.begin) / scale,
      width: (screen.width + across.both) / scale,
      height: (screen.height + down.both) / scale,
    },
    scale,
  };
}

/** Where a sheet lies on the screen, and how many times as large as it was drawn. */
export function placeOfSheet(
  { area, scale }: Sheet,
  viewport: Viewport,
): { readonly x: number; readonly y: number; readonly by: number } {
  return {
    x: viewport.x + area.x * viewport.scale,
    y: viewport.y + area.y * viewport.scale,
    by: viewport.scale / scale,
  };
}

/** All of a graph as large as a small picture of it has room for. */
export function overview(graph: Extent2d, room: Extent2d): Viewport {
  const scale = Math.min(
    room.width / Math.max(1, graph.width),
    room.height / Math.max(1, graph.height),
  );
  return {
    scale,
    x: (room.width - graph.width * scale) / 2,
    y: (room.height - graph.height * scale) / 2,
  };
}

/** Whether two areas share a point. */
export function meet(a: Area, b: Area): boolean {
  return (
    a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height
  );
}

/** Whether one area holds all of another. */
export function holds(outer: Area, inner: Area): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function clamped(scale: number): number {
  return Math.min(scales.most, Math.max(scales.least, scale));
}
