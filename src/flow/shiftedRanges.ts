import type { OffsetRange } from './flowDocument.ts';

/** A change of a text, as editors tell it: so many units from an offset are replaced by so many others. */
export interface TextChange {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/**
 * Ranges that move with the text while it is edited, as an editor's own decorations do: what is typed at their edge
 * stays outside. A range whose text was replaced whole is lost.
 */
export class ShiftedRanges {
  private readonly starts: Float64Array;
  private readonly ends: Float64Array;

  constructor(ranges: readonly OffsetRange[]) {
    this.starts = Float64Array.from(ranges, ({ start }) => start);
    this.ends = Float64Array.from(ranges, ({ end }) => end);
  }

  /** Undefined for one that was lost. */
  at(index: number): OffsetRange | undefined {
    const start = this.starts[index] ?? -1;
    return start < 0 ? undefined : { start, end: this.ends[index] ?? start };
  }

  /** Takes changes in the order in which an editor tells them, each an offset of the text that those before left. */
  change(changes: readonly TextChange[]): void {
    for (const { rangeOffset, rangeLength, text } of changes) {
      this.replace(rangeOffset, rangeOffset + rangeLength, text.length);
    }
  }

  /** One pass over numbers: thousands of ranges take less than a key press may. */
  private replace(from: number, to: number, length: number): void {
    const { starts, ends } = this;
    const grown = length - (to - from);
    for (let index = 0; index < starts.length; index++) {
      const start = starts[index] ?? -1;
      const end = ends[index] ?? -1;
      if (start < 0 || from >= end) continue;
      if (to <= start) {
        starts[index] = start + grown;
        ends[index] = end + grown;
      } else if (from <= start && to >= end) starts[index] = lost;
      else {
        starts[index] = from < start ? from + length : start;
        ends[index] = to > end ? from : end + grown;
      }
    }
  }
}

const lost = -1;
