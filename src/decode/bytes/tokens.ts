import type { WebAssemblyOfRuntime } from '../../base/wasmCode.ts';
import { textAt } from './tokenProgram.ts';
import {
  entryRowBytes,
  pageBytes,
  planTable,
  recordProgram,
  rootRowBytes,
  rowsEndAt,
  traceEndAt,
} from './walkProgram.ts';

/** The program looks at so many bytes at once. */
const blockBytes = 64;
/** So many bytes are looked at in one call. */
export const windowBytes = 64 * 1024;
const space = 0x20;
const placeBytes = Int32Array.BYTES_PER_ELEMENT;
/** Memory grows by such a share of what there is: V8 goes through its whole heap each time that it does. */
const growth = 1 / 8;
/**
 * So many places are set behind the last token: whoever walks over them takes one at most, and looks two further, where else
 * anything could stand that is the place of nothing.
 */
const endMarks = 4;
/** Room that a record of megabytes needed is given back. */
const mostKept = 8 * 1024 * 1024;
/** Behind a text the places of its tokens stand, and behind these its rows: for most at the same addresses. */
const usualTokensAt = textAt + windowBytes;
const usualRowsAt = usualTokensAt + placeBytes * (windowBytes + endMarks);

/** The program at work, with the memory that is its own. */
interface Program {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  findTokens(end: number, from: number, to: number): number;
  walk(tokens: number, rows: number): number;
}

/** Tokens, right until others are looked for. */
export interface FoundTokens {
  readonly places: Int32Array;
  readonly count: number;
}

/** Where the fields of a record stand, right until another is looked at. */
export interface FoundRows {
  /** The row of the root, and behind it those of the entries. */
  readonly places: Int32Array;
  readonly entries: number;
  readonly traceEnd: number;
}

/** Views on the memory of the program, made anew where that has grown. */
interface Views {
  readonly text: Uint8Array;
  readonly words: DataView;
  readonly head: Int32Array;
  readonly all: Int32Array;
  /** Rows of a record that is no longer than a window, and what may stand behind them. */
  readonly rows: Int32Array;
}

/**
 * Finds the tokens of JSON text: opening quotes, signs outside of texts, and where numbers and words begin. Between two
 * of them stand only spaces, the rest of a text that is JSON to its closing quote, or the rest of a number or a word,
 * which is judged where the fields are looked for.
 */
export class Tokens {
  private readonly start: () => Program;
  private program: Program;
  private views: Views;

  private constructor(start: () => Program) {
    this.start = start;
    this.program = start();
    this.views = viewsOf(this.program);
  }

  /** Undefined in a runtime without WebAssembly. */
  static make({ WebAssembly: wasm } = globalThis as WebAssemblyOfRuntime): Tokens | undefined {
    if (wasm === undefined) return undefined;
    const module = new wasm.Module(recordProgram);
    return new Tokens(() => {
      const program = new wasm.Instance(module).exports as Program;
      new Uint8Array(program.memory.buffer).set(planTable.bytes, planTable.at);
      program.memory.grow(Math.ceil(usualRowsAt / pageBytes));
      return program;
    });
  }

  /** The text that was looked at last, four bytes at a time; behind its end may stand what was there before. */
  get words(): DataView {
    return this.views.words;
  }

  /**
   * The places of the tokens, in order, and how many they are; undefined where a text holds what it may not. Behind the
   * last stands the first byte's place, four times.
   */
  of(bytes: Uint8Array): FoundTokens | undefined {
    const at = tokensAt(bytes);
    const count = this.find(bytes, at);
    const begin = at / placeBytes;
    return count < 0
      ? undefined
      : { places: this.views.all.subarray(begin, begin + count + endMarks), count };
  }

  /** The places of the fields; undefined where the text is not plainly a record. */
  rowsOf(bytes: Uint8Array): FoundRows | undefined {
    const at = tokensAt(bytes);
    const count = this.find(bytes, at);
    if (count < 0) return undefined;
    const behind = at + placeBytes * count;
    const isUsual = at === usualTokensAt;
    const rowsAt = isUsual ? usualRowsAt : behind + placeBytes * endMarks;
    if (this.program.walk(at, rowsAt) !== behind) return undefined;
    const { head, rows } = this.viewsNow();
    const traceEnd = head[traceEndAt / placeBytes] ?? 0;
    const rowsEnd = head[rowsEndAt / placeBytes] ?? 0;
    return {
      places: isUsual ? rows : new Int32Array(head.buffer, rowsAt, (rowsEnd - rowsAt) / placeBytes),
      entries: (rowsEnd - rowsAt - rootRowBytes) / entryRowBytes,
      traceEnd,
    };
  }

  /** Gives the memory back that a large record needed: the next one may never come. What was found in it stays right. */
  letGo(): void {
    if (this.viewsNow().all.byteLength <= mostKept) return;
    this.program = this.start();
    this.views = viewsOf(this.program);
  }

  /** How many tokens there are, -1 where they are none of JSON; they stand behind an address. */
  private find(bytes: Uint8Array, at: number): number {
    const { length } = bytes;
    let count = 0;
    for (let from = 0; from < length; from += windowBytes) {
      const to = at + placeBytes * count;
      // Each byte may be a token; behind them stands the row of the root.
      if (!this.hasRoom(to + placeBytes * (windowBytes + endMarks) + 2 * rootRowBytes)) return -1;
      if (from === 0) this.write(bytes);
      const end = Math.min(from + windowBytes, wholeBlocks(length));
      const more = this.program.findTokens(end, from, to);
      if (more < 0) return -1;
      count += more / placeBytes;
      // What is signs alone would take a multiple of its bytes, and is no record.
      if (length > windowBytes && 2 * count > length) return -1;
    }
    return count;
  }

  private write(bytes: Uint8Array): void {
    const { text } = this.views;
    text.set(bytes);
    text.fill(space, bytes.length, wholeBlocks(bytes.length));
  }

  /** Whether there is so much of it by now; a machine may have no more. */
  private hasRoom(bytes: number): boolean {
    const { byteLength } = this.viewsNow().all;
    if (bytes <= byteLength) return true;
    try {
      const wanted = Math.max(bytes - byteLength, byteLength * growth);
      this.program.memory.grow(Math.ceil(wanted / pageBytes));
    } catch {
      return false;
    }
    this.viewsNow();
    return true;
  }

  private viewsNow(): Views {
    // What is grown has another buffer, and the old one is empty.
    if (this.views.all.length === 0) this.views = viewsOf(this.program);
    return this.views;
  }
}

function viewsOf({ memory: { buffer } }: Program): Views {
  return {
    text: new Uint8Array(buffer, textAt),
    words: new DataView(buffer, textAt),
    head: new Int32Array(buffer, 0, textAt / placeBytes),
    all: new Int32Array(buffer),
    rows: new Int32Array(buffer, usualRowsAt),
  };
}

function wholeBlocks(bytes: number): number {
  return Math.ceil(bytes / blockBytes) * blockBytes;
}

function tokensAt({ length }: Uint8Array): number {
  return length <= windowBytes ? usualTokensAt : textAt + wholeBlocks(length);
}
