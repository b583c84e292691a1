import {
  backslash,
  closeBrace,
  closeBracket,
  colon,
  comma,
  openBrace,
  openBracket,
  quote,
} from '../../base/jsonSigns.ts';

/** Services nest up to ten levels, values of robots some more; so many bits tell which of them are objects. */
export const deepest = 30;

/**
 * Steps over JSON in its bytes, and builds nothing. Strict: what JSON.parse would refuse, or what is nested deeper than
 * a record is, has no end (-1), and whoever asked goes another way.
 */
export class JsonScan {
  readonly bytes: Uint8Array;
  private ownWords: DataView | undefined;

  /** `words` are the same bytes where somebody has a view of them, at least as long as they are. */
  constructor(bytes: Uint8Array, words?: DataView) {
    this.bytes = bytes;
    this.ownWords = words;
  }

  /** The bytes four at a time. */
  get words(): DataView {
    return (this.ownWords ??= wordsOf(this.bytes));
  }

  /** The first byte at `at` or behind that is no space. */
  afterSpace(at: number): number {
    let place = at;
    while (isSpace(this.byteAt(place))) place++;
    return place;
  }

  /** What stands at a place; 0 behind the end: to read there would slow down all that reads. */
  byteAt(at: number): number {
    return at < this.bytes.length ? (this.bytes[at] ?? 0) : 0;
  }

  /** Behind the value that begins at `at`. */
  endOfValue(at: number): number {
    const byte = this.byteAt(at);
    if (byte === quote) return this.endOfText(at);
    if (byte === openBrace || byte === openBracket) return this.endOfContainer(at);
    return this.endOfScalar(at, byte);
  }

  /** Behind an object or a list; no call within a call, which would take twice as long. */
  private endOfContainer(opening: number): number {
    let depth = 0;
    // A bit for each level: whether it is an object.
    let objects = 0;
    let at = opening;
    for (;;) {
      // Here a value begins.
      let byte = this.byteAt(at);
      if (byte === openBrace || byte === openBracket) {
        if (++depth > deepest) return -1;
        const isObject = byte === openBrace;
        objects = (objects << 1) | (isObject ? 1 : 0);
        at = this.afterSpace(at + 1);
        byte = this.byteAt(at);
        if (byte !== (isObject ? closeBrace : closeBracket)) {
          if (isObject) at = this.beginOfNamed(this.endOfName(at));
          if (at < 0) return -1;
          continue;
        }
      } else {
        at = byte === quote ? this.endOfText(at) : this.endOfScalar(at, byte);
        if (at < 0) return -1;
        at = this.afterSpace(at);
        byte = this.byteAt(at);
      }
      // Here one has ended.
      while (byte === ((objects & 1) === 1 ? closeBrace : closeBracket)) {
        if (--depth === 0) return at + 1;
        objects >>= 1;
        at = this.afterSpace(at + 1);
        byte = this.byteAt(at);
      }
      if (byte !== comma) return -1;
      at = this.afterSpace(at + 1);
      if ((objects & 1) === 1) at = this.beginOfNamed(this.endOfName(at));
      if (at < 0) return -1;
    }
  }

  private endOfName(at: number): number {
    return this.byteAt(at) === quote ? this.endOfText(at) : -1;
  }

  private endOfScalar(at: number, byte: number): number {
    if (byte === 0x74) return this.endOfWord(at, literals.true);
    if (byte === 0x66) return this.endOfWord(at, literals.false);
    return byte === 0x6e ? this.endOfWord(at, literals.null) : this.endOfNumber(at);
  }

  /**
   * Behind the closing quote of the text whose opening one stands at `opening`. Four bytes at a time, as long as no
   * quote, backslash or control sign is among them.
   */
  endOfText(opening: number): number {
    const { bytes, words } = this;
    const { length } = bytes;
    let at = opening + 1;
    while (at < length) {
      while (at + 4 <= length) {
        const word = words.getInt32(at, true);
        const quotes = word ^ 0x22222222;
        const escapes = word ^ 0x5c5c5c5c;
        const found =
          (((word - 0x20202020) & ~word) |
            ((quotes - 0x01010101) & ~quotes) |
            ((escapes - 0x01010101) & ~escapes)) &
          0x80808080;
        if (found !== 0) {
          // The lowest bit that is set is of the first such byte; those above it may be wrong.
          at += (31 - Math.clz32(found & -found)) >> 3;
          break;
        }
        at += 4;
      }
      const byte = at < length ? (bytes[at] ?? 0) : 0;
      if (byte === quote) return at + 1;
      if (byte === backslash) {
        const letter = this.byteAt(at + 1);
        at =
          letter === quote || letter === backslash || letter === 0x6e
            ? at + 2
            : this.endOfEscape(at, letter);
        if (at < 0) return -1;
      } else if (byte < 0x20) return -1;
      else at++;
    }
    return -1;
  }

  /** Where the value of a name begins that ends at `end`; -1 where no colon is between. */
  beginOfNamed(end: number): number {
    if (end < 0) return -1;
    const at = this.afterSpace(end);
    return this.byteAt(at) === colon ? this.afterSpace(at + 1) : -1;
  }

  /** Behind the escape that the backslash at `at` begins. */
  private endOfEscape(at: number, letter: number): number {
    if (letter !== 0x75) return otherEscapes.includes(letter) ? at + 2 : -1;
    for (let place = at + 2; place < at + 6; place++) if (!isHex(this.byteAt(place))) return -1;
    return at + 6;
  }

  private endOfWord(at: number, word: Uint8Array): number {
    for (let place = 0; place < word.length; place++) {
      if (this.byteAt(at + place) !== word[place]) return -1;
    }
    return at + word.length;
  }

  private endOfNumber(begin: number): number {
    let at = this.byteAt(begin) === 0x2d ? begin + 1 : begin;
    // A number begins with no zero but its only one.
    at = this.byteAt(at) === 0x30 ? at + 1 : this.endOfDigits(at);
    if (at >= 0 && this.byteAt(at) === 0x2e) at = this.endOfDigits(at + 1);
    if (at < 0 || (this.byteAt(at) | 0x20) !== 0x65) return at;
    const sign = this.byteAt(at + 1);
    return this.endOfDigits(sign === 0x2b || sign === 0x2d ? at + 2 : at + 1);
  }

  /** Behind one digit or more. */
  private endOfDigits(begin: number): number {
    let at = begin;
    while (isDigit(this.byteAt(at))) at++;
    return at === begin ? -1 : at;
  }
}

function wordsOf({ buffer, byteOffset, length }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, length);
}

/** `/ b f r t` */
const otherEscapes = [0x2f, 0x62, 0x66, 0x72, 0x74];

const encoder = new TextEncoder();
const literals = {
  true: encoder.encode('true'),
  false: encoder.encode('false'),
  null: encoder.encode('null'),
};

/** Whether this is a digit. */
export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isHex(byte: number): boolean {
  return isDigit(byte) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}

/** Whether JSON allows this between its values. */
export function isSpace(byte: number): boolean {
  return byte <= 0x20 && (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09);
}
