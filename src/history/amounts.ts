import type { Spread } from '../analysis/increase.ts';
import type { ByteReader, ByteWriter } from './byteStream.ts';

/**
 * Buckets for each doubling: OpenTelemetry's exponential histogram at scale 5, with bounds 2.2 % apart, so that a
 * value is told with an error of 1.1 % at most. Few of the 845 between a millisecond and a day are in use.
 */
const bucketsForDoubling = 32;
/** Of smaller whole numbers the nearest to what a bucket tells is the one itself. */
const exactBelow = 45;

/** How many amounts fell into which bucket; those below 1 into bucket -1. */
export type Buckets = Map<number, number>;

/** Amounts of one kind, milliseconds, bytes, tokens: how they spread, and exactly the largest and all together. */
export interface Amounts {
  readonly buckets: Buckets;
  max: number;
  total: number;
}

/** None. */
export function noAmounts(): Amounts {
  return { buckets: new Map(), max: 0, total: 0 };
}

/** Counts an amount. */
export function addAmount(amounts: Amounts, value: number): void {
  addTo(amounts.buckets, bucketOf(value), 1);
  amounts.total += value;
  if (value > amounts.max) amounts.max = value;
}

/** Adds what others counted. */
export function mergeAmounts(into: Amounts, from: Amounts): void {
  mergeBuckets(into.buckets, from.buckets);
  into.total += from.total;
  into.max = Math.max(into.max, from.max);
}

/** The same of buckets alone. */
export function mergeBuckets(into: Buckets, from: Buckets): void {
  for (const [bucket, times] of from) addTo(into, bucket, times);
}

/** How many there are. */
export function countOf(buckets: Buckets): number {
  let count = 0;
  for (const times of buckets.values()) count += times;
  return count;
}

/** Buckets in order, each with how many fell into it: what is written, and read without a map of its own. */
export type BucketList = readonly number[];

/** The same as a list. */
export function listOf(buckets: Buckets): BucketList {
  // Numbers alone are sorted ten times as fast as pairs.
  const inOrder = Int32Array.from(buckets.keys()).sort();
  const list: number[] = [];
  for (const bucket of inOrder) list.push(bucket, buckets.get(bucket) ?? 0);
  return list;
}

/** Adds what a list counted. */
export function mergeList(into: Buckets, list: BucketList): void {
  for (let at = 0; at < list.length; at += 2) addTo(into, list[at] ?? -1, list[at + 1] ?? 0);
}

/** How many a list counted. */
export function countOfList(list: BucketList): number {
  let count = 0;
  for (let at = 1; at < list.length; at += 2) count += list[at] ?? 0;
  return count;
}

/** The amount that a share (0 to 1) of them do not exceed, by nearest rank; null without any. */
export function amountAt(buckets: Buckets, share: number): number | null {
  const count = countOf(buckets);
  if (count === 0) return null;
  return amountsAt(listOf(buckets), [Math.max(1, Math.ceil(share * count))])[0] ?? null;
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
export function spreadOfAmounts(amounts: Amounts): Spread {
  const { buckets, max, total } = amounts;
  const count = countOf(buckets);
  const [p50 = 0, p95 = 0] =
    count === 0
      ? []
      : amountsAt(listOf(buckets), [Math.ceil(0.5 * count), Math.ceil(0.95 * count)]);
  return { count, p50: Math.min(p50, max), p95: Math.min(p95, max), max, total };
}

function addTo(buckets: Buckets, bucket: number, times: number): void {
  buckets.set(bucket, (buckets.get(bucket) ?? 0) + times);
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
  const list = listOf(buckets);
  out.count(buckets.size);
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
    addTo(into.buckets, bucket, times);
  }
  if (count > 0) {
    into.max = Math.max(into.max, from.count());
    into.total += from.count();
  }
  return list;
}
