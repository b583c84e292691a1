import { backslash } from '../../base/jsonSigns.ts';

/** Names of an object; beside one the names of the object below it. */
export type PlannedNames = readonly (string | readonly [string, PlannedNames])[];

/** The fields that are looked for in an object, and in the objects below it: each has its column in a row of places. */
export class FieldPlan {
  readonly names: readonly string[];
  /** The column of its first name; the others follow, and behind them those of the objects below. */
  readonly first: number;
  /** Behind the last column of all that is below it too. */
  readonly end: number;
  /** What is looked for in the object under a name. */
  readonly parts: readonly (FieldPlan | undefined)[];
  private readonly encoded: readonly Uint8Array[];
  private readonly quoted: readonly QuotedName[];
  /** The name of each mark; no two names have the same. */
  private readonly marked = new Int8Array(marks).fill(-1);
  private readonly factor: number;
  /** What is shorter in its bytes is none of the names in escapes: the one of a letter takes six bytes. */
  private readonly leastEscaped: number;
  /** A bit for each length that a name has; most other names are told apart by it. */
  private readonly lengths: number;

  constructor(names: PlannedNames, first = 0) {
    this.names = names.map((name) => (typeof name === 'string' ? name : name[0]));
    this.first = first;
    let end = first + names.length;
    this.parts = names.map((name) => {
      if (typeof name === 'string') return undefined;
      const part = new FieldPlan(name[1], end);
      end = part.end;
      return part;
    });
    this.end = end;
    const encoder = new TextEncoder();
    this.encoded = this.names.map((name) => encoder.encode(name));
    this.quoted = this.names.map((name) => new QuotedName(name));
    this.factor = factorFor(this.encoded);
    this.leastEscaped = Math.min(...this.encoded.map(({ length }) => length)) + 5;
    this.lengths = this.encoded.reduce((bits, { length }) => bits | (1 << length), 0);
    this.encoded.forEach((name, index) => {
      this.marked[markOf(name, 0, name.length, this.factor)] = index;
    });
  }

  /** Whether a name stands at a quote, with its quotes: they stand in the order of the plan, as services write them. */
  stands(index: number, words: DataView, at: number): boolean {
    const name = this.quoted[index];
    if (name === undefined || at + name.length > words.byteLength) return false;
    const { parts } = name;
    const last = parts.length - 1;
    for (let part = 0; part < last; part++) {
      if (words.getInt32(at + 4 * part, true) !== parts[part]) return false;
    }
    return words.getInt32(at + name.length - 4, true) === parts[last];
  }

  /** Which of the names stands between two places; -1 for another one. */
  indexOf(bytes: Uint8Array, start: number, end: number): number {
    // Of a length beyond 31 another one's bit is looked at, and the names are compared.
    if (((this.lengths >>> (end - start)) & 1) === 0) return -1;
    const index = this.marked[markOf(bytes, start, end, this.factor)] ?? -1;
    const name = index < 0 ? undefined : this.encoded[index];
    if (name?.length !== end - start) return -1;
    for (let at = 0; at < name.length; at++) if (bytes[start + at] !== name[at]) return -1;
    return index;
  }

  /** Whether one of the names stands between two places, written with escapes. */
  isEscaped(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start < this.leastEscaped) return false;
    let at = start;
    while (at < end && bytes[at] !== backslash) at++;
    if (at === end) return false;
    const text = new TextDecoder().decode(bytes.subarray(start, end));
    const name: unknown = JSON.parse(`"${text}"`);
    return this.names.some((planned) => planned === name);
  }
}

/** A name in its quotes, four bytes at a time; the last four may overlap those before. */
class QuotedName {
  readonly length: number;
  readonly parts: Int32Array;

  constructor(name: string) {
    const bytes = new TextEncoder().encode(`"${name}"`);
    this.length = bytes.length;
    const words = new DataView(bytes.buffer);
    this.parts = new Int32Array(Math.ceil(bytes.length / 4));
    for (let part = 0; part < this.parts.length; part++) {
      this.parts[part] = words.getInt32(Math.min(4 * part, bytes.length - 4), true);
    }
  }
}

/** A power of two, some times the names of an object. */
const marks = 128;

/** By its length and three of its signs a name is told from the others, before it is compared. */
function markOf(bytes: Uint8Array, start: number, end: number, factor: number): number {
  const first = bytes[start] ?? 0;
  const middle = bytes[(start + end) >> 1] ?? 0;
  const nearEnd = bytes[end - start > 3 ? end - 3 : start] ?? 0;
  const signs = end - start + 3 * first + 11 * middle + 23 * nearEnd;
  return (Math.imul(signs, factor) >>> 8) & (marks - 1);
}

/** The first by which no two names have the same mark. */
function factorFor(names: readonly Uint8Array[]): number {
  for (let factor = 0x9e37; ; factor += 2) {
    const found = new Set(names.map((name) => markOf(name, 0, name.length, factor)));
    if (found.size === names.length) return factor;
  }
}
