import { numberAt } from '../../base/numberAt.ts';
import {
  type Box,
  fromOrigin,
  gap,
  type LaidOut,
  type LocalEdge,
  movedBox,
  movedRoute,
  type Point,
} from './boxes.ts';

/** Boxes that hang together, and the edges among them. */
export interface Part {
  readonly members: number[];
  readonly own: number[];
}

/** What hangs together, in the order of what comes first in each. */
export function partsOf(count: number, edges: readonly LocalEdge[]): Part[] {
  const roots = Array.from({ length: count }, (_, index) => index);
  const rootOf = (index: number): number => {
    let at = index;
    for (let root = roots[at]; root !== undefined && root !== at; root = roots[at]) {
      roots[at] = roots[root] ?? root;
      at = root;
    }
    return at;
  };
  for (const { source, target } of edges) {
    // The first in the file leads, so that parts stay in its order.
    const [a, b] = [rootOf(source), rootOf(target)];
    roots[Math.max(a, b)] = Math.min(a, b);
  }
  const parts = new Map<number, Part>();
  for (let index = 0; index < count; index++) {
    const root = rootOf(index);
    const part = parts.get(root) ?? { members: [], own: [] };
    parts.set(root, part);
    part.members.push(index);
  }
  for (const [index, { source }] of edges.entries()) parts.get(rootOf(source))?.own.push(index);
  return [...parts.values()];
}

/** Parts beside each other in lines, as words are set, so that the whole is somewhat wider than high. */
export function packed(parts: readonly (Part & { readonly laid: LaidOut })[]): LaidOut {
  const area = parts.reduce(
    (sum, { laid: { size } }) => sum + (size.width + gap.x) * (size.height + gap.y),
    0,
  );
  const widest = parts.reduce((most, { laid }) => Math.max(most, laid.size.width), 0);
  const lineWidth = Math.max(widest, Math.sqrt(1.5 * area));
  const boxes: Box[] = [];
  const routes: Point[][] = [];
  let [x, y, lineHeight] = [0, 0, 0];
  for (const { members, own, laid } of parts) {
    if (x > 0 && x + laid.size.width > lineWidth)
      [x, y, lineHeight] = [0, y + lineHeight + gap.y, 0];
    for (const [index, box] of laid.boxes.entries()) {
      boxes[numberAt(members, index)] = movedBox(box, { x, y });
    }
    for (const [index, route] of laid.routes.entries()) {
      routes[numberAt(own, index)] = movedRoute(route, { x, y });
    }
    x += laid.size.width + gap.x;
    lineHeight = Math.max(lineHeight, laid.size.height);
  }
  return fromOrigin(boxes, routes);
}
