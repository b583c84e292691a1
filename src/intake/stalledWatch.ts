import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { ExecutionStore } from '../store/executionStore.ts';
import type { StoredExecution } from '../store/storedExecution.ts';
import type { ExecutionKey, Milliseconds } from '../trace/execution.ts';

/** What the watch needs of its world. */
export interface StalledWatchWorld {
  readonly store: ExecutionStore;
  readonly clock: Clock;
  /** Executions became stalled, or run again. */
  readonly onChange: () => void;
}

/** Before settings arrive; the same as the setting's default, which says why. */
const defaultAfterMs = 300_000;
/** History comes in one go: the end of what began long ago may be some batches behind its snapshot. */
const graceMs = 2_000;

/** So often it looks at most: each look is at all that goes on, and thousands may fall due one after the other. */
const leastPauseMs = 100;

/** Marks executions as stalled whose snapshots stopped without an end; the next record of one unmarks it. */
export class StalledWatch implements Disposable {
  private readonly world: StalledWatchWorld;
  private afterMs = defaultAfterMs;
  /**
   * When each execution that goes on becomes stalled: few at a time, so they are looked through. What left the
   * store leaves at the next look, so it holds little more than the store does.
   */
  private readonly due = new Map<ExecutionKey, Milliseconds>();
  private timer: Disposable | undefined;
  private timerMs = Number.POSITIVE_INFINITY;

  constructor(world: StalledWatchWorld) {
    this.world = world;
  }

  /** Sets after which silence an execution is stalled; those it no longer fits run again. */
  setDelay(afterMs: Milliseconds): void {
    if (afterMs === this.afterMs) return;
    this.afterMs = afterMs;
    const { store, clock, onChange } = this.world;
    let changed = false;
    for (const entry of [...store.oldestFirst]) {
      const { key, outcome } = entry.summary;
      if (outcome === 'stalled' && entry.reportedMs + afterMs > clock.now()) {
        store.setOutcome(key, 'running');
        changed = true;
      }
      if (outcome === 'running' || outcome === 'stalled') this.reported(key);
    }
    if (changed) onChange();
  }

  /** A record of an execution came: a snapshot, or its end. */
  reported(key: ExecutionKey): void {
    const entry = this.world.store.get(key);
    if (entry?.summary.outcome !== 'running') {
      this.due.delete(key);
      return;
    }
    const dueMs = this.dueOf(entry);
    this.due.set(key, dueMs);
    this.forgetWhatLeft();
    if (dueMs < this.timerMs) this.setTimer(dueMs);
  }

  dispose(): void {
    this.timer?.dispose();
    this.due.clear();
  }

  private dueOf({ reportedMs }: StoredExecution): Milliseconds {
    return Math.max(reportedMs + this.afterMs, this.world.clock.now() + graceMs);
  }

  private forgetWhatLeft(): void {
    const { store } = this.world;
    // Behind each as many others came, so that the scan costs each of them a step.
    if (this.due.size <= 2 * store.size + 16) return;
    for (const key of this.due.keys()) if (store.get(key) === undefined) this.due.delete(key);
  }

  private setTimer(atMs: Milliseconds): void {
    this.timer?.dispose();
    this.timerMs = atMs;
    const { clock } = this.world;
    this.timer = clock.after(Math.max(0, atMs - clock.now()), () => {
      this.timerMs = Number.POSITIVE_INFINITY;
      this.look();
    });
  }

  private look(): void {
    const { store, clock, onChange } = this.world;
    let changed = false;
    const nowMs = clock.now();
    let nextMs = Number.POSITIVE_INFINITY;
    for (const [key, dueMs] of this.due) {
      if (dueMs > nowMs) {
        nextMs = Math.min(nextMs, dueMs);
        continue;
      }
      this.due.delete(key);
      if (store.get(key)?.summary.outcome !== 'running') continue;
      store.setOutcome(key, 'stalled');
      changed = true;
    }
    if (nextMs < Number.POSITIVE_INFINITY) this.setTimer(Math.max(nextMs, nowMs + leastPauseMs));
    if (changed) onChange();
  }
}
