import { type Box, gap, type Point } from './boxes.ts';

/** How far an arrow leaves a box before it turns. */
const lead = 16;

/** An arrow between two boxes that lie anywhere: to the right where it can, else down, else around below both. */
export function routeBetween(from: Box, to: Box): Point[] {
  const [source, target] = [middle(from), middle(to)];
  const right = from.x + from.width;
  const bottom = from.y + from.height;
  if (to.x >= right + lead) return turned({ x: right, y: source.y }, { x: to.x, y: target.y }, 'x');
  if (to.y >= bottom + lead)
    return turned({ x: source.x, y: bottom }, { x: target.x, y: to.y }, 'y');
  const below = Math.max(bottom, to.y + to.height) + gap.y / 2;
  return [
    { x: right, y: source.y },
    { x: right + lead, y: source.y },
    { x: right + lead, y: below },
    { x: to.x - lead, y: below },
    { x: to.x - lead, y: target.y },
    { x: to.x, y: target.y },
  ];
}

/** Straight where both ends are on one line, else with a step half way. */
function turned(from: Point, to: Point, along: 'x' | 'y'): Point[] {
  const across = along === 'x' ? 'y' : 'x';
  if (Math.abs(from[across] - to[across]) < 1) return [from, to];
  const half = (from[along] + to[along]) / 2;
  return along === 'x'
    ? [from, { x: half, y: from.y }, { x: half, y: to.y }, to]
    : [from, { x: from.x, y: half }, { x: to.x, y: half }, to];
}

/** The middle of a box. */
export function middle({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 };
}
