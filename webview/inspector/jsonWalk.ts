import type { JsonRow } from '../../src/view/jsonRows.ts';

/** The whole value has its own head, which opens and closes it. */
export function partsOnly(rows: JsonRow[]): JsonRow[] {
  if (rows.length < 2) return rows;
  return rows.slice(1).map((row) => ({ ...row, depth: row.depth - 1 }));
}

/** What tells a row from the others of its value. */
export const rowId = (row: JsonRow): string =>
  row.kind === 'more' ? `${row.path}/… ${row.side}` : row.path;

/** Where a key leads from the row at `focus`; null: nowhere, it isn't ours. */
export function step(
  key: string,
  rows: readonly JsonRow[],
  focus: number,
): number | 'toggle' | null {
  const row = rows[focus];
  if (row === undefined) return null;
  const isOpen = row.kind === 'branch' && row.open;
  switch (key) {
    case 'ArrowDown':
      return Math.min(focus + 1, rows.length - 1);
    case 'ArrowUp':
      return Math.max(focus - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return rows.length - 1;
    case 'ArrowRight':
      if (isOpen) return focus + 1;
      return row.kind === 'branch' && row.size > 0 ? 'toggle' : null;
    case 'ArrowLeft': {
      if (isOpen) return 'toggle';
      for (let index = focus - 1; index >= 0; index--) {
        if ((rows[index]?.depth ?? 0) < row.depth) return index;
      }
      return null;
    }
    default:
      return null;
  }
}
