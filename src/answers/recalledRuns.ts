import { flowOf } from '../analysis/asPast.ts';
import type { OpenedRecord } from '../decode/decodeExecution.ts';
import type { Term } from '../query/terms.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { Milliseconds } from '../trace/execution.ts';
import {
  allSinceMs,
  type EarlierPast,
  type EarlierPlace,
  type EarlierRecord,
  recalledOf,
  type WindowReach,
} from './earlierPast.ts';
import { summaryRecord } from './pastSummary.ts';

/** What it needs of the world. */
export interface RecalledWorld extends WindowReach {
  readonly store: ExecutionStore;
  readonly past: Pick<EarlierPast, 'find' | 'under'>;
  /** The record of one of them is gone. */
  readonly onLost: () => void;
}

/** Of a flow that ran seldom among others: some 50,000 executions are looked at, in well under a second. */
const mostSteps = 10;
/** As many as can begin in one moment. */
const mostAtOnce = 5_000;

/** Executions of the history, one by one: those of a flow, and what is opened of them. */
export class RecalledRuns {
  private readonly world: RecalledWorld;
  private readonly prepared = new WeakSet<StoredExecution>();

  constructor(world: RecalledWorld) {
    this.world = world;
  }

  /** Makes an execution of the history whole, with what stands under it, before it is opened. */
  async prepare(stored: StoredExecution): Promise<void> {
    const { store, past } = this.world;
    const { sid, kind, beginMs, durationMs } = stored.summary;
    if (store.recalled.get(stored.summary.key) !== stored || this.prepared.has(stored)) return;
    this.prepared.add(stored);
    if (kind !== 'workflow' || beginMs === null) return;
    const subs = await past.under({ sid, beginMs, durationMs: durationMs ?? 0 });
    if (subs.length > 0) store.recalled.putUnder(stored, subs.flatMap(recalledOf));
  }

  /** The last executions of a flow from before the window, newest first; none where the history can't tell. */
  ofFlow(stored: StoredExecution, most: number): Promise<readonly StoredExecution[]> {
    return this.lastOf(stored, most, [], allSinceMs(this.world));
  }

  /** Those before an execution of its flow that went well, newest first, whether their records are still there or not. */
  goodBefore(stored: StoredExecution, most: number): Promise<readonly StoredExecution[]> {
    const good: Term = {
      ...{ range: { from: 0, to: 0 }, excludes: false },
      condition: { kind: 'status', outcome: 'succeeded' },
    };
    return this.lastOf(stored, most, [good], Math.min(stored.sortMs, allSinceMs(this.world)));
  }

  private async lastOf(
    { summary }: StoredExecution,
    most: number,
    terms: readonly Term[],
    beginMs: Milliseconds,
  ): Promise<readonly StoredExecution[]> {
    const { store, past } = this.world;
    const found: StoredExecution[] = [];
    const flows = [flowOf(summary)];
    let from: EarlierPlace | null = { beginMs, id: Number.MAX_SAFE_INTEGER };
    for (let step = 0; step < mostSteps && from !== null && found.length < most; step++) {
      const search = { flows, from, terms, downToMs: -Infinity, most: most - found.length };
      const page = await past.find(search);
      if (page === null) break;
      for (const each of page.records) {
        if (store.has(each.past.key) || each.past.key === summary.key) continue;
        for (const recalled of recalledOf(each)) {
          const entry = store.recalled.put(recalled);
          if (each.isGone) store.recalled.lose(entry);
          found.push(entry);
        }
      }
      from = page.next;
    }
    return found;
  }

  /** What is known of an execution whose record is gone; undefined where that is nothing. */
  async summaryOf(stored: StoredExecution): Promise<OpenedRecord | undefined> {
    const { store, past } = this.world;
    const { key, kind, sid } = stored.summary;
    if (store.recalled.get(key) !== stored) return undefined;
    const beginMs = stored.sortMs;
    const records = stored.isSubExecution
      ? await past.under({ sid, beginMs, durationMs: 0 })
      : await this.allAt(beginMs);
    const found = records.find((each) => each.past.key === key && each.past.kind === kind);
    if (found === undefined) return undefined;
    store.recalled.lose(stored);
    this.world.onLost();
    return summaryRecord(found.past);
  }

  private async allAt(beginMs: Milliseconds): Promise<readonly EarlierRecord[]> {
    const from = { beginMs, id: Number.MAX_SAFE_INTEGER };
    const search = { terms: [], flows: null, from, downToMs: beginMs, most: mostAtOnce };
    return (await this.world.past.find(search))?.records ?? [];
  }
}
