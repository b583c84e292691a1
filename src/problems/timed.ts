import type { PastExecution, PastFailure } from '../analysis/pastExecution.ts';
import type { Milliseconds } from '../trace/execution.ts';

/** An execution that ended and has a begin: it has a place in time, by which problems are judged. */
export interface Timed extends PastExecution {
  readonly beginMs: Milliseconds;
}

/** One that failed, and whose record somebody looked into: of others no cause is known. */
export interface Failed extends Timed {
  readonly failure: PastFailure;
}

/** Whether it is known of what it failed. */
export function isFailed(run: Timed): run is Failed {
  return run.failure !== null && run.isSummary !== true;
}

/** What came, and what left. */
export interface Changes {
  readonly added: readonly Timed[];
  readonly dropped: readonly Timed[];
}

/** Puts one in its place among others in order of their begin or another time: behind those of the same. Mostly the last. */
export function insertInOrder<T>(items: T[], item: T, timeOf: (item: T) => Milliseconds): void {
  const atMs = timeOf(item);
  const last = items.at(-1);
  if (last === undefined || timeOf(last) <= atMs) items.push(item);
  else items.splice(firstBehind(items, atMs, timeOf), 0, item);
}

/** Takes the one of a time away; whether it was there. */
export function removeInOrder<T>(
  items: T[],
  isIt: (item: T) => boolean,
  atMs: Milliseconds,
  timeOf: (item: T) => Milliseconds,
): boolean {
  for (let at = firstBehind(items, atMs, timeOf) - 1; at >= 0; at--) {
    const item = items[at];
    if (item === undefined || timeOf(item) < atMs) return false;
    if (!isIt(item)) continue;
    items.splice(at, 1);
    return true;
  }
  return false;
}

/** Where those end, among others in that order, whose time is one or before it. */
export function firstBehind<T>(
  items: readonly T[],
  atMs: Milliseconds,
  timeOf: (item: T) => Milliseconds,
): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && timeOf(item) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
