import { groupsOf } from '../analysis/groups.ts';
import type { AlsoFailed, FailedRun, Problem } from './problems.ts';
import type { Failed, Timed } from './timed.ts';

/** Problems with those that failed with their executions, for calling them. */
export function withAlsoFailed(
  problems: readonly Problem[],
  called: Iterable<readonly [Timed, Failed]>,
): readonly Problem[] {
  const callers = groupsOf(called, ([, run]) => nameOf(run));
  if (callers.size === 0) return problems;
  return problems.map((problem) => {
    const runs = problem.failures.flatMap((failed) =>
      (callers.get(nameOf(failed)) ?? []).map(([caller]) => caller),
    );
    if (runs.length === 0) return problem;
    runs.sort((a, b) => a.beginMs - b.beginMs);
    const alsoFailed = [...groupsOf(runs, ({ flow }) => flow)].map(([flow, of]): AlsoFailed => ({
      ...{ flow, name: of.at(-1)?.name ?? '', count: of.length },
      runs: of.map(({ key, sid, beginMs }) => ({ key, sid, beginMs })),
    }));
    alsoFailed.sort((a, b) => b.count - a.count);
    return { ...problem, alsoFailed };
  });
}

function nameOf({ key, beginMs }: FailedRun): string {
  return `${key} ${String(beginMs)}`;
}
