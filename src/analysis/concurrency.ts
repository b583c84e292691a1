import type { Milliseconds } from '../trace/execution.ts';
import { groupsOf } from '../base/groups.ts';
import { leastRuns } from './increase.ts';
import { endOf, type PastExecution } from './pastExecution.ts';
import { Refills } from './refills.ts';
import { chanceOfCorrelation, median, rankCorrelation } from './statistics.ts';
import { hourMs } from '../base/zone.ts';

/** How many executions were in flight from a moment on. */
export interface InFlight {
  readonly atMs: Milliseconds;
  readonly count: number;
}

/** How the executions of a flow go beside each other. */
export interface FlowConcurrency {
  readonly flow: string;
  readonly name: string;
  readonly executions: number;
  readonly maxInFlight: number;
  /** How many began as soon as another had ended, while no more ever were in flight. */
  readonly queued: number;
  /** They wait for each other, or are begun one after the other. */
  readonly isQueueing: boolean;
  /** Null where durations and executions in flight at the begin have nothing to do with each other. */
  readonly slowerWhenBusy: Busy | null;
}

/** Durations grow with what is in flight at the begin. */
export interface Busy {
  /** Rank correlation, 0 to 1. */
  readonly correlation: number;
  readonly runs: number;
  /** Median durations of those that began with the fewest and with the most beside them, a third each. */
  readonly calmMs: Milliseconds;
  readonly busyMs: Milliseconds;
}

/** What went on at the same time. */
export interface Concurrency {
  /** The most that were in flight at once, and when first; null where no execution has times. */
  readonly maxInFlight: number;
  readonly maxAtMs: Milliseconds | null;
  /** Over the time in which any was. */
  readonly meanInFlight: number;
  /** Each change, in order. */
  readonly inFlight: readonly InFlight[];
  readonly flows: readonly FlowConcurrency[];
  /** How many began in each hour of the day, from 0; the most of them at `peakHour`, null for none. */
  readonly byHour: readonly number[];
  readonly peakHour: number | null;
}

/** Fewer of a flow's executions begin right behind each other by chance. */
const leastQueued = 0.25;

/** How many of a flow's executions began right behind another, and whether that is too often for chance. */
export function queueing(
  queued: number,
  executions: number,
): Pick<FlowConcurrency, 'queued' | 'isQueueing'> {
  return { queued, isQueueing: queued >= leastRuns && queued >= leastQueued * executions };
}

/** Surer than one in a hundred, and strong enough to be felt. */
const leastChance = 0.01;
const leastCorrelation = 0.3;

/** What of executions went on at the same time; `hourOf` gives the hour of the day where the reader is. */
export function concurrencyOf(
  executions: readonly PastExecution[],
  hourOf: (atMs: Milliseconds) => number,
): Concurrency {
  const timed = executions.flatMap((run) => timedOf(run));
  const inFlight = changesOf(stepsOf(timed));
  const { count: maxInFlight, atMs } = mostOf(inFlight);
  const byHour = new Array<number>(24).fill(0);
  for (const { beginMs } of timed) {
    const hour = hourOf(beginMs);
    byHour[hour] = (byHour[hour] ?? 0) + 1;
  }
  const peak = Math.max(...byHour);
  return {
    ...{ maxInFlight, maxAtMs: atMs, meanInFlight: meanOf(inFlight), inFlight, byHour },
    flows: flowsOf(timed, inFlight),
    peakHour: peak === 0 ? null : byHour.indexOf(peak),
  };
}

interface Timed {
  readonly run: PastExecution;
  readonly beginMs: Milliseconds;
  readonly endMs: Milliseconds;
}

function timedOf(run: PastExecution): readonly Timed[] {
  const endMs = endOf(run);
  return run.beginMs === null || endMs === null ? [] : [{ run, beginMs: run.beginMs, endMs }];
}

/** An execution begins or ends; `ms`: how long one that begins takes. */
interface Step {
  readonly atMs: Milliseconds;
  readonly by: 1 | -1;
  readonly ms: Milliseconds;
}

/** What takes longer is no run of a robot: one garbled record would be in flight for ever. */
const longestInFlightMs = 7 * 24 * hourMs;

/** What ends at a moment has ended before what begins at it. */
function stepsOf(timed: readonly Timed[]): readonly Step[] {
  const steps = timed.flatMap(({ beginMs, endMs }): Step[] => [
    { atMs: beginMs, by: 1, ms: endMs - beginMs },
    { atMs: endInFlightMs(beginMs, endMs), by: -1, ms: 0 },
  ]);
  return steps.sort((a, b) => a.atMs - b.atMs || a.by - b.by);
}

/** When one that began is in flight no longer; one that took no time was there for a moment. */
export function endInFlightMs(beginMs: Milliseconds, endMs: Milliseconds): Milliseconds {
  return Math.min(Math.max(endMs, beginMs + 1), beginMs + longestInFlightMs);
}

function changesOf(steps: readonly Step[]): InFlight[] {
  const changes: InFlight[] = [];
  let count = 0;
  for (const { atMs, by } of steps) {
    count += by;
    if (changes.at(-1)?.atMs === atMs) changes.pop();
    changes.push({ atMs, count });
  }
  return changes;
}

function mostOf(changes: readonly InFlight[]): { count: number; atMs: Milliseconds | null } {
  let most: { count: number; atMs: Milliseconds | null } = { count: 0, atMs: null };
  for (const change of changes) if (change.count > most.count) most = change;
  return most;
}

function meanOf(changes: readonly InFlight[]): number {
  let [weighed, busyMs] = [0, 0];
  for (const [index, { atMs, count }] of changes.entries()) {
    const ms = (changes[index + 1]?.atMs ?? atMs) - atMs;
    if (count === 0) continue;
    weighed += count * ms;
    busyMs += ms;
  }
  return busyMs === 0 ? 0 : weighed / busyMs;
}

function flowsOf(timed: readonly Timed[], inFlight: readonly InFlight[]): FlowConcurrency[] {
  const rows = [...groupsOf(timed, ({ run }) => run.flow)].map(([flow, runs]) => {
    const steps = stepsOf(runs);
    return {
      ...{ flow, name: runs.at(-1)?.run.name ?? '', executions: runs.length },
      maxInFlight: mostOf(changesOf(steps)).count,
      ...queueing(queuedIn(steps), runs.length),
      slowerWhenBusy: busyOf(runs, inFlight),
    };
  });
  return rows.sort((a, b) => b.maxInFlight - a.maxInFlight);
}

/** By hours, as the history knows them: how many wait for each other differs over a day. */
function queuedIn(steps: readonly Step[]): number {
  let [queued, hour] = [0, 0];
  let refills = new Refills(0);
  for (const { atMs, by, ms } of steps) {
    if (Math.floor(atMs / hourMs) !== hour) {
      hour = Math.floor(atMs / hourMs);
      queued += refills.count;
      refills = new Refills(refills.now);
    }
    if (by === 1) refills.began(atMs, ms);
    else refills.ended(atMs);
  }
  return queued + refills.count;
}

/** By what was in flight when each began: a long run makes its own overlap. */
function busyOf(runs: readonly Timed[], inFlight: readonly InFlight[]): Busy | null {
  const good = runs.filter(({ run }) => run.outcome === 'succeeded');
  return busyOfPoints(
    good.map(({ beginMs, endMs }) => ({
      beside: countBefore(inFlight, beginMs),
      ms: endMs - beginMs,
    })),
  );
}

/** The same of how many were in flight beside each, and how long it took; it sorts them. */
export function busyOfPoints(points: { beside: number; ms: Milliseconds }[]): Busy | null {
  if (points.length < 2 * leastRuns) return null;
  const correlation = rankCorrelation(
    points.map(({ beside }) => beside),
    points.map(({ ms }) => ms),
  );
  if (correlation === null || correlation < leastCorrelation) return null;
  if (chanceOfCorrelation(correlation, points.length) >= leastChance) return null;
  points.sort((a, b) => a.beside - b.beside);
  const third = Math.ceil(points.length / 3);
  const medianMs = (part: typeof points) => median(part.map(({ ms }) => ms));
  return {
    ...{ correlation, runs: points.length },
    calmMs: medianMs(points.slice(0, third)),
    busyMs: medianMs(points.slice(-third)),
  };
}

/** How many were in flight just before a moment. */
function countBefore(changes: readonly InFlight[], atMs: Milliseconds): number {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((changes[middle]?.atMs ?? Infinity) < atMs) low = middle + 1;
    else high = middle;
  }
  return changes[low - 1]?.count ?? 0;
}
