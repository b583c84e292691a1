import { numberAt } from '../../base/numberAt.ts';
import type { CanvasPlace } from '../flowDocument.ts';
import { type Box, fromOrigin, gap, type LaidOut, type LocalEdge, type Size } from './boxes.ts';
import { routeBetween } from './routes.ts';

/** A box that lies somewhere. */
export interface PlacedItem extends Size {
  readonly canvas: CanvasPlace;
}

/** Designers draw boxes of other sizes: some spread them ten times as far as is needed, some a third of it. */
const least = 0.2;
/** Where boxes would have to be drawn apart further, some lie upon each other: such places say nothing. */
const most = 8;

/**
 * Boxes where the file has them, drawn together or apart until none lies upon another, and each page below the one
 * before. Null where the places are of no use: someone drew boxes upon each other, or a program wrote zeros.
 */
export function placed(items: readonly PlacedItem[], edges: readonly LocalEdge[]): LaidOut | null {
  const pages = new Map<string, number[]>();
  for (const [index, { canvas }] of items.entries()) {
    const page = pages.get(canvas.page);
    if (page === undefined) pages.set(canvas.page, [index]);
    else page.push(index);
  }
  const boxes: Box[] = [];
  let top = 0;
  for (const page of pages.values()) {
    const own = page.map((index) => items[index]).filter((item) => item !== undefined);
    const spread = spreadOf(own);
    if (spread === null) return null;
    const { boxes: laid, size } = fromOrigin(
      own.map(({ canvas, width, height }) => ({
        ...{ width, height },
        x: canvas.x * spread.x - width / 2,
        y: canvas.y * spread.y - height / 2,
      })),
      [],
    );
    for (const [index, box] of laid.entries()) {
      boxes[numberAt(page, index)] = { ...box, y: box.y + top };
    }
    top += size.height + 2 * gap.y;
  }
  const routes = edges.map(({ source, target }) => {
    const [from, to] = [boxes[source], boxes[target]];
    return from === undefined || to === undefined ? [] : routeBetween(from, to);
  });
  return fromOrigin(boxes, routes);
}

/**
 * How far the places have to be drawn apart. Each pair needs it along one of the two directions: along that in which
 * less does.
 */
function spreadOf(items: readonly PlacedItem[]): { x: number; y: number } | null {
  const spread = { x: least, y: least };
  for (const [index, a] of items.entries()) {
    for (let other = index + 1; other < items.length; other++) {
      const b = items[other];
      if (b === undefined) break;
      const needed = {
        x: ((a.width + b.width) / 2 + gap.x) / Math.abs(a.canvas.x - b.canvas.x),
        y: ((a.height + b.height) / 2 + gap.y / 2) / Math.abs(a.canvas.y - b.canvas.y),
      };
      if (needed.x <= spread.x || needed.y <= spread.y) continue;
      if (needed.x <= needed.y) spread.x = needed.x;
      else spread.y = needed.y;
      if (Math.max(spread.x, spread.y) > most) return null;
    }
  }
  return spread;
}
