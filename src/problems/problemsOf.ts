import type { PastExecution } from '../analysis/pastExecution.ts';
import type { Milliseconds } from '../trace/execution.ts';
import { normalText } from './normalText.ts';
import { ProblemIndex } from './problemIndex.ts';
import type { ReaderMark } from './problemMark.ts';
import type { Problem } from './problems.ts';

/** The problems of executions, those that failed last first. */
export function problemsOf(
  executions: readonly PastExecution[],
  nowMs: Milliseconds,
  marks: readonly ReaderMark[] | null = null,
): readonly Problem[] {
  const index = new ProblemIndex(normalText);
  for (const _ of index.take(executions, { nowMs, marks })) continue;
  return index.problems;
}
