import type { ExecutionSummary, Milliseconds } from '../trace/execution.ts';

/** The key figures of a set of executions. */
export interface KeyFigures {
  readonly executions: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly running: number;
  /** Stopped reporting without an end. */
  readonly stalled: number;
  /** Succeeded over finished, 0 to 1; null while none has finished. Running ones don't count. */
  readonly successRate: number | null;
  /** Of successful executions: the sum that the product's own dashboard calls cumulative duration. */
  readonly cumulativeDurationMs: Milliseconds;
}

/** The figures of nothing. */
export const noFigures: KeyFigures = {
  executions: 0,
  succeeded: 0,
  failed: 0,
  cancelled: 0,
  running: 0,
  stalled: 0,
  successRate: null,
  cumulativeDurationMs: 0,
};

/** Adds one execution; a build is none, it says nothing about an outcome. */
export function addToFigures(figures: KeyFigures, summary: ExecutionSummary): KeyFigures {
  if (summary.kind === 'build') return figures;
  const is = (outcome: ExecutionSummary['outcome']) => (summary.outcome === outcome ? 1 : 0);
  const succeeded = figures.succeeded + is('succeeded');
  const failed = figures.failed + is('failed');
  const cancelled = figures.cancelled + is('cancelled');
  const finished = succeeded + failed + cancelled;
  return {
    executions: figures.executions + 1,
    succeeded,
    failed,
    cancelled,
    running: figures.running + is('running'),
    stalled: figures.stalled + is('stalled'),
    successRate: finished === 0 ? null : succeeded / finished,
    cumulativeDurationMs:
      figures.cumulativeDurationMs + is('succeeded') * (summary.durationMs ?? 0),
  };
}
