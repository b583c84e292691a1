import { headOf, type RecordHead } from '../record/consumedRecord.ts';
import type { ExecutionSummary, Milliseconds } from '../trace/execution.ts';
import { SidFamily } from './sidFamily.ts';
import type { StoredExecution } from './storedExecution.ts';

/** What is known of an execution when it arrives. */
export interface Arrived {
  readonly summary: ExecutionSummary;
  readonly final: boolean;
  readonly record: RecordHead;
  readonly recordBytes: number;
  readonly sortMs: Milliseconds;
  readonly reportedMs: Milliseconds;
  readonly arrival: number;
}

const nobody = new SidFamily<Entry>();

/** An execution in the store. Its summary changes in place, so that whoever holds it holds no old one. */
export class Entry implements StoredExecution {
  readonly final: boolean;
  readonly recordBytes: number;
  readonly sortMs: Milliseconds;
  readonly reportedMs: Milliseconds;
  readonly arrival: number;
  summary: ExecutionSummary;
  readonly record: RecordHead;
  /** As it was counted. */
  summaryBytes = 0;
  /** Nobody's, until the store says whose. */
  family: SidFamily<Entry> = nobody;
  /** A field, and no question to the family: each list looks at each row. */
  isSubExecution = false;

  constructor(arrived: Arrived) {
    this.summary = arrived.summary;
    this.final = arrived.final;
    this.record = headOf(arrived.record);
    this.recordBytes = arrived.recordBytes;
    this.sortMs = arrived.sortMs;
    this.reportedMs = arrived.reportedMs;
    this.arrival = arrived.arrival;
  }

  get subExecutionCount(): number {
    return this.summary.kind === 'workflow' ? this.family.countUnder(this.summary) : 0;
  }

  get revision(): number {
    return this.family.revision;
  }
}
