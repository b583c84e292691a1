/** Rows from `first` up to, not including, `end`. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** The measures of a list of rows of one height, in CSS pixels. */
export interface ListGeometry {
  readonly total: number;
  readonly rowHeight: number;
  /** Height of the part that is seen. */
  readonly viewport: number;
}

/**
 * Where a list stands. `top` is the distance from its first row in pixels of the whole list; `shift` is how
 * much of it the browser's scroll position doesn't know, 0 unless the list is higher than an element can be.
 */
export interface ScrollPlace {
  readonly top: number;
  readonly shift: number;
}

/**
 * Chromium cuts elements off at 33.5 million pixels, Firefox at 17.8 million, and at 200 % zoom at half of
 * that; row positions are exact in single precision up to 16.7 million.
 */
export const maxElementHeight = 8_000_000;

/** The height of the element that is scrolled: that of all rows, as far as browsers can; at its end the first row is whole. */
export function scrollHeight(geometry: ListGeometry): number {
  const { total, rowHeight, viewport } = geometry;
  const whole = maxTop(geometry) === 0 ? total * rowHeight : maxTop(geometry) + viewport;
  return Math.min(whole, maxElementHeight);
}

/** The rows that are seen from `top`, with `overscan` rows more on both sides. */
export function visibleRange(top: number, geometry: ListGeometry, overscan: number): RowRange {
  const { total, rowHeight, viewport } = geometry;
  const first = Math.max(0, Math.floor(top / rowHeight) - overscan);
  const end = Math.min(total, Math.ceil((top + viewport) / rowHeight) + overscan);
  return { first: Math.min(first, end), end };
}

/**
 * The place after the browser scrolled to `scrollTop`. Small steps (wheel, keys) move by pixels, so that rows
 * pass at the speed of the hand; a leap (dragging the thumb) moves in proportion, so that each row of a
 * million can be reached.
 */
export function scrolledTo(
  place: ScrollPlace,
  scrollTop: number,
  geometry: ListGeometry,
): ScrollPlace {
  if (!isScaled(geometry)) return { top: scrollTop, shift: 0 };
  const step = scrollTop + place.shift - place.top;
  if (Math.abs(step) < 2 * geometry.viewport) {
    const top = clamp(place.top + step, 0, maxTop(geometry));
    // The browser is at its end, the list need not be: go on from where that place belongs.
    const atEdge = scrollTop <= 0 || scrollTop >= maxScrollTop(geometry) - 1;
    return atEdge ? placeAt(top, geometry) : { top, shift: top - scrollTop };
  }
  const top = stretch(scrollTop, maxScrollTop(geometry), maxTop(geometry));
  return { top, shift: top - scrollTop };
}

/** The place at `top`, with the browser's scroll position where it belongs: `top - shift`. */
export function placeAt(top: number, geometry: ListGeometry): ScrollPlace {
  const within = clamp(top, 0, maxTop(geometry));
  if (!isScaled(geometry)) return { top: within, shift: 0 };
  const scrollTop = Math.round(stretch(within, maxTop(geometry), maxScrollTop(geometry)));
  return { top: within, shift: within - scrollTop };
}

/**
 * The smallest move that brings a row into view; about the middle when `centre` is set and it isn't in view. The first
 * row that is seen is whole.
 */
export function topToShow(
  row: number,
  top: number,
  geometry: ListGeometry,
  centre: boolean,
): number {
  const { rowHeight, viewport } = geometry;
  const above = row * rowHeight;
  if (above >= top && above + rowHeight <= top + viewport) return top;
  if (centre) {
    const rowsAbove = Math.floor((viewport - rowHeight) / 2 / rowHeight);
    return clamp(above - rowsAbove * rowHeight, 0, maxTop(geometry));
  }
  const rowsAbove = Math.max(0, Math.floor(viewport / rowHeight) - 1);
  const wanted = above < top ? above : above - rowsAbove * rowHeight;
  return clamp(wanted, 0, maxTop(geometry));
}

/** A page around the rows that are seen: as much before as behind, so that scrolling either way finds rows. */
export function pageAround(seen: RowRange, total: number, limit: number): RowRange {
  const size = Math.max(limit, seen.end - seen.first);
  const middle = (seen.first + seen.end) / 2;
  const first = clamp(Math.floor(middle - size / 2), 0, Math.max(0, total - size));
  return { first, end: Math.min(total, first + size) };
}

/**
 * How far rows moved between two pages, judged by those that were seen: positive when rows came above them.
 * Null when none of them is in the new page.
 */
export function rowsMoved(
  before: { readonly start: number; readonly keys: readonly string[] },
  after: { readonly start: number; readonly keys: readonly string[] },
  seen: RowRange,
): number | null {
  const places = new Map(after.keys.map((key, index) => [key, after.start + index]));
  const end = Math.min(seen.end, before.start + before.keys.length);
  for (let row = Math.max(seen.first, before.start); row < end; row++) {
    const key = before.keys[row - before.start];
    const now = key === undefined ? undefined : places.get(key);
    if (now !== undefined) return now - row;
  }
  return null;
}

/** Near both ends a pixel is a pixel, so that the ends are reached in steps; only what is between is stretched. */
const exactEnds = 100_000;

function stretch(value: number, from: number, to: number): number {
  if (value <= exactEnds) return value;
  if (value >= from - exactEnds) return to - (from - value);
  return exactEnds + ((value - exactEnds) / (from - 2 * exactEnds)) * (to - 2 * exactEnds);
}

function isScaled({ total, rowHeight }: ListGeometry): boolean {
  return total * rowHeight > maxElementHeight;
}

/** A row that is cut in its middle at the top looks broken: the last row has some air below it instead. */
function maxTop({ total, rowHeight, viewport }: ListGeometry): number {
  return Math.max(0, Math.ceil((total * rowHeight - viewport) / rowHeight) * rowHeight);
}

function maxScrollTop(geometry: ListGeometry): number {
  return Math.max(0, scrollHeight(geometry) - geometry.viewport);
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
