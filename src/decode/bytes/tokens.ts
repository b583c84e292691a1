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

type Run = (length: number, isFirst: number) => number;

/** Room that a record of megabytes needed is given back. */
const mostKept = windowBytes;

/**
 * Finds the tokens of JSON text: opening quotes, signs outside of texts, and where numbers and words begin. Between two
 * of them stand only spaces, the rest of a text that is JSON to its closing quote, or the rest of a number or a word,
 * which whoever reads them judges.
 */
export class Tokens {
  private readonly window: Uint8Array;
  private readonly found: Int32Array;
  private readonly run: Run;
  private joined = new Int32Array(mostKept);

  private constructor(exports: Record<string, unknown>) {
    const { buffer } = exports['memory'] as { readonly buffer: ArrayBuffer };
    this.window = new Uint8Array(buffer, 0, windowBytes);
    this.found = new Int32Array(buffer, tokensAt, windowBytes);
    this.run = exports['run'] as Run;
  }

  /** Undefined in a runtime without WebAssembly. */
  static make({ WebAssembly: wasm } = globalThis as WebAssemblyOfRuntime): Tokens | undefined {
    return wasm && new Tokens(new wasm.Instance(new wasm.Module(tokenProgram)).exports);
  }

  /** The places of the tokens, in order, and how many they are; undefined where a text holds what it may not. */
  of(bytes: Uint8Array): { readonly places: Int32Array; readonly count: number } | undefined {
    if (bytes.length <= windowBytes) {
      const count = this.read(bytes, 0);
      return count < 0 ? undefined : { places: this.found, count };
    }
    const count = this.join(bytes);
    const places = this.joined;
    if (places.length > mostKept) this.joined = new Int32Array(mostKept);
    return count < 0 ? undefined : { places, count };
  }

  private join(bytes: Uint8Array): number {
    let count = 0;
    for (let from = 0; from < bytes.length; from += windowBytes) {
      const more = this.read(bytes.subarray(from, from + windowBytes), from);
      if (more < 0) return -1;
      const all = count + more;
      // What is signs alone would take a multiple of its bytes, and is no record.
      if (2 * all > bytes.length) return -1;
      if (all > this.joined.length) {
        const longer = new Int32Array(Math.max(all, 2 * this.joined.length));
        longer.set(this.joined);
        this.joined = longer;
      }
      const { found, joined } = this;
      for (let at = 0; at < more; at++) joined[count + at] = from + (found[at] ?? 0);
      count = all;
    }
    return count;
  }

  private read(part: Uint8Array, from: number): number {
    const { length } = part;
    this.window.set(part);
    const whole = Math.ceil(length / blockBytes) * blockBytes;
    this.window.fill(space, length, whole);
    return this.run(whole, from === 0 ? 1 : 0) / Int32Array.BYTES_PER_ELEMENT;
  }
}
