import { tokenProgram, tokensAt, windowBytes } from './tokenProgram.ts';

/** The program looks at so many bytes at once. */
const blockBytes = 64;
const space = 0x20;
/** What of WebAssembly is needed; a runtime may have been started without it. */
interface WebAssemblyOfRuntime {
  readonly WebAssembly?: {
    readonly Module: new (code: Uint8Array) => object;
    readonly Instance: new (module: object) => { readonly exports: Record<string, unknown> };
  };
}

/** So many places are set behind the last token. */
const endMarks = 2;

type Run = (length: number, before: number) => number;

/** Tokens, right until others are looked for. */
export interface FoundTokens {
  readonly places: Int32Array;
  readonly count: number;
  /** The text; behind its end may stand what was there before. */
  readonly words: DataView;
}

/** Room that a record of megabytes needed is given back. */
const mostKept = windowBytes;

/**
 * Finds the tokens of JSON text: opening quotes, signs outside of texts, and where numbers and words begin. Between two
 * of them stand only spaces, the rest of a text that is JSON to its closing quote, or the rest of a number or a word,
 * which whoever reads them judges.
 */
export class Tokens {
  private readonly window: Uint8Array;
  private readonly windowWords: DataView;
  private readonly found: Int32Array;
  private readonly run: Run;
  private joined = new Int32Array(mostKept);

  private constructor(exports: Record<string, unknown>) {
    const { buffer } = exports['memory'] as { readonly buffer: ArrayBuffer };
    this.window = new Uint8Array(buffer, 0, windowBytes);
    this.windowWords = new DataView(buffer, 0, windowBytes);
    this.found = new Int32Array(buffer, tokensAt, windowBytes + endMarks);
    this.run = exports['run'] as Run;
  }

  /** Undefined in a runtime without WebAssembly. */
  static make({ WebAssembly: wasm } = globalThis as WebAssemblyOfRuntime): Tokens | undefined {
    return wasm && new Tokens(new wasm.Instance(new wasm.Module(tokenProgram)).exports);
  }

  /**
   * The places of the tokens, in order, and how many they are; undefined where a text holds what it may not. Behind the
   * last stands the first byte's place, twice.
   */
  of(bytes: Uint8Array): FoundTokens | undefined {
    const isShort = bytes.length <= windowBytes;
    const count = isShort ? this.read(bytes, 0) : this.join(bytes);
    const places = isShort ? this.found : this.joined;
    if (this.joined.length > mostKept) this.joined = new Int32Array(mostKept);
    if (count < 0) return undefined;
    places.fill(0, count, count + endMarks);
    // What is in the window needs no view of its own, which takes as long as to look at a hundred names.
    const words = isShort
      ? this.windowWords
      : new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return { places, count, words };
  }

  private join(bytes: Uint8Array): number {
    let count = 0;
    for (let from = 0; from < bytes.length; from += windowBytes) {
      const more = this.read(bytes.subarray(from, from + windowBytes), from);
      if (more < 0) return -1;
      const all = count + more;
      // What is signs alone would take a multiple of its bytes, and is no record.
      if (2 * all > bytes.length) return -1;
      if (all + endMarks > this.joined.length) {
        const longer = new Int32Array(Math.max(all + endMarks, 2 * this.joined.length));
        longer.set(this.joined);
        this.joined = longer;
      }
      this.joined.set(this.found.subarray(0, more), count);
      count = all;
    }
    return count;
  }

  private read(part: Uint8Array, from: number): number {
    const { length } = part;
    this.window.set(part);
    const whole = Math.ceil(length / blockBytes) * blockBytes;
    this.window.fill(space, length, whole);
    return this.run(whole, from) / Int32Array.BYTES_PER_ELEMENT;
  }
}
