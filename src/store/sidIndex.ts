import type { ExecutionKey } from '../trace/execution.ts';

const none: ReadonlySet<ExecutionKey> = new Set();

/** Which executions have one sid: a workflow's, and those of the services it called with its own. */
export class SidIndex {
  private readonly keys = new Map<string, Set<ExecutionKey>>();

  of(sid: string): ReadonlySet<ExecutionKey> {
    return this.keys.get(sid) ?? none;
  }

  add(sid: string, key: ExecutionKey): void {
    const known = this.keys.get(sid);
    if (known === undefined) this.keys.set(sid, new Set([key]));
    else known.add(key);
  }

  remove(sid: string, key: ExecutionKey): void {
    const known = this.keys.get(sid);
    known?.delete(key);
    if (known?.size === 0) this.keys.delete(sid);
  }

  clear(): void {
    this.keys.clear();
  }
}
