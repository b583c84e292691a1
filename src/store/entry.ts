import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { ExecutionSummary, Milliseconds } from '../trace/execution.ts';
import { SidFamily } from './sidFamily.ts';
import type { StoredExecution } from './storedExecution.ts';

/** What is known of an execution when it arrives. */
export interface Arrived {
  readonly summary: ExecutionSummary;
  readonly final: boolean;
  readonly record: ConsumedRecord;
  readonly sortMs: Milliseconds;
  readonly reportedMs: Milliseconds;
  readonly arrival: number;
}

/** An execution in the store. Its summary and its payload change in place, so that whoever holds it holds no old bytes. */
export class Entry implements StoredExecution {
  readonly final: boolean;
  readonly recordBytes: number;
  readonly sortMs: Milliseconds;
  readonly reportedMs: Milliseconds;
  readonly arrival: number;
  summary: ExecutionSummary;
  record: ConsumedRecord;
  /** As it was counted. */
  summaryBytes = 0;
  /** Of nobody else, until the store says of whom. */
  family = new SidFamily<Entry>();
  /** A field, and no question to the family: each list looks at each row. */
  isPart = false;

  constructor(arrived: Arrived) {
    const value = ownBytes(arrived.record.value ?? new Uint8Array());
    this.summary = arrived.summary;
    this.final = arrived.final;
    this.record = { ...arrived.record, key: null, value };
    this.recordBytes = value.byteLength;
    this.sortMs = arrived.sortMs;
    this.reportedMs = arrived.reportedMs;
    this.arrival = arrived.arrival;
  }

  get partCount(): number {
    return this.summary.kind === 'workflow' ? this.family.partCount : 0;
  }

  get revision(): number {
    return this.family.revision;
  }

  setValue(value: Uint8Array | null): void {
    this.record = { ...this.record, value };
  }
}

/** A copy of what is a slice of something larger, which it would keep in memory. */
function ownBytes(value: Uint8Array): Uint8Array {
  return value.byteLength === value.buffer.byteLength ? value : value.slice();
}
