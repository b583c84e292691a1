import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';

/** Timers by name: each replaces its predecessor, and none runs once disposed. */
export class Timers<Name extends string> implements Disposable {
  private readonly clock: Clock;
  private readonly running = new Map<Name, Disposable>();
  private disposed = false;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  start(name: Name, ms: number, run: () => void | Promise<void>): void {
    this.stop(name);
    if (this.disposed) return;
    const timer = this.clock.after(ms, () => {
      this.running.delete(name);
      void run();
    });
    this.running.set(name, timer);
  }

  stop(name: Name): void {
    this.running.get(name)?.dispose();
    this.running.delete(name);
  }

  dispose(): void {
    this.disposed = true;
    for (const timer of this.running.values()) timer.dispose();
    this.running.clear();
  }
}
