import type { Clock } from '../base/clock.ts';
import { toDisposable } from '../base/disposable.ts';

/** What is longer ends at once, as Node has it. */
const longestTimerMs = 2 ** 31 - 1;

/** Milliseconds that a timer can wait. */
export function timerMs(ms: number): number {
  return Math.min(ms, longestTimerMs);
}

/** The time of the world. Its timers keep no process alive: a robot that is done may end. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, timerMs(ms));
    timer.unref();
    return toDisposable(() => {
      clearTimeout(timer);
    });
  },
};
