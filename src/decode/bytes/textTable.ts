/** A hundred flows of forty nodes; a power of two. */
const places = 4_096;
/** What is shorter is made as fast as it is looked up. */
const shortest = 4;
/** What is longer is rarely said twice. */
const longest = 128;
/** So many words of four bytes take the longest. */
const wordsOfText = longest / 4;

/**
 * Texts by their bytes. The records of a flow name the same nodes again and again: to compare a name takes a fifth of
 * making it, and its sign of difference, by which it is found in sets, is known already. Each place has room for one
 * text, the one that was seen last.
 */
export class TextTable {
  private readonly texts = new Array<string>(places).fill('');
  private readonly lengths = new Uint8Array(places);
  /** Four bytes at a time, the last four may overlap those before. One array for all: ids that never come again are many. */
  private readonly words = new Int32Array(places * wordsOfText);

  /** The text between two places; `make` makes it where it isn't known. */
  of(words: DataView, start: number, end: number, make: () => string): string {
    const length = end - start;
    if (length < shortest || length > longest) return make();
    const place = placeOf(words, start, end);
    if (this.lengths[place] === length && this.stands(place, words, start, end))
      return this.texts[place] ?? '';
    const text = make();
    this.texts[place] = text;
    this.lengths[place] = length;
    let at = place * wordsOfText;
    for (let from = start; from < end - 4; from += 4) this.words[at++] = words.getInt32(from, true);
    this.words[at] = words.getInt32(end - 4, true);
    return text;
  }

  private stands(place: number, words: DataView, start: number, end: number): boolean {
    let at = place * wordsOfText;
    for (let from = start; from < end - 4; from += 4) {
      if (this.words[at++] !== words.getInt32(from, true)) return false;
    }
    return this.words[at] === words.getInt32(end - 4, true);
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
