/**
 * What the nodes of an execution may say and be given, in signs: a broker takes a megabyte, the panel opens files of
 * some hundred. A robot that hands each of a thousand nodes a document would end for want of memory.
 */
const mostSigns = 32 * 1024 * 1024;
/** A text of few signs takes as much by itself. */
const costOfText = 32;

/** The room that the texts of an execution have together. */
export class TextRoom {
  private left = mostSigns;
  private wasFull = false;

  /** Whether something was left out. */
  get isFull(): boolean {
    return this.wasFull;
  }

  /** Takes the room of a text, or says that there is none: then the text is left out. */
  take(signs: number): boolean {
    const cost = signs + costOfText;
    if (cost > this.left) {
      this.wasFull = true;
      return false;
    }
    this.left -= cost;
    return true;
  }

  /** Of so many texts with so many signs, which are no longer kept. */
  giveBack(signs: number, texts: number): void {
    this.left += signs + texts * costOfText;
  }
}
