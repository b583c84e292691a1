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

interface Begun {
  readonly beginMs: Milliseconds;
}

/** Puts one in its place among others in order of their begin: behind those that began with it. Mostly the last. */
export function insertByBegin<T>(items: T[], item: T, beginOf: (item: T) => Milliseconds): void {
  const beginMs = beginOf(item);
  const last = items.at(-1);
  if (last === undefined || beginOf(last) <= beginMs) items.push(item);
  else items.splice(firstBehind(items, beginMs, beginOf), 0, item);
}

/** Takes one away; whether it was there. */
export function removeByBegin<T>(
  items: T[],
  isIt: (item: T) => boolean,
  { beginMs }: Begun,
  beginOf: (item: T) => Milliseconds,
): boolean {
  for (let at = firstBehind(items, beginMs, beginOf) - 1; at >= 0; at--) {
    const item = items[at];
    if (item === undefined || beginOf(item) < beginMs) return false;
    if (!isIt(item)) continue;
    items.splice(at, 1);
    return true;
  }
  return false;
}

/** Where those end, among others in order of their begin, that began then or before. */
export function firstBehind<T>(
  items: readonly T[],
  beginMs: Milliseconds,
  beginOf: (item: T) => Milliseconds,
): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && beginOf(item) <= beginMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
