import type { Milliseconds } from '../trace/execution.ts';

/** Where a problem may stand. */
export const problemStates = [
  'new',
  'open',
  'watching',
  'resolved',
  'regressed',
  'quiet',
  'ignored',
  'unknown',
] as const;

/**
 * Where a problem stands. `new`: nobody has looked at it, and it has not passed yet; `open`: it fails; `watching`: it passed since, not yet often
 * enough to be believed, or something was done about it; `resolved`: often enough; `regressed`: it was, and fails again;
 * `quiet`: nothing ran there for two weeks, which is no fix; `ignored`: the reader said so; `unknown`: what ran since is
 * not in the file that is read.
 */
export type ProblemState = (typeof problemStates)[number];

/** A run that came to the node, judged by when it began: a record may arrive late. */
export interface CameTo {
  readonly run: {
    readonly beginMs: Milliseconds;
    readonly durationMs: Milliseconds | null;
    /** An import of the flow is another revision of it. */
    readonly flow: string;
    readonly revision: string;
  };
  /** It passed the node. One that failed there, was cut off or is unclear did not. */
  readonly passed: boolean;
}

/** What came to a node, in order of its begin, counted once for all of its problems. */
export interface NodePast {
  readonly runs: readonly CameTo[];
  /** By place: how many passed before it. */
  readonly passedBefore: Int32Array;
  /** By place: how many passed in a row just before it, at its own revision. */
  readonly streakBefore: Int32Array;
  /** By place: the first place behind it with a run that passed, or that ran another revision; -1 for none. */
  readonly nextPass: Int32Array;
  readonly nextChange: Int32Array;
}

/** How a problem stands after all that ran. */
export interface Standing {
  readonly state: ProblemState;
  /** Clean runs since the last failure, or since it was said to be fixed, and how many are believed. */
  readonly passes: number;
  readonly needed: number;
  /** From when on they are counted; null where nothing is watched. */
  readonly sinceMs: Milliseconds | null;
  /** When the pass began by which it was resolved; null where it isn't. */
  readonly resolvedMs: Milliseconds | null;
  /** When the failure began at which it came back last; null where it was never resolved, nor said to be fixed. */
  readonly backMs: Milliseconds | null;
  /** It was resolved before that; else it was only said to be fixed. */
  readonly wasResolved: boolean;
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
  const passedBefore = new Int32Array(runs.length + 1);
  const streakBefore = new Int32Array(runs.length);
  let [passed, streak] = [0, 0];
  runs.forEach((came, place) => {
    if (isOther(came, runs[place - 1])) streak = 0;
    passedBefore[place] = passed;
    streakBefore[place] = streak;
    passed += came.passed ? 1 : 0;
    streak = came.passed ? streak + 1 : 0;
  });
  passedBefore[runs.length] = passed;
  return { runs, passedBefore, streakBefore, ...nextOnes(runs) };
}

/** Whether they ran two revisions of the flow. */
function isOther({ run }: CameTo, other: CameTo | undefined): boolean {
  return run.revision !== other?.run.revision || run.flow !== other.run.flow;
}

function nextOnes(runs: readonly CameTo[]): Pick<NodePast, 'nextPass' | 'nextChange'> {
  const nextPass = new Int32Array(runs.length);
  const nextChange = new Int32Array(runs.length);
  let [pass, change] = [-1, -1];
  for (let place = runs.length - 1; place >= 0; place--) {
    const next = runs[place + 1];
    if (next !== undefined && isOther(next, runs[place])) change = place + 1;
    nextPass[place] = pass;
    nextChange[place] = change;
    if (runs[place]?.passed === true) pass = place;
  }
  return { nextPass, nextChange };
}

/** What was done about a problem, and when. */
export interface Done {
  /** The reader said that it is fixed. */
  readonly fixedMs: Milliseconds | null;
  /** Its flow file was changed. */
  readonly changedMs: Milliseconds | null;
}

const nothingDone: Done = { fixedMs: null, changedMs: null };

/** Judges a problem by the places at which it failed, in order; steps for each failure, not for each run. */
export function standingOf(
  past: NodePast,
  failedAt: readonly number[],
  nowMs: Milliseconds,
  { fixedMs, changedMs }: Done = nothingDone,
): Standing {
  const { runs } = past;
  const last = failedAt.at(-1) ?? 0;
  const judged = sinceChange(past, last, changedMs, judgedByFailures(past, failedAt, fixedMs));
  const lastRunMs = runs.at(-1)?.run.beginMs ?? nowMs;
  if (judged.state === 'resolved') {
    const sinceMs = judged.sinceMs ?? runs[watchedFrom(past, last).place]?.run.beginMs ?? null;
    return { ...judged, sinceMs, resolvedMs: resolvedBy(past, judged), lastRunMs };
  }
  const standing = { ...judged, ...watched(past, last, judged, { fixedMs, changedMs }) };
  const isQuiet = standing.passes === 0 && nowMs - lastRunMs >= quietMs;
  const resolvedMs = standing.state === 'resolved' ? resolvedBy(past, standing) : null;
  return { ...standing, ...(isQuiet ? { state: 'quiet' } : {}), resolvedMs, lastRunMs };
}

/** When the pass began with which there were enough of them: those that count are the last ones. */
function resolvedBy(
  { runs, passedBefore }: NodePast,
  { passes, needed }: Pick<Standing, 'passes' | 'needed'>,
): Milliseconds | null {
  const wanted = (passedBefore[runs.length] ?? 0) - passes + needed;
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((passedBefore[middle + 1] ?? Infinity) < wanted) low = middle + 1;
    else high = middle;
  }
  return runs[low]?.run.beginMs ?? null;
}

type ByFailures = Pick<Standing, 'state' | 'passes' | 'needed' | 'backMs' | 'wasResolved'>;

interface Judged extends ByFailures {
  /** From when on its passes are counted, where that is not the first of them; null else. */
  readonly sinceMs: Milliseconds | null;
}

/**
 * What began before the flow file was changed ran without the change: its pass is none of a fix, though it came later. A
 * problem that was resolved before the change stays so.
 */
function sinceChange(
  past: NodePast,
  last: number,
  changedMs: Milliseconds | null,
  judged: Omit<Judged, 'sinceMs'>,
): Judged {
  const { runs } = past;
  const whole = { ...judged, sinceMs: null };
  if (changedMs === null || changedMs <= (runs[last]?.run.beginMs ?? 0)) return whole;
  const from = firstBegunAfter(runs, changedMs);
  if (judged.passes === passesBetween(past, from, runs.length)) return whole;
  let before = 0;
  for (let place = last + 1; place < from && before < judged.needed; place++) {
    const came = runs[place];
    if (came?.passed === true && endedBy(came, changedMs)) before++;
  }
  if (before >= judged.needed) return whole;
  const passes = passesBetween(past, from, runs.length);
  const state = passes >= judged.needed ? 'resolved' : 'watching';
  return { ...judged, state, passes, sinceMs: changedMs };
}

function endedBy({ run: { beginMs, durationMs } }: CameTo, atMs: Milliseconds): boolean {
  return beginMs + (durationMs ?? 0) <= atMs;
}

/** By its failures and the passes between them. */
function judgedByFailures(
  past: NodePast,
  failedAt: readonly number[],
  fixedMs: Milliseconds | null,
): ByFailures {
  const { runs } = past;
  let state: ProblemState = 'open';
  // At which of its failures it began anew: what passed since it was resolved was the fix, and tells nothing of what came then.
  let anew = 0;
  let [passes, needed] = [0, 1];
  let backMs: Milliseconds | null = null;
  let wasResolved = false;
  let beforeMs = Infinity;
  for (const [index, place] of failedAt.entries()) {
    const beginMs = runs[place]?.run.beginMs ?? 0;
    // It was said to be fixed, and a run that began later fails.
    const isUnmended = fixedMs !== null && beforeMs <= fixedMs && fixedMs < beginMs;
    if (state === 'resolved') anew = index;
    if (state === 'resolved' || isUnmended) {
      backMs = beginMs;
      wasResolved = state === 'resolved';
    }
    beforeMs = beginMs;
    needed = passesNeeded(rateOf(past, failedAt, 0, index));
    // Once may be chance; several are a change of their own.
    if (index > anew) {
      needed = Math.min(needed, passesNeeded(rateOf(past, failedAt, anew, index)));
    }
    passes = passesBetween(past, place, failedAt[index + 1] ?? runs.length);
    if (passes >= needed) state = 'resolved';
    else if (passes > 0) state = 'watching';
    else state = backMs === null ? 'open' : 'regressed';
  }
  return { state, passes, needed, backMs, wasResolved };
}

/** Of the runs from one failure to another, how many failed, 0 to 1. */
function rateOf(past: NodePast, failedAt: readonly number[], from: number, to: number): number {
  const [first, last] = [failedAt[from] ?? 0, failedAt[to] ?? 0];
  const failed = to - from + 1;
  const between = passesBetween(past, first, last);
  // What passed before the first says as much as what passed between its failures: more would be a change.
  const streak = past.streakBefore[first] ?? 0;
  const before = failed === 1 ? streak : Math.min(streak, between / (to - from));
  return failed / (failed + before + between);
}

/** Whether it is watched since it failed last, and since when. */
function watched(
  past: NodePast,
  last: number,
  { state, passes, needed, sinceMs: countedMs }: Judged,
  { fixedMs, changedMs }: Done,
): Pick<Standing, 'state' | 'passes' | 'sinceMs'> {
  const { runs } = past;
  if (fixedMs !== null && fixedMs >= (runs[last]?.run.beginMs ?? 0)) {
    // What is changed after that was no fix before.
    const fromMs = Math.max(fixedMs, changedMs ?? 0);
    const clean = passesBetween(past, firstBegunAfter(runs, fromMs), runs.length);
    return { state: clean >= needed ? 'resolved' : 'watching', passes: clean, sinceMs: fromMs };
  }
  if (countedMs !== null) return { state, passes, sinceMs: countedMs };
  const { place, isChanged } = watchedFrom(past, last);
  const sinceMs = place === -1 ? null : (runs[place]?.run.beginMs ?? null);
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
    if ((runs[middle]?.run.beginMs ?? Infinity) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
