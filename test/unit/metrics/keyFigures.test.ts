import { expect, test } from 'vitest';
import { FiguresSum } from '../../../src/metrics/keyFigures.ts';
import type { ExecutionSummary } from '../../../src/trace/execution.ts';
import { aSummary } from '../../support/builders.ts';

const figuresOf = (...parts: Partial<ExecutionSummary>[]) => {
  const sum = new FiguresSum();
  for (const part of parts) sum.add(aSummary(part));
  return sum.figures;
};

test('the rate is over what succeeded or failed, the duration over what succeeded', () => {
  const figures = figuresOf(
    { outcome: 'succeeded', durationMs: 1_000 },
    { outcome: 'succeeded', durationMs: null },
    { outcome: 'failed', durationMs: 5_000 },
    { outcome: 'cancelled', durationMs: 5_000 },
    { outcome: 'running', durationMs: 5_000 },
    { outcome: 'stalled', durationMs: null },
  );
  expect(figures).toEqual({
    executions: 6,
    succeeded: 2,
    failed: 1,
    cancelled: 1,
    running: 1,
    stalled: 1,
    successRate: 2 / 3,
    judged: 3,
    cumulativeDurationMs: 1_000,
  });
});

test('a build is no execution', () => {
  expect(figuresOf({ kind: 'build', outcome: 'unreported' })).toEqual(figuresOf());
});

test('without one that succeeded or failed there is no rate', () => {
  expect(figuresOf({ outcome: 'running' }, { outcome: 'cancelled' }).successRate).toBeNull();
});
