import type { Milliseconds } from '../trace/execution.ts';

/**
 * Where a problem stands. `open`: it fails; `watching`: it passed since, not yet often enough to be believed; `resolved`:
 * often enough; `regressed`: it was, and fails again; `quiet`: nothing ran there for two weeks, which is no fix.
 */
export type ProblemState = 'open' | 'watching' | 'resolved' | 'regressed' | 'quiet';

/** A run that came to the node, judged by when it began: a record may arrive late. */
export interface CameTo {
  readonly beginMs: Milliseconds;
  /** It passed the node. One that failed there, was cut off or is unclear did not. */
  readonly passed: boolean;
  readonly revision: string;
}

/** What came to a node, in order of its begin, counted once for all of its problems. */
export interface NodePast {
  readonly runs: readonly CameTo[];
  /** By place: how many passed before it. */
  readonly passedBefore: readonly number[];
  /** By place: how many passed in a row just before it, at its own revision. */
  readonly streakBefore: readonly number[];
}

/** How a problem stands after all that ran. */
export interface Standing {
  readonly state: ProblemState;
  /** Clean runs since the last failure, and how many are believed. */
  readonly passes: number;
  readonly needed: number;
}

/** No more are asked for: for what fails once in twenty times it would be 59. */
const mostNeeded = 14;
/** How sure a fix is, when as many runs pass. */
const doubt = 0.05;
const quietMs = 14 * 24 * 3_600_000;

/** How many clean runs in a row are believed, by the share of runs that failed before: always 1, every fifth time 14. */
export function passesNeeded(rate: number): number {
  if (rate >= 1) return 1;
  if (rate <= 0) return mostNeeded;
  return Math.min(mostNeeded, Math.ceil(Math.log(doubt) / Math.log(1 - rate)));
}

/** Counts what came to a node. */
export function nodePast(runs: readonly CameTo[]): NodePast {
  const passedBefore: number[] = [];
  const streakBefore: number[] = [];
  let [passed, streak] = [0, 0];
  for (const [place, run] of runs.entries()) {
    if (run.revision !== runs[place - 1]?.revision) streak = 0;
    passedBefore.push(passed);
    streakBefore.push(streak);
    passed += run.passed ? 1 : 0;
    streak = run.passed ? streak + 1 : 0;
  }
  return { runs, passedBefore: [...passedBefore, passed], streakBefore };
}

/** Judges a problem by the places at which it failed, in order; steps for each failure, not for each run. */
export function standingOf(
  past: NodePast,
  failedAt: readonly number[],
  nowMs: Milliseconds,
): Standing {
  const { runs, passedBefore, streakBefore } = past;
  const [first = 0] = failedAt;
  const passedSince = (place: number, next: number) =>
    (passedBefore[next] ?? 0) - (passedBefore[place] ?? 0);
  let state: ProblemState = 'open';
  let [passes, needed] = [0, 1];
  let wasResolved = false;
  for (const [index, place] of failedAt.entries()) {
    const failed = index + 1;
    // What passed before it first failed says something of a single failure alone: more are a change.
    const before = failed === 1 ? (streakBefore[first] ?? 0) : 0;
    needed = passesNeeded(failed / (failed + before + passedSince(first, place)));
    passes = passedSince(place, failedAt[index + 1] ?? runs.length);
    if (passes >= needed) state = 'resolved';
    else if (passes > 0) state = 'watching';
    else state = wasResolved ? 'regressed' : 'open';
    wasResolved ||= state === 'resolved';
  }
  const lastMs = runs.at(-1)?.beginMs ?? nowMs;
  const isQuiet = (state === 'open' || state === 'regressed') && nowMs - lastMs >= quietMs;
  return { state: isQuiet ? 'quiet' : state, passes, needed };
}
