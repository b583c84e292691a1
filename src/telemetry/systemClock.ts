import type { Clock } from '../base/clock.ts';
import { toDisposable } from '../base/disposable.ts';

/** What is longer ends at once, as Node has it. */
const longestTimerMs = 2 ** 31 - 1;

/** Milliseconds that a timer can wait. */
export function timerMs(ms: number): number {
  return Math.min(ms, longestTimerMs);
}

/**
 * The time from now on as it passes: whoever sets the system's clock meanwhile does not change it. For one execution, or for
 * waiting; what is begun later begins with the system's time again.
 */
export function steadyClock(): Clock {
  const origin = Date.now() - performance.now();
  return { ...systemClock, now: () => Math.round(origin + performance.now()) };
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
