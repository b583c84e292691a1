/** What is decompressed would be more than the limit, in bytes or in messages. */
export class TooLargeError extends Error {
  constructor(limit: number, unit: 'bytes' | 'messages' = 'bytes') {
    super(`more than ${limit} ${unit}`);
    this.name = 'TooLargeError';
  }
}

/** Collects what is decompressed, and refuses to hold more than its limit. */
export class Decompressed {
  readonly maxBytes: number;
  private buffer = new Uint8Array(0);
  private used = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /**
   * Room for `bytes` more, with the last `history` bytes before it. What is written there counts only once
   * `wrote` has said so; up to the limit less room than asked for is given.
   */
  room(bytes: number, history = 0): Uint8Array {
    const end = Math.min(this.used + bytes, this.maxBytes);
    if (end > this.buffer.length) {
      const larger = new Uint8Array(Math.min(this.maxBytes, Math.max(2 * this.used, end)));
      larger.set(this.buffer.subarray(0, this.used));
      this.buffer = larger;
    }
    return this.buffer.subarray(this.used - history, end);
  }

  wrote(bytes: number): void {
    this.used += bytes;
  }

  add(bytes: Uint8Array): void {
    this.expect(bytes.length);
    this.room(bytes.length).set(bytes);
    this.wrote(bytes.length);
  }

  /** Throws when there isn't room for `bytes` more. */
  expect(bytes: number): void {
    if (this.used + bytes > this.maxBytes) throw new TooLargeError(this.maxBytes);
  }

  taken(): Uint8Array {
    return this.buffer.subarray(0, this.used);
  }
}
