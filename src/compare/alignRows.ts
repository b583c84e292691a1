import type { Steps } from '../base/steps.ts';
import type { TreeNode } from '../trace/tree.ts';
import { visibleRows } from '../trace/visibleRows.ts';
import type { ComparedRun } from './comparedRun.ts';
import { alignRepeated, type ContentKeys } from './alignRepeated.ts';
import { mergedRows, type AlignedRow } from './mergedRows.ts';
import type { Row } from './row.ts';

/** The rows of both executions as one tree, and how many nodes both have by their id. */
export interface AlignedRows {
  readonly rows: readonly AlignedRow[];
  readonly sharedNodes: number;
}

/**
 * Finds for each row of the one tree its row in the other: by node id, item and attempt below rows that belong together;
 * then by id wherever it stands, for a node may have been moved; then by type and name, for a copy of a flow has ids of
 * its own. Work on both sides' rows together is n log n.
 */
export function* alignRows(
  before: ComparedRun,
  after: ComparedRun,
  contents: { readonly before: ContentKeys; readonly after: ContentKeys },
): Steps<AlignedRows> {
  const old = rowsOf(before.tree);
  const now = rowsOf(after.tree);
  const alignment = new Alignment(contents);
  const ids = [idOf(before), idOf(after)] as const;
  yield* alignment.below(old.roots, now.roots, ids);
  yield* alignment.match(old.all, now.all, ids);
  matchUnnamed(now.all, after);
  const sharedNodes = now.all.filter(({ partner }) => partner !== null).length;
  yield* alignment.byName(old, now, ids, sharedNodes === 0);
  return { rows: mergedRows(old.roots, now.roots), sharedNodes };
}

interface Rows {
  readonly roots: readonly Row[];
  readonly all: readonly Row[];
}

/** What ran: a node that the flow file has and that didn't run is a row that isn't there. */
function rowsOf(tree: readonly TreeNode[]): Rows {
  const roots: Row[] = [];
  const all: Row[] = [];
  const open: Row[] = [];
  for (const { node, level } of visibleRows(tree, new Set())) {
    open.length = Math.min(open.length, level - 1);
    const parent = open.at(-1) ?? null;
    const siblings = parent === null || parent.node.status === 'notRun' ? roots : parent.children;
    const row: Row = { node, parent, siblings, children: [], partner: null };
    open.push(row);
    if (node.status === 'notRun') continue;
    siblings.push(row);
    all.push(row);
  }
  return { roots, all };
}

type KeyOf = (row: Row) => string | null;

/** The id of the node; an agent's calls of its model carry the id of the execution, which says nothing. */
function idOf({ summary: { sid } }: ComparedRun): KeyOf {
  return ({ node: { nodeId, type, name, subExecution } }) => {
    if (subExecution !== null) return `called ${subExecution.service} ${subExecution.subject}`;
    if (nodeId === '' && name === '') return null;
    return nodeId === '' || nodeId === sid ? `named ${type} ${name}` : nodeId;
  };
}

/** What left no entry either may be any node. */
const nameOf: KeyOf = ({ node: { type, name, run } }) =>
  name === '' && type === '' && run === null ? null : `${type} ${name}`;

class Alignment {
  private readonly contents: { readonly before: ContentKeys; readonly after: ContentKeys };

  constructor(contents: { readonly before: ContentKeys; readonly after: ContentKeys }) {
    this.contents = contents;
  }

  /** Two lists of siblings, and what is below those that belong together. */
  *below(before: readonly Row[], after: readonly Row[], ids: readonly [KeyOf, KeyOf]): Steps<void> {
    // A list of what is left instead of recursion: a tree may be deep.
    const todo = [[before, after] as const];
    for (let lists = todo.pop(); lists !== undefined; lists = todo.pop()) {
      for (const { children, partner } of yield* this.match(...lists, ids, false)) {
        const below = partner?.children ?? [];
        if (children.length > 0 && below.length > 0) todo.push([children, below]);
      }
    }
  }

  /** Rows without a partner, by what stands for them; answers with those before that found one. */
  *match(
    before: readonly Row[],
    after: readonly Row[],
    [idBefore, idAfter]: readonly [KeyOf, KeyOf],
    goesBelow = true,
  ): Steps<readonly Row[]> {
    if (before.length === 0 || after.length === 0) return [];
    const groups = new Map<string, [Row[], Row[]]>();
    const add = (row: Row, key: string | null, side: 0 | 1) => {
      if (row.partner !== null || key === null) return;
      const group = groups.get(key) ?? [[], []];
      group[side].push(row);
      groups.set(key, group);
    };
    for (const row of before) add(row, idBefore(row), 0);
    for (const row of after) add(row, idAfter(row), 1);
    const found: Row[] = [];
    for (const [old, now] of groups.values()) {
      if (old.length === 0 || now.length === 0) continue;
      for (const [one, other] of yield* alignRepeated(old, now, this.contents)) {
        one.partner = other;
        other.partner = one;
        found.push(one);
      }
    }
    if (goesBelow) {
      for (const row of found) {
        yield* this.below(row.children, row.partner?.children ?? [], [idBefore, idAfter]);
      }
    }
    return found;
  }

  /** What is left below rows that belong together: by type and name; of a copy by type alone, where there is one of it. */
  *byName(before: Rows, after: Rows, ids: readonly [KeyOf, KeyOf], isCopy: boolean): Steps<void> {
    const todo: (readonly [readonly Row[], readonly Row[]])[] = [[before.roots, after.roots]];
    for (const row of before.all) {
      if (row.partner !== null) todo.push([row.children, row.partner.children]);
    }
    for (let lists = todo.pop(); lists !== undefined; lists = todo.pop()) {
      const [old, now] = lists;
      const found = [...(yield* this.match(old, now, [nameOf, nameOf], false))];
      if (isCopy) found.push(...(yield* this.match(old, now, [onlyOf(old), onlyOf(now)], false)));
      for (const row of found) {
        const below = [row.children, row.partner?.children ?? []] as const;
        yield* this.below(...below, ids);
        todo.push(below);
      }
    }
  }
}

/** A node that failed without an entry, and that no flow file names: most likely the one that came next before. */
function matchUnnamed(after: readonly Row[], { mayHaveFailed }: ComparedRun): void {
  const row = after.find(({ node, partner }) => {
    return partner === null && node.nodeId === '' && node.inferred && node.status === 'failed';
  });
  const last = row === undefined ? undefined : after[after.indexOf(row) - 1]?.partner;
  if (row === undefined || last == null) return;
  const next = last.siblings.find((other, place, all) => {
    return place > all.indexOf(last) && other.partner === null;
  });
  if (next === undefined || mayHaveFailed?.(next.node.nodeId) === false) return;
  row.partner = next;
  next.partner = row;
}

/** The type, where one row alone of those without a partner has it. */
function onlyOf(rows: readonly Row[]): KeyOf {
  const counts = new Map<string, number>();
  for (const { partner, node } of rows) {
    if (partner === null) counts.set(node.type, (counts.get(node.type) ?? 0) + 1);
  }
  return ({ node: { type } }) => (counts.get(type) === 1 ? type : null);
}
