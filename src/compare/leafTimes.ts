import type { ComparedRun } from './comparedRun.ts';
import type { OwnTime } from './shapes.ts';

/** When and as what an execution ran. */
export function ownTime({ summary: { beginMs, sid } }: ComparedRun): OwnTime {
  return { beginMs, sid };
}
