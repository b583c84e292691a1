import type { Milliseconds } from '../trace/execution.ts';
import {
  chanceOfIncrease,
  holding,
  median,
  medianDeviation,
  percentile,
  ranked,
  ascending,
} from './statistics.ts';

/** A value and when it was measured. */
export interface Measured {
  readonly atMs: Milliseconds;
  readonly value: number;
}

/** The same of many, in order, as numbers alone: a history has hundreds of series of hundreds. */
export interface Series {
  readonly atMs: Float64Array;
  readonly values: Float64Array;
}

/** From some moment on values are larger. */
export interface Increase {
  /** Medians before and since. */
  readonly before: number;
  readonly since: number;
  readonly ratio: number;
  /** It happened between these two, as far as the values tell. */
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  readonly countBefore: number;
  readonly countSince: number;
}

/** With fewer on either side nothing is said: three against three differ by chance as often as one in ten. */
export const leastRuns = 8;
/** Nobody acts on less; and no more than chance alone gives where values spread. */
const leastRatio = 1.2;
/** Of all that is said no more than this is wrong. */
const falseShare = 0.01;
/** A robot that is polled ends at the next look: its durations are steps. */
const pollMs = 10_000;
const nearStepMs = 500;
/** Or so far off as a value of the history may be. */
const nearStepShare = 0.011;

/**
 * In which series values grew, and since when: of unchanged ones next to none. `leastShift` is what is too little to speak
 * of, in the unit of the values.
 */
export function increases(
  series: readonly (readonly Measured[])[],
  leastShift: number,
): readonly (Increase | null)[] {
  return increasesIn(series.map(inOrderOf), leastShift);
}

/** The same of what is in order. */
export function increasesIn(
  series: readonly Series[],
  leastShift: number,
): readonly (Increase | null)[] {
  const found = series.map(splitOf);
  const tested = found.filter((split) => split !== null);
  const telling = tested.filter((split) => isTelling(split, leastShift));
  const holds = holdingOf(telling, tested);
  return found.map((split) => (split !== null && holds.has(split) ? asIncrease(split) : null));
}

/**
 * Of those that would tell something the ones that hold among all that were tested. To rank the values of all of them
 * takes longer than everything else, and hardly ever it matters: what would hold as the only one holds.
 */
function holdingOf(telling: readonly Split[], tested: readonly Split[]): ReadonlySet<Split> {
  const chances = telling.map(chanceOf);
  const sure = (1 / tested.length) * falseShare;
  if (!chances.some((chance) => chance > sure && chance <= falseShare))
    return new Set(telling.filter((_, index) => (chances[index] ?? 1) <= sure));
  const kept = holding(tested.map(chanceOf), falseShare);
  const holds = new Set(tested.filter((_, index) => kept[index]));
  return new Set(telling.filter((split) => holds.has(split)));
}

function inOrderOf(measured: readonly Measured[]): Series {
  const inOrder = [...measured].sort((a, b) => a.atMs - b.atMs);
  return {
    atMs: Float64Array.from(inOrder, ({ atMs }) => atMs),
    values: Float64Array.from(inOrder, ({ value }) => value),
  };
}

interface Split {
  readonly series: Series;
  /** The first and the last place that are nearly as good as the best. */
  readonly first: number;
  readonly last: number;
  readonly before: Float64Array;
  readonly since: Float64Array;
}

/** Where they grew, if they did; null for too few. */
function splitOf(series: Series): Split | null {
  const { values } = series;
  if (values.length < 2 * leastRuns) return null;
  const explained = explainedBy(series);
  const best = explained.reduce((most, share) => Math.max(most, share), 0);
  if (best <= 0) return null;
  const at = explained.indexOf(best);
  const isNear = (share: number) => share >= nearlyAsGood * best;
  return {
    ...{ series, first: explained.findIndex(isNear), last: explained.findLastIndex(isNear) },
    ...{ before: values.subarray(0, at), since: values.subarray(at) },
  };
}

const nearlyAsGood = 0.95;

function chanceOf({ series: { values }, before }: Split): number {
  // It was looked for at each place: as many chances to be wrong.
  const places = values.length - 2 * leastRuns + 1;
  return Math.min(1, chanceOfIncrease(ranked(values), before.length) * places);
}

/** By place, how much of the spread of values goes away when those before it and behind it have a mean of their own. */
function explainedBy({ atMs, values }: Series): Float64Array {
  const logs = values.map((value) => Math.log(value + 1));
  let [all, before] = [0, 0];
  for (const value of logs) all += value;
  const count = logs.length;
  for (let place = 0; place < count; place++) {
    const value = logs[place] ?? 0;
    const [left, right] = [place, count - place];
    const difference = left === 0 ? 0 : (all - before) / right - before / left;
    before += value;
    // What was measured in one moment, or is known of one day, is on one side.
    const isPossible =
      left >= leastRuns && right >= leastRuns && atMs[place] !== atMs[place - 1] && difference > 0;
    logs[place] = isPossible ? ((left * right) / count) * difference ** 2 : 0;
  }
  return logs;
}

function isTelling({ before, since }: Split, leastShift: number): boolean {
  const [old, now] = [median(before), median(since)];
  const shift = now - old;
  if (shift < leastShift || now < leastRatio * old) return false;
  return shift >= Math.max(medianDeviation(before), stepOf(before) / 2);
}

/** 10 seconds where nearly all durations are such steps, else 0. */
function stepOf(values: Float64Array): Milliseconds {
  const onStep = values.filter((value) => {
    const over = value % pollMs;
    const near = Math.max(nearStepMs, value * nearStepShare);
    return value >= pollMs - nearStepMs && Math.min(over, pollMs - over) <= near;
  });
  return onStep.length >= 0.8 * values.length ? pollMs : 0;
}

function asIncrease({ series: { atMs }, first, last, before, since }: Split): Increase {
  const [old, now] = [median(before), median(since)];
  return {
    ...{ before: old, since: now, ratio: old === 0 ? Number.POSITIVE_INFINITY : now / old },
    // The last that was surely small, and the first that was surely large.
    from: atMs[Math.max(0, first - 1)] ?? 0,
    to: atMs[last] ?? 0,
    ...{ countBefore: before.length, countSince: since.length },
  };
}

/** How many there are, what half and what one in twenty exceed, and all together. */
export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  readonly total: number;
}

/** The spread of values; zeros for none. */
export function spreadOf(values: readonly number[]): Spread {
  const inOrder = ascending(values);
  return {
    count: inOrder.length,
    p50: percentile(inOrder, 0.5) ?? 0,
    p95: percentile(inOrder, 0.95) ?? 0,
    max: inOrder.at(-1) ?? 0,
    total: inOrder.reduce((sum, value) => sum + value, 0),
  };
}
