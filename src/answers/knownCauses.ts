import type { PastExecution, PastFailure } from '../analysis/pastExecution.ts';
import type { ExecutionKey, ExecutionSummary } from '../trace/execution.ts';

/** Tells the id of the problem that the failure of an execution is; null for none. */
export type ProblemOf = (key: ExecutionKey, past?: PastExecution) => string | null;

/** Of what executions failed, and of which problems, as far as somebody has looked into their records. It holds no summary itself. */
export class KnownCauses {
  private readonly known = new WeakMap<ExecutionSummary, string>();
  private changes = 0;
  /** Somebody asks for causes: all that failed are to be looked into. */
  onWanted: () => void = () => undefined;

  /** The same for problems, which are looked for in all of the past. */
  onProblemsWanted: () => void = () => undefined;
  private problems: ProblemOf = () => null;

  /** Grows with each that becomes known. */
  get revision(): number {
    return this.changes;
  }

  /** The name of its cause, or else of the category; null of one that did not fail. */
  of(summary: ExecutionSummary): string | null {
    return summary.outcome === 'failed' ? (this.known.get(summary) ?? 'unknown') : null;
  }

  /**
   * The id of the problem that an execution's failure was when problems were looked for last; of one that the history
   * alone knows by what that tells.
   */
  problemOf(key: ExecutionKey, past?: PastExecution): string | null {
    return this.problems(key, past);
  }

  learnProblems(problemOf: ProblemOf): void {
    this.problems = problemOf;
    this.changes++;
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
