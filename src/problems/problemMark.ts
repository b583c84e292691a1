import type { Milliseconds } from '../trace/execution.ts';

/**
 * What the reader said of a problem: that he has seen it, that he has fixed it, that it is none of his. Kept by the
 * signature and a flow: of the lineage of which that flow is one, whatever else of it is still known.
 */
export interface ProblemMark {
  readonly signature: string;
  readonly flow: string;
  readonly kind: 'seen' | 'fixed' | 'ignored';
  readonly atMs: Milliseconds;
  /** How often it failed in the week before. */
  readonly weekly: number;
}

/** An ignored problem is one no longer when it fails so many times as often as when that was said. */
const tooOften = 3;
export const weekMs = 7 * 24 * 3_600_000;

/** Whether it goes on as it was when it was ignored, by when it failed, in order. */
export function isStillIgnored(
  { atMs, weekly }: ProblemMark,
  failedMs: readonly Milliseconds[],
): boolean {
  const since = failedMs.slice(firstAfter(failedMs, atMs));
  const many = tooOften * Math.max(1, weekly);
  // So many in any week: it may be quieter again by now, and was told all the same.
  return since.every((ms, index) => {
    const nth = since[index + many - 1];
    return nth === undefined || nth - ms > weekMs;
  });
}

/** How often it failed in the week up to a moment. */
export function weeklyRate(failedMs: readonly Milliseconds[], atMs: Milliseconds): number {
  return firstAfter(failedMs, atMs) - firstAfter(failedMs, atMs - weekMs);
}

function firstAfter(ascending: readonly Milliseconds[], atMs: Milliseconds): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? Infinity) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
