import { mostNeeded, passesNeeded } from '../problems/problemState.ts';
import type { Milliseconds } from '../trace/execution.ts';

/** What passed in a row, and when the last ones of it began. */
export interface PassedInRow {
  readonly count: number;
  readonly lastMs: readonly Milliseconds[];
}

/** The same with one more. */
export function withPassed({ count, lastMs }: PassedInRow, beginMs: Milliseconds): PassedInRow {
  return { count: count + 1, lastMs: lastOf([...lastMs, beginMs]) };
}

/** What is left of it once one failed: what began later. */
export function passedAfter({ lastMs }: PassedInRow, beginMs: Milliseconds): PassedInRow {
  const later = lastMs.filter((ms) => ms > beginMs);
  return { count: later.length, lastMs: later };
}

function lastOf(beginMs: readonly Milliseconds[]): readonly Milliseconds[] {
  return beginMs.toSorted((a, b) => a - b).slice(-mostNeeded);
}

/** An execution that passed, and when the flow file was changed, where somebody saw that. */
export interface Passed {
  readonly beginMs: Milliseconds;
  readonly durationMs: Milliseconds;
  readonly changedMs: Milliseconds | null;
}

/**
 * How often a problem failed and passed, counted while it comes: what the list of problems judges by all that ran. Judged by
 * when things began, for records may be late.
 */
export class FailureCount {
  failures = 0;
  /** Passes since it failed last: of runs that began later. */
  streak = 0;
  private passes = 0;
  /** How many passed in a row before it failed first. */
  private before = 0;
  /** When it was back, after it was resolved last: how often it had failed and passed by then, and how often in a row. */
  private anew = { atMs: -Infinity, failures: 0, passes: 0, before: 0 };
  private firstMs = Infinity;
  private lastMs = -Infinity;
  /** When the last ones began that passed since. */
  private passedMs: readonly Milliseconds[] = [];
  /** The change of the flow file since which these are counted; null where there was none. */
  private countedMs: Milliseconds | null = null;
  private isSaid = false;

  private readonly known: PassedInRow;

  /** `known` is what had come when it failed first. */
  constructor(known: PassedInRow) {
    this.known = known;
  }

  get isResolved(): boolean {
    return this.streak > 0 && this.streak >= this.needed;
  }

  /** Counts a failure; whether it is back by that, after it was resolved. */
  fail(beginMs: Milliseconds): boolean {
    if (this.firstMs === Infinity) {
      this.begin(beginMs);
      return false;
    }
    const { failures, streak } = this;
    const wasResolved = this.isSaid || this.isResolved;
    this.failures++;
    if (beginMs < this.anew.atMs) this.anew.failures++;
    if (beginMs < this.firstMs) {
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
    this.anew = { atMs: beginMs, failures, passes: this.passes - later, before: streak - later };
    return true;
  }

  /** The first: what is known may have begun before it or later. */
  private begin(beginMs: Milliseconds): void {
    const { count, lastMs } = passedAfter(this.known, beginMs);
    this.failures = 1;
    [this.firstMs, this.lastMs] = [beginMs, beginMs];
    this.before = this.known.count - count;
    this.anew.before = this.before;
    [this.passes, this.streak, this.passedMs] = [count, count, lastMs];
    // Nobody was told of it.
    this.isSaid = this.isResolved;
  }

  /** A failure is none of this problem. */
  takeBack(): void {
    this.failures--;
  }

  /** Counts a pass; whether it is resolved by that, which is said once. */
  pass(passed: Passed): boolean {
    const { beginMs } = passed;
    if (beginMs <= this.lastMs) {
      this.passedEarlier(beginMs);
      return false;
    }
    if (!this.ranChange(passed)) return false;
    this.passes++;
    this.streak++;
    this.passedMs = lastOf([...this.passedMs, beginMs]);
    if (this.failures === 0 || this.isSaid || !this.isResolved) return false;
    this.isSaid = true;
    return true;
  }

  /** One whose record is late. */
  private passedEarlier(beginMs: Milliseconds): void {
    if (beginMs > this.firstMs) this.passes++;
    else this.before++;
    if (beginMs > this.anew.atMs) return;
    this.anew.passes++;
    this.anew.before++;
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
