import { passesNeeded } from '../problems/problemState.ts';
import type { Milliseconds } from '../trace/execution.ts';

/** More passes in a row are never asked for. */
const mostPasses = 14;

/** An execution that passed, and when the flow file was changed, where somebody saw that. */
export interface Passed {
  readonly beginMs: Milliseconds;
  readonly durationMs: Milliseconds;
  readonly changedMs: Milliseconds | null;
}

/**
 * How often a problem failed and passed, counted while it comes: what the list of problems judges by all that ran. Judged by
 * when things began, for records may be late; of what passed before the first failure came its number alone is known.
 */
export class FailureCount {
  failures = 0;
  /** Passes since it failed last: of runs that began later. */
  streak = 0;
  private passes = 0;
  /** How many passed in a row before it failed first. */
  private before: number;
  /** How often it had failed and passed when it was back, after it was resolved last, and how often in a row. */
  private anew: { readonly failures: number; readonly passes: number; readonly before: number };
  private firstMs = Infinity;
  private lastMs = -Infinity;
  /** When the last ones began that passed since. */
  private passedMs: readonly Milliseconds[] = [];
  /** The change of the flow file since which these are counted; null where there was none. */
  private countedMs: Milliseconds | null = null;
  private isSaid = false;

  constructor(before: number) {
    this.before = before;
    this.anew = { failures: 0, passes: 0, before };
  }

  get isResolved(): boolean {
    return this.streak > 0 && this.streak >= this.needed;
  }

  /** Counts a failure; whether it is back by that, after it was resolved. */
  fail(beginMs: Milliseconds): boolean {
    const { failures, streak } = this;
    const wasResolved = this.isSaid || this.isResolved;
    this.failures++;
    if (beginMs < this.firstMs && failures > 0) {
      // What passed before the first one passed between the two.
      this.passes += this.before;
      this.before = 0;
    }
    this.firstMs = Math.min(this.firstMs, beginMs);
    if (beginMs > this.lastMs) {
      this.lastMs = beginMs;
      this.countedMs = null;
      this.passedMs = this.passedMs.filter((ms) => ms > beginMs);
      this.streak = this.passedMs.length;
    }
    if (this.isResolved) return false;
    this.isSaid = false;
    if (!wasResolved) return false;
    const { streak: later } = this;
    this.anew = { failures, passes: this.passes - later, before: streak - later };
    return true;
  }

  /** A failure is none of this problem. */
  takeBack(): void {
    this.failures--;
  }

  /** Counts a pass; whether it is resolved by that, which is said once. */
  pass(passed: Passed): boolean {
    const { beginMs } = passed;
    if (beginMs <= this.lastMs) {
      if (beginMs > this.firstMs) this.passes++;
      else this.before++;
      return false;
    }
    if (!this.ranChange(passed)) return false;
    this.passes++;
    this.streak++;
    this.passedMs = [...this.passedMs, beginMs].sort((a, b) => a - b).slice(-mostPasses);
    if (this.failures === 0 || this.isSaid || !this.isResolved) return false;
    this.isSaid = true;
    return true;
  }

  /** Whether it ran what the flow file is by now: what began before it was changed is no pass of a fix. */
  private ranChange({ beginMs, durationMs, changedMs }: Passed): boolean {
    if (changedMs === null || changedMs <= this.lastMs || this.isResolved) return true;
    if (beginMs <= changedMs) return beginMs + durationMs <= changedMs;
    if (this.countedMs !== changedMs) {
      this.streak = 0;
      this.passedMs = [];
    }
    this.countedMs = changedMs;
    return true;
  }

  /** By how often it failed until it failed last, in all or since it is back. */
  private get needed(): number {
    const { failures, before, anew } = this;
    const between = this.passes - this.streak;
    const inAll = neededOf(failures, between, before);
    const failed = failures - anew.failures;
    // Once may be chance; several are a change of their own.
    return failed < 2
      ? inAll
      : Math.min(inAll, neededOf(failed, between - anew.passes, anew.before));
  }
}

/** What passed before the first failure says as much as what passed between two of them. */
function neededOf(failed: number, between: number, before: number): number {
  const counted = failed === 1 ? before : Math.min(before, between / (failed - 1));
  return passesNeeded(failed / (failed + between + counted));
}
