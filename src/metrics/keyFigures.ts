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
  /** Those that succeeded or failed: what was cancelled, or cut off, is neither. */
  readonly judged: number;
  /** Succeeded over judged, 0 to 1; null for none. */
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
    const judged = counts.succeeded + counts.failed;
    const successRate = judged === 0 ? null : counts.succeeded / judged;
    return { executions, ...counts, judged, successRate, cumulativeDurationMs };
  }
}
