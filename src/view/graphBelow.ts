import type { FlowDrawing } from '../protocol/graph.ts';
import { type Area, type Extent2d, holds, meet } from './graphViewport.ts';
import { mostNamed } from './graphPicture.ts';

/**
 * Between a box and what is written below it: the frame of one that is chosen has room there. From afar frame and letters are
 * drawn larger, both by the same.
 */
export function belowBox(letters: number): number {
  return Math.max(10, 0.6 * letters);
}
/** Between that and what else is there. */
const beside = 3;

/** Where what has no room in a box is written: below it, if nothing else is there; null where something is. */
export function placeBelow(
  { nodes, edges }: Pick<FlowDrawing, 'nodes' | 'edges'>,
  place: number,
  text: Extent2d,
): Area | null {
  const box = nodes[place];
  // Of so many nobody reads how long each took, and each would be looked at for each.
  if (box === undefined || nodes.length > mostNamed) return null;
  const area = { ...text, x: box.x, y: box.y + box.height + belowBox(text.height) };
  const around = { ...area, height: area.height + beside };
  const isTaken = nodes.some((other, index) => {
    if (index === place) return false;
    return meet(other, around) && !(holds(other, box) && holds(other, around));
  });
  const isCrossed = edges.some(({ route }) => {
    for (let at = 0; at + 3 < route.length; at += 2) {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = route.slice(at, at + 4);
      const line = {
        ...{ x: Math.min(x1, x2), y: Math.min(y1, y2) },
        ...{ width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) },
      };
      if (meet(line, around)) return true;
    }
    return false;
  });
  return isTaken || isCrossed ? null : area;
}
