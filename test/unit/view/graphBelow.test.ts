import { expect, test } from 'vitest';
import type { DrawnNode } from '../../../src/protocol/graph.ts';
import { belowBox, placeBelow } from '../../../src/view/graphBelow.ts';
import { letteringAt, wideningAt } from '../../../src/view/graphPicture.ts';

const node = (x: number, y: number, parts: Partial<DrawnNode> = {}): DrawnNode => ({
  ...{ nodeId: '', name: '', type: '', parent: -1, width: 200, height: 52, x, y },
  ...parts,
});
const edge = (...route: number[]) => ({ source: 0, target: 1, kind: 'normal' as const, route });
const text = { width: 80, height: 24 };
const box = node(40, 40);

test.each([
  ['nothing', [box, node(280, 40)], [edge(240, 66, 280, 66)], true],
  ['the next box, far enough below', [box, node(40, 140)], [edge(140, 92, 140, 140)], true],
  ['the next box, too near', [box, node(40, 125)], [], false],
  ['an arrow that leaves below', [box], [edge(60, 92, 60, 300)], false],
  ['an arrow that passes', [box], [edge(0, 110, 400, 110)], false],
  ['the group that it is in', [box, node(0, 0, { width: 400, height: 300 })], [], true],
  ['the border of its group', [box, node(0, 0, { width: 400, height: 110 })], [], false],
])('below a box there is %s', (_name, nodes, edges, isFree) => {
  const place = placeBelow({ nodes, edges }, 0, text);
  expect(place === null).toBe(!isFree);
  if (place !== null) expect(place).toMatchObject({ x: 40, ...text });
});

test('of a large flow nothing is looked for', () => {
  const nodes = Array.from({ length: 200 }, (_, index) => node(index * 300, 40));
  expect(placeBelow({ nodes, edges: [] }, 0, text)).toBeNull();
});

test.each([1, 0.85, 0.6, 0.4, 0.3, 0.2, 0.1])(
  'at scale %f it stands below the frame of one that is chosen',
  (scale) => {
    // Of one that has the focus as well it is broadest: 3 after a gap of 2.
    const frame = 5 * wideningAt(scale);
    expect(belowBox(letteringAt(scale).below)).toBeGreaterThan(frame);
  },
);
