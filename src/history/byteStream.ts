const utf8 = new TextEncoder();
const text8 = new TextDecoder();

/** Writes numbers as short as they are, and texts. */
export class ByteWriter {
  private bytes = new Uint8Array(256);
  private length = 0;

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** A whole number from 0 on: seven bits a byte. What is broken is rounded. */
  count(value: number): void {
    let left = Math.max(0, Math.min(Number.MAX_SAFE_INTEGER, Math.round(value)));
    while (left >= 0x80) {
      this.byte((left % 0x80) | 0x80);
      left = Math.floor(left / 0x80);
    }
    this.byte(left);
  }

  /** The same for one that may be below 0. */
  whole(value: number): void {
    const rounded = Math.round(value);
    this.count(rounded < 0 ? -rounded * 2 - 1 : rounded * 2);
  }

  text(value: string): void {
    const bytes = utf8.encode(value);
    this.count(bytes.length);
    this.raw(bytes);
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** What was written, as bytes of its own. */
  done(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}

const endsEarly = 'The bytes end too early';

/** Reads what a `ByteWriter` wrote; throws where the bytes end too early. */
export class ByteReader {
  private readonly bytes: Uint8Array;
  private readonly end: number;
  private at: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get isAtEnd(): boolean {
    return this.at >= this.end;
  }

  /** How many bytes follow. */
  get left(): number {
    return this.end - this.at;
  }

  byte(): number {
    const value = this.bytes[this.at++];
    if (value === undefined || this.at > this.end) throw new RangeError(endsEarly);
    return value;
  }

  count(): number {
    const first = this.byte();
    // Nearly all are as small.
    if (first < 0x80) return first;
    let value = first & 0x7f;
    let factor = 0x80;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 0x80;
    }
  }

  whole(): number {
    const value = this.count();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  text(): string {
    return text8.decode(this.raw(this.count()));
  }

  raw(length: number): Uint8Array {
    return this.bytes.subarray(this.at, this.passed(length));
  }

  /** The same without an array of its own, which costs as much as to read what is in it. */
  part(length: number): ByteReader {
    return new ByteReader(this.bytes, this.at, this.passed(length));
  }

  /** Goes on behind so many; gives where that is. */
  private passed(length: number): number {
    const end = this.at + length;
    if (end > this.end) throw new RangeError(endsEarly);
    this.at = end;
    return end;
  }
}
