/** What fails says one sentence or some; of a record with more it is looked for anew. */
const mostChars = 16 * 1024;

/**
 * Which words were looked for in the bytes of a record, and stand nowhere but in sentences that were shown; it belongs to
 * these bytes. A record is read when it arrives and when it is opened, and says the same both times.
 */
export class SeenWords {
  private words: ReadonlySet<string> = new Set();
  private sentences: readonly string[] = [];

  /** Whether they were looked for at all, and so nothing in the record may be JSON in base64. */
  get isKnown(): boolean {
    return this.words.size > 0;
  }

  /** Those words that were not looked for: where a sentence is missing that was shown then, all of them. */
  unseen(words: readonly string[], sentences: readonly string[]): readonly string[] {
    if (!this.isKnown) return words;
    const shown = new Set(sentences);
    if (!this.sentences.every((sentence) => shown.has(sentence))) return words;
    return words.filter((word) => !this.words.has(word));
  }

  /** Notes words that stand nowhere but in these sentences. */
  note(words: readonly string[], sentences: readonly string[]): void {
    if (sentences.reduce((chars, { length }) => chars + length, 0) > mostChars) return;
    this.words = new Set(words);
    this.sentences = sentences;
  }
}
