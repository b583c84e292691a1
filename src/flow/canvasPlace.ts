import type { CanvasPlace } from './flowDocument.ts';
import { at, type SourceTree } from './sourceTree.ts';

/** How a node lies on a canvas, for its reader to spread; nothing where a number is missing. */
export interface OnCanvas {
  readonly canvas?: CanvasPlace;
}

/** The number at a path, also one that stands in quotes; undefined for what is none. */
export function numberAt(
  tree: SourceTree | undefined,
  ...path: readonly string[]
): number | undefined {
  const found = at(tree, ...path);
  const value = found?.kind === 'scalar' ? found.value : undefined;
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) {
    return undefined;
  }
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** A place by its middle. */
export function onCanvas(x: number | undefined, y: number | undefined, page = ''): OnCanvas {
  return x === undefined || y === undefined ? {} : { canvas: { x, y, page } };
}

/** A place by its upper left corner, as a box of which each side may be missing. */
export function boxOnCanvas(
  [x, y]: readonly [number | undefined, number | undefined],
  [width = 0, height = 0]: readonly [number | undefined, number | undefined],
  page = '',
): OnCanvas {
  return onCanvas(
    x === undefined ? undefined : x + width / 2,
    y === undefined ? undefined : y + height / 2,
    page,
  );
}
