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

/** Durations of executions that ended, in classes that grow; from the first that has any to the last. */
export function distributionOf(executions: readonly PastExecution[]): readonly DurationClass[] {
  const classes = [0, ...edges].map((fromMs, place) => ({
    ...{ fromMs, toMs: edges[place] ?? Number.MAX_SAFE_INTEGER, succeeded: 0, failed: 0 },
  }));
  for (const { outcome, durationMs } of executions) {
    if (durationMs === null || (outcome !== 'succeeded' && outcome !== 'failed')) continue;
    const found = classes[edges.findLastIndex((edge) => edge <= durationMs) + 1];
    if (found !== undefined) found[outcome]++;
  }
  const isUsed = ({ succeeded, failed }: DurationClass) => succeeded + failed > 0;
  const last = classes.findLastIndex(isUsed);
  return last === -1 ? [] : classes.slice(classes.findIndex(isUsed), last + 1);
}
