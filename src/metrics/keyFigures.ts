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
  /** Those that ended, well or not. */
  readonly finished: number;
  /** Succeeded over finished, 0 to 1; null while none has finished. Running ones don't count. */
  readonly successRate: number | null;
  /** Of successful executions: the sum that the product's own dashboard calls cumulative duration. */
  readonly cumulativeDurationMs: Milliseconds;
}

/** Sums up executions: it is asked four times a second for up to 50,000, so it makes nothing on the way. */
export class FiguresSum {
  private readonly counts = { succeeded: 0, failed: 0, cancelled: 0, running: 0, stalled: 0 };
  private executions = 0;
  private cumulativeDurationMs = 0;

  /** Adds one execution; a build is none, it says nothing about an outcome. */
  add({ kind, outcome, durationMs }: ExecutionSummary): void {
    if (kind === 'build') return;
    this.executions++;
    if (outcome !== 'unreported') this.counts[outcome]++;
    if (outcome === 'succeeded') this.cumulativeDurationMs += durationMs ?? 0;
  }

  get figures(): KeyFigures {
    const { counts, executions, cumulativeDurationMs } = this;
    const finished = counts.succeeded + counts.failed + counts.cancelled;
    const successRate = finished === 0 ? null : counts.succeeded / finished;
    return { executions, ...counts, finished, successRate, cumulativeDurationMs };
  }
}
