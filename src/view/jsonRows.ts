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
import { allGiven, type GivenParts } from './givenParts.ts';

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
      /** Those that are shown: the first one, and the one behind the last. */
      readonly from: number;
      readonly until: number;
      /** Not all of the next page is given yet. */
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

/** Parts of a branch that are shown at a time. */
export const partsPerPage = 100;

/** The lines of a value, in order; what is closed or beyond the page isn't walked. */
export function jsonRows(
  value: Json,
  choices: JsonChoices,
  openAtFirst: ReadonlySet<JsonPath>,
  given: GivenParts = allGiven,
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
    const window = shownParts(next.value, path, choices, given);
    const { first, sent, from, until, size } = window;
    const open = size > 0 && (choices.open.get(path) ?? openAtFirst.has(path));
    rows.push({ kind: 'branch', path, depth, name, value: next.value, size, open });
    if (!open) continue;
    const more = { kind: 'more', path, depth: depth + 1, size, from, until } as const;
    if (until < size) {
      const isAway = first + sent < Math.min(size, until + partsPerPage);
      todo.push({ ...more, side: 'behind', rest: size - until, isAway });
    }
    const base = Array.isArray(next.value) ? first : 0;
    const parts = partsOf(next.value, until - from, from - first);
    for (let index = parts.length - 1; index >= 0; index--) {
      const part = parts[index];
      if (part === undefined) continue;
      const key = base === 0 ? part.key : String(base + Number(part.key));
      const inner = { path: childPath(path, key), depth: depth + 1, name: key };
      todo.push({ kind: 'value', ...inner, value: part.value });
    }
    if (from > 0)
      todo.push({
        ...more,
        side: 'before',
        rest: from,
        isAway: first > Math.max(0, from - partsPerPage),
      });
  }
  return rows;
}

/** Which parts of a branch are given, and which of these are shown: where what was chosen is not there, the first. */
function shownParts(
  value: JsonBranch,
  path: JsonPath,
  choices: Pick<JsonChoices, 'from' | 'shown'>,
  given: GivenParts,
) {
  const sent = branchSize(value);
  const { size = sent, from: first = 0 } = given.get(path) ?? {};
  const chosen = choices.from.get(path) ?? first;
  const count = choices.shown.get(path) ?? partsPerPage;
  const from = Math.max(first, chosen);
  const until = Math.min(first + sent, chosen + count);
  if (from < until) return { first, sent, size, from, until };
  return { first, sent, size, from: first, until: first + Math.min(sent, partsPerPage) };
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
