import type { Clock } from '../base/clock.ts';
import { toDisposable } from '../base/disposable.ts';

/** The clock of the machine. */
export const hostClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return toDisposable(() => {
      clearTimeout(timer);
    });
  },
};
