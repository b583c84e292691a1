import type { Past } from '../analysis/past.ts';
import type { PastExecution } from '../analysis/pastExecution.ts';
import type { Milliseconds } from '../trace/execution.ts';
import { nameOfPast } from './historyRecord.ts';
import type { HistoryState } from './historyState.ts';

/** What of the history on disk is asked here. */
export interface OnDisk {
  /** Grows with each change, of the file that is open as well. */
  readonly revision: number;
  readonly state: HistoryState;
  between(
    fromMs: Milliseconds,
    toMs: Milliseconds,
    most: number,
  ): Promise<readonly PastExecution[]>;
}

/** The window in memory and the history on disk as one: each execution once, as memory has it, unless the disk knows more. */
export class HistoryPast implements Past {
  private readonly memory: Past;
  private readonly disk: OnDisk;

  constructor(memory: Past, disk: OnDisk) {
    this.memory = memory;
    this.disk = disk;
  }

  get revision(): number {
    return this.memory.revision + this.disk.revision;
  }

  get sinceMs(): Milliseconds | null {
    const { state } = this.disk;
    const times = [this.memory.sinceMs, state.kind === 'on' ? state.sinceMs : null];
    const known = times.filter((ms) => ms !== null);
    return known.length === 0 ? null : Math.min(...known);
  }

  async between(
    fromMs: Milliseconds,
    toMs: Milliseconds,
    most: number,
  ): Promise<readonly PastExecution[]> {
    const [inMemory, onDisk] = await Promise.all([
      this.memory.between(fromMs, toMs, most),
      this.disk.between(fromMs, toMs, most),
    ]);
    if (onDisk.length === 0) return inMemory;
    const all = new Map<string, PastExecution>();
    for (const execution of onDisk) all.set(nameOfPast(execution), execution);
    for (const execution of inMemory) {
      const name = nameOfPast(execution);
      const known = all.get(name);
      // Of what memory has no room for it knows the summary alone.
      if (known === undefined || known.nodes.length <= execution.nodes.length) {
        all.set(name, execution);
      }
    }
    const sorted = [...all.values()].sort((a, b) => (a.beginMs ?? 0) - (b.beginMs ?? 0));
    return sorted.slice(Math.max(0, sorted.length - most));
  }
}
