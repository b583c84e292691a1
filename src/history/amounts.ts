import type { Spread } from '../analysis/increase.ts';
import { type BucketList, type BucketRoom, noBuckets } from './bucketRoom.ts';
import type { ByteReader, ByteWriter } from './byteStream.ts';

/**
 * Buckets for each doubling: OpenTelemetry's exponential histogram at scale 5, with bounds 2.2 % apart, so that a
 * value is told with an error of 1.1 % at most. Few of the 845 between a millisecond and a day are in use.
 */
const bucketsForDoubling = 32;
/** Of smaller whole numbers the nearest to what a bucket tells is the one itself. */
const exactBelow = 45;

/** Larger whole numbers are not exact, and none is written. */
const lastBucket = 53 * bucketsForDoubling;

/**
 * How many amounts fell into which bucket; those below 1 into bucket -1. An array from the smallest to the largest, not a
 * map: amounts of one kind lie within some doublings, and a month of all nodes adds up half a million buckets.
 */
export class Buckets {
  /** The bucket of the first place. Both ends are those of doublings, so that the same amounts make equal ones. */
  private first = 0;
  private places: number[] = [];

  add(bucket: number, times: number): void {
    const known = Math.min(bucket, lastBucket);
    this.makeRoom(known, known);
    const place = known - this.first;
    this.places[place] = (this.places[place] ?? 0) + times;
  }

  addAll({ first, places }: Buckets): void {
    if (places.length === 0) return;
    this.makeRoom(first, first + places.length - 1);
    const [into, shift] = [this.places, first - this.first];
    for (let place = 0; place < places.length; place++) {
      into[place + shift] = (into[place + shift] ?? 0) + (places[place] ?? 0);
    }
  }

  /** Room is made once: a month of all nodes has a million buckets. */
  addList({ numbers, from, to }: BucketList): void {
    if (from === to) return;
    this.makeRoom(numbers[from] ?? -1, Math.min(numbers[to - 2] ?? -1, lastBucket));
    const { first, places } = this;
    for (let at = from; at < to; at += 2) {
      const place = Math.min(numbers[at] ?? -1, lastBucket) - first;
      places[place] = (places[place] ?? 0) + (numbers[at + 1] ?? 0);
    }
  }

  /** Empty again, with its room. */
  clear(): void {
    this.places.fill(0);
  }

  get isEmpty(): boolean {
    return this.places.length === 0;
  }

  /** How many there are. */
  get count(): number {
    let count = 0;
    for (const times of this.places) count += times;
    return count;
  }

  /** Those with any, in order. */
  get list(): BucketList {
    const { first, places } = this;
    let [used, count] = [0, 0];
    for (const times of places) if (times > 0) used++;
    const numbers = new Array<number>(2 * used);
    let at = 0;
    for (let place = 0; at < numbers.length; place++) {
      const times = places[place] ?? 0;
      if (times === 0) continue;
      numbers[at++] = first + place;
      numbers[at++] = times;
      count += times;
    }
    return { numbers, from: 0, to: at, count };
  }

  /** Into which the one of a rank fell, which counts from 1. */
  atRank(rank: number): number {
    let [place, left] = [0, rank];
    while (place < this.places.length - 1 && left > (this.places[place] ?? 0)) {
      left -= this.places[place] ?? 0;
      place++;
    }
    return this.first + place;
  }

  private makeRoom(least: number, most: number): void {
    const { first, places } = this;
    const end = first + places.length;
    if (least >= first && most < end) return;
    const [start, last] = [startOfDoubling(least), startOfDoubling(most) + bucketsForDoubling];
    const isNew = places.length === 0;
    this.first = isNew ? start : Math.min(first, start);
    this.places = new Array<number>((isNew ? last : Math.max(end, last)) - this.first).fill(0);
    for (let place = 0; place < places.length; place++) {
      this.places[place + first - this.first] = places[place] ?? 0;
    }
  }
}

function startOfDoubling(bucket: number): number {
  return Math.floor(bucket / bucketsForDoubling) * bucketsForDoubling;
}

/** Amounts of one kind, milliseconds, bytes, tokens: how they spread, and exactly the largest and all together. */
export interface Amounts {
  readonly buckets: Buckets;
  max: number;
  total: number;
}

/** None. */
export function noAmounts(): Amounts {
  return { buckets: new Buckets(), max: 0, total: 0 };
}

/** Counts an amount. */
export function addAmount(amounts: Amounts, value: number): void {
  amounts.buckets.add(bucketOf(value), 1);
  amounts.total += value;
  if (value > amounts.max) amounts.max = value;
}

/** Adds what others counted. */
export function mergeAmounts(into: Amounts, from: Amounts): void {
  into.buckets.addAll(from.buckets);
  into.total += from.total;
  into.max = Math.max(into.max, from.max);
}

/** The amount that a share (0 to 1) of them do not exceed, by nearest rank; null without any. */
export function amountAt(buckets: Buckets, share: number): number | null {
  const { count } = buckets;
  if (count === 0) return null;
  return valueOf(buckets.atRank(Math.max(1, Math.ceil(share * count))));
}

/** Those of some ranks, which are in order and count from 1, go to `values`. */
export function writeAmountsAt(
  values: Float64Array,
  { numbers, from, to }: BucketList,
  ranks: readonly number[],
): void {
  let [at, passed] = [from, 0];
  for (let place = 0; place < ranks.length; place++) {
    const rank = ranks[place] ?? 0;
    while (at < to - 2 && passed + (numbers[at + 1] ?? 0) < rank) {
      passed += numbers[at + 1] ?? 0;
      at += 2;
    }
    values[place] = valueOf(numbers[at] ?? -1);
  }
}

/** Their spread, the percentiles with the error of the buckets. */
export function spreadOfAmounts({ buckets, max, total }: Amounts): Spread {
  const [p50, p95] = [amountAt(buckets, 0.5) ?? 0, amountAt(buckets, 0.95) ?? 0];
  return { count: buckets.count, p50: Math.min(p50, max), p95: Math.min(p95, max), max, total };
}

function bucketOf(value: number): number {
  return value < 1 ? -1 : Math.floor(Math.log2(value) * bucketsForDoubling);
}

/** The middle of each bucket, as far from its lower bound as from its upper one, in percent: powers take their time. */
const middles = Float64Array.from({ length: lastBucket + 1 }, (_, bucket) => {
  const value = 2 ** ((bucket + 0.5) / bucketsForDoubling);
  return value < exactBelow ? Math.round(value) : value;
});

function valueOf(bucket: number): number {
  return middles[Math.min(bucket, lastBucket)] ?? 0;
}

/** As bytes: how far each bucket is from the one before. */
export function writeAmounts(out: ByteWriter, { buckets, max, total }: Amounts): void {
  const { numbers, to } = buckets.list;
  out.count(to / 2);
  let before = -1;
  for (let at = 0; at < to; at += 2) {
    const bucket = numbers[at] ?? -1;
    out.count(bucket - before);
    out.count(numbers[at + 1] ?? 0);
    before = bucket;
  }
  if (to === 0) return;
  out.count(max);
  out.count(total);
}

/** Adds what stands in such bytes, and gives its buckets: in `room`, which keeps them or doesn't. */
export function addWritten(into: Amounts, from: ByteReader, room: BucketRoom): BucketList {
  const count = from.count();
  if (count === 0) return noBuckets;
  const list = room.read(count, from);
  into.buckets.addList(list);
  into.max = Math.max(into.max, from.count());
  into.total += from.count();
  return list;
}
