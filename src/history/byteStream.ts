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

/** Reads what a `ByteWriter` wrote; throws where the bytes end too early. */
export class ByteReader {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  byte(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw new RangeError('The bytes end too early');
    return value;
  }

  count(): number {
    let value = 0;
    let factor = 1;
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
    const end = this.at + length;
    if (end > this.bytes.length) throw new RangeError('The bytes end too early');
    const part = this.bytes.subarray(this.at, end);
    this.at = end;
    return part;
  }
}
