import type { ConsumedRecord, Offset } from '../../record/consumedRecord.ts';
import type { PartitionRange, RemovedCount } from '../../record/recordSource.ts';
import { Floors } from './floors.ts';

/** What was read of a partition: the records from `from` on, before `next`. */
export interface ReadRange {
  readonly partition: number;
  readonly from: bigint;
  readonly next: bigint;
}

/** What `reconcile` found. */
export interface Reconciled {
  readonly removed: readonly RemovedCount[];
  /** Partitions that end before our position, and are read again from their begin. */
  readonly cut: readonly number[];
}

/**
 * Where reading stands in each partition: the next offset to deliver and how far the log goes. It outlives
 * consumers, so that the next one goes on exactly where the last one was.
 */
export interface Positions {
  readonly partitions: readonly number[];
  /** How far back each partition was read. */
  readonly floors: Floors;
  /** The time of the youngest record that was delivered; undefined before the first that has one. */
  readonly newestMs: number | undefined;
  /** What was delivered, by partition. */
  readonly read: readonly ReadRange[];
  /** The next offset to deliver; undefined for a partition not known yet. */
  next(partition: number): Offset | undefined;
  /** Those of `records` that are not delivered yet. */
  fresh(records: readonly ConsumedRecord[]): readonly ConsumedRecord[];
  /** Says that records of one partition are delivered, and all before them. */
  took(records: readonly ConsumedRecord[]): void;
  /** Says that all records below `next` are delivered. */
  setNext(partition: number, next: Offset): void;
  /** Says how far the log of a partition goes: the offset of the record to be written next. */
  setHigh(partition: number, high: Offset): void;
  /** How far the log of a partition went when that was said last; undefined for a partition not known yet. */
  high(partition: number): Offset | undefined;
  /** How many offsets lie between what is delivered and the ends of the logs. */
  lag(): number;
  /**
   * Compares with what the partitions hold now: a partition that is new starts at its begin; one whose begin
   * has passed our position goes on there; one whose log ends before our position starts again.
   */
  reconcile(ranges: readonly PartitionRange[]): Reconciled;
  /** Forgets everything: the topic is another one. */
  clear(): void;
}

/** Positions in no partition yet. */
export function createPositions(): Positions {
  const nextOffsets = new Map<number, bigint>();
  const highOffsets = new Map<number, bigint>();
  const firstRead = new Map<number, bigint>();
  const floors = new Floors();
  let newestMs: number | undefined;

  return {
    floors,
    get partitions() {
      return [...nextOffsets.keys()];
    },
    get newestMs() {
      return newestMs;
    },
    get read() {
      return [...firstRead].map(([partition, from]) => ({
        ...{ partition, from, next: nextOffsets.get(partition) ?? from },
      }));
    },
    next: (partition) => nextOffsets.get(partition)?.toString(),
    fresh(records) {
      const next = nextOffsets.get(records[0]?.partition ?? -1);
      // They are of one partition and in order: nearly always none was delivered before.
      if (next === undefined || BigInt(records[0]?.offset ?? 0) >= next) return records;
      return records.filter(({ offset }) => BigInt(offset) >= next);
    },
    took(records) {
      const [first, last] = [records[0], records.at(-1)];
      if (first === undefined || last === undefined) return;
      const { partition } = first;
      if (!firstRead.has(partition)) firstRead.set(partition, BigInt(first.offset));
      nextOffsets.set(partition, BigInt(last.offset) + 1n);
      floors.took(partition, first.timestampMs);
      for (const { timestampMs } of records) {
        if (timestampMs !== null) newestMs = Math.max(newestMs ?? timestampMs, timestampMs);
      }
    },
    setNext(partition, next) {
      nextOffsets.set(partition, BigInt(next));
      floors.begin(partition, BigInt(next));
    },
    setHigh: (partition, high) => highOffsets.set(partition, BigInt(high)),
    high: (partition) => highOffsets.get(partition)?.toString(),
    lag() {
      let lag = 0n;
      for (const [partition, next] of nextOffsets) {
        const high = highOffsets.get(partition) ?? next;
        if (high > next) lag += high - next;
      }
      return Number(lag);
    },
    reconcile(ranges) {
      const removed: RemovedCount[] = [];
      const cut: number[] = [];
      for (const { partition, low, high } of ranges) {
        const [first, end, next] = [BigInt(low), BigInt(high), nextOffsets.get(partition)];
        highOffsets.set(partition, end);
        floors.begin(partition, first);
        floors.holdsFrom(partition, low);
        if (next !== undefined && next >= first && next <= end) continue;
        nextOffsets.set(partition, first);
        if (next === undefined) continue;
        if (next > end) {
          cut.push(partition);
          firstRead.delete(partition);
          floors.beginAnew(partition, first);
          floors.holdsFrom(partition, low);
        } else removed.push({ partition, count: Number(first - next) });
      }
      return { removed, cut };
    },
    clear() {
      for (const known of [nextOffsets, highOffsets, firstRead, floors]) known.clear();
      newestMs = undefined;
    },
  };
}
