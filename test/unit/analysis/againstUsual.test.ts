import { describe, expect, test } from 'vitest';

import { againstUsual } from '../../../src/analysis/againstUsual.ts';
import type { PastExecution } from '../../../src/analysis/pastExecution.ts';
import { aPast, aPastNode } from '../../support/pastBuilders.ts';

/** A run that read in `readMs` and saved in `saveMs`. */
function aRun(beginMs: number, readMs: number, saveMs: number, parts: Partial<PastExecution> = {}) {
  return aPast({
    ...{ key: String(beginMs), beginMs, durationMs: readMs + saveMs },
    nodes: [
      aPastNode({ nodeId: 'read', name: 'Read', durationMs: readMs }),
      aPastNode({ nodeId: 'save', name: 'Save', durationMs: saveMs }),
    ],
    ...parts,
  });
}
const earlier = (count: number) =>
  Array.from({ length: count }, (_, index) => aRun(index, 400 + index, 700 + 2 * index));

describe('an execution against those before it', () => {
  test('tells how many, the middle one, and where it was slower', () => {
    expect(againstUsual(aRun(100, 410, 7_490), earlier(42))).toEqual({
      ...{ runs: 42, medianMs: 1_160, durationMs: 7_900, isSlow: true },
      slower: { nodeId: 'save', name: 'Save', ms: 7_490, usualMs: 740 },
    });
  });

  test('a node that ran several times counts as their sum, and one that never ran as nothing before', () => {
    const twice = aRun(100, 400, 700, {
      durationMs: 5_000,
      nodes: [
        aPastNode({ nodeId: 'extra', name: 'Extra', durationMs: 1_900 }),
        aPastNode({ nodeId: 'extra', name: 'Extra', durationMs: 2_000 }),
      ],
    });
    expect(againstUsual(twice, earlier(10))?.slower).toMatchObject({ ms: 3_900, usualMs: 0 });
  });

  test.each<[string, PastExecution, readonly PastExecution[], boolean | null]>([
    ['as usual', aRun(100, 410, 740), earlier(20), false],
    ['half as long again', aRun(100, 900, 900), earlier(20), true],
    ['faster', aRun(100, 10, 10), earlier(20), false],
    ['too few before it to call it slow', aRun(100, 410, 7_490), earlier(7), false],
    ['none before it', aRun(100, 410, 740), earlier(2), null],
    ['later ones tell nothing', aRun(-1, 410, 740), earlier(20), null],
    ['without a duration', aRun(100, 0, 0, { durationMs: null }), earlier(20), null],
    [
      'those that failed tell nothing',
      aRun(100, 410, 7_490),
      earlier(20).map((run) => ({ ...run, outcome: 'failed' as const })),
      null,
    ],
    [
      'milliseconds are nothing',
      aRun(100, 20, 20),
      Array.from({ length: 20 }, (_, at) => aRun(at, 5, 5)),
      false,
    ],
    [
      'as slow as one in ten was before',
      aRun(100, 410, 7_490),
      [...earlier(18), aRun(18, 400, 9_000), aRun(19, 400, 9_000)],
      false,
    ],
  ])('%s', (_, run, before, isSlow) => {
    expect(againstUsual(run, before)?.isSlow ?? null).toBe(isSlow);
  });

  test('where no node stands out none is named', () => {
    const spread = aRun(100, 400, 700, { durationMs: 8_000 });
    expect(againstUsual(spread, earlier(20))).toMatchObject({ isSlow: true, slower: null });
  });
});
