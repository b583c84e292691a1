import type { SinceAnswer, SinceQuery } from '../protocol/compare.ts';
import { problemStates } from '../problems/problemState.ts';
import type { Problem } from '../problems/problems.ts';
import type { OwnPast } from '../protocol/problems.ts';
import type { KnownElsewhere } from '../protocol/savedExecutions.ts';
import type { ExecutionSummary } from '../trace/execution.ts';

/**
 * What a trace file tells of executions that it does not hold. It was saved for one execution, and the others are in it to
 * compare with: how often something happened nobody can count in it.
 */
export class SavedKnowledge {
  private known: KnownElsewhere | null = null;

  /** Null: all that is read counts. */
  tell(known: KnownElsewhere | null): void {
    this.known = known;
  }

  /** An execution among the others of its flow, where that is told or can be counted. */
  ownPast(counted: OwnPast): OwnPast {
    if (this.known === null) return counted;
    const { key, problem, process } = counted;
    const isTold = problem !== null && problem.state !== 'unknown';
    return {
      ...{ key, problem: isTold ? problem : null, usual: null, node: null, isOfFile: true },
      // What it used itself its own record says.
      ...(process && { process: { ...process, usual: null } }),
    };
  }

  /** A problem as it was told: the runs that are in the file to compare with are none that passed since. */
  problem(counted: Problem): Problem {
    const { known } = this;
    if (known === null || isOfReader(counted)) return counted;
    const isOwn = counted.failures.some((run) => isOf(known, run));
    const { failed } = known;
    const state = problemStates.find((one) => one === failed?.stands.state);
    if (!isOwn || failed === null || state === undefined) return { ...counted, state: 'unknown' };
    const { state: _, isMarkedFixed, ...stands } = failed.stands;
    const isSeen = counted.mark === 'seen' && (state === 'new' || state === 'ignored');
    return {
      ...{ ...counted, count: failed.count, runsSince: failed.of, firstMs: failed.sinceMs },
      ...{ ...stands, state: isSeen ? 'open' : state },
      mark: counted.mark ?? (isMarkedFixed ? 'fixed' : null),
    };
  }

  /** Since when the first difference of two is there; undefined where it can be counted. */
  since(
    query: SinceQuery,
    of: ExecutionSummary,
    other: ExecutionSummary | undefined,
  ): SinceAnswer | undefined {
    if (this.known === null) return undefined;
    const { first } = this.known;
    const nothing = { query, since: null, unread: 0, isOfFile: true } as const;
    if (first === null || !isOf(this.known, of) || first.other !== other?.sid) return nothing;
    const { other: _, otherwise, unread, ...told } = first;
    return { query, since: { ...told, ...(otherwise > 0 && { otherwise }) }, unread };
  }
}

function isOf(
  { sid, beginMs }: KnownElsewhere,
  run: Pick<ExecutionSummary, 'sid' | 'beginMs'>,
): boolean {
  return sid === run.sid && beginMs === run.beginMs;
}

/** What whoever reads the file says of it is newer than what its sender saw. */
function isOfReader({ mark, state }: Problem): boolean {
  return state === 'ignored' || mark === 'fixed';
}
