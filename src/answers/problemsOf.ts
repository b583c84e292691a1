import type { PastExecution } from '../analysis/pastExecution.ts';
import { ProblemIndex } from '../problems/problemIndex.ts';
import type { ReaderMark } from '../problems/problemMark.ts';
import type { Problem } from '../problems/problems.ts';
import type { Milliseconds } from '../trace/execution.ts';
import { readFailures } from './readFailures.ts';

/** The problems of executions, those that failed last first. */
export function problemsOf(
  executions: readonly PastExecution[],
  nowMs: Milliseconds,
  marks: readonly ReaderMark[] | null = null,
): readonly Problem[] {
  const index = new ProblemIndex(readFailures());
  for (const _ of index.take(executions, { nowMs, marks })) continue;
  return index.problems;
}
