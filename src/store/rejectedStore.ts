import type { RecordPosition } from '../record/consumedRecord.ts';
import type { RejectedRecord } from '../trace/rejected.ts';
import { textBytes } from './summarySize.ts';

/** Enough to see a pattern in what goes wrong; the preview of each is 2,048 characters at most, so it is 5 MB in all. */
const maxRejected = 1_000;

/** The records that could not be read, newest first; older ones leave, the count stays. */
export class RejectedStore {
  private readonly records: RejectedRecord[] = [];
  private count = 0;
  private size = 0;

  /** How many were rejected in all, those included that left. */
  get total(): number {
    return this.count;
  }

  /** How many are still listed. */
  get listed(): number {
    return this.records.length;
  }

  /** What they take. */
  get bytes(): number {
    return this.size;
  }

  add(record: RejectedRecord): void {
    this.count++;
    this.records.push(record);
    this.size += sizeOf(record);
    if (this.records.length <= maxRejected) return;
    const oldest = this.records.shift();
    if (oldest !== undefined) this.size -= sizeOf(oldest);
  }

  /** Takes one that was asked for as an older one: by its time among the others, and only where there is room. */
  addOlder(record: RejectedRecord): void {
    this.count++;
    if (this.records.length >= maxRejected) return;
    // One without a time is a batch that could not be read: where among the older ones, nobody asks.
    const time = record.timestampMs ?? 0;
    const at = this.records.findIndex(({ timestampMs }) => (timestampMs ?? time) >= time);
    this.records.splice(at === -1 ? this.records.length : at, 0, record);
    this.size += sizeOf(record);
  }

  page(offset: number, limit: number): readonly RejectedRecord[] {
    const end = this.records.length - offset;
    return this.records.slice(Math.max(0, end - limit), Math.max(0, end)).reverse();
  }

  /** The one at a position; undefined when it left, or never was there. */
  at({ topic, partition, offset }: RecordPosition): RejectedRecord | undefined {
    return this.records.findLast(
      (record) =>
        record.offset === offset && record.partition === partition && record.topic === topic,
    );
  }

  /** Masks the previews again, after the rules changed. */
  remask(mask: (preview: string) => string): void {
    this.size = 0;
    this.records.forEach((record, index) => {
      const masked = { ...record, preview: mask(record.preview) };
      this.records[index] = masked;
      this.size += sizeOf(masked);
    });
  }

  clear(): void {
    this.records.length = 0;
    this.count = 0;
    this.size = 0;
  }
}

/** The object, and its texts. */
function sizeOf({ preview, detail }: RejectedRecord): number {
  return 200 + textBytes(preview) + textBytes(detail);
}
