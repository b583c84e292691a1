import { decodeRecord } from '../decode/decodeRecord.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { UnreadableBatch } from '../record/unreadableBatch.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { RejectedStore } from '../store/rejectedStore.ts';
import type { ExecutionKey, ExecutionSummary, Milliseconds } from '../trace/execution.ts';
import type { FlowRegistry } from './flowRegistry.ts';
import { Redaction } from './redaction.ts';
import { rejectBatch } from './rejectBatch.ts';
import { SharedLists } from './sharedLists.ts';

/** An execution that ended. */
export interface Finished {
  readonly summary: ExecutionSummary;
  readonly record: ConsumedRecord;
  /** It was known to have ended: the service, or a producer that tried again, wrote its record twice. */
  readonly again: boolean;
}

/** What came of a batch. */
export interface Ingested {
  readonly changed: boolean;
  /** Executions that ended with this batch, with the record that said so. */
  readonly finished: readonly Finished[];
  /** Executions of which a record came that changed something. */
  readonly heard: readonly ExecutionKey[];
}

/** Records → summaries in the store, or rejected records in their list. Never throws for what a record holds. */
export class Ingest {
  private readonly store: ExecutionStore;
  private readonly rejected: RejectedStore;
  private readonly flows: FlowRegistry;
  private readonly lists = new SharedLists();
  private readonly redaction: Redaction;

  constructor(
    store: ExecutionStore,
    rejected: RejectedStore,
    flows: FlowRegistry,
    redaction = new Redaction(),
  ) {
    this.store = store;
    this.rejected = rejected;
    this.flows = flows;
    this.redaction = redaction;
  }

  take(batch: readonly ConsumedRecord[], receivedMs: Milliseconds): Ingested {
    const finished: Finished[] = [];
    const heard: ExecutionKey[] = [];
    let changed = false;
    for (const record of batch) {
      const decoded = decodeRecord(record, this.redaction.rules);
      if (!decoded.ok) {
        this.rejected.add(decoded.error);
        changed = true;
        continue;
      }
      const { final } = decoded.value;
      const summary = this.slim(decoded.value.summary);
      const again = this.store.get(summary.key)?.final === true;
      const change = this.store.put(summary, final, record, receivedMs);
      if (change === 'unchanged') continue;
      changed = true;
      heard.push(summary.key);
      this.flows.observe(summary);
      if (final) finished.push({ summary, record, again });
    }
    return { changed, finished, heard };
  }

  /** Records that never arrived as such, because their batch can't be read. */
  takeUnreadable(batch: UnreadableBatch): void {
    this.rejected.add(rejectBatch(batch));
  }

  private slim(summary: ExecutionSummary): ExecutionSummary {
    const { nodeIds, nodeNames } = summary;
    const share = (list: readonly string[]) => this.lists.share(list);
    return { ...summary, nodeIds: share(nodeIds), nodeNames: share(nodeNames) };
  }
}
