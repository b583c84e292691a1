/** What the object around a record takes, its views on key and value included. */
const messageBytes = 512;

/**
 * How much of one answer of a broker may be in memory at once. What doesn't fit is asked for again. Messages have a
 * sum of their own, as large as that of decompressed bytes: out of what a large batch leaves of one sum for both, it
 * would be delivered record by record, and be decompressed for each.
 */
export class FetchBudget {
  /** How many messages there may be. */
  readonly mostMessages: number;
  private readonly totalBytes: number;
  private bytes = 0;
  private messages = 0;

  constructor(totalBytes: number) {
    this.totalBytes = totalBytes;
    this.mostMessages = Math.floor(totalBytes / messageBytes);
  }

  /** Nothing is taken yet: what doesn't fit now never will. */
  get isFresh(): boolean {
    return this.bytes === 0 && this.messages === 0;
  }

  get isUsed(): boolean {
    return this.bytes >= this.totalBytes || !this.takesMessages;
  }

  /** Whether there is room for one more message. */
  get takesMessages(): boolean {
    return this.messages < this.mostMessages;
  }

  /** How many decompressed bytes there is room for. */
  get left(): number {
    return Math.max(0, this.totalBytes - this.bytes);
  }

  /** A batch was decompressed. */
  take(bytes: number): void {
    this.bytes += bytes;
  }

  /** Counted for themselves: an empty record is a byte or seven in its batch. */
  takeMessage(): void {
    this.messages++;
  }

  /** Something was decompressed up to the limit and given up: no more of that in this answer. */
  use(): void {
    this.bytes = this.totalBytes;
  }
}
