import type { Clock } from '../base/clock.ts';
import { toDisposable } from '../base/disposable.ts';

/** The time of the world. Its timers keep no process alive: a robot that is done may end. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    timer.unref();
    return toDisposable(() => {
      clearTimeout(timer);
    });
  },
};
