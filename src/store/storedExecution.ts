import type { RecordHead } from '../record/consumedRecord.ts';
import { type KeptRecord, sameStamp } from '../record/recordRoom.ts';
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

/** An execution as stored: its summary, and where the record stands that it came from. */
export interface StoredExecution extends KeptRecord {
  readonly summary: ExecutionSummary;
  /** False for a snapshot of an execution that goes on. */
  readonly final: boolean;
  /** What the list is sorted by: begin, else the record's own time, else the time of arrival. */
  readonly sortMs: Milliseconds;
  /** Its number among all that came: what came first of one moment stands first. */
  readonly arrival: number;
  /** When the record came: by the broker's stamp, else by our clock. */
  readonly reportedMs: Milliseconds;
  /** The record of a service that a stored workflow called with its own sid: it stands under the workflow. */
  readonly isSubExecution: boolean;
  /** How many stand under it; none under anything but a workflow. */
  readonly subExecutionCount: number;
  /** Another number after each change of it, or of another execution of its sid. */
  readonly revision: number;
}

/** What `put` did. */
export type StoreChange = 'added' | 'replaced' | 'unchanged';

/** Whether two records are the same one, read again. */
export function sameRecord(a: RecordHead, b: RecordHead): boolean {
  const samePlace = a.offset === b.offset && a.partition === b.partition && a.topic === b.topic;
  return samePlace && sameStamp(a, b);
}
