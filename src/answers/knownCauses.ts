import type { PastFailure } from '../analysis/pastExecution.ts';
import type { ExecutionSummary } from '../trace/execution.ts';

/** Of what executions failed, as far as somebody has looked into their records. It holds no summary itself. */
export class KnownCauses {
  private readonly known = new WeakMap<ExecutionSummary, string>();
  private changes = 0;
  /** Somebody asks for causes: all that failed are to be looked into. */
  onWanted: () => void = () => undefined;

  /** Grows with each that becomes known. */
  get revision(): number {
    return this.changes;
  }

  /** The name of its cause, or else of the category; null of one that did not fail. */
  of(summary: ExecutionSummary): string | null {
    return summary.outcome === 'failed' ? (this.known.get(summary) ?? 'unknown') : null;
  }

  has(summary: ExecutionSummary): boolean {
    return this.known.has(summary);
  }

  learn(summary: ExecutionSummary, { cause, category }: Pick<PastFailure, 'cause' | 'category'>) {
    const name = cause ?? category;
    if (this.known.get(summary) === name) return;
    this.known.set(summary, name);
    this.changes++;
  }
}
