/** What the object around a record takes, its views on key and value included. */
const messageBytes = 512;

/** How much of one answer of a broker may be in memory at once. What doesn't fit is asked for again. */
export class FetchBudget {
  private readonly total: number;
  private taken = 0;

  constructor(totalBytes: number) {
    this.total = totalBytes;
  }

  /** Nothing is taken yet: what doesn't fit now never will. */
  get isFresh(): boolean {
    return this.taken === 0;
  }

  get isUsed(): boolean {
    return this.taken >= this.total;
  }

  get left(): number {
    return Math.max(0, this.total - this.taken);
  }

  /** A batch was decompressed. */
  take(bytes: number): void {
    this.taken += bytes;
  }

  /** Counted for themselves: an empty record is a byte or seven in its batch. */
  takeMessage(): void {
    this.taken += messageBytes;
  }

  /** Something was decompressed up to the limit and given up: no more of that in this answer. */
  use(): void {
    this.taken = this.total;
  }
}
