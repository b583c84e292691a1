import type { Json } from '../base/json.ts';
import { isDeeperThan } from '../base/jsonFault.ts';
import { parseJsonExactly } from '../base/jsonText.ts';
import {
  branchSize,
  childPath,
  isBranch,
  type JsonBranch,
  type JsonPath,
  partsOf,
} from '../find/jsonPath.ts';
import type { NamedValue } from '../trace/execution.ts';

/** A value without parts. */
export type JsonLeaf = null | boolean | number | string;

/** A line of a value that is drawn as a tree. */
export type JsonRow =
  | {
      readonly kind: 'leaf';
      readonly path: JsonPath;
      readonly depth: number;
      /** Null for the whole value. */
      readonly name: string | null;
      readonly value: JsonLeaf;
    }
  | {
      readonly kind: 'branch';
      readonly path: JsonPath;
      readonly depth: number;
      readonly name: string | null;
      readonly value: JsonBranch;
      readonly size: number;
      readonly open: boolean;
    }
  | {
      /** Stands for the parts of a large array or object that are not shown yet. */
      readonly kind: 'more';
      /** Before those that are shown, or behind them. */
      readonly side: 'before' | 'behind';
      readonly path: JsonPath;
      readonly depth: number;
      /** How many there are on this side. */
      readonly rest: number;
      /** How many the whole has. */
      readonly size: number;
      /** They were not sent yet. */
      readonly isAway: boolean;
    };

/** What the reader opened, closed and asked more of. */
export interface JsonChoices {
  readonly open: ReadonlyMap<JsonPath, boolean>;
  /** The first part of a branch that is shown; the first one where nothing is said. */
  readonly from: ReadonlyMap<JsonPath, number>;
  /** How many parts of a branch are shown; 100 where nothing is said. */
  readonly shown: ReadonlyMap<JsonPath, number>;
}

const nothingLeftOut: ReadonlyMap<JsonPath, number> = new Map();

/** How many parts those have of which a value holds the beginning, by their places in it. */
export function leftOutOf({ leftOut = [] }: Pick<NamedValue, 'leftOut'>): typeof nothingLeftOut {
  return new Map(leftOut.map(({ path, size }) => [path.reduce(childPath, ''), size] as const));
}

/** Parts of a branch that are shown at a time. */
export const partsPerPage = 100;

/** The lines of a value, in order; what is closed or beyond the page isn't walked. */
export function jsonRows(
  value: Json,
  choices: JsonChoices,
  openAtFirst: ReadonlySet<JsonPath>,
  leftOut: ReadonlyMap<JsonPath, number> = nothingLeftOut,
): JsonRow[] {
  const rows: JsonRow[] = [];
  const todo: Todo[] = [{ kind: 'value', path: '', depth: 0, name: null, value }];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (next.kind === 'more') {
      rows.push(next);
      continue;
    }
    const { path, depth, name } = next;
    if (!isBranch(next.value)) {
      rows.push({ kind: 'leaf', path, depth, name, value: next.value });
      continue;
    }
    const sent = branchSize(next.value);
    const size = leftOut.get(path) ?? sent;
    const open = size > 0 && (choices.open.get(path) ?? openAtFirst.has(path));
    rows.push({ kind: 'branch', path, depth, name, value: next.value, size, open });
    if (!open) continue;
    const from = Math.min(choices.from.get(path) ?? 0, sent);
    const until = Math.min(sent, from + (choices.shown.get(path) ?? partsPerPage));
    const more = { kind: 'more', path, depth: depth + 1, size } as const;
    if (until < size) {
      todo.push({ ...more, side: 'behind', rest: size - until, isAway: until === sent });
    }
    const parts = partsOf(next.value, until - from, from);
    for (let index = parts.length - 1; index >= 0; index--) {
      const part = parts[index];
      if (part === undefined) continue;
      todo.push({
        kind: 'value',
        path: childPath(path, part.key),
        depth: depth + 1,
        name: part.key,
        value: part.value,
      });
    }
    if (from > 0) todo.push({ ...more, side: 'before', rest: from, isAway: false });
  }
  return rows;
}

/**
 * What is open before the reader chose: as many branches, level by level, as some `budget` lines hold, so that
 * a small value is seen whole and a large one begins with its outline.
 */
export function openAtFirst(value: Json, budget = 40): ReadonlySet<JsonPath> {
  const open = new Set<JsonPath>();
  if (!isBranch(value)) return open;
  const todo: { path: JsonPath; value: JsonBranch }[] = [{ path: '', value }];
  let lines = 1;
  for (let index = 0; index < todo.length; index++) {
    const next = todo[index];
    if (next === undefined) break;
    const size = Math.min(branchSize(next.value), partsPerPage);
    if (index > 0 && lines + size > budget) continue;
    lines += size;
    open.add(next.path);
    for (const { key, value: part } of partsOf(next.value, partsPerPage)) {
      if (isBranch(part)) todo.push({ path: childPath(next.path, key), value: part });
    }
  }
  return open;
}

/** Deeper ones stay text: nobody opens so many levels, and to copy them exhausts the stack. */
const deepestEmbedded = 200;

/** The array or object that a text holds as JSON, with the digits of its numbers; null when it holds none. */
export function embeddedJson(text: string): JsonBranch | null {
  if (!/^\s*[{[]/.test(text) || isDeeperThan(text, deepestEmbedded)) return null;
  const parsed = parseJsonExactly(text);
  return parsed.ok && isBranch(parsed.value) ? parsed.value : null;
}

type Todo =
  | {
      readonly kind: 'value';
      readonly path: JsonPath;
      readonly depth: number;
      readonly name: string | null;
      readonly value: Json;
    }
  | Extract<JsonRow, { kind: 'more' }>;
