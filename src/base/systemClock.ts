import type { Clock } from './clock.ts';
import { toDisposable } from './disposable.ts';

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return toDisposable(() => {
      clearTimeout(timer);
    });
  },
};
