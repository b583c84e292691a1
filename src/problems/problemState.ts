import type { Milliseconds } from '../trace/execution.ts';

/**
 * Where a problem stands. `open`: it fails; `watching`: it passed since, not yet often enough to be believed; `resolved`:
 * often enough; `regressed`: it was, and fails again; `quiet`: nothing ran there for two weeks, which is no fix.
 */
export type ProblemState = 'open' | 'watching' | 'resolved' | 'regressed' | 'quiet';

/** What a run says of a problem: it failed in the same way, it passed the node, or neither. */
export type Verdict = 'failed' | 'passed' | 'neither';

/** A run that came to the node, judged by when it began: a record may arrive late. */
export interface Judged {
  readonly beginMs: Milliseconds;
  readonly verdict: Verdict;
  readonly revision: string;
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

/** Judges the runs that came to the node of a problem, in order of their begin. */
export function standingOf(runs: readonly Judged[], nowMs: Milliseconds): Standing {
  const first = runs.findIndex(({ verdict }) => verdict === 'failed');
  if (first === -1) return { state: 'resolved', passes: 0, needed: 0 };
  let [failed, passed, passes, needed] = [0, passedBefore(runs, first), 0, 1];
  let state: ProblemState = 'open';
  let wasResolved = false;
  for (const { verdict } of runs.slice(first)) {
    if (verdict === 'neither') continue;
    if (verdict === 'failed') {
      failed++;
      // What passed before it first failed says something of a single failure alone: more are a change.
      if (failed === 2) passed -= passedBefore(runs, first);
      needed = passesNeeded(failed / (failed + passed));
      wasResolved ||= state === 'resolved';
      state = wasResolved ? 'regressed' : 'open';
      passes = 0;
    } else {
      passed++;
      passes++;
      state = passes >= needed ? 'resolved' : 'watching';
    }
  }
  const lastMs = runs.at(-1)?.beginMs ?? nowMs;
  const isQuiet = (state === 'open' || state === 'regressed') && nowMs - lastMs >= quietMs;
  return { state: isQuiet ? 'quiet' : state, passes, needed };
}

/** How many runs of the same revision passed in a row before the first failure. */
function passedBefore(runs: readonly Judged[], first: number): number {
  const revision = runs[first]?.revision;
  let count = 0;
  for (let at = first - 1; at >= 0; at--) {
    const run = runs[at];
    if (run?.verdict !== 'passed' || run.revision !== revision) break;
    count++;
  }
  return count;
}
