import type { Clock } from '../../src/base/clock.ts';
import type { Disposable } from '../../src/base/disposable.ts';

/** Long enough not to interrupt who types on, short enough to be the answer to what was typed. */
export const pauseMs = 600;

/** Tells when the reader has stopped typing. */
export class TypingPause {
  private readonly clock: Clock;
  private readonly onPause: () => void;
  private timer: Disposable | null = null;

  constructor(clock: Clock, onPause: () => void) {
    this.clock = clock;
    this.onPause = onPause;
  }

  typed(): void {
    this.timer?.dispose();
    this.timer = this.clock.after(pauseMs, () => {
      this.end();
    });
  }

  /** Without waiting. */
  end(): void {
    this.timer?.dispose();
    this.timer = null;
    this.onPause();
  }
}
