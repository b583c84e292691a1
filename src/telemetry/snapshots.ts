import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';

/** A snapshot may take this share of the time between two; a long trace is sent less often. */
const shareOfTime = 0.02;
/** An execution that is over sooner sends its final record alone. */
const firstAfterMs = 200;

/** Calls `send` some time after something has changed, never more often than the interval. */
export class Snapshots {
  private readonly intervalMs: number;
  private readonly clock: Clock;
  private readonly send: () => void;
  private earliestMs: number;
  private timer: Disposable | undefined;
  private ended = false;

  constructor(intervalMs: number, clock: Clock, send: () => void) {
    this.intervalMs = intervalMs;
    this.clock = clock;
    this.send = send;
    this.earliestMs = clock.now() + Math.min(firstAfterMs, intervalMs);
  }

  changed(): void {
    if (this.timer !== undefined || this.ended) return;
    this.timer = this.clock.after(Math.max(0, this.earliestMs - this.clock.now()), () => {
      this.timer = undefined;
      const beganMs = performance.now();
      this.send();
      const costMs = performance.now() - beganMs;
      this.earliestMs = this.clock.now() + Math.max(this.intervalMs, costMs / shareOfTime);
    });
  }

  end(): void {
    this.ended = true;
    this.timer?.dispose();
    this.timer = undefined;
  }
}
