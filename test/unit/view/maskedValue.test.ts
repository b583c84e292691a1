import { expect, test } from 'vitest';
import type { InspectorContent } from '../../../src/protocol/engineProtocol.ts';
import { holdsMask, placeToReveal } from '../../../src/view/maskedValue.ts';

test.each([
  ['••••c3f1', true],
  ['plain', false],
  [7, false],
  [null, false],
  [{ a: [{ b: 'x••••' }] }, true],
  [{ '••••': 1 }, true],
  [[1, 'two', { three: 3 }], false],
])('%j holds a mask: %s', (value, masked) => {
  expect(holdsMask(value)).toBe(masked);
});

const node = (canReveal?: boolean) =>
  ({ kind: 'node', ...(canReveal === undefined ? {} : { canReveal }) }) as InspectorContent;

test.each([
  ['a value of a node', node(true), 'config', { section: 'config', index: 2 }],
  ['a log line', node(true), 'logs', null],
  ['a time', node(true), 'timing', null],
  ['where the settings forbid it', node(false), 'config', null],
  ['where nothing is said', node(), 'config', null],
  ['a node that never ran', { kind: 'notRun' } as InspectorContent, 'config', null],
  ['nothing', null, 'config', null],
] as const)('the place of %s', (_name, content, section, place) => {
  expect(placeToReveal(content, section, 2)).toEqual(place);
});
