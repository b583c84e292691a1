import { expect, test } from 'vitest';

import type { CompareWindow } from '../../../src/protocol/compare.ts';
import { isCause } from '../../../src/view/causeItems.ts';

const none = { status: null, error: null, count: null, time: null } as const;
const row = {
  ...{ name: 'A', nodeId: 'a', nameBefore: 'A', hasEntry: true, isGotOver: false },
  ...{ isSetUpTheSame: true, ...none },
} as const;
const failed = { ...row, status: { before: 'succeeded', after: 'failed' } } as const;
const first = {
  ...{ what: 'output' as const, row: 1, value: null, more: 0, ran: -1, insteadOf: -1, runs: null },
  effect: { kind: 'failed', row: 3 },
} as const;
const told = [
  [1, row],
  [3, failed],
] as const;
const of = (parts: Partial<CompareWindow> = {}) => ({ told, first, ...parts }) as CompareWindow;

test.each([
  ['outputs', 1, of(), true],
  // What the failing node gave is nothing because it failed.
  ['outputs', 3, of(), false],
  ['outputs', 4, of(), false],
  ['outputs', -1, of(), false],
  ['outputs', 3, of({ first: { ...first, effect: null } }), false],
  ['outputs', 4, of({ first: null, told: [] }), true],
  ['inputs', 3, of(), true],
  ['inputs', 4, of(), false],
  ['inputs', -1, of(), true],
  ['configuration', 9, of(), true],
  ['flow', -1, of(), true],
  ['times', 1, of(), false],
  ['way', 1, of(), false],
] as const)('of %s at row %i: %s', (kind, place, answer, expected) => {
  expect(isCause({ row: place }, kind, answer)).toBe(expected);
});
