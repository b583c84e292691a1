/**
 * The pauses before an engine is started again that died soon after its start. One death is no pattern;
 * from the second on it probably dies of what it reads first, and loading and dying in a circle would be felt in
 * all of VS Code. Behind the last pause it stays away: what five tries didn't mend the sixth won't.
 */
const pausesMs = [0, 1_000, 2_000, 4_000, 8_000];
/** A longer life begins the count anew: within a minute the engine has read again what it may have died of. */
const longLifeMs = 60_000;

/** Counts deaths in a row and says when to start again. */
export class Restarts {
  private count = 0;

  get deaths(): number {
    return this.count;
  }

  /** Counts a death after a life of so long; the pause before the next start, or null for none. */
  died(livedMs: number): number | null {
    this.count = livedMs < longLifeMs ? this.count + 1 : 1;
    return pausesMs[this.count - 1] ?? null;
  }

  /** The reader wants it: all tries again. */
  forget(): void {
    this.count = 0;
  }
}
