import type { ByteReader, ByteWriter } from './byteStream.ts';

/**
 * Buckets for each doubling: OpenTelemetry's exponential histogram at scale 5, with bounds 2.2 % apart, so that a
 * value is told with an error of 1.1 % at most. Few of the 845 between a millisecond and a day are in use.
 */
const bucketsForDoubling = 32;

/** How many durations fell into which bucket; those below a millisecond into bucket -1. */
export type Durations = Map<number, number>;

/** Counts a duration. */
export function addDuration(durations: Durations, ms: number, times = 1): void {
  const bucket = bucketOf(ms);
  durations.set(bucket, (durations.get(bucket) ?? 0) + times);
}

/** Adds what another one counted. */
export function mergeDurations(into: Durations, from: Durations): void {
  for (const [bucket, times] of from) into.set(bucket, (into.get(bucket) ?? 0) + times);
}

/** The duration that a share (0 to 1) of them do not exceed, by nearest rank; null without any. */
export function durationAt(durations: Durations, share: number): number | null {
  let total = 0;
  for (const times of durations.values()) total += times;
  if (total === 0) return null;
  let rank = Math.max(1, Math.ceil(share * total));
  const buckets = [...durations].sort(([a], [b]) => a - b);
  for (const [bucket, times] of buckets) {
    rank -= times;
    if (rank <= 0) return valueOf(bucket);
  }
  return null;
}

function bucketOf(ms: number): number {
  return ms < 1 ? -1 : Math.floor(Math.log2(ms) * bucketsForDoubling);
}

/** The middle of a bucket, as far from its lower bound as from its upper one, in percent. */
function valueOf(bucket: number): number {
  return bucket < 0 ? 0 : 2 ** ((bucket + 0.5) / bucketsForDoubling);
}

/** As bytes: how far each bucket is from the one before. */
export function writeDurations(out: ByteWriter, durations: Durations): void {
  const buckets = [...durations].sort(([a], [b]) => a - b);
  out.count(buckets.length);
  let before = -1;
  for (const [bucket, times] of buckets) {
    out.count(bucket - before);
    out.count(times);
    before = bucket;
  }
}

/** From such bytes. */
export function readDurations(from: ByteReader): Durations {
  const durations: Durations = new Map();
  let bucket = -1;
  for (let left = from.count(); left > 0; left--) {
    bucket += from.count();
    durations.set(bucket, from.count());
  }
  return durations;
}
