import type { TreeRow } from '../../src/protocol/tree.ts';

/** The rows at hand and the one that has the focus. */
export interface TreePlace {
  readonly total: number;
  readonly start: number;
  readonly rows: readonly TreeRow[];
  readonly focus: number;
  readonly rowsPerPage: number;
}

/** What a key means in the tree. */
export type TreeAction =
  | { readonly kind: 'move'; readonly row: number }
  | { readonly kind: 'parent'; readonly below: number; readonly level: number }
  | { readonly kind: 'toggle'; readonly row: TreeRow }
  | { readonly kind: 'select'; readonly row: TreeRow }
  | { readonly kind: 'reveal'; readonly row: TreeRow }
  | { readonly kind: 'find'; readonly letter: string }
  /** To the next failure, or the one before. */
  | { readonly kind: 'failure'; readonly by: 1 | -1 };

/** The parts of a key event that count. */
export interface TreeKey {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/** What to do for a key; null when it isn't the tree's. */
export function treeAction(event: TreeKey, place: TreePlace): TreeAction | null {
  const row = place.rows[place.focus - place.start];
  const { key } = event;
  if (key === 'F12' || (key === 'Enter' && (event.altKey || event.ctrlKey || event.metaKey))) {
    return row === undefined ? null : { kind: 'reveal', row };
  }
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  if (key === 'F8') return { kind: 'failure', by: event.shiftKey ? -1 : 1 };
  const target = movement(key, place);
  if (target !== null) {
    return { kind: 'move', row: Math.max(0, Math.min(target, place.total - 1)) };
  }
  if (row === undefined) return null;
  switch (key) {
    case 'ArrowRight':
      if (row.expanded === false) return { kind: 'toggle', row };
      return row.expanded === true ? { kind: 'move', row: place.focus + 1 } : null;
    case 'ArrowLeft':
      if (row.expanded === true) return { kind: 'toggle', row };
      return row.level > 1 ? { kind: 'parent', below: place.focus, level: row.level - 1 } : null;
    case 'Enter':
      return { kind: 'select', row };
    case ' ':
      return row.expanded === null ? { kind: 'select', row } : { kind: 'toggle', row };
    default:
      return key.length === 1 ? { kind: 'find', letter: key } : null;
  }
}

/**
 * The nearest row above `below` at a level, among the rows at hand; null when it lies further up.
 */
export function rowAbove(place: TreePlace, below: number, level: number): number | null {
  for (
    let index = Math.min(below, place.start + place.rows.length) - 1;
    index >= place.start;
    index--
  ) {
    if (place.rows[index - place.start]?.level === level) return index;
  }
  return null;
}

/** The row to go to in the flow file: that of the node that called, for what was called stands in no file. */
export function rowInFlow({ rows }: Pick<TreePlace, 'rows'>, row: TreeRow): TreeRow | null {
  if (row.execution === null) return row;
  const index = rows.findIndex(({ key }) => key === row.key);
  return rows.slice(0, index).findLast(({ level }) => level < row.level) ?? null;
}

/** A failure on the way: its row; the end of the rows at hand, behind which there are more; or null: there is none. */
export type FailureOnTheWay = { readonly row: number; readonly isFound: boolean } | null;

/** The nearest failure behind the row with the focus, or before it; from the end it begins anew. */
export function nextFailure(place: TreePlace, by: 1 | -1): FailureOnTheWay {
  const { rows, start, focus, total } = place;
  const end = start + rows.length;
  const fails = (index: number) => isFailure(rows[index - start]);
  const first = by === 1 ? Math.max(focus + 1, start) : Math.min(focus - 1, end - 1);
  for (let index = first; index >= start && index < end; index += by) {
    if (fails(index)) return { row: index, isFound: true };
  }
  if (by === 1 ? end < total : start > 0) {
    return { row: by === 1 ? end - 1 : start, isFound: false };
  }
  // Of a tree that is not at hand as a whole its other end is far.
  if (rows.length < total) return null;
  const around = rows.map((_, index) => (by === 1 ? start + index : end - 1 - index)).find(fails);
  return around === undefined ? null : { row: around, isFound: true };
}

function isFailure(row: TreeRow | undefined): boolean {
  if (row === undefined) return false;
  const { failing, status, failedItems } = row;
  return failing || status === 'failed' || status === 'unended' || failedItems !== undefined;
}

/** The next row at hand whose name begins with the typed letters, going round; null when none does. */
export function findByName(place: TreePlace, typed: string): number | null {
  const wanted = typed.toLowerCase();
  const count = place.rows.length;
  // More letters may still mean the row that was found by the first.
  const from = place.focus - place.start + (typed.length > 1 ? 0 : 1);
  for (let step = 0; step < count; step++) {
    const index = (((from + step) % count) + count) % count;
    if (place.rows[index]?.name.toLowerCase().startsWith(wanted) === true) {
      return place.start + index;
    }
  }
  return null;
}

function movement(key: string, { focus, total, rowsPerPage }: TreePlace): number | null {
  switch (key) {
    case 'ArrowDown':
      return focus + 1;
    case 'ArrowUp':
      return focus - 1;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    case 'PageDown':
      return focus + rowsPerPage - 1;
    case 'PageUp':
      return focus - rowsPerPage + 1;
    default:
      return null;
  }
}
