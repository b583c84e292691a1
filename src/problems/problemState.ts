import type { Milliseconds } from '../trace/execution.ts';

/**
 * Where a problem stands. `new`: nobody has looked at it; `open`: it fails; `watching`: it passed since, not yet often
 * enough to be believed, or something was done about it; `resolved`: often enough; `regressed`: it was, and fails again;
 * `quiet`: nothing ran there for two weeks, which is no fix; `ignored`: the reader said so.
 */
export type ProblemState =
  'new' | 'open' | 'watching' | 'resolved' | 'regressed' | 'quiet' | 'ignored';

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
  /** By place: the first place behind it with a run that passed, or that ran another revision; -1 for none. */
  readonly nextPass: readonly number[];
  readonly nextChange: readonly number[];
}

/** How a problem stands after all that ran. */
export interface Standing {
  readonly state: ProblemState;
  /** Clean runs since the last failure, or since it was said to be fixed, and how many are believed. */
  readonly passes: number;
  readonly needed: number;
  /** From when on they are counted; null where nothing is watched. */
  readonly sinceMs: Milliseconds | null;
  /** When something came to the node last. */
  readonly lastRunMs: Milliseconds;
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
  passedBefore.push(passed);
  return { runs, passedBefore, streakBefore, ...nextOnes(runs) };
}

function nextOnes(runs: readonly CameTo[]): Pick<NodePast, 'nextPass' | 'nextChange'> {
  const nextPass = new Array<number>(runs.length);
  const nextChange = new Array<number>(runs.length);
  let [pass, change] = [-1, -1];
  for (let place = runs.length - 1; place >= 0; place--) {
    const next = runs[place + 1];
    if (next !== undefined && next.revision !== runs[place]?.revision) change = place + 1;
    nextPass[place] = pass;
    nextChange[place] = change;
    if (runs[place]?.passed === true) pass = place;
  }
  return { nextPass, nextChange };
}

/**
 * Judges a problem by the places at which it failed, in order; steps for each failure, not for each run. `fixedMs`: when
 * the reader said that it is fixed.
 */
export function standingOf(
  past: NodePast,
  failedAt: readonly number[],
  nowMs: Milliseconds,
  fixedMs: Milliseconds | null = null,
): Standing {
  const { runs } = past;
  const judged = judgedByFailures(past, failedAt, fixedMs);
  const last = failedAt.at(-1) ?? 0;
  const lastRunMs = runs.at(-1)?.beginMs ?? nowMs;
  if (judged.state === 'resolved') {
    const since = runs[watchedFrom(past, last).place]?.beginMs ?? null;
    return { ...judged, sinceMs: since, lastRunMs };
  }
  const standing = { ...judged, ...watched(past, last, judged, fixedMs) };
  const isQuiet = standing.passes === 0 && nowMs - lastRunMs >= quietMs;
  return { ...standing, ...(isQuiet ? { state: 'quiet' } : {}), lastRunMs };
}

/** By its failures and the passes between them. */
function judgedByFailures(
  past: NodePast,
  failedAt: readonly number[],
  fixedMs: Milliseconds | null,
): Pick<Standing, 'state' | 'passes' | 'needed'> {
  const { runs, streakBefore } = past;
  const [first = 0] = failedAt;
  let state: ProblemState = 'open';
  let [passes, needed] = [0, 1];
  let wasResolved = false;
  for (const [index, place] of failedAt.entries()) {
    const failed = index + 1;
    // It was said to be fixed, and a run that began later fails.
    wasResolved ||= index > 0 && fixedMs !== null && (runs[place]?.beginMs ?? 0) > fixedMs;
    // What passed before it first failed says something of a single failure alone: more are a change.
    const before = failed === 1 ? (streakBefore[first] ?? 0) : 0;
    needed = passesNeeded(failed / (failed + before + passesBetween(past, first, place)));
    passes = passesBetween(past, place, failedAt[index + 1] ?? runs.length);
    if (passes >= needed) state = 'resolved';
    else if (passes > 0) state = 'watching';
    else state = wasResolved ? 'regressed' : 'open';
    wasResolved ||= state === 'resolved';
  }
  return { state, passes, needed };
}

/** Whether it is watched since it failed last, and since when. */
function watched(
  past: NodePast,
  last: number,
  { state, passes, needed }: Pick<Standing, 'state' | 'passes' | 'needed'>,
  fixedMs: Milliseconds | null,
): Pick<Standing, 'state' | 'passes' | 'sinceMs'> {
  const { runs } = past;
  if (fixedMs !== null && fixedMs >= (runs[last]?.beginMs ?? 0)) {
    const clean = passesBetween(past, firstBegunAfter(runs, fixedMs), runs.length);
    return { state: clean >= needed ? 'resolved' : 'watching', passes: clean, sinceMs: fixedMs };
  }
  const { place, isChanged } = watchedFrom(past, last);
  const sinceMs = place === -1 ? null : (runs[place]?.beginMs ?? null);
  return { state: isChanged ? 'watching' : state, passes, sinceMs };
}

function passesBetween({ passedBefore }: NodePast, from: number, to: number): number {
  return (passedBefore[to] ?? 0) - (passedBefore[from] ?? 0);
}

/** What begins the watching behind a failure: the first clean pass, or a run of a changed revision. */
function watchedFrom({ nextPass, nextChange }: NodePast, last: number) {
  const [passed, changed] = [nextPass[last] ?? -1, nextChange[last] ?? -1];
  const places = [passed, changed].filter((place) => place !== -1);
  return { place: places.length === 0 ? -1 : Math.min(...places), isChanged: changed !== -1 };
}

function firstBegunAfter(runs: readonly CameTo[], atMs: Milliseconds): number {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((runs[middle]?.beginMs ?? Infinity) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
