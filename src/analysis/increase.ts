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
  const found = series.map((measured) => splitOf(measured));
  const tested = found.filter((split) => split !== null);
  const kept = holding(
    tested.map(({ chance }) => chance),
    falseShare,
  );
  const holds = new Set(tested.filter((_, index) => kept[index]));
  return found.map((split) =>
    split !== null && holds.has(split) && isTelling(split, leastShift) ? asIncrease(split) : null,
  );
}

interface Split {
  readonly inOrder: readonly Measured[];
  /** The first and the last place that are nearly as good as the best. */
  readonly first: number;
  readonly last: number;
  readonly chance: number;
  readonly before: readonly number[];
  readonly since: readonly number[];
}

/** Where they grew, if they did; null for too few. */
function splitOf(measured: readonly Measured[]): Split | null {
  if (measured.length < 2 * leastRuns) return null;
  const inOrder = [...measured].sort((a, b) => a.atMs - b.atMs);
  const values = inOrder.map(({ value }) => value);
  // What was measured in one moment, or is known of one day, is on one side.
  const isSplit = (place: number) => inOrder[place]?.atMs !== inOrder[place - 1]?.atMs;
  const explained = explainedBy(values.map((value) => Math.log(value + 1))).map((share, place) =>
    isSplit(place) ? share : 0,
  );
  const best = explained.reduce((most, share) => Math.max(most, share), 0);
  if (best <= 0) return null;
  const at = explained.indexOf(best);
  const isNear = (share: number) => share >= nearlyAsGood * best;
  return {
    inOrder,
    first: explained.findIndex(isNear),
    last: explained.findLastIndex(isNear),
    // It was looked for at each place: as many chances to be wrong.
    chance: Math.min(1, chanceOfIncrease(ranked(values), at) * (values.length - 2 * leastRuns + 1)),
    before: values.slice(0, at),
    since: values.slice(at),
  };
}

const nearlyAsGood = 0.95;

/** By place, how much of the spread of values goes away when those before it and behind it have a mean of their own. */
function explainedBy(values: readonly number[]): readonly number[] {
  const all = values.reduce((sum, value) => sum + value, 0);
  let before = 0;
  return values.map((value, place) => {
    const [left, right] = [place, values.length - place];
    const difference = left === 0 ? 0 : (all - before) / right - before / left;
    before += value;
    const isPossible = left >= leastRuns && right >= leastRuns;
    return isPossible && difference > 0 ? ((left * right) / values.length) * difference ** 2 : 0;
  });
}

function isTelling({ before, since }: Split, leastShift: number): boolean {
  const [old, now] = [median(before), median(since)];
  const shift = now - old;
  const least = Math.max(leastShift, medianDeviation(before), stepOf(before) / 2);
  return shift >= least && now >= leastRatio * old;
}

/** 10 seconds where nearly all durations are such steps, else 0. */
function stepOf(values: readonly number[]): Milliseconds {
  const onStep = values.filter((value) => {
    const over = value % pollMs;
    const near = Math.max(nearStepMs, value * nearStepShare);
    return value >= pollMs - nearStepMs && Math.min(over, pollMs - over) <= near;
  });
  return onStep.length >= 0.8 * values.length ? pollMs : 0;
}

function asIncrease({ inOrder, first, last, before, since }: Split): Increase {
  const [old, now] = [median(before), median(since)];
  return {
    ...{ before: old, since: now, ratio: old === 0 ? Number.POSITIVE_INFINITY : now / old },
    // The last that was surely small, and the first that was surely large.
    from: inOrder[Math.max(0, first - 1)]?.atMs ?? 0,
    to: inOrder[last]?.atMs ?? 0,
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
