import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';

/** So much longer than its work took is the pause behind it: however much there is, it takes a tenth of the time. */
const pauseFactor = 9;

/**
 * Each time that there was something to wait for, the pause doubles, up to so many milliseconds: while a backlog is
 * read nobody follows sixty lists a second, and each wakes the thread and the page that it is sent to.
 */
const longestPauseMs = 128;

/**
 * Runs work at most once per interval: at once when it has been quiet (a single record is on the screen
 * without delay), and at the interval's end for whatever came meanwhile (a flood costs one frame's work).
 */
export class Pulse implements Disposable {
  private readonly clock: Clock;
  private readonly intervalMs: number;
  private readonly work: () => void;
  private timer: Disposable | undefined;
  private pending = false;
  private pauseMs: number;
  private disposed = false;

  constructor(clock: Clock, intervalMs: number, work: () => void) {
    this.clock = clock;
    this.intervalMs = intervalMs;
    this.pauseMs = intervalMs;
    this.work = work;
  }

  /** Asks for the work to be done. */
  beat(): void {
    if (this.disposed) return;
    if (this.timer !== undefined) {
      this.pending = true;
      return;
    }
    this.run();
  }

  dispose(): void {
    this.disposed = true;
    this.timer?.dispose();
  }

  private longer(): number {
    return Math.max(this.intervalMs, Math.min(longestPauseMs, 2 * this.pauseMs));
  }

  private run(): void {
    this.pending = false;
    const beginMs = this.clock.now();
    // Work that throws must not leave the pulse without its timer.
    try {
      this.work();
    } finally {
      const pauseMs = Math.max(this.pauseMs, pauseFactor * (this.clock.now() - beginMs));
      this.timer = this.clock.after(pauseMs, () => {
        this.timer = undefined;
        this.pauseMs = this.pending ? this.longer() : this.intervalMs;
        if (this.pending) this.run();
      });
    }
  }
}
