import { createHash } from 'node:crypto';
import type { PastExecution } from '../analysis/pastExecution.ts';
import type { RecordPosition } from '../record/consumedRecord.ts';
import type { Milliseconds } from '../trace/execution.ts';

/** An execution that ended, as it is kept on disk. */
export interface HistoryRecord {
  readonly execution: PastExecution;
  /** Where its record stands on the topic: it is read again from there as long as the topic has it. */
  readonly position: Pick<RecordPosition, 'partition' | 'offset'>;
  /** Stands for the rules of masking that its texts were made by. */
  readonly masks: string;
  /** A service's that stands under its workflow, and is counted with it. */
  readonly isSub: boolean;
}

/** What tells an execution from all others. */
export type NamedPast = Pick<PastExecution, 'kind' | 'key' | 'beginMs'>;

/** One with a begin: without one it has no place in time, and no number over time is made of it. */
export type DatedRecord = HistoryRecord & {
  readonly execution: { readonly beginMs: Milliseconds };
};

/** Whether it has a place in time. */
export function isDated(record: HistoryRecord): record is DatedRecord {
  return record.execution.beginMs !== null;
}

/** What tells an execution from all others, as text: for two that are compared in memory. */
export function nameOfPast({ kind, key, beginMs }: NamedPast): string {
  return `${kind} ${String(beginMs)} ${key}`;
}

/**
 * The same in 64 bits: of ten million no two are likely to share it. Never the sid alone: services share it, and it
 * may collide. The key holds service and sid, and of a service's calls what tells these apart; the kind tells what a
 * caller asked for (a build has its workflow's sid); the begin tells collided sids apart.
 */
export function identityOf(execution: NamedPast): bigint {
  return createHash('sha256').update(nameOfPast(execution)).digest().readBigInt64LE();
}

/**
 * Whether a record takes the place of one of the same execution. Services write records twice, and topics are read
 * again from their beginning: of one partition the later wins, whenever it comes; of two the fuller.
 */
export function takesPlaceOf(record: HistoryRecord, known: HistoryRecord): boolean {
  const { position, execution } = record;
  if (position.partition === known.position.partition) {
    const offset = BigInt(position.offset);
    const knownOffset = BigInt(known.position.offset);
    // Masked by other rules it is another one; the rules of now are those of who reads.
    if (offset === knownOffset)
      return record.masks !== known.masks || (record.isSub && !known.isSub);
    return offset > knownOffset;
  }
  return execution.nodes.length > known.execution.nodes.length;
}
