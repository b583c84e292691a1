import type { Milliseconds, NodeRun } from './execution.ts';

/**
 * Sorts runs by begin, then by completion; children of parallel iterations by their round first. A run without
 * a begin stands where it completed, so that the order is total whatever is missing.
 */
export function inRunOrder(runs: readonly NodeRun[]): NodeRun[] {
  const completed = byCompletion(runs);
  const begins: Milliseconds[] = [];
  let before = Number.NEGATIVE_INFINITY;
  let areInOrder = true;
  for (const { beginMs } of completed) {
    if (beginMs !== null && beginMs < before) areInOrder = false;
    before = beginMs ?? before;
    begins.push(before);
  }
  // Most ran one after the other.
  if (areInOrder) return completed;
  const beginOf = (place: number) => begins[place] ?? before;
  return completed
    .map((run, place) => ({ run, place }))
    .sort((a, b) => compare(beginOf(a.place), beginOf(b.place)) || a.place - b.place)
    .map(({ run }) => run);
}

/** A copy. They are decoded in this order, and to sort what is sorted takes as long as a tree. */
function byCompletion(runs: readonly NodeRun[]): NodeRun[] {
  let before = -1;
  for (const { order } of runs) {
    if (order < before) return [...runs].sort((a, b) => a.order - b.order);
    before = order;
  }
  return [...runs];
}

/** Compares two runs of one parent by the round that they belong to. */
export function compareRounds(a: NodeRun | null, b: NodeRun | null): number {
  return compare(a?.iterationIndex ?? -1, b?.iterationIndex ?? -1);
}

/** Unlike a subtraction it knows infinities. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
