import { type Increase, increases, type Measured } from '../analysis/increase.ts';
import type { Milliseconds } from '../trace/execution.ts';
import {
  amountAt,
  amountsAt,
  type BucketList,
  Buckets,
  countOfList,
  mergeList,
} from './amounts.ts';

/** What was measured in an hour, or in a day. */
export interface Cell {
  readonly atMs: Milliseconds;
  readonly buckets: BucketList;
}

/** So many of a series are tested: a rank test sees with them what anybody would act on. */
const mostTested = 300;
/** Steps of it are spread evenly over 0 to 1, however many there are. */
const golden = 0.6180339887498949;

/**
 * In which series values grew, as `increases` finds it, of what is known by hours or days. Of large ones an even sample
 * is tested; what is told of either side is of all.
 */
export function increasesOfCells(
  series: readonly (readonly Cell[])[],
  leastShift: number,
): readonly (Increase | null)[] {
  const samples = series.map(sampleOf);
  return increases(samples, leastShift).map((increase, place) => {
    if (increase === null) return null;
    const splitMs = samples[place]?.[increase.countBefore]?.atMs ?? 0;
    return ofAll(increase, series[place] ?? [], splitMs);
  });
}

function sampleOf(cells: readonly Cell[]): Measured[] {
  const inOrder = [...cells].sort((a, b) => a.atMs - b.atMs);
  const counts = inOrder.map(({ buckets }) => countOfList(buckets));
  const all = counts.reduce((sum, count) => sum + count, 0);
  const share = Math.min(1, mostTested / all);
  const sample: Measured[] = [];
  let passed = 0;
  for (const [place, { atMs, buckets }] of inOrder.entries()) {
    const count = counts[place] ?? 0;
    passed += count;
    const wanted = Math.round(passed * share) - sample.length;
    const values = amountsAt(buckets, ranksOf(count, wanted, sample.length));
    for (const value of values) sample.push({ atMs, value });
  }
  return sample;
}

/** Some ranks of as many, wherever there are too many: anywhere among them, by a number that runs on. */
function ranksOf(count: number, wanted: number, from: number): readonly number[] {
  const ranks: number[] = [];
  const isAll = wanted >= count;
  for (let at = 0; at < Math.min(wanted, count); at++) {
    ranks.push(1 + (isAll ? at : Math.floor((((from + at) * golden) % 1) * count)));
  }
  return isAll ? ranks : ranks.sort((a, b) => a - b);
}

/** Where the sample was split, all are. */
function ofAll(increase: Increase, cells: readonly Cell[], splitMs: Milliseconds): Increase {
  const [before, since] = [new Buckets(), new Buckets()];
  for (const { atMs, buckets } of cells) {
    mergeList(atMs < splitMs ? before : since, buckets);
  }
  const [old, now] = [amountAt(before, 0.5) ?? 0, amountAt(since, 0.5) ?? 0];
  return {
    ...increase,
    ...{ before: old, since: now, ratio: old === 0 ? Number.POSITIVE_INFINITY : now / old },
    ...{ countBefore: before.count, countSince: since.count },
  };
}
