import { groupsOf } from '../analysis/groups.ts';
import type { CalledFailures } from './calledFailures.ts';
import type { AlsoFailed, Problem } from './problems.ts';
import type { Timed } from './timed.ts';

/** Who failed with the failures of a problem, for calling them. */
export function alsoFailedOf(
  failed: readonly Timed[],
  called: CalledFailures,
): Pick<Problem, 'alsoFailed'> {
  const runs = failed.flatMap((run) => called.failedOf(run));
  if (runs.length === 0) return {};
  runs.sort((a, b) => a.beginMs - b.beginMs);
  const alsoFailed = [...groupsOf(runs, ({ flow }) => flow)].map(([flow, of]): AlsoFailed => ({
    ...{ flow, name: of.at(-1)?.name ?? '', count: of.length },
    runs: of.map(({ key, sid, beginMs }) => ({ key, sid, beginMs })),
  }));
  alsoFailed.sort((a, b) => b.count - a.count);
  return { alsoFailed };
}
