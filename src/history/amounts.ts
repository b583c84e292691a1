import type { Spread } from '../analysis/increase.ts';
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
  private readonly places: number[] = [];

  add(bucket: number, times: number): void {
    const known = Math.min(bucket, lastBucket);
    if (known < this.first || known >= this.first + this.places.length) this.makeRoom(known);
    const place = known - this.first;
    this.places[place] = (this.places[place] ?? 0) + times;
  }

  addAll({ first, places }: Buckets): void {
    for (const [place, times] of places.entries()) if (times > 0) this.add(first + place, times);
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
    const list: number[] = [];
    for (let place = 0; place < places.length; place++) {
      const times = places[place] ?? 0;
      if (times > 0) list.push(first + place, times);
    }
    return list;
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

  private makeRoom(bucket: number): void {
    const start = startOfDoubling(bucket);
    const { places } = this;
    if (places.length === 0) this.first = start;
    for (; this.first > start; this.first -= bucketsForDoubling) places.unshift(...noneOfDoubling);
    while (this.first + places.length <= bucket) places.push(...noneOfDoubling);
  }
}

const noneOfDoubling: readonly number[] = Array.from({ length: bucketsForDoubling }, () => 0);

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

/** Buckets in order, each with how many fell into it: what is written, and read without places of its own. */
export type BucketList = readonly number[];

/** Adds what a list counted. */
export function mergeList(into: Buckets, list: BucketList): void {
  for (let at = 0; at < list.length; at += 2) into.add(list[at] ?? -1, list[at + 1] ?? 0);
}

/** How many a list counted. */
export function countOfList(list: BucketList): number {
  let count = 0;
  for (let at = 1; at < list.length; at += 2) count += list[at] ?? 0;
  return count;
}

/** The amount that a share (0 to 1) of them do not exceed, by nearest rank; null without any. */
export function amountAt(buckets: Buckets, share: number): number | null {
  const { count } = buckets;
  if (count === 0) return null;
  return valueOf(buckets.atRank(Math.max(1, Math.ceil(share * count))));
}

/** Those of some ranks, which are in order and count from 1. */
export function amountsAt(list: BucketList, ranks: readonly number[]): number[] {
  let [at, passed] = [0, 0];
  return ranks.map((rank) => {
    while (at < list.length - 2 && passed + (list[at + 1] ?? 0) < rank) {
      passed += list[at + 1] ?? 0;
      at += 2;
    }
    return valueOf(list[at] ?? -1);
  });
}

/** Their spread, the percentiles with the error of the buckets. */
export function spreadOfAmounts({ buckets, max, total }: Amounts): Spread {
  const [p50, p95] = [amountAt(buckets, 0.5) ?? 0, amountAt(buckets, 0.95) ?? 0];
  return { count: buckets.count, p50: Math.min(p50, max), p95: Math.min(p95, max), max, total };
}

function bucketOf(value: number): number {
  return value < 1 ? -1 : Math.floor(Math.log2(value) * bucketsForDoubling);
}

/** The middle of a bucket, as far from its lower bound as from its upper one, in percent. */
function valueOf(bucket: number): number {
  if (bucket < 0) return 0;
  const value = 2 ** ((bucket + 0.5) / bucketsForDoubling);
  return value < exactBelow ? Math.round(value) : value;
}

/** As bytes: how far each bucket is from the one before. */
export function writeAmounts(out: ByteWriter, { buckets, max, total }: Amounts): void {
  const { list } = buckets;
  out.count(list.length / 2);
  let before = -1;
  for (let at = 0; at < list.length; at += 2) {
    const bucket = list[at] ?? -1;
    out.count(bucket - before);
    out.count(list[at + 1] ?? 0);
    before = bucket;
  }
  if (list.length === 0) return;
  out.count(max);
  out.count(total);
}

/** Adds what stands in such bytes, and gives its buckets. */
export function addWritten(into: Amounts, from: ByteReader): BucketList {
  const count = from.count();
  const list: number[] = [];
  let bucket = -1;
  for (let left = count; left > 0; left--) {
    bucket += from.count();
    const times = from.count();
    list.push(bucket, times);
    into.buckets.add(bucket, times);
  }
  if (count > 0) {
    into.max = Math.max(into.max, from.count());
    into.total += from.count();
  }
  return list;
}
