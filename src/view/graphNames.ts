import type { DrawnNode } from '../protocol/graph.ts';
import { cutToWidth, onLines } from './cutToWidth.ts';
import {
  boxLines,
  type BoxLines,
  groupLines,
  type Lettering,
  letteringAt,
  mostNamed,
} from './graphPicture.ts';

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

/** Whether all boxes have their names at a scale, and none is cut. */
export function areNamesWhole(
  boxes: readonly Pick<DrawnNode, 'name' | 'width' | 'height'>[],
  scale: number,
): boolean {
  if (boxes.length > mostNamed) return false;
  const lettering = letteringAt(scale);
  return boxes.every((box) => !nameInBox(box.name, box, lettering).names.at(-1)?.endsWith('…'));
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
