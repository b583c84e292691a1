import type { TreeNode } from '../trace/tree.ts';
import type { Row } from './row.ts';
import { longestRun } from './sequence.ts';

/** A row of both executions: of one alone where the other is null. */
export interface AlignedRow {
  readonly before: TreeNode | null;
  readonly after: TreeNode | null;
  /** From 1. */
  readonly level: number;
  /** The place of the row it hangs below; -1: none. */
  readonly parent: number;
  /** It stands in another order among its siblings, or below another row. */
  readonly moved: boolean;
}

interface Open {
  readonly row: Row;
  readonly isOld: boolean;
  readonly level: number;
  readonly parent: number;
  readonly moved: boolean;
}

/** Both trees as one: in the order of the one after, with what only the one before has where it stood. */
export function mergedRows(before: readonly Row[], after: readonly Row[]): readonly AlignedRow[] {
  const rows: AlignedRow[] = [];
  const open: Open[] = [];
  const push = (old: readonly Row[], now: readonly Row[], level: number, parent: number) => {
    for (const item of mergedSiblings(old, now).reverse()) open.push({ ...item, level, parent });
  };
  push(before, after, 1, -1);
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { row, isOld, level, parent, moved } = item;
    const old = isOld ? row : row.partner;
    const now = isOld ? null : row;
    const place = rows.length;
    rows.push({ before: old?.node ?? null, after: now?.node ?? null, level, parent, moved });
    push(old?.children ?? [], now?.children ?? [], level + 1, place);
  }
  return rows;
}

function mergedSiblings(
  before: readonly Row[],
  after: readonly Row[],
): Pick<Open, 'row' | 'isOld' | 'moved'>[] {
  const places = new Map(before.map((row, place) => [row, place]));
  const placeOf = ({ partner }: Row) => (partner === null ? undefined : places.get(partner));
  const together = after.filter((row) => placeOf(row) !== undefined);
  const kept = longestRun(together.map((row) => placeOf(row) ?? -1));
  const inOrder = new Set(together.filter((_, index) => kept.has(index)));
  /** What only the one before has, by the sibling that it stood behind; null: before all. */
  const behind = new Map<Row | null, Row[]>();
  let last: Row | null = null;
  for (const row of before) {
    if (row.partner === null) {
      const list = behind.get(last);
      if (list === undefined) behind.set(last, [row]);
      else list.push(row);
    } else if (inOrder.has(row.partner)) last = row.partner;
  }
  const missing = (row: Row | null) =>
    (behind.get(row) ?? []).map((old) => ({ row: old, isOld: true, moved: false }));
  return [
    ...missing(null),
    ...after.flatMap((row) => [
      { row, isOld: false, moved: row.partner !== null && !inOrder.has(row) },
      ...missing(row),
    ]),
  ];
}
