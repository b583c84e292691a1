import type { ConsumedRecord, Offset } from '../record/consumedRecord.ts';
import type { PartitionRange } from '../record/recordSource.ts';

/**
 * Where reading stands in each partition: the next offset to deliver and how far the log goes. It outlives
 * consumers, so that the next one goes on exactly where the last one was.
 */
export interface Positions {
  readonly partitions: readonly number[];
  /** The next offset to deliver; undefined for a partition not known yet. */
  next(partition: number): Offset | undefined;
  /** Those of `records` that are not delivered yet. */
  fresh(records: readonly ConsumedRecord[]): readonly ConsumedRecord[];
  /** Says that all records below `next` are delivered. */
  setNext(partition: number, next: Offset): void;
  /** Says how far the log of a partition goes: the offset of the record to be written next. */
  setHigh(partition: number, high: Offset): void;
  /** How far the log of a partition went when that was said last; undefined for a partition not known yet. */
  high(partition: number): Offset | undefined;
  /** How many offsets lie between what is delivered and the ends of the logs. */
  lag(): number;
  /**
   * Compares with what the partitions hold now: a partition that is new starts at its begin; one whose log
   * ends before our position was made anew and starts again; one whose begin has passed our position goes
   * on there. Gives a sentence for the log for each of the two losses.
   */
  reconcile(ranges: readonly PartitionRange[]): readonly string[];
}

/** Positions in no partition yet. */
export function createPositions(): Positions {
  const nextOffsets = new Map<number, bigint>();
  const highOffsets = new Map<number, bigint>();

  const reconcileOne = ({ partition, low, high }: PartitionRange): string | undefined => {
    const [first, end, next] = [BigInt(low), BigInt(high), nextOffsets.get(partition)];
    highOffsets.set(partition, end);
    if (next !== undefined && next >= first && next <= end) return undefined;
    nextOffsets.set(partition, first);
    if (next === undefined) return undefined;
    return next > end
      ? `Partition ${partition} ends at ${high}, before ${next}: it was made anew and is read from ${low}`
      : `Partition ${partition} begins at ${low}: the records from ${next} on were deleted unread`;
  };

  return {
    get partitions() {
      return [...nextOffsets.keys()];
    },
    next: (partition) => nextOffsets.get(partition)?.toString(),
    fresh: (records) =>
      records.filter(({ partition, offset }) => {
        const next = nextOffsets.get(partition);
        return next === undefined || BigInt(offset) >= next;
      }),
    setNext: (partition, next) => nextOffsets.set(partition, BigInt(next)),
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
    reconcile: (ranges) => ranges.map(reconcileOne).filter((text) => text !== undefined),
  };
}
