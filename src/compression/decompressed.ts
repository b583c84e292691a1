/** What is decompressed would be more than the limit. */
export class TooLargeError extends Error {
  constructor(limit: number, unit: 'bytes' | 'messages' | 'frames' = 'bytes') {
    super(`more than ${limit} ${unit}`);
    this.name = 'TooLargeError';
  }
}

/** zlib's words for a limit that was reached. */
const tooLargeCodes = new Set(['ERR_BUFFER_TOO_LARGE', 'ZSTD_error_frameParameter_windowTooLarge']);

/** Whether decompressing ended at a limit, of ours or of zlib's. */
export function isTooLarge(error: unknown): boolean {
  if (error instanceof TooLargeError) return true;
  return error instanceof Error && 'code' in error && tooLargeCodes.has(String(error.code));
}

/** Collects what is decompressed, and refuses to hold more than its limit. */
export class Decompressed {
  readonly maxBytes: number;
  private buffer: Uint8Array = new Uint8Array(0);
  private used = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  get left(): number {
    return this.maxBytes - this.used;
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

  /** The same of bytes that nobody else writes to: the first are kept as they are, a file's would be there twice. */
  adopt(bytes: Uint8Array): void {
    if (this.used > 0) {
      this.add(bytes);
      return;
    }
    this.expect(bytes.length);
    this.buffer = bytes;
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
