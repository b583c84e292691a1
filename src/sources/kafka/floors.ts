import type { Offset } from '../../record/consumedRecord.ts';
import type { ReadBack } from '../../record/recordSource.ts';

interface Floor {
  /** All from here on is read, or will be. */
  from: bigint;
  /** The oldest that the partition held when that was said last. */
  low: bigint;
  /** The time of the oldest record that was delivered; undefined before the first, null where it has none. */
  firstMs: number | null | undefined;
}

/** How far back each partition was read: where reading began, and by how much older records lowered that since. */
export class Floors {
  private readonly byPartition = new Map<number, Floor>();

  /** What all of them amount to; null before any is known. */
  get readBack(): ReadBack | null {
    const floors = [...this.byPartition.values()];
    if (floors.length === 0) return null;
    const open = floors.filter(({ from, low }) => from > low);
    const times = (open.length > 0 ? open : floors).flatMap(({ firstMs }) => firstMs ?? []);
    // Read to the beginning, the oldest of all is the first; else all are there only where the last one begins.
    const sinceMs = open.length > 0 ? Math.max(...times) : Math.min(...times);
    return {
      sinceMs: times.length === 0 ? null : sinceMs,
      before: Number(open.reduce((sum, { from, low }) => sum + from - low, 0n)),
    };
  }

  of(partition: number): bigint | undefined {
    return this.byPartition.get(partition)?.from;
  }

  /** Reading begins here, unless it began before. */
  begin(partition: number, from: bigint): void {
    if (!this.byPartition.has(partition)) this.beginAnew(partition, from);
  }

  /** What was read of the partition is no longer there: it is read again from its begin. */
  beginAnew(partition: number, from: bigint): void {
    this.byPartition.set(partition, { from, low: 0n, firstMs: undefined });
  }

  /** Says where the partition begins now. */
  holdsFrom(partition: number, low: Offset): void {
    const floor = this.byPartition.get(partition);
    if (floor !== undefined) floor.low = BigInt(low);
  }

  /** A record was delivered, of which the first is the oldest. */
  took(partition: number, timestampMs: number | null): void {
    const floor = this.byPartition.get(partition);
    if (floor?.firstMs === undefined && floor !== undefined) floor.firstMs = timestampMs;
  }

  /** What lay between `to` and `from` is read too, unless reading began elsewhere meanwhile. */
  lower(partition: number, from: bigint, to: bigint, firstMs: number | null | undefined): void {
    const floor = this.byPartition.get(partition);
    if (floor?.from !== from) return;
    floor.from = to;
    floor.firstMs = firstMs ?? floor.firstMs;
  }

  clear(): void {
    this.byPartition.clear();
  }
}
