import type { Milliseconds, NodeRun } from './execution.ts';

/**
 * Sorts runs by begin, then by completion; children of parallel iterations by their round first. A run without
 * a begin stands where it completed, so that the order is total whatever is missing.
 */
export function inRunOrder(runs: readonly NodeRun[]): NodeRun[] {
  const begins = new Map<NodeRun, Milliseconds>();
  let before = Number.NEGATIVE_INFINITY;
  for (const run of [...runs].sort((a, b) => a.order - b.order)) {
    before = run.beginMs ?? before;
    begins.set(run, before);
  }
  const beginOf = (run: NodeRun) => begins.get(run) ?? before;
  const byBegin = (a: NodeRun, b: NodeRun) => compare(beginOf(a), beginOf(b)) || a.order - b.order;
  return [...runs].sort(byBegin);
}

/** Compares two runs of one parent by the round that they belong to. */
export function compareRounds(a: NodeRun | null, b: NodeRun | null): number {
  return compare(a?.iterationIndex ?? -1, b?.iterationIndex ?? -1);
}

/** Unlike a subtraction it knows infinities. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
