import type { Json } from '../base/json.ts';
import type { NamedValue, NodeData, NodeRun, OnItemError, RunKey } from './execution.ts';
import type { TreeNode } from './tree.ts';

/** Items of an iteration that failed, at one node of its body or, for the iteration itself, at any. */
export interface ItemFailure {
  /** How many items there were; null where the record doesn't tell. */
  readonly total: number | null;
  readonly failed: number;
  /** Which of them, from 0; null where the record doesn't tell. */
  readonly items: readonly number[] | null;
}

/** What of an execution's iterations failed, and which items the rounds of their nodes belong to. */
export interface ItemFailures {
  /** By the key of the row. */
  readonly failures: ReadonlyMap<RunKey, ItemFailure>;
  /** Of nodes that keep values of some rounds alone: their items; null where the record doesn't tell them. */
  readonly rounds: ReadonlyMap<RunKey, readonly number[] | null>;
}

/** The same while it is being found. */
export interface Found {
  readonly failures: Map<RunKey, ItemFailure>;
  readonly rounds: Map<RunKey, readonly number[] | null>;
}

/** What is known of the execution. */
export interface Known {
  readonly failingKey: RunKey | null;
  readonly dataOf: (run: NodeRun) => NodeData | undefined;
}

/** The nodes of an iteration's body that ran, and what the iteration was given and gave. */
export interface Body extends Known {
  readonly iteration: TreeNode;
  readonly runs: readonly NodeRun[];
  readonly bad: readonly NodeRun[];
  /** How many items it was given; null where the record doesn't tell. */
  readonly given: number | null;
  readonly onItemError: OnItemError | null;
}

/** Notes that items failed, if any did. */
export function setFailure(
  { failures }: Found,
  key: RunKey,
  total: number | null,
  failed: number,
  items: readonly number[] | null,
): void {
  if (failed > 0) failures.set(key, { total, failed, items: items && sorted(items) });
}

/** Where the rounds of a body begin; undefined where that is not one place. */
export function onlyStart(runs: readonly NodeRun[]): NodeRun | undefined {
  const starts = runs.filter(({ type }) => type === 'iteration-node-start');
  return starts.length === 1 ? starts[0] : undefined;
}

/** Where an iteration gave nothing; null where it gave no list with a place for each item. */
export function gapsIn(output: readonly NamedValue[], total: number): readonly number[] | null {
  const lists = listsIn(output).filter((list) => list.length === total);
  if (lists.length === 0) return null;
  return others(total, []).filter((item) => lists.every((list) => list[item] === null));
}

/** How many items are missing from what an iteration gave; null where it gave no list. */
export function missingIn(output: readonly NamedValue[], total: number): number | null {
  const [list] = listsIn(output);
  return list === undefined ? null : total - list.length;
}

function listsIn(output: readonly NamedValue[]): (readonly Json[])[] {
  return output.flatMap(({ value }) => (Array.isArray(value) ? [value as readonly Json[]] : []));
}

/** The items that are not among these. */
export function others(total: number, items: Iterable<number>): number[] {
  const left = new Set(items);
  return Array.from({ length: total }, (_, item) => item).filter((item) => !left.has(item));
}

/** Items in order. */
export function sorted(items: Iterable<number>): number[] {
  return [...items].sort((a, b) => a - b);
}

/** Whether an entry says that its node failed, whatever followed, or lacks its end. */
export function isBad(run: NodeRun): boolean {
  const { status } = run;
  const isBadStatus = status === 'failed' || status === 'recovered' || status === 'unended';
  return isBadStatus && run.type !== 'iteration-node-end';
}
