import { groupsOf } from '../base/groups.ts';
import type { ExecutionKey, Milliseconds } from '../trace/execution.ts';
import type { CalledFailures } from './calledFailures.ts';
import type { Timed } from './timed.ts';

/** A flow that failed because a workflow that it called did. */
export interface AlsoFailed {
  readonly flow: string;
  readonly name: string;
  /** How often. */
  readonly count: number;
  /** The executions, oldest first. */
  readonly runs: readonly FailedRun[];
}

/** An execution that failed: one of its key at another time is another one, for ids may collide. */
export interface FailedRun {
  readonly key: ExecutionKey;
  readonly sid: string;
  readonly beginMs: Milliseconds;
}

/** Who failed with the failures of a problem, for calling them. */
export function alsoFailedOf(
  failed: readonly Timed[],
  called: CalledFailures,
): { readonly alsoFailed?: readonly AlsoFailed[] } {
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
