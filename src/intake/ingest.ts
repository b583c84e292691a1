import { decodeRecord } from '../decode/decodeRecord.ts';
import type { RulesOfNow } from '../masking/redactionRules.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { RecordAge } from '../record/recordSource.ts';
import type { UnreadableBatch } from '../record/unreadableBatch.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { Finished } from '../store/finished.ts';
import type { RejectedStore } from '../store/rejectedStore.ts';
import type { ExecutionKey, ExecutionSummary, Milliseconds } from '../trace/execution.ts';
import type { RejectedRecord } from '../trace/rejected.ts';
import { rejectBatch } from './rejectBatch.ts';
import { RejectedLines } from './rejectedLines.ts';

/** Which part of a batch is taken. */
export interface Slice {
  readonly from: number;
  /** Asked behind each record. */
  readonly isOver: () => boolean;
  readonly age: RecordAge;
}

const wholeBatch: Slice = { from: 0, isOver: () => false, age: 'next' };

/** What came of a batch, or a slice of it. */
export interface Ingested {
  /** How many records were taken, and their size. */
  readonly count: number;
  readonly bytes: number;
  readonly changed: boolean;
  /** Executions that ended with this batch, with the record that said so. */
  readonly finished: readonly Finished[];
  /** Executions of which a record came that changed something. */
  readonly reported: readonly ExecutionKey[];
}

/** Learns of each execution; which nodes a flow has, for one. */
export interface ExecutionObserver {
  observe(summary: ExecutionSummary): void;
}

/** Records → summaries in the store, or rejected records in their list. Never throws for what a record holds. */
export class Ingest {
  private readonly store: ExecutionStore;
  private readonly rejected: RejectedStore;
  private readonly flows: ExecutionObserver;
  private readonly redaction: RulesOfNow;
  private readonly lines = new RejectedLines();

  constructor(
    store: ExecutionStore,
    rejected: RejectedStore,
    flows: ExecutionObserver,
    redaction: RulesOfNow,
  ) {
    this.store = store;
    this.rejected = rejected;
    this.flows = flows;
    this.redaction = redaction;
  }

  take(
    batch: readonly ConsumedRecord[],
    receivedMs: Milliseconds,
    { from, isOver, age }: Slice = wholeBatch,
  ): Ingested {
    const finished: Finished[] = [];
    const reported: ExecutionKey[] = [];
    let changed = false;
    let bytes = 0;
    let at = from;
    for (let record = batch[at]; record !== undefined; record = isOver() ? undefined : batch[at]) {
      at++;
      bytes += record.value?.byteLength ?? 0;
      const decoded = decodeRecord(record, this.redaction.rules);
      if (!decoded.ok) {
        this.reject(this.lines.next(decoded.error, record, this.redaction.rules), age);
        changed = true;
        continue;
      }
      this.lines.end();
      const { final } = decoded.value;
      const summary = this.store.apart(decoded.value.summary);
      const again = this.store.get(summary.key)?.final === true;
      const change = this.store.put(summary, final, record, receivedMs, age);
      if (change === 'unchanged') continue;
      changed = true;
      reported.push(summary.key);
      this.flows.observe(summary);
      if (final) finished.push({ summary, record, again });
    }
    return { count: at - from, bytes, changed, finished, reported };
  }

  /** Records that never arrived as such, because their batch can't be read. */
  takeUnreadable(batch: UnreadableBatch, age: RecordAge): void {
    this.reject(rejectBatch(batch), age);
  }

  private reject(record: RejectedRecord, age: RecordAge): void {
    if (age === 'older') this.rejected.addOlder(record);
    else this.rejected.add(record);
  }
}
