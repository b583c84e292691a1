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
  private readonly quoted: readonly Uint8Array[];
  /** The name of each mark; no two names have the same. */
  private readonly marked = new Int8Array(marks).fill(-1);
  private readonly factor: number;
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
    this.quoted = this.names.map((name) => encoder.encode(`"${name}"`));
    this.factor = factorFor(this.encoded);
    this.lengths = this.encoded.reduce((bits, { length }) => bits | (1 << length), 0);
    this.encoded.forEach((name, index) => {
      this.marked[markOf(name, 0, name.length, this.factor)] = index;
    });
  }

  /** Whether a name stands at a quote, with its quotes: they stand in the order of the plan, as services write them. */
  stands(index: number, bytes: Uint8Array, at: number): boolean {
    const name = this.quoted[index];
    if (name === undefined || at + name.length > bytes.length) return false;
    // From its end, where names differ.
    for (let place = name.length - 1; place > 0; place--) {
      if (bytes[at + place] !== name[place]) return false;
    }
    return true;
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
