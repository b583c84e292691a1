import type { PastExecution, PastFailure } from '../analysis/pastExecution.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { ExecutionKey, ExecutionSummary, FailingNode } from '../trace/execution.ts';
import { hasGap } from './knownGaps.ts';

/** Tells the id of the problem that the failure of an execution is; null for none. */
export type ProblemOf = (key: ExecutionKey, past?: PastExecution) => string | null;

/**
 * Of what executions failed, where, and of which problems, as far as somebody has looked into their records. It holds no
 * summary itself.
 */
export class KnownCauses {
  private readonly known = new WeakMap<ExecutionSummary, string>();
  private readonly placed = new WeakMap<ExecutionSummary, FailingNode>();
  private changes = 0;
  private placings = 0;
  /** Somebody asks for causes: all that failed are to be looked into. */
  onWanted: () => void = () => undefined;

  /** The same for problems, which are looked for in all of the past. */
  onProblemsWanted: () => void = () => undefined;
  private problems: ProblemOf = () => null;

  /** Somebody shows these, or looks for them: of those that failed in a node without an entry it is to be told which that was. */
  onPlacesWanted: (entries: readonly StoredExecution[] | 'all' | 'newest') => void = () =>
    undefined;
  /** Of one it is known now. */
  onPlaced: () => void = () => undefined;
  /** Somebody looked into one for its place, whether it is known now or not. */
  onPlaceLearned: (summary: ExecutionSummary) => void = () => undefined;

  /** Grows with each that becomes known. */
  get revision(): number {
    return this.changes;
  }

  /** Grows with each of which it becomes known in which node it failed, or is no longer; by itself, as lists show that and no causes. */
  get placesRevision(): number {
    return this.placings;
  }

  /** Where it failed; of a node that left no entry as its flow file or a good run tells. */
  failingOf(summary: ExecutionSummary): FailingNode | null {
    return this.placed.get(summary) ?? summary.failing;
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

  learn(summary: ExecutionSummary, failure: LearnedFailure): void {
    this.learnPlace(summary, failure);
    const name = failure.cause ?? failure.category;
    if (this.known.get(summary) === name) return;
    this.known.set(summary, name);
    this.changes++;
  }

  /** Where it failed, as its opened record tells. */
  learnPlace(summary: ExecutionSummary, { nodeId, name }: LearnedPlace): void {
    const { failing } = summary;
    if (failing === null || !hasGap(summary)) return;
    this.onPlaceLearned(summary);
    const before = this.placed.get(summary);
    if ((before?.nodeId ?? null) === nodeId && (before?.name ?? name) === name) return;
    if (nodeId === null) this.placed.delete(summary);
    else this.placed.set(summary, { ...failing, nodeId, name });
    this.changedPlace();
  }

  /** What told it is another, and nobody can look into its record. */
  forgetPlace(summary: ExecutionSummary): void {
    if (this.placed.delete(summary)) this.changedPlace();
  }

  private changedPlace(): void {
    this.placings++;
    this.onPlaced();
  }
}

type LearnedPlace = Pick<FailingNode, 'nodeId' | 'name'>;
type LearnedFailure = Pick<PastFailure, 'cause' | 'category'> & LearnedPlace;
