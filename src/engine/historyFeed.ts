import type { PastExecution } from '../analysis/pastExecution.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { History } from '../history/history.ts';
import type { HistoryRecord, NamedPast } from '../history/historyRecord.ts';
import { type ConsumedRecord, headOf, type RecordHead } from '../record/consumedRecord.ts';
import { HeldRecords } from '../record/heldRecords.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { Finished } from '../store/finished.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import { type ExecutionKey, isToolCall, type Milliseconds } from '../trace/execution.ts';

/** So long at once, behind which everybody else has a turn. */
const sliceMs = 5;
/** While records arrive, a slice in each of these: one part of fifty. */
const pauseMs = 250;
/** Fewer than the store keeps, so that they are still there; of a small store half of what it has room for, and at least some. */
const mostWaiting = 20_000;
const fewWaiting = 1_000;
/** Of their bytes. What is over is read again: the store holds most of it, and the topic the rest. */
const mostBytes = 64 * 1024 * 1024;

/** What the feed needs of its world. */
export interface HistoryFeedWorld {
  readonly clock: Clock;
  readonly store: ExecutionStore;
  readonly turn: () => Promise<void>;
  /** Reads a record whose bytes left; undefined where it is gone. */
  readonly read: (stored: StoredExecution) => Promise<ConsumedRecord | undefined>;
  readonly pastOf: (stored: StoredExecution, record: ConsumedRecord) => PastExecution;
  /** The same of its summary alone. */
  readonly summaryOf: (stored: StoredExecution) => PastExecution;
  /** Stands for the rules of masking of now. */
  readonly masks: () => string;
  readonly onFault: (error: unknown) => void;
}

interface Waiting {
  readonly key: ExecutionKey;
  readonly head: RecordHead;
}

/**
 * Takes what ended to the history, behind the live path: of each its record has to be read once more, which takes as
 * long as reading it the first time. What the list shows comes first.
 */
export class HistoryFeed implements Disposable {
  private readonly world: HistoryFeedWorld;
  private history: History | undefined;
  private waiting: Waiting[] = [];
  private at = 0;
  private readonly held = new HeldRecords<Waiting>();
  private arrived = 0;
  private running: Promise<void> | undefined;
  private readonly onRoom: (() => void)[] = [];
  /** Grows when it is told of another history: what was begun for the one before is let go of. */
  private turns = 0;
  private dropped = 0;
  /** Where the record stood that the history has of an execution. */
  private keptAt = new WeakMap<StoredExecution, HistoryRecord['position']>();

  constructor(world: HistoryFeedWorld) {
    this.world = world;
  }

  /** How many were let go of because the history took none for too long; the topic has them. */
  get lost(): number {
    return this.dropped;
  }

  /** From now on for this one; undefined for none. */
  feed(history: History | undefined): void {
    this.turns++;
    this.forget();
    this.history = history;
    this.waiting = [];
    this.at = 0;
    this.held.clear();
    this.wake();
  }

  take(finished: readonly Finished[]): void {
    if (this.history === undefined) return;
    for (const { summary, record } of finished) {
      if (summary.beginMs === null) continue;
      const waiting = { key: summary.key, head: headOf(record) };
      this.waiting.push(waiting);
      this.arrived++;
      const { value } = record;
      // Of a tool call it takes no more than its summary.
      if (value === null || isToolCall(summary.kind)) continue;
      if (this.held.bytes + value.byteLength <= mostBytes) this.held.hold(waiting, value);
    }
    this.dropOldest();
    if (this.left > 0) this.start();
  }

  /** These are in the history. */
  kept(records: readonly HistoryRecord[]): void {
    for (const { execution, position } of records) {
      const stored = this.world.store.get(execution.key);
      if (stored !== undefined) this.keptAt.set(stored, position);
    }
  }

  /** Whether the history has an execution as it is. */
  has(stored: StoredExecution): boolean {
    const at = this.keptAt.get(stored);
    if (at?.partition !== stored.record.partition) return false;
    // Written twice, the store may have the first.
    return at.offset === stored.record.offset || BigInt(at.offset) > BigInt(stored.record.offset);
  }

  /** Nothing is in the history any more. */
  forget(): void {
    this.keptAt = new WeakMap();
  }

  /** Resolves when there is room: who reads a long topic waits for it, unless the history itself is stuck. */
  async room(): Promise<void> {
    while (this.isFull) {
      await new Promise<void>((resolve) => {
        this.onRoom.push(resolve);
      });
    }
  }

  /** The history takes more again. */
  wake(): void {
    for (const resume of this.onRoom.splice(0)) resume();
    if (this.left > 0) this.start();
  }

  /** Resolves when all that was taken is with the history, or after so long: what is left the topic has. */
  async settled(mostMs: Milliseconds): Promise<void> {
    const waited = { isOver: false };
    let timer: Disposable | undefined;
    const over = new Promise<void>((resolve) => {
      timer = this.world.clock.after(mostMs, () => {
        waited.isOver = true;
        resolve();
      });
    });
    while (this.running !== undefined && !waited.isOver) await Promise.race([this.running, over]);
    timer?.dispose();
  }

  dispose(): void {
    this.feed(undefined);
  }

  private get left(): number {
    return this.waiting.length - this.at;
  }

  private get isFull(): boolean {
    const kept = Math.max(fewWaiting, this.world.store.capacity / 2);
    return this.left > Math.min(mostWaiting, kept) && !this.isStuck;
  }

  /** What is in trouble is not waited for. */
  private get isStuck(): boolean {
    const kind = this.history?.state.kind;
    return kind !== 'on' && kind !== 'opening';
  }

  private dropOldest(): void {
    if (!this.isStuck) return;
    for (; this.left > mostWaiting; this.dropped++) this.next();
  }

  private start(): void {
    if (this.running !== undefined || this.history?.hasRoom !== true) return;
    this.running = this.run(this.history, this.turns).finally(() => {
      this.running = undefined;
      if (this.left > 0) this.start();
    });
  }

  private async run(history: History, turns: number): Promise<void> {
    while (this.turns === turns && this.left > 0 && history.hasRoom) {
      const before = this.arrived;
      await this.world.turn();
      const { records, subs } = await this.slice(turns);
      if (this.turns !== turns) return;
      history.add(records, subs);
      for (const resume of this.onRoom.splice(0)) resume();
      const isBusy = this.arrived !== before;
      // Full, the reader waits for it.
      if (isBusy && !this.isFull) await this.pause();
    }
  }

  private async slice(turns: number) {
    const { clock, store, masks } = this.world;
    const records: HistoryRecord[] = [];
    const subs: NamedPast[] = [];
    const endMs = clock.now() + sliceMs;
    do {
      const next = this.next();
      const stored = next && store.get(next.key);
      // It left the window, or goes by another key since.
      if (next === undefined || stored === undefined) continue;
      const { isSubExecution: isSub, summary } = stored;
      const isTool = isToolCall(summary.kind);
      // They are counted with what called them, and many.
      if (isTool && isSub) continue;
      const record = isTool ? null : (next.record ?? (await this.world.read(stored)));
      if (record === undefined || this.turns !== turns) continue;
      const execution = this.pastOf(stored, record);
      if (execution === undefined) continue;
      const { partition, offset } = record ?? stored.record;
      records.push({ execution, position: { partition, offset }, masks: masks(), isSub });
      for (const { summary } of store.subExecutionsOf(stored)) subs.push(named(summary));
    } while (this.left > 0 && clock.now() < endMs);
    return { records, subs };
  }

  /** What can't be read as an execution now was read as one before: that is a fault of ours, and no reason to stop. */
  private pastOf(
    stored: StoredExecution,
    record: ConsumedRecord | null,
  ): PastExecution | undefined {
    try {
      if (record === null) return this.world.summaryOf(stored);
      return this.world.pastOf(stored, record);
    } catch (error) {
      this.world.onFault(error);
      return undefined;
    }
  }

  private next(): { key: ExecutionKey; record: ConsumedRecord | undefined } | undefined {
    const next = this.waiting[this.at];
    if (next === undefined) return undefined;
    this.at++;
    const value = this.held.of(next);
    this.held.drop(next);
    // Not one by one: each would move all that wait.
    if (this.at > 1_000 && this.at * 2 > this.waiting.length) {
      this.waiting = this.waiting.slice(this.at);
      this.at = 0;
    }
    return { key: next.key, record: value && { ...next.head, key: null, value } };
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      this.world.clock.after(pauseMs, resolve);
    });
  }
}

function named({ kind, key, beginMs }: NamedPast): NamedPast {
  return { kind, key, beginMs };
}
