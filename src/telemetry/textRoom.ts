/**
 * What the nodes of an execution may say and be given, in signs: a broker takes a megabyte, the panel opens files of
 * some hundred. A robot that hands each of a thousand nodes a document would end for want of memory.
 */
const mostSigns = 32 * 1024 * 1024;
/** A text of few signs takes as much by itself. */
export const costOfText = 32;

/** The room that the texts of an execution have together. */
export class TextRoom {
  private left = mostSigns;
  private wasFull = false;

  /** Whether something was left out. */
  get isFull(): boolean {
    return this.wasFull;
  }

  /** A part of a value was left out, as it is larger than the panel fetches. */
  leaveOut(): void {
    this.wasFull = true;
  }

  /** Whether there is so much room, which is taken then; what is less than none is given back. */
  take(cost: number): boolean {
    const isThere = cost <= this.left;
    if (isThere) this.left -= cost;
    else this.wasFull = true;
    return isThere;
  }
}
