import type { Milliseconds } from '../trace/execution.ts';
import type { PastExecution } from './pastExecution.ts';

/** How many executions took so long; `toMs` is no part of it. */
export interface DurationClass {
  readonly fromMs: Milliseconds;
  readonly toMs: Milliseconds;
  readonly succeeded: number;
  readonly failed: number;
}

/** Six to a power of ten, each about half as much again: fine enough for two humps, and round for who reads them. */
const rounds = [1, 1.5, 2, 3, 5, 7];
/** 10 ms to beyond 27 hours: with what is below and above 45 classes. */
const edges = [1, 2, 3, 4, 5, 6, 7].flatMap((power) => rounds.map((round) => round * 10 ** power));

/** The place of the class that a duration falls into. */
export function classOf(durationMs: Milliseconds): number {
  return edges.findLastIndex((edge) => edge <= durationMs) + 1;
}

/** Durations of executions that ended, in classes that grow; from the first that has any to the last. */
export function distributionOf(executions: readonly PastExecution[]): readonly DurationClass[] {
  const counts = new Map<number, { succeeded: number; failed: number }>();
  for (const { outcome, durationMs } of executions) {
    if (durationMs === null || (outcome !== 'succeeded' && outcome !== 'failed')) continue;
    const place = classOf(durationMs);
    const known = counts.get(place) ?? { succeeded: 0, failed: 0 };
    known[outcome]++;
    counts.set(place, known);
  }
  return classesOf(counts);
}

/** The same from how many are in which class. */
export function classesOf(
  counts: ReadonlyMap<number, { readonly succeeded: number; readonly failed: number }>,
): readonly DurationClass[] {
  if (counts.size === 0) return [];
  const [first, last] = [Math.min(...counts.keys()), Math.max(...counts.keys())];
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const place = first + index;
    const { succeeded, failed } = counts.get(place) ?? { succeeded: 0, failed: 0 };
    return {
      ...{ fromMs: edges[place - 1] ?? 0, toMs: edges[place] ?? Number.MAX_SAFE_INTEGER },
      ...{ succeeded, failed },
    };
  });
}
