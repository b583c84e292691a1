import type { Milliseconds, RunKey } from './execution.ts';
import type { TreeNode } from './tree.ts';

/** A row that is visible under the reader's choice of closed rows. */
export interface VisibleRow {
  readonly node: TreeNode;
  /** From 1. */
  readonly level: number;
  /** Among its siblings, from 1. */
  readonly position: number;
  readonly setSize: number;
  /** Null: has no children. */
  readonly expanded: boolean | null;
}

interface Level {
  readonly siblings: readonly TreeNode[];
  next: number;
}

/** Flattens the tree into rows, in one scan; depth costs no stack. */
export function visibleRows(
  tree: readonly TreeNode[],
  collapsed: ReadonlySet<RunKey>,
): readonly VisibleRow[] {
  const rows: VisibleRow[] = [];
  const open: Level[] = [{ siblings: tree, next: 0 }];
  for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
    const node = level.siblings[level.next++];
    if (node === undefined) {
      open.pop();
      continue;
    }
    const hasChildren = node.children.length > 0;
    const expanded = hasChildren ? !collapsed.has(node.key) : null;
    rows.push({
      node,
      level: open.length,
      position: level.next,
      setSize: level.siblings.length,
      expanded,
    });
    if (expanded === true) open.push({ siblings: node.children, next: 0 });
  }
  return rows;
}

/** From the first begin to the last end in the tree; null when nothing has times. */
export function treeExtent(
  tree: readonly TreeNode[],
): { readonly beginMs: Milliseconds; readonly endMs: Milliseconds } | null {
  let beginMs = Number.POSITIVE_INFINITY;
  let endMs = Number.NEGATIVE_INFINITY;
  // A list of what is left instead of recursion: a tree may be deep.
  const todo = [...tree];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    for (const child of node.children) todo.push(child);
    const first = node.beginMs ?? node.endMs;
    const last = node.endMs ?? node.beginMs;
    if (first === null || last === null) continue;
    beginMs = Math.min(beginMs, first, last);
    endMs = Math.max(endMs, first, last);
  }
  return beginMs <= endMs ? { beginMs, endMs } : null;
}
