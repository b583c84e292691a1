import type { QueuedRecord } from './delivery.ts';

/** How much may wait. */
export interface QueueBounds {
  readonly records: number;
  readonly bytes: number;
}

/** Records in the order they came, within bounds. One that replaces another goes to the end. */
export class RecordQueue {
  private readonly bounds: QueueBounds;
  private readonly waiting = new Set<QueuedRecord>();
  private readonly byName = new Map<string, QueuedRecord>();
  private size = 0;

  constructor(bounds: QueueBounds) {
    this.bounds = bounds;
  }

  get records(): number {
    return this.waiting.size;
  }

  get bytes(): number {
    return this.size;
  }

  /** Takes the older record of the same name out, if one waits. */
  takeReplaced({ replaces }: QueuedRecord): QueuedRecord | undefined {
    const older = replaces === undefined ? undefined : this.byName.get(replaces);
    if (older !== undefined) this.remove(older);
    return older;
  }

  /** Says whether there is room for the record. */
  hasRoom({ bytes }: QueuedRecord): boolean {
    return this.records < this.bounds.records && this.size + bytes <= this.bounds.bytes;
  }

  push(record: QueuedRecord): void {
    this.waiting.add(record);
    if (record.replaces !== undefined) this.byName.set(record.replaces, record);
    this.size += record.bytes;
  }

  /** Takes the first records of one topic, at least one if there is any. */
  takeBatch(records: number, bytes: number): QueuedRecord[] {
    const batch: QueuedRecord[] = [];
    let size = 0;
    for (const record of this.waiting) {
      const first = batch[0];
      const fits = first === undefined || size + record.bytes <= bytes;
      if (batch.length >= records || !fits) break;
      if (first !== undefined && first.topic !== record.topic) break;
      batch.push(record);
      size += record.bytes;
    }
    for (const record of batch) this.remove(record);
    return batch;
  }

  /** Takes the records that were given before this time. */
  takeOlderThan(atMs: number): QueuedRecord[] {
    const old: QueuedRecord[] = [];
    for (const record of this.waiting) {
      // They stand in the order of their times, but for those that were put back.
      if (record.atMs >= atMs) break;
      old.push(record);
    }
    for (const record of old) this.remove(record);
    return old;
  }

  takeAll(): QueuedRecord[] {
    const all = [...this.waiting];
    this.waiting.clear();
    this.byName.clear();
    this.size = 0;
    return all;
  }

  private remove(record: QueuedRecord): void {
    this.waiting.delete(record);
    const { replaces } = record;
    if (replaces !== undefined && this.byName.get(replaces) === record)
      this.byName.delete(replaces);
    this.size -= record.bytes;
  }
}
