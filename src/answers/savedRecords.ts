import type { Clock } from '../base/clock.ts';
import { err, type Result } from '../base/result.ts';
import { savedLine } from '../decode/savedLine.ts';
import type {
  MissingExecution,
  MissingReason,
  SavedSlice,
  SaveTarget,
} from '../protocol/savedExecutions.ts';
import type { FullRecord } from '../record/recordRoom.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { ExecutionKey } from '../trace/execution.ts';
import type { ListView } from './listView.ts';
import type { RulesOfNow } from '../masking/redactionRules.ts';
import type { ExecutionRecords } from './executionRecords.ts';

/** What is needed of the world. */
export interface SavedRecordsWorld {
  readonly clock: Clock;
  readonly store: ExecutionStore;
  readonly list: ListView;
  readonly room: ExecutionRecords;
  readonly redaction: RulesOfNow;
  /** The workflows of other sids that hang below an execution. */
  readonly calledBy: (key: ExecutionKey) => Promise<readonly ExecutionKey[]>;
  /** Lets everybody else have a turn. */
  readonly turn: () => Promise<void>;
}

/** Between slices everybody else is answered: three frames are not felt. */
const sliceMs = 50;
/** A slice crosses to the host as one message. */
const sliceChars = 1_000_000;

/** Each is opened to see what it called; a tree of more is no longer looked at. */
const mostCalled = 500;

/** Writes executions out as their records, masked, slice by slice; keeps nothing of it. */
export class SavedRecords {
  private readonly world: SavedRecordsWorld;

  constructor(world: SavedRecordsWorld) {
    this.world = world;
  }

  /** What there is to save, oldest first. */
  async keys(target: SaveTarget): Promise<readonly ExecutionKey[]> {
    const { list, store } = this.world;
    if (target.kind === 'list') return list.keys(target.scope, target.filter);
    return store.get(target.key) === undefined ? [] : await this.withCalled(target.key);
  }

  /** The first of `keys`, as many as fit into a slice, at least one. */
  async slice(keys: readonly ExecutionKey[]): Promise<SavedSlice> {
    const { clock } = this.world;
    const endMs = clock.now() + sliceMs;
    const lines: string[] = [];
    const missing: MissingExecution[] = [];
    const counts = { done: 0, executions: 0 };
    let chars = 0;
    for (const key of keys) {
      if (counts.done > 0 && (clock.now() >= endMs || chars >= sliceChars)) break;
      const saved = await this.save(key);
      counts.done++;
      if (saved.lines.length > 0) counts.executions++;
      if (saved.missing !== null) missing.push(saved.missing);
      for (const line of saved.lines) {
        lines.push(line);
        chars += line.length;
      }
    }
    const text = lines.map((line) => `${line}\n`).join('');
    return { ...counts, text, records: lines.length, missing };
  }

  /** An execution and the workflows below it, and those below them: without them its tree would lack branches. */
  private async withCalled(key: ExecutionKey): Promise<readonly ExecutionKey[]> {
    const keys = new Set([key]);
    for (const next of keys) {
      if (keys.size > mostCalled) break;
      // One whose record is gone is named when its turn comes to be saved.
      const called = await this.world.calledBy(next).catch(() => []);
      for (const sub of called) keys.add(sub);
    }
    return [...keys];
  }

  /** An execution and the services it called with its sid. */
  private async save(
    key: ExecutionKey,
  ): Promise<{ lines: string[]; missing: MissingExecution | null }> {
    const { store, clock } = this.world;
    const stored = store.get(key);
    // Its summary left the window while the others were saved: its record is read again by nobody.
    if (stored === undefined) return { lines: [], missing: { name: key, sid: '', why: 'gone' } };
    const lines: string[] = [];
    let why: MissingReason | null = null;
    let endMs = clock.now() + sliceMs;
    for (const saved of store.withSubExecutions(stored)) {
      if (clock.now() >= endMs) {
        // One workflow may have called tens of thousands of times.
        await this.world.turn();
        endMs = clock.now() + sliceMs;
      }
      const found = await this.read(saved);
      if (found.ok) lines.push(savedLine(found.value, saved.summary, this.world.redaction.rules));
      else why ??= found.error;
      // A called service alone would be opened as an execution of its own.
      if (!found.ok && saved === stored) break;
    }
    const { summary } = stored;
    const name = this.world.list.nameOf(summary);
    return { lines, missing: why === null ? null : { name, sid: summary.sid, why } };
  }

  /** Not put back into the store: saving all would push out what is looked at. */
  private async read(stored: StoredExecution): Promise<Result<FullRecord, MissingReason>> {
    // A source that fails now can't give it either; the others may still be saved.
    return this.world.room.read(stored).catch(() => err('sourceFailed'));
  }
}
