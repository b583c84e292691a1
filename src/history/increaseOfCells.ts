import { type Increase, increasesIn, type Series } from '../analysis/increase.ts';
import type { Milliseconds } from '../trace/execution.ts';
import { amountAt, Buckets, writeAmountsAt } from './amounts.ts';
import type { BucketList } from './bucketRoom.ts';

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
  return increasesIn(samples, leastShift).map((increase, place) => {
    if (increase === null) return null;
    const splitMs = samples[place]?.atMs[increase.countBefore] ?? 0;
    return ofAll(increase, series[place] ?? [], splitMs);
  });
}

function sampleOf(cells: readonly Cell[]): Series {
  const inOrder = inOrderOf(cells);
  const all = inOrder.reduce((sum, { buckets }) => sum + buckets.count, 0);
  const share = Math.min(1, mostTested / all);
  const most = Math.min(mostTested, all);
  const [times, values] = [new Float64Array(most), new Float64Array(most)];
  let [passed, length] = [0, 0];
  for (const { atMs, buckets } of inOrder) {
    const { count } = buckets;
    passed += count;
    const wanted = Math.round(passed * share) - length;
    const ranks = ranksOf(count, wanted, length);
    writeAmountsAt(values.subarray(length, length + ranks.length), buckets, ranks);
    times.fill(atMs, length, length + ranks.length);
    length += ranks.length;
  }
  return { atMs: times.subarray(0, length), values: values.subarray(0, length) };
}

/** Nearly always they are. */
function inOrderOf(cells: readonly Cell[]): readonly Cell[] {
  const isInOrder = cells.every(({ atMs }, at) => atMs >= (cells[at - 1]?.atMs ?? atMs));
  return isInOrder ? cells : [...cells].sort((a, b) => a.atMs - b.atMs);
}

/** Some ranks of as many, wherever there are too many: anywhere among them, by a number that runs on. In order. */
function ranksOf(count: number, wanted: number, from: number): readonly number[] {
  const ranks: number[] = [];
  const isAll = wanted >= count;
  for (let at = 0; at < Math.min(wanted, count); at++) {
    const rank = 1 + (isAll ? at : Math.floor((((from + at) * golden) % 1) * count));
    // They are a handful, of thousands of cells: to call what sorts any array takes ten times as long.
    let place = at;
    for (; place > 0 && (ranks[place - 1] ?? 0) > rank; place--)
      ranks[place] = ranks[place - 1] ?? 0;
    ranks[place] = rank;
  }
  return ranks;
}

/** Where the sample was split, all are. */
function ofAll(increase: Increase, cells: readonly Cell[], splitMs: Milliseconds): Increase {
  const [before, since] = [new Buckets(), new Buckets()];
  for (const { atMs, buckets } of cells) {
    (atMs < splitMs ? before : since).addList(buckets);
  }
  const [old, now] = [amountAt(before, 0.5) ?? 0, amountAt(since, 0.5) ?? 0];
  return {
    ...increase,
    ...{ before: old, since: now, ratio: old === 0 ? Number.POSITIVE_INFINITY : now / old },
    ...{ countBefore: before.count, countSince: since.count },
  };
}
