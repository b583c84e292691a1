/**
 * Where a text was folded. Every letter of a record may be: a place takes nine bytes, where an object would take
 * more than the engine has for a record of 20 MB.
 */
export class FoldedPieces {
  private count = 0;
  /** Where each ends in the folded text. */
  private ends = new Int32Array(16);
  /** How much longer the text up to there is than the folded one. */
  private shifts = new Int32Array(16);
  /** 1 where nothing of it is left in the folded text. */
  private empty = new Uint8Array(16);

  /** Puts a piece behind those before. */
  add(end: number, shift: number, isEmpty: boolean): void {
    if (this.count === this.ends.length) this.grow();
    this.ends[this.count] = end;
    this.shifts[this.count] = shift;
    this.empty[this.count] = isEmpty ? 1 : 0;
    this.count++;
  }

  /** How many pieces end up to a place. */
  upTo(at: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.endOf(middle) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** How much further on a place of the folded text is in the text. */
  shiftAt(at: number): number {
    return this.shiftOf(this.upTo(at) - 1);
  }

  /** The same for the end of a part: what was left out right behind it is none of it. */
  shiftBefore(at: number): number {
    let index = this.upTo(at) - 1;
    while (index >= 0 && this.endOf(index) === at && this.empty[index] === 1) index--;
    return this.shiftOf(index);
  }

  private endOf(index: number): number {
    return this.ends[index] ?? Number.POSITIVE_INFINITY;
  }

  private shiftOf(index: number): number {
    return index < 0 ? 0 : (this.shifts[index] ?? 0);
  }

  private grow(): void {
    const length = 2 * this.ends.length;
    this.ends = grown(this.ends, new Int32Array(length));
    this.shifts = grown(this.shifts, new Int32Array(length));
    this.empty = grown(this.empty, new Uint8Array(length));
  }
}

function grown<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
