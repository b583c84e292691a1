/** Reads numbers and lengths one after the other; throws a RangeError rather than leave its bytes. */
export class ByteReader {
  readonly bytes: Buffer;
  at: number;
  end: number;

  constructor(bytes: Buffer, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get left(): number {
    return this.end - this.at;
  }

  /** Goes on by `length` bytes and gives where they begin. */
  skip(length: number): number {
    if (!(length >= 0) || length > this.left) {
      throw new RangeError(`${length} bytes wanted, ${this.left} there`);
    }
    const start = this.at;
    this.at += length;
    return start;
  }

  int8(): number {
    return this.bytes.readInt8(this.skip(1));
  }

  int16(): number {
    return this.bytes.readInt16BE(this.skip(2));
  }

  int32(): number {
    return this.bytes.readInt32BE(this.skip(4));
  }

  int64(): bigint {
    return this.bytes.readBigInt64BE(this.skip(8));
  }

  /** A view on the next bytes, not a copy. */
  view(length: number): Buffer {
    const start = this.skip(length);
    return this.bytes.subarray(start, start + length);
  }

  /** A text whose length stands before it in two bytes. */
  text(): string {
    return this.view(this.int16()).toString('utf8');
  }

  /** A number of at most 32 bits in one to five bytes. */
  varint(): number {
    return signed(this.variable(5));
  }

  /** A number of at most 64 bits in one to ten bytes; exact to 53 bits, which time stamps keep to. */
  varlong(): number {
    return signed(this.variable(10));
  }

  /** A number of at most 32 bits that is not negative, in one to five bytes. */
  unsignedVarint(): number {
    return this.variable(5);
  }

  private variable(mostBytes: number): number {
    let value = 0;
    let factor = 1;
    for (let count = 0; count < mostBytes; count++) {
      const byte = this.bytes[this.skip(1)] ?? 0;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
    throw new RangeError(`A number of more than ${mostBytes} bytes`);
  }
}

/** Small numbers of either sign are small ones without: 0, -1, 1, -2… */
function signed(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
