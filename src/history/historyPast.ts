import type { Past } from '../analysis/past.ts';
import type { PastExecution } from '../analysis/pastExecution.ts';
import type { Milliseconds } from '../trace/execution.ts';
import { nameOfPast } from './historyRecord.ts';
import { KeptPast, type OnDisk } from './keptPast.ts';

/** The window in memory and the history on disk as one: each execution once, as memory has it, unless the disk knows more. */
export class HistoryPast implements Past {
  private readonly memory: Past;
  private readonly disk: OnDisk;
  private readonly kept: KeptPast;

  constructor(memory: Past, disk: OnDisk, now: () => Milliseconds) {
    this.memory = memory;
    this.disk = disk;
    this.kept = new KeptPast(disk, now);
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
      this.kept.newest(most),
    ]);
    if (onDisk.size === 0) return inMemory;
    const all = new Map(
      [...onDisk].filter(([, { beginMs }]) => (beginMs ?? 0) >= fromMs && (beginMs ?? 0) < toMs),
    );
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
