import type { RecordPosition } from '../record/consumedRecord.ts';
import type { RejectedRecord } from '../trace/rejected.ts';

/** Enough to see a pattern in what goes wrong; each is 2 KB at most, so 2 MB in all. */
const maxRejected = 1_000;

/** The records that could not be read, newest first; older ones leave, the count stays. */
export class RejectedStore {
  private readonly records: RejectedRecord[] = [];
  private count = 0;

  /** How many were rejected in all, those included that left. */
  get total(): number {
    return this.count;
  }

  /** How many are still listed. */
  get listed(): number {
    return this.records.length;
  }

  add(record: RejectedRecord): void {
    this.count++;
    this.records.push(record);
    if (this.records.length > maxRejected) this.records.shift();
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
    this.records.forEach((record, index) => {
      this.records[index] = { ...record, preview: mask(record.preview) };
    });
  }

  clear(): void {
    this.records.length = 0;
    this.count = 0;
  }
}
