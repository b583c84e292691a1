import type { Clock } from '../../src/base/clock.ts';
import { toDisposable } from '../../src/base/disposable.ts';

interface Timer {
  readonly atMs: number;
  readonly callback: () => void;
}

/** A clock that stands still until the test moves it. */
export class ManualClock implements Clock {
  private timeMs: number;
  private readonly timers = new Set<Timer>();

  constructor(startMs = 0) {
    this.timeMs = startMs;
  }

  now(): number {
    return this.timeMs;
  }

  /** How many timers wait. */
  get waiting(): number {
    return this.timers.size;
  }

  after(ms: number, callback: () => void) {
    const timer = { atMs: this.timeMs + ms, callback };
    this.timers.add(timer);
    return toDisposable(() => this.timers.delete(timer));
  }

  /** Moves on by `ms`, running what falls due in order. */
  advance(ms: number): void {
    const endMs = this.timeMs + ms;
    for (;;) {
      const next = [...this.timers].sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined || next.atMs > endMs) break;
      this.timers.delete(next);
      this.timeMs = next.atMs;
      next.callback();
    }
    this.timeMs = endMs;
  }
}
