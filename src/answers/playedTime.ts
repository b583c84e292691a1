import type { ExecutionSummary } from '../trace/execution.ts';
import type { Opened } from './openedExecution.ts';

/** In shares of it: by so little clocks differ, and nobody sees it on a slider. */
const unseen = 0.01;

/** The time in which an execution is played: as long as it is said to have taken, unless steps ran outside of that. */
export function playedTime(
  { beginMs, durationMs }: Pick<ExecutionSummary, 'beginMs' | 'durationMs'>,
  ofSteps: Opened['extent'],
): Opened['extent'] {
  if (ofSteps === null || beginMs === null || durationMs === null) return ofSteps;
  const endMs = beginMs + durationMs;
  const most = durationMs * unseen;
  const isOutside = ofSteps.beginMs < beginMs - most || ofSteps.endMs > endMs + most;
  return isOutside ? ofSteps : { beginMs, endMs };
}
