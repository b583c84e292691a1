import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { Log } from '../base/log.ts';
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
  /** Looks into a record, and says whether it is in memory; who knows causes learns of it. */
  readonly readAgain: (entry: StoredExecution) => Promise<boolean>;
  /** What was known of its place holds no longer. */
  readonly forget: (summary: ExecutionSummary) => void;
  readonly log: Log;
  /** Lets what has arrived meanwhile have its turn. */
  readonly turn: () => Promise<void>;
}

/** No longer does anybody else wait for a turn. */
const sliceMs = 15;

/** A second's work in all, beside what goes on: whoever types a word mostly means no node. */
const mostForWords = 500;

/** What told a place: unchanged nothing is looked at. */
type ToldBy =
  | { readonly kind: 'file'; readonly version: number }
  | { readonly kind: 'goodRun'; readonly stamp: string };

/**
 * Looks for the node at which executions failed that has no entry in their records, as the list shows it: of rows that are
 * seen, of all once a filter asks for nodes, and of the newest once it holds a word. Each is looked into once, and once more when its flow file or the good
 * run that tells it is another.
 */
export class PlaceSearch implements Disposable {
  private readonly world: PlaceSearchWorld;
  /** What is still to be looked at, each once; the last first. No more than the store has. */
  private readonly wanted: StoredExecution[] = [];
  private readonly isWanted = new Set<StoredExecution>();
  private readonly toldBy = new WeakMap<ExecutionSummary, ToldBy>();
  private isLooking = false;

  constructor(world: PlaceSearchWorld) {
    this.world = world;
  }

  /** These are shown; or all are asked for, or the newest of all. */
  want(entries: readonly StoredExecution[] | 'all' | 'newest'): void {
    const { listed } = this.world.store;
    const some = entries === 'newest' ? newestGaps(listed) : entries === 'all' ? listed : entries;
    for (const entry of some) {
      if (!hasGap(entry.summary) || this.isWanted.has(entry)) continue;
      this.isWanted.add(entry);
      this.wanted.push(entry);
    }
    if (this.wanted.length > 0) void this.look();
  }

  /** Somebody looked into its record: what he learned is told by what is known now. */
  learned(summary: ExecutionSummary): void {
    const entry = this.world.store.get(summary.key);
    if (entry?.summary === summary) this.toldBy.set(summary, this.tellerOf(entry));
  }

  dispose(): void {
    this.wanted.length = 0;
    this.isWanted.clear();
  }

  private async look(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    try {
      while (this.wanted.length > 0) {
        // Who shows a list has it first.
        await this.world.turn();
        await this.lookForSlice();
      }
    } finally {
      this.isLooking = false;
    }
  }

  private async lookForSlice(): Promise<void> {
    const { clock, log } = this.world;
    const untilMs = clock.now() + sliceMs;
    for (let entry = this.wanted.pop(); entry !== undefined; entry = this.wanted.pop()) {
      this.isWanted.delete(entry);
      try {
        await this.lookAt(entry);
      } catch (error) {
        log('warn', `The place of a failure is not looked for: ${String(error)}`);
      }
      if (clock.now() >= untilMs) return;
    }
  }

  private async lookAt(entry: StoredExecution): Promise<void> {
    const { store, readAgain, forget } = this.world;
    const { summary } = entry;
    if (store.get(summary.key) !== entry) return;
    const before = this.toldBy.get(summary);
    const teller = this.tellerOf(entry);
    if (before !== undefined && isSame(before, teller)) return;
    this.toldBy.set(summary, teller);
    if (await readAgain(entry)) return;
    // Who opens it reads it from the topic, and its place is learned then.
    this.toldBy.delete(summary);
    forget(summary);
  }

  private tellerOf(entry: StoredExecution): ToldBy {
    const { flows, gaps } = this.world;
    const document = flows.documentFor(entry.summary);
    return document === null
      ? { kind: 'goodRun', stamp: gaps.stampOf(entry) }
      : { kind: 'file', version: flows.versionOf(document) };
  }
}

/** Oldest first, as they are listed. */
function newestGaps(listed: readonly StoredExecution[]): readonly StoredExecution[] {
  const found: StoredExecution[] = [];
  for (let index = listed.length - 1; index >= 0 && found.length < mostForWords; index--) {
    const entry = listed[index];
    if (entry !== undefined && hasGap(entry.summary)) found.push(entry);
  }
  return found.reverse();
}

function isSame(one: ToldBy, other: ToldBy): boolean {
  return one.kind === 'file'
    ? other.kind === 'file' && one.version === other.version
    : other.kind === 'goodRun' && one.stamp === other.stamp;
}
