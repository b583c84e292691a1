import { expect, test } from 'vitest';

import { earlierCalls, firstBeginMs } from '../../../src/trace/earlierCalls.ts';
import type { TreeNode } from '../../../src/trace/tree.ts';
import { aSummary } from '../../support/builders.ts';

type Call = readonly [beginMs: number, durationMs: number];

const call = ([beginMs, durationMs]: Call) =>
  ({ subExecution: aSummary(), beginMs, durationMs }) as unknown as TreeNode;

const givenUp = { beginMs: 5_000, durationMs: 0, status: 'failed', count: 3 } as const;

test.each<[string, Partial<TreeNode>, readonly Call[], [number, number] | null]>([
  [
    'given up after two attempts',
    {},
    [
      [1_000, 1_500],
      [3_000, 1_600],
    ],
    [1_000, 3_100],
  ],
  [
    'two that overlap',
    {},
    [
      [1_000, 1_500],
      [2_000, 1_000],
    ],
    [1_000, 2_000],
  ],
  [
    'the last attempt is its own',
    { durationMs: 200, status: 'recovered' },
    [[1_000, 1_500]],
    [1_000, 1_700],
  ],
  ['what it called in its only entry', { durationMs: 2_000 }, [[5_100, 1_500]], null],
  ['tried once', { count: 1 }, [[1_000, 1_500]], null],
  ['rounds that went well', { status: 'succeeded' }, [[1_000, 1_500]], null],
  ['without calls', {}, [], null],
  ['without times', { beginMs: null }, [[1_000, 1_500]], null],
])('%s', (_, parts, calls, expected) => {
  const found = earlierCalls({ ...givenUp, ...parts, children: calls.map(call) });
  expect(found && [found.fromMs, found.leastMs]).toEqual(expected);
});

test('a node that was tried again began with its first attempt', () => {
  const calls = [call([3_000, 1_600]), call([1_000, 1_500])];
  const node = { ...givenUp, children: calls } as Parameters<typeof firstBeginMs>[0];
  expect(firstBeginMs(node)).toBe(1_000);
  expect(firstBeginMs({ ...node, count: 1 })).toBe(5_000);
});
