import type { Clock } from '../base/clock.ts';

/** From one turn of an answer to its next it takes less; one that takes longer waits itself, as for a record of the topic. */
const mostIdleMs = 200;
/** Whoever clicks on and on has what stands behind go on so often. */
const mostBehindMs = 500;

/**
 * Knows whether somebody waits for an answer. All that nobody waits for yet (what is prepared, compared and counted before
 * anybody asks) takes its turns behind that, so that a click costs the same whatever else is going on.
 */
export class Foreground {
  private readonly clock: Clock;
  private readonly loopTurn: () => Promise<void>;
  private answers = 0;
  /** When an answer was begun, or had its turn, last. */
  private wentOnMs = -Infinity;
  private readonly behindIt = new Set<() => void>();

  constructor(clock: Clock, loopTurn: () => Promise<void>) {
    this.clock = clock;
    this.loopTurn = loopTurn;
  }

  /** Makes an answer that somebody waits for. */
  async during<T>(answer: () => T | Promise<T>): Promise<T> {
    this.answers++;
    this.wentOnMs = this.clock.now();
    try {
      return await answer();
    } finally {
      this.answers--;
      if (this.answers === 0) for (const goOn of [...this.behindIt]) goOn();
    }
  }

  /** A turn of such an answer: what has arrived meanwhile is handled. */
  async turn(): Promise<void> {
    await this.loopTurn();
    this.wentOnMs = this.clock.now();
  }

  /** The turn of what nobody waits for: the next one at which no answer goes on, or half a second later. */
  async behind(): Promise<void> {
    const untilMs = this.clock.now() + mostBehindMs;
    // What is given out goes out first, and what is asked for next comes in.
    await this.loopTurn();
    for (;;) {
      const leftMs = Math.min(untilMs, this.wentOnMs + mostIdleMs) - this.clock.now();
      if (this.answers === 0 || leftMs <= 0) return;
      await this.answered(leftMs);
      await this.loopTurn();
    }
  }

  /** Resolves once all is answered, or so much later. */
  private answered(mostMs: number): Promise<void> {
    return new Promise((resolve) => {
      const goOn = () => {
        patience.dispose();
        this.behindIt.delete(goOn);
        resolve();
      };
      const patience = this.clock.after(mostMs, goOn);
      this.behindIt.add(goOn);
    });
  }
}
