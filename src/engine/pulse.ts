import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';

/** So much longer than its work took is the pause behind it: however much there is, it takes a tenth of the time. */
const pauseFactor = 9;

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
  private disposed = false;

  constructor(clock: Clock, intervalMs: number, work: () => void) {
    this.clock = clock;
    this.intervalMs = intervalMs;
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

  private run(): void {
    this.pending = false;
    const beginMs = this.clock.now();
    // Work that throws must not leave the pulse without its timer.
    try {
      this.work();
    } finally {
      const pauseMs = Math.max(this.intervalMs, pauseFactor * (this.clock.now() - beginMs));
      this.timer = this.clock.after(pauseMs, () => {
        this.timer = undefined;
        if (this.pending) this.run();
      });
    }
  }
}
