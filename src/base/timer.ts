import type { Clock } from './clock.ts';
import type { Disposable } from './disposable.ts';

/** One timer at a time: set again it forgets the one before, and when it has fired nothing is left of it. */
export class Timer implements Disposable {
  private readonly clock: Clock;
  private running: Disposable | undefined;
  private disposed = false;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  get isSet(): boolean {
    return this.running !== undefined;
  }

  /** Runs `callback` once after `ms` milliseconds; after disposal never. */
  set(ms: number, callback: () => void): void {
    this.clear();
    if (this.disposed) return;
    this.running = this.clock.after(ms, () => {
      this.running = undefined;
      callback();
    });
  }

  clear(): void {
    this.running?.dispose();
    this.running = undefined;
  }

  dispose(): void {
    this.disposed = true;
    this.clear();
  }
}
