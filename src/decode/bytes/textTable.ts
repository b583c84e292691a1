/** A text as it stood in a record once: its bytes four at a time, the last four may overlap those before. */
interface Seen {
  readonly length: number;
  readonly parts: Int32Array;
  readonly text: string;
}

/** A hundred flows of forty nodes; a power of two. */
const places = 4_096;
/** What is shorter is made as fast as it is looked up. */
const shortest = 4;
/** What is longer is rarely said twice. */
const longest = 128;

/**
 * Texts by their bytes. The records of a flow name the same nodes again and again: to compare a name takes a fifth of
 * making it, and its sign of difference, by which it is found in sets, is known already. Each place has room for one
 * text, the one that was seen last.
 */
export class TextTable {
  private readonly seen: (Seen | undefined)[] = new Array<Seen | undefined>(places).fill(undefined);

  /** The text between two places; `make` makes it where it isn't known. */
  of(words: DataView, start: number, end: number, make: () => string): string {
    const length = end - start;
    if (length < shortest || length > longest) return make();
    const place = placeOf(words, start, end);
    const seen = this.seen[place];
    if (seen?.length === length && stands(seen.parts, words, start, end)) return seen.text;
    const text = make();
    this.seen[place] = { length, parts: partsOf(words, start, end), text };
    return text;
  }
}

function placeOf(words: DataView, start: number, end: number): number {
  const middle = start + ((end - start - 4) >> 1);
  const signs =
    Math.imul(words.getInt32(start, true), 31) +
    Math.imul(words.getInt32(middle, true), 17) +
    words.getInt32(end - 4, true) +
    (end - start);
  return Math.imul(signs ^ (signs >>> 15), 0x2c1b3c6d) >>> 20;
}

function stands(parts: Int32Array, words: DataView, start: number, end: number): boolean {
  const last = parts.length - 1;
  for (let part = 0; part < last; part++) {
    if (words.getInt32(start + 4 * part, true) !== parts[part]) return false;
  }
  return words.getInt32(end - 4, true) === parts[last];
}

function partsOf(words: DataView, start: number, end: number): Int32Array {
  const parts = new Int32Array(Math.ceil((end - start) / 4));
  for (let part = 0; part < parts.length; part++) {
    parts[part] = words.getInt32(Math.min(start + 4 * part, end - 4), true);
  }
  return parts;
}
