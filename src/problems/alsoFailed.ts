import { groupsOf } from '../analysis/groups.ts';
import type { AlsoFailed, Problem } from './problems.ts';
import type { Failed, Timed } from './timed.ts';

/** Problems with those that failed with their executions, for calling them. */
export function withAlsoFailed(
  problems: readonly Problem[],
  called: Iterable<readonly [Timed, Failed]>,
): readonly Problem[] {
  const callers = groupsOf(called, ([, { key }]) => key);
  if (callers.size === 0) return problems;
  return problems.map((problem) => {
    const runs = problem.failures.flatMap(({ key }) =>
      (callers.get(key) ?? []).map(([caller]) => caller),
    );
    if (runs.length === 0) return problem;
    runs.sort((a, b) => a.beginMs - b.beginMs);
    const alsoFailed = [...groupsOf(runs, ({ flow }) => flow)].map(([flow, of]): AlsoFailed => ({
      ...{ flow, name: of.at(-1)?.name ?? '', count: of.length },
      keys: of.map(({ key }) => key),
    }));
    alsoFailed.sort((a, b) => b.count - a.count);
    return { ...problem, alsoFailed };
  });
}
