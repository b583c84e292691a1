import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { ExecutionSummary, Milliseconds } from '../trace/execution.ts';

/** How much the store keeps. */
export interface StoreLimits {
  /** Bound on all that is kept: raw bytes of records, and summaries. Beyond it the oldest payloads leave. */
  readonly maxBytes: number;
  /** Bound on summaries alone, the lists of their nodes included. Beyond it the oldest executions leave. */
  readonly maxSummaryBytes: number;
  /** Bound on executions: 50,000, the default, is above what anyone scrolls through. */
  readonly maxExecutions: number;
}

/** An execution as stored: its summary, and the record it came from while there is room for it. */
export interface StoredExecution {
  readonly summary: ExecutionSummary;
  /** False for a snapshot of an execution that goes on. */
  readonly final: boolean;
  /** The record without its value when that left the window; its position finds it again. */
  readonly record: ConsumedRecord;
  readonly recordBytes: number;
  /** What the list is sorted by: begin, else the record's own time, else the time of arrival. */
  readonly sortMs: Milliseconds;
  /** Its number among all that came: what came first of one moment stands first. */
  readonly arrival: number;
  /** When the record came: by the broker's stamp, else by our clock. */
  readonly reportedMs: Milliseconds;
  /** The record of a service that a stored workflow called with its own sid: it stands under the workflow. */
  readonly isPart: boolean;
  /** How many stand under it; none under anything but a workflow. */
  readonly partCount: number;
  /** Another number after each change of it, or of another execution of its sid. */
  readonly revision: number;
}

/** What `put` did. */
export type StoreChange = 'added' | 'replaced' | 'unchanged';

/** Whether two records are the same one, read again. */
export function sameRecord(a: ConsumedRecord, b: ConsumedRecord): boolean {
  const samePlace = a.offset === b.offset && a.partition === b.partition && a.topic === b.topic;
  return samePlace && sameStamp(a, b);
}

/** Whether two records of one place may be the same: in a topic that was made anew another one has its offset. */
export function sameStamp(a: ConsumedRecord, b: ConsumedRecord): boolean {
  return a.timestampMs === b.timestampMs;
}
