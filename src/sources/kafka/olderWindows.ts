import type { ConsumedRecord, RecordPosition } from '../../record/consumedRecord.ts';
import type { PartitionRange } from '../../record/recordSource.ts';
import type { Floors } from './floors.ts';
import type { KafkaSession } from './kafkaSession.ts';
import { createPositions } from './positions.ts';

/** What of a partition is read: from `at` up to `end`, and again before that where it held too few records. */
interface OlderWindow {
  readonly partition: number;
  readonly low: bigint;
  /** Where reading began so far. */
  readonly floor: bigint;
  at: bigint;
  end: bigint;
  /** How many records were found in all. */
  found: number;
  /** The time of the oldest of them; undefined before there is one. */
  firstMs: number | null | undefined;
  /** Nothing of what lies between `at` and `end` was found yet. */
  isFresh: boolean;
  isDone: boolean;
}

/** Which offsets of each partition are read for so many older records, and how far that is. */
export class OlderWindows {
  /** Where reading stands in each; partitions of which nothing is read among them. */
  readonly positions = createPositions();
  private readonly count: number;
  private readonly byPartition = new Map<number, OlderWindow>();

  constructor(ranges: readonly PartitionRange[], floors: Floors, count: number) {
    this.count = count;
    for (const { partition, low, high } of ranges) {
      const floor = floors.of(partition);
      const begin = BigInt(low);
      this.positions.setHigh(partition, high);
      if (floor === undefined || floor <= begin) {
        this.positions.setNext(partition, high);
        continue;
      }
      const at = before(floor, BigInt(count), begin);
      const window = { partition, low: begin, floor, at, end: floor };
      const found = { found: 0, firstMs: undefined, isFresh: true, isDone: false };
      this.byPartition.set(partition, { ...window, ...found });
      this.positions.setNext(partition, String(at));
    }
  }

  get all(): readonly OlderWindow[] {
    return [...this.byPartition.values()];
  }

  get isDone(): boolean {
    return this.all.every(({ isDone }) => isDone);
  }

  isAtRest(partition: number): boolean {
    return this.byPartition.get(partition)?.isDone ?? true;
  }

  /** Whether a place is before what was read already. */
  isWanted({ partition, offset }: RecordPosition): boolean {
    return BigInt(offset) < (this.byPartition.get(partition)?.end ?? 0n);
  }

  /** Those of `records`, which are of one partition and in order, that are wanted; counts them. */
  take(records: readonly ConsumedRecord[]): readonly ConsumedRecord[] {
    const wanted = records.filter((record) => this.isWanted(record));
    const [first] = wanted;
    const window = first && this.byPartition.get(first.partition);
    if (first === undefined || window === undefined) return [];
    window.found += wanted.length;
    if (window.isFresh) window.firstMs = first.timestampMs ?? window.firstMs;
    window.isFresh = false;
    return wanted;
  }

  /** Goes further back in partitions that were read to the end and held too few, and lets the others rest. */
  look(isFree: (partition: number) => boolean, session: Pick<KafkaSession, 'goOn' | 'rest'>): void {
    for (const window of this.byPartition.values()) {
      const { partition, low, floor, at, end, found } = window;
      const next = BigInt(this.positions.next(partition) ?? 0);
      if (window.isDone || next < end || !isFree(partition)) continue;
      if (found >= this.count || at <= low) {
        window.isDone = true;
        session.rest(partition);
        continue;
      }
      // Twice as far each time: a log that was compacted is long, and most of it empty. It may find more than asked for.
      // What a broker refuses when it is asked for it may come when it is asked for what stands before.
      if (!window.isFresh) window.end = at;
      window.at = before(at, floor - at, low);
      window.isFresh = true;
      this.positions.setNext(partition, String(window.at));
      session.goOn(partition, String(window.at));
    }
  }
}

function before(offset: bigint, count: bigint, low: bigint): bigint {
  return offset - count > low ? offset - count : low;
}
