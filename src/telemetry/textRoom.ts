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

  /** Answers what the text has taken; nothing where there is no room: then it is left out. */
  take(signs: number): number {
    const cost = signs + costOfText;
    if (cost > this.left) {
      this.wasFull = true;
      return 0;
    }
    this.left -= cost;
    return cost;
  }

  /** What was taken by texts that are no longer kept. */
  giveBack(taken: number): void {
    this.left += taken;
  }
}
