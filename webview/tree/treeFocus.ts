import type { TreeWindow } from '../../src/protocol/tree.ts';
import type { RunKey } from '../../src/trace/execution.ts';

/** The row with the focus: by key, so that it is the same when rows come and go above it. */
export interface TreeFocus {
  readonly index: number;
  /** Null until its row is at hand. */
  readonly key: RunKey | null;
}

/** The focus after the rows at hand changed. */
export function followFocus(focus: TreeFocus, { start, rows, totalRows }: TreeWindow): TreeFocus {
  if (focus.key !== null) {
    const place = rows.findIndex(({ key }) => key === focus.key);
    if (place !== -1) {
      const index = start + place;
      return index === focus.index ? focus : { index, key: focus.key };
    }
  }
  const index = Math.max(0, Math.min(focus.index, totalRows - 1));
  const row = rows[index - start];
  // A key whose row is on another page is kept: it may come back with that page.
  if (row === undefined) return index === focus.index ? focus : { index, key: focus.key };
  return { index, key: row.key };
}
