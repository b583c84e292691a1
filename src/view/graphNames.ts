import type { DrawnNode } from '../protocol/graph.ts';
import { cutToWidth, onLines } from './cutToWidth.ts';
import { boxLines, type BoxLines, groupLines, type Lettering } from './graphPicture.ts';

/** A name as it is written into a box, and where its lines stand. */
export interface PlacedName {
  readonly names: readonly string[];
  readonly lines: BoxLines;
}

/** On two lines where it needs them and the box has room; else it is cut. */
export function nameInBox(
  name: string,
  { width, height }: Pick<DrawnNode, 'width' | 'height'>,
  lettering: Lettering,
): PlacedName {
  const line = boxLines(height, lettering, false);
  const room = width - line.left - 10;
  const { wrapped } = lettering;
  const whole = onLines(name, room, wrapped === null ? 1 : 2, line.size);
  if (wrapped === null || whole.length === 1) return { names: whole, lines: line };
  const names = onLines(name, room, 2, wrapped);
  // Smaller letters may need one line alone.
  const isWrapped = names.length > 1;
  return {
    names,
    lines: isWrapped ? boxLines(height, lettering, true) : { ...line, size: wrapped },
  };
}

/** The same of a group, beside whose name stands what it took. */
export function nameOfGroup(
  name: string,
  { width }: Pick<DrawnNode, 'width'>,
  lettering: Lettering,
): PlacedName {
  const lines = groupLines(lettering);
  const beside = lettering.hasCounts ? 96 : 10;
  return { names: [cutToWidth(name, width - lines.left - beside, lines.size)], lines };
}
