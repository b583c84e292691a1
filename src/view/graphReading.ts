import {
  type Area,
  type Extent2d,
  fitted,
  leastRead,
  margin,
  readFrom,
  type Viewport,
} from './graphViewport.ts';

/** What one likes to see around a step, in the graph's own pixels: about five steps beside each other, and five below each other. */
const around = { width: 1_200, height: 500 } as const;
/** Between a box and the side of the screen where what is seen begins or ends with it, in pixels: the sign that it goes on has room. */
const beside = 26;
/** So much nearer one goes at most so that no box is cut: what is nearer shows less of the rest. */
const mostNearer = 1.4;
/** More places than a screen has room for boxes: where they lie upon each other, the others are as good. */
const mostTried = 100;

/** A graph, and its boxes that hold no others. */
export interface ReadGraph extends Extent2d {
  readonly boxes: readonly Area[];
  /** Whether all their names are written whole at a scale. */
  readonly areNamesWhole: (scale: number) => boolean;
}

/**
 * As one begins to read it: whole where its names are read there; else as near as leaves the surroundings of the first of
 * some areas in sight, with as many of the others as there is room for, with no more room around the graph than is left,
 * and with as few boxes cut as can be.
 */
export function reading(graph: ReadGraph, areas: readonly Area[], screen: Extent2d): Viewport {
  const whole = fitted(graph, screen);
  const isRead = whole.scale >= leastRead && graph.areNamesWhole(whole.scale);
  if (whole.scale >= readFrom || isRead) return whole;
  const near = Math.min(
    (screen.width - 2 * margin) / Math.min(around.width, graph.width),
    (screen.height - 2 * margin) / Math.min(around.height, graph.height),
  );
  const scale = Math.min(1, Math.max(readFrom, near));
  const room = { width: screen.width - beside, height: screen.height - beside };
  const area = together(areas, { width: room.width / scale, height: room.height / scale });
  const nearest = Math.min(
    1,
    scale * mostNearer,
    room.width / area.width,
    room.height / area.height,
  );
  const far = placed(graph, area, screen, scale);
  const nearer = far.fitting
    .filter((one) => one > scale && one <= nearest)
    .map((one) => placed(graph, area, screen, one));
  return [far, ...nearer].reduce((best, one) => (one.cut < best.cut ? one : best)).viewport;
}

/** What holds the first of some areas, and of the others those that fit into a room with it. */
function together([first, ...others]: readonly Area[], room: Extent2d): Area {
  let held = first ?? { x: 0, y: 0, width: 1, height: 1 };
  for (const other of others) {
    const both = bothOf(held, other);
    if (both.width <= room.width && both.height <= room.height) held = both;
  }
  return held;
}

function bothOf(one: Area, other: Area): Area {
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  return {
    ...{ x, y },
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
  };
}

/** How a graph lies at a scale. */
interface Placed {
  readonly viewport: Viewport;
  /** How many boxes the sides of the screen cut. */
  readonly cut: number;
  /** At which scales those that are seen whole would fill the screen. */
  readonly fitting: readonly number[];
}

function placed(graph: ReadGraph, area: Area, screen: Extent2d, scale: number): Placed {
  const around = { margin: margin / scale, beside: beside / scale };
  const columns = { ...around, area: across(area), graph: graph.width, seen: screen.width / scale };
  const rows = { ...around, area: down(area), graph: graph.height, seen: screen.height / scale };
  // Which boxes the left and the right side meet depends on how high it lies, and the other way round.
  const inRows = graph.boxes.filter((box) => meets(down(box), wishedBegin(rows), rows.seen));
  const x = bestBegin(columns, inRows.map(across));
  const inColumns = graph.boxes.filter((box) => meets(across(box), x.at, columns.seen));
  const y = bestBegin(rows, inColumns.map(down));
  return {
    viewport: { scale, x: -x.at * scale, y: -y.at * scale },
    cut: x.cut + y.cut,
    fitting: [(screen.width - 2 * beside) / x.whole, (screen.height - 2 * beside) / y.whole],
  };
}

/** What is taken of an axis. */
interface Span {
  readonly begin: number;
  readonly end: number;
}

const across = ({ x, width }: Area): Span => ({ begin: x, end: x + width });
const down = ({ y, height }: Area): Span => ({ begin: y, end: y + height });
const meets = ({ begin, end }: Span, at: number, size: number): boolean =>
  begin < at + size && end > at;
const isWithin = ({ begin, end }: Span, at: number, size: number): boolean =>
  begin >= at && end <= at + size;

/** One axis of a graph: how much of it is seen, and what should be. */
interface Axis {
  readonly area: Span;
  readonly graph: number;
  readonly seen: number;
  readonly margin: number;
  readonly beside: number;
}

const rangeOf = ({ graph, seen, margin: spare }: Axis) => {
  return { first: -spare, last: graph + spare - seen };
};
const holdsArea = ({ area, seen, beside: gap }: Axis, at: number) =>
  isWithin(area, at + gap / 2, seen - gap);

/**
 * Where what is seen of an axis begins, whatever is cut: with the graph, or so that it ends with it, where the area is seen
 * there; else with the area in the middle.
 */
function wishedBegin(axis: Axis): number {
  const { area, graph, seen } = axis;
  const { first, last } = rangeOf(axis);
  if (last <= first) return (graph - seen) / 2;
  const middle = Math.min(last, Math.max(first, (area.begin + area.end - seen) / 2));
  return [first, last].find((at) => holdsArea(axis, at)) ?? middle;
}

/** From there as little further as cuts the fewest boxes; and what those take that are seen whole. */
function bestBegin(
  axis: Axis,
  boxes: readonly Span[],
): { readonly at: number; readonly cut: number; readonly whole: number } {
  const { seen, beside: gap } = axis;
  const wished = wishedBegin(axis);
  const { first, last } = rangeOf(axis);
  const others = boxes
    .flatMap(({ begin, end }) => [begin - gap, end + gap])
    .flatMap((side) => [side, side - seen])
    .filter((at) => at >= first && at <= last && holdsArea(axis, at));
  const nearest = [...new Set(others)]
    .sort((one, other) => Math.abs(one - wished) - Math.abs(other - wished))
    .slice(0, mostTried);
  const partly = (at: number, inset: number) =>
    boxes.filter((box) => meets(box, at, seen) && !isWithin(box, at + inset, seen - 2 * inset))
      .length;
  // Where as many are cut, as few as can be lie below the sign that more stands at a side.
  const best = [wished, ...nearest]
    .map((at) => ({ at, cut: partly(at, 0), covered: partly(at, gap * 0.9) }))
    .reduce((one, other) => {
      return (other.cut - one.cut || other.covered - one.covered) < 0 ? other : one;
    });
  const whole = boxes.filter((box) => isWithin(box, best.at, seen));
  const [begin, end] = [
    Math.min(...whole.map((box) => box.begin)),
    Math.max(...whole.map((box) => box.end)),
  ];
  return { at: best.at, cut: best.cut, whole: end - begin };
}
