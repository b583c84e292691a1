import { describe, expect, test } from 'vitest';
import {
  graphEdgeText,
  graphNodeCounts,
  graphNodeDetail,
  graphNodeText,
} from '../../../src/texts/graphTexts.ts';
import type { NodeState } from '../../../src/protocol/graph.ts';
import { plainEnglish as t } from '../../support/plainEnglish.ts';

const node = { name: 'Save', type: 'rpa' };
const failed: NodeState = {
  ...{ place: 0, runs: 4, failures: 1, usualMs: 900 },
  run: { row: 'r', status: 'failed', durationMs: 1_200, count: 3 },
};
/** After two attempts: what is told of it is the giving up, which takes no time. */
const givenUp = {
  ...({ row: 'r', status: 'failed', durationMs: 0 } as const),
  ...({ count: 3, attempts: true } as const),
};

const notRun = { row: 'r', status: 'notRun', durationMs: null } as const;
/** In a run that goes on. */
const toCome: NodeState = { place: 0, run: { ...notRun, notYet: true } };
const leftOut: NodeState = { place: 0, run: notRun };

describe('a box in words', () => {
  test.each([
    [
      'as it ended',
      failed,
      'failed',
      'Save, Failed ×3, 1.20 s, usually 900 ms, 4 executions, 25.0% of them failed',
    ],
    ['at a moment before', failed, 'running', 'Save, Running, 4 executions, 25.0% of them failed'],
    ['that never ran', undefined, 'notRun', 'Save, Did not run'],
    [
      'at a moment before it ran',
      failed,
      'notRun',
      'Save, Not run yet, 4 executions, 25.0% of them failed',
    ],
    ['that a run has yet to come to', toCome, 'notRun', 'Save, Not run yet'],
  ] as const)('%s', (_, state, status, text) => {
    expect(graphNodeText(node, state, status, t)).toBe(text);
  });

  test.each([
    [failed, 'failed', '1.20 s ×3'],
    [{ place: 0, run: { ...givenUp, lostMs: 3_180 } }, 'failed', '≤ 3.18 s ×2'],
    [failed, 'running', 'Running'],
    [undefined, 'notRun', 'Did not run'],
    [failed, 'notRun', 'Not run yet'],
    [toCome, 'notRun', 'Not run yet'],
    [leftOut, 'notRun', 'Did not run'],
    [{ place: 0, run: { row: 'r', status: 'running', durationMs: null } }, 'running', 'Running'],
  ] as const)('its second line: %#', (state, status, text) => {
    expect(graphNodeDetail(state, status, t)).toBe(text);
  });

  test.each([
    [failed, '4 · 25.0%'],
    [{ runs: 4 }, '4'],
    [{}, ''],
  ])('its counts: %#', (state, text) => {
    expect(graphNodeCounts(state)).toBe(text);
  });
});

test.each([
  [null, 'A → B'],
  [0, 'A → B: Not taken'],
  [1, 'A → B: Taken once'],
  [3, 'A → B: Taken 3 times'],
])('an arrow taken %s times', (taken, text) => {
  expect(graphEdgeText('A', 'B', taken, t)).toBe(text);
});
