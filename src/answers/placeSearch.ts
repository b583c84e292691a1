import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { ExecutionSummary } from '../trace/execution.ts';
import type { FlowRegistry } from './flowRegistry.ts';
import { hasGap, type KnownGaps } from './knownGaps.ts';

/** What is needed to look for places. */
export interface PlaceSearchWorld {
  readonly store: ExecutionStore;
  readonly flows: FlowRegistry;
  readonly gaps: KnownGaps;
  readonly clock: Clock;
  /** Looks into a record, if it is in memory; who knows causes learns of it. */
  readonly readAgain: (entry: StoredExecution) => Promise<void>;
  /** Lets what has arrived meanwhile have its turn. */
  readonly turn: () => Promise<void>;
}

/** No longer does anybody else wait for a turn. */
const sliceMs = 15;

/** What a place was looked for by. */
interface SoughtBy {
  /** The file's version, or else the last good run of the flow: unchanged nothing is looked at. */
  readonly last: string;
  /** The good run that it is told by: another last one is no reason to open the record again. */
  readonly stamp: string;
}

/**
 * Looks for the node at which executions failed that has no entry in their records, as the list shows it: of rows that are
 * seen, and of all once a filter asks for nodes. Each is looked into once, and once more when its flow file or the good
 * run that tells it is another.
 */
export class PlaceSearch implements Disposable {
  private readonly world: PlaceSearchWorld;
  /** What is still to be looked at, the newest last: no more than the store has. */
  private readonly wanted = new Set<StoredExecution>();
  private readonly sought = new WeakMap<ExecutionSummary, SoughtBy>();
  private isLooking = false;

  constructor(world: PlaceSearchWorld) {
    this.world = world;
  }

  /** These are shown; null where all are asked for. */
  want(entries: readonly StoredExecution[] | null): void {
    for (const entry of entries ?? this.world.store.listed) {
      if (hasGap(entry.summary)) this.wanted.add(entry);
    }
    if (this.wanted.size > 0) void this.look();
  }

  dispose(): void {
    this.wanted.clear();
  }

  private async look(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    const { clock, turn } = this.world;
    while (this.wanted.size > 0) {
      // Who shows a list has it first.
      await turn();
      const untilMs = clock.now() + sliceMs;
      const last = new Map<string, string>();
      for (const entry of [...this.wanted].reverse()) {
        if (!this.wanted.delete(entry)) break;
        await this.lookAt(entry, last);
        if (clock.now() >= untilMs) break;
      }
    }
    this.isLooking = false;
  }

  private async lookAt(entry: StoredExecution, lastOf: Map<string, string>): Promise<void> {
    const { gaps, store, readAgain } = this.world;
    const { summary } = entry;
    if (store.get(summary.key) !== entry) return;
    const before = this.sought.get(summary);
    const last = this.lastOf(summary, lastOf);
    if (before?.last === last) return;
    const stamp = last.startsWith(byFile) ? last : gaps.stampOf(entry);
    this.sought.set(summary, { last, stamp });
    if (before?.stamp !== stamp) await readAgain(entry);
  }

  /** Of thousands that failed in one flow it is asked for once. */
  private lastOf(summary: ExecutionSummary, known: Map<string, string>): string {
    const { flows, store } = this.world;
    const document = flows.documentFor(summary);
    if (document !== null) return `${byFile}${String(flows.versionOf(document))}`;
    const { flowId } = summary;
    let last = known.get(flowId);
    if (last === undefined) {
      last = `run ${lastGoodOf(store, flowId)}`;
      known.set(flowId, last);
    }
    return last;
  }
}

const byFile = 'file ';

function lastGoodOf(store: ExecutionStore, flowId: string): string {
  const ever = { fromMs: -Infinity, toMs: Infinity, order: 'newestFirst' } as const;
  for (const { summary, revision } of store.goodOfFlow(flowId, ever)) {
    return `${summary.key} ${String(revision)}`;
  }
  return '';
}
