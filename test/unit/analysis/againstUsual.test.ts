import { describe, expect, test } from 'vitest';

import { againstUsual } from '../../../src/analysis/againstUsual.ts';
import { byNode } from '../../../src/analysis/byNode.ts';
import { processUse } from '../../../src/analysis/processUse.ts';
import { nodeReliability } from '../../../src/analysis/flaky.ts';
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

describe('what a process used', () => {
  const used = (memoryBytes: number) => ({
    resources: { cpuMs: 10, memoryBytes, eventLoopUtilization: 0, eventLoopDelayMs: null },
  });
  const before = [1, 5, 2, 4].map((memory, at) => aRun(at, 1, 1, used(memory)));

  test.each([
    ['nobody measured it', aRun(9, 1, 1), before, null],
    ['too few tell', aRun(9, 1, 1, used(7)), before.slice(2), { memoryBytes: 7, usual: null }],
    [
      // Of an even number the lower one, by nearest rank as everywhere.
      'enough tell',
      aRun(9, 1, 1, used(7)),
      [...before, aRun(8, 1, 1)],
      { memoryBytes: 7, usual: { runs: 4, memoryBytes: 2, cpuMs: 10 } },
    ],
  ])('%s', (_, run, earlierRuns, expected) => {
    const found = processUse(run, earlierRuns);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected);
  });
});

describe('an execution against those before it', () => {
  test('tells how many, the middle one, and where it was slower', () => {
    expect(againstUsual(aRun(100, 410, 7_490), earlier(42))).toEqual({
      ...{ runs: 42, medianMs: 1_160, durationMs: 7_900, isSlow: true },
      slower: { nodeId: 'save', name: 'Save', ms: 7_490, usualMs: 740 },
      payload: null,
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

describe('what its nodes were given and gave', () => {
  const kb = 1024;
  const sized = (payloadBytes: number, beginMs = 100, parts: Partial<PastExecution> = {}) =>
    aRun(beginMs, 400, 700, { payloadBytes, ...parts });
  const sizes = (count: number) =>
    Array.from({ length: count }, (_, at) => sized((20 + at) * kb, at));

  test.each<[string, PastExecution, readonly PastExecution[], number | null]>([
    ['as much as usual', sized(24 * kb), sizes(9), null],
    ['more than ever, and three times as much', sized(90 * kb), sizes(9), 90 * kb],
    ['more than ever, and not by much', sized(40 * kb), sizes(9), null],
    ['as much as once before', sized(90 * kb), [...sizes(9), sized(95 * kb, 50)], null],
    ['a third of it', sized(5 * kb), sizes(9), 5 * kb],
    ['a third of it, for it failed', sized(5 * kb, 100, { outcome: 'failed' }), sizes(9), null],
    ['more, and it failed', sized(90 * kb, 100, { outcome: 'failed' }), sizes(9), 90 * kb],
    ['too few before it', sized(90 * kb), sizes(7), null],
    ['nobody looked', sized(0), sizes(9), null],
    [
      'of the others nobody looked',
      sized(90 * kb),
      sizes(9).map((run) => ({ ...run, payloadBytes: 0 })),
      null,
    ],
    ['little in all', sized(3 * kb), sizes(9).map((run) => ({ ...run, payloadBytes: 300 })), null],
  ])('%s', (_, run, before, bytes) => {
    expect(againstUsual(run, before)?.payload?.bytes ?? null).toBe(bytes);
  });
});

describe('how reliable the node is where it failed', () => {
  /** `F` fails at the node, `E` before it, `.` passes, a digit is the revision from there on. */
  const runs = (signs: string) => {
    let revision = '1';
    return signs.split('').flatMap((sign, beginMs) => {
      if (/\d/.test(sign)) {
        revision = sign;
        return [];
      }
      const nodes = [aPastNode({ nodeId: 'read' }), aPastNode({ nodeId: 'save' })];
      const failedAt = (nodeId: string, ran: readonly (typeof nodes)[number][]) => ({
        ...{ outcome: 'failed' as const, nodes: ran },
        failure: { ...{ nodeId, name: nodeId, cause: null, text: '' }, category: 'node' as const },
      });
      const parts =
        sign === 'F'
          ? failedAt('save', nodes.slice(0, 1))
          : sign === 'E'
            ? failedAt('read', [])
            : { nodes };
      return [aPast({ key: String(beginMs), beginMs, revision, ...parts })];
    });
  };

  const cameTo = (signs: string) => byNode(runs(signs), new Set(['save'])).get('save') ?? [];

  test.each([
    ['F', null],
    ['.F', null],
    ['..F', { failures: 1, runs: 1, isFlaky: false }],
    ['FFF', { failures: 3, runs: 3, isFlaky: false }],
    ['..F.', { failures: 1, runs: 2, isFlaky: false }],
    ['..FF.', { failures: 2, runs: 3, isFlaky: true }],
    ['.F.2F', { failures: 2, runs: 3, isFlaky: false }],
    ['.F.F', { failures: 2, runs: 3, isFlaky: true }],
    ['.F2.F', { failures: 2, runs: 3, isFlaky: true }],
    ['1.2F3.4F', { failures: 2, runs: 3, isFlaky: false }],
    ['.EF.EF', { failures: 2, runs: 3, isFlaky: true }],
    ['...', { failures: 0, runs: 0, isFlaky: false }],
  ])('%s, since it first failed', (signs, expected) => {
    expect(nodeReliability(cameTo(signs))).toEqual(expected);
  });

  test('counts since a moment, as its problem does', () => {
    expect(nodeReliability(cameTo('F.FF.'), 2)).toEqual({ failures: 2, runs: 3, isFlaky: true });
  });
});
