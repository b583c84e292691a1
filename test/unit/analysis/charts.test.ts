import { expect, test } from 'vitest';

import { distributionOf } from '../../../src/analysis/distribution.ts';
import { durationsOf } from '../../../src/analysis/durations.ts';
import { overTime } from '../../../src/analysis/overTime.ts';
import {
  causeCounts,
  codeCounts,
  failedNowhere,
  flowNumbers,
  nodeNumbers,
} from '../../../src/analysis/tables.ts';
import type { PastFailure } from '../../../src/analysis/pastExecution.ts';
import { aPast, aPastNode } from '../../support/pastBuilders.ts';

const failure: PastFailure = {
  ...{ nodeId: 'rpa::1', name: 'Save', cause: null, text: '' },
  category: 'timeout',
};

test('executions over time: by outcome, and percentiles of what succeeded', () => {
  const parts = [
    { fromMs: 0, toMs: 10 },
    { fromMs: 10, toMs: 20 },
    { fromMs: 20, toMs: 30 },
  ];
  const runs = [
    aPast({ beginMs: 0, durationMs: 1_000 }),
    aPast({ beginMs: 9, durationMs: 3_000 }),
    aPast({ beginMs: 9, durationMs: 60_000, outcome: 'failed', failure }),
    aPast({ beginMs: 10, outcome: 'cancelled' }),
    aPast({ beginMs: 29, outcome: 'running', durationMs: null }),
    aPast({ beginMs: 29, outcome: 'unreported', durationMs: null }),
    aPast({ beginMs: null }),
    aPast({ beginMs: 30 }),
  ];
  const none = { succeeded: 0, failed: 0, cutOff: 0, open: 0, measured: 0, durationMs: 0 };
  const unmeasured = { p50Ms: null, p95Ms: null };
  expect(overTime(runs, parts)).toEqual([
    {
      ...{ ...none, fromMs: 0, toMs: 10, succeeded: 2, failed: 1, measured: 2 },
      ...{ p50Ms: 1_000, p95Ms: 3_000, durationMs: 4_000 },
    },
    { ...none, ...unmeasured, fromMs: 10, toMs: 20, cutOff: 1 },
    { ...none, ...unmeasured, fromMs: 20, toMs: 30, open: 2 },
  ]);
});

test('the distribution has no class before the first and none behind the last that is used', () => {
  const of = (durationMs: number, outcome: 'succeeded' | 'failed' = 'succeeded') =>
    aPast({ durationMs, outcome });
  expect(distributionOf([of(100), of(149), of(150), of(250, 'failed')])).toEqual([
    { fromMs: 100, toMs: 150, succeeded: 2, failed: 0 },
    { fromMs: 150, toMs: 200, succeeded: 1, failed: 0 },
    { fromMs: 200, toMs: 300, succeeded: 0, failed: 1 },
  ]);
  expect(distributionOf([])).toEqual([]);
  expect(distributionOf([of(0)])).toMatchObject([{ fromMs: 0, toMs: 10, succeeded: 1 }]);
  // Two days: beyond the last edge.
  expect(distributionOf([of(172_800_000)])).toMatchObject([{ fromMs: 70_000_000, succeeded: 1 }]);
});

test('failures by cause, else by category, and by code', () => {
  const failed = (cause: 'elementNotFound' | null, code: number) =>
    aPast({ outcome: 'failed', code, failure: { ...failure, cause } });
  const runs = [
    failed(null, 1),
    failed('elementNotFound', 2),
    failed('elementNotFound', 2),
    aPast(),
  ];
  expect(causeCounts(runs)).toEqual([
    { cause: 'elementNotFound', category: 'timeout', failed: 2 },
    { cause: null, category: 'timeout', failed: 1 },
  ]);
  expect(codeCounts(runs)).toEqual([
    { code: 2, failed: 2 },
    { code: 1, failed: 1 },
  ]);
});

test('flows and nodes in numbers', () => {
  const node = (nodeId: string, ms: number, tokens = 0) =>
    aPastNode({ nodeId, name: `name of ${nodeId}`, durationMs: ms, ownMs: ms, tokens });
  const runs = [
    aPast({
      ...{ flow: 'a', name: 'A', beginMs: 1, durationMs: 3_000, tokens: 7 },
      // Two rounds in one execution: it came there once.
      nodes: [node('llm', 1_000, 3), node('llm', 1_500, 4), node('rpa::1', 500)],
    }),
    aPast({
      ...{ flow: 'a', name: 'A', beginMs: 2, durationMs: 1_000, outcome: 'failed', failure },
      nodes: [node('rpa::1', 500)],
    }),
    aPast({ flow: 'b', name: 'B', beginMs: 3, durationMs: null, outcome: 'running' }),
  ];
  const durations = durationsOf(runs);
  expect(flowNumbers(runs, durations)).toEqual([
    {
      ...{ flow: 'a', name: 'A', runs: 2, failed: 1, failureRate: 0.5, tokens: 7, lastMs: 2 },
      ...{ kind: 'workflow', p50Ms: 3_000, p95Ms: 3_000, share: 1 },
    },
    {
      ...{ flow: 'b', name: 'B', runs: 1, failed: 0, failureRate: null, tokens: 0, lastMs: 3 },
      ...{ kind: 'workflow', p50Ms: null, p95Ms: null, share: 0 },
    },
  ]);
  expect(nodeNumbers(runs, durations)).toMatchObject([
    { nodeId: 'llm', flowName: 'A', runs: 1, failed: 0, failureRate: 0, tokens: 7, share: 0.625 },
    { nodeId: 'rpa::1', runs: 2, failed: 1, failureRate: 0.5, p50Ms: 500, share: 0.25 },
  ]);
});

test('a node that left no entry where it failed is among the nodes all the same', () => {
  const at = (nodeId: string | null) =>
    aPast({
      ...{ flow: 'a', outcome: 'failed', nodes: [aPastNode({ nodeId: 'llm' })] },
      failure: { ...failure, nodeId, name: nodeId === null ? '' : 'Click save' },
    });
  const runs = [at('rpa::1'), at('rpa::1'), at(null)];
  expect(nodeNumbers(runs, durationsOf(runs))).toMatchObject([
    { nodeId: 'llm', runs: 3, failed: 0 },
    { nodeId: 'rpa::1', name: 'Click save', runs: 2, failed: 2, failureRate: 1, p50Ms: null },
  ]);
  expect(failedNowhere(runs)).toBe(1);
});
