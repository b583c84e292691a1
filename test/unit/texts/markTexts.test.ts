import { describe, expect, test } from 'vitest';
import type { MarkedNode } from '../../../src/protocol/marks.ts';
import {
  isFailed,
  markedCountsText,
  markedStateText,
  shortValuesText,
} from '../../../src/texts/markTexts.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';

const node: MarkedNode = {
  ...{ nodeId: 'n', name: 'N', type: 'rpa' },
  ...{ idRange: { start: 0, end: 1 }, range: { start: 0, end: 9 } },
};
const notRun = { row: 'r', status: 'notRun', durationMs: null } as const;
const run = { row: 'r', status: 'succeeded', durationMs: 3_600 } as const;

describe('the state of a node', () => {
  test.each<[string, Partial<MarkedNode>]>([
    ['Did not run', {}],
    ['Did not run', { run: notRun }],
    ['Not run yet', { run: { ...notRun, notYet: true } }],
    ['Succeeded, 3.60 s', { run }],
    ['Succeeded, 3.60 s, usually 1.20 s', { run, usualMs: 1_200 }],
    ['Succeeded, 3.60 s', { run, usualMs: 3_601 }],
    ['Succeeded', { run: { ...run, durationMs: null } }],
    ['Failed ×3, 3.60 s', { run: { ...run, status: 'failed', count: 3 } }],
    [
      'Failed ×2, ≤ 3.60 s',
      { run: { ...run, status: 'failed', count: 3, attempts: true, durationMs: 0, lostMs: 3_600 } },
    ],
    [
      'Failed ×2, ≥ 3.60 s, usually 1.20 s',
      {
        run: {
          ...{ ...run, status: 'failed', count: 3, attempts: true },
          ...{ durationMs: 0, earlier: { leastMs: 3_600 } },
        },
        usualMs: 1_200,
      },
    ],
    // What is usual is of one round.
    [
      'Failed ×5, ≥ 3.60 s',
      {
        run: { ...run, status: 'failed', count: 5, durationMs: 0, earlier: { leastMs: 3_600 } },
        usualMs: 1_200,
      },
    ],
  ])('%s', (expected, parts) => {
    expect(markedStateText({ ...node, ...parts }, plainEnglish)).toBe(expected);
  });
});

describe('how often it ran', () => {
  test.each<[string, Partial<MarkedNode>]>([
    ['', {}],
    ['1 execution', { runs: 1, failures: 0 }],
    ['12 executions', { runs: 12 }],
    ['12 executions, 25.0% of them failed', { runs: 12, failures: 3 }],
  ])('%s', (expected, parts) => {
    expect(markedCountsText({ ...node, ...parts }, plainEnglish)).toBe(expected);
  });
});

test.each<[boolean, Partial<MarkedNode>]>([
  [false, {}],
  [false, { run }],
  [true, { run: { ...run, status: 'failed' } }],
  [true, { run: { ...run, failing: true } }],
  [true, { run: { ...run, status: 'unended' } }],
])('is failed: %s', (expected, parts) => {
  expect(isFailed({ ...node, ...parts })).toBe(expected);
});

test('what it gave', () => {
  const values = [
    { name: 'total', text: '12' },
    { name: '', text: 'said' },
  ];
  expect(shortValuesText(values, plainEnglish)).toBe('total: 12, said');
});
