import type { SinceAnswer, SinceQuery } from '../protocol/compare.ts';
import type { OwnPast } from '../protocol/problems.ts';
import type { KnownOfOthers } from '../protocol/savedExecutions.ts';
import type { ExecutionSummary } from '../trace/execution.ts';

/**
 * What a trace file tells of executions that it does not hold. It was saved for one execution, and the others are in it to
 * compare with: how often something happened nobody can count in it.
 */
export class SavedKnowledge {
  private known: KnownOfOthers | null = null;

  /** Null: all that is read counts. */
  tell(known: KnownOfOthers | null): void {
    this.known = known;
  }

  /** An execution among the others of its flow, where that is told or can be counted. */
  ownPast(of: ExecutionSummary | undefined, counted: OwnPast): OwnPast {
    if (this.known === null) return counted;
    const failed = of !== undefined && isOf(this.known, of) ? this.known.failed : null;
    const { key, problem, process } = counted;
    const told =
      failed === null || problem === null
        ? null
        : {
            ...{ ...problem, count: failed.count, runsSince: failed.of, firstMs: failed.sinceMs },
            // What passed since is not in the file.
            state: failed.count === 1 ? ('new' as const) : ('open' as const),
          };
    return {
      ...{ key, problem: told, usual: null, node: null, isOfFile: true },
      // What it used itself its own record says.
      ...(process && { process: { ...process, usual: null } }),
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
    const { count, of: runs, otherwise, sinceMs, isFromStart, unread } = first;
    const since = { count, of: runs, sinceMs, isFromStart };
    return { query, since: { ...since, ...(otherwise > 0 && { otherwise }) }, unread };
  }
}

function isOf({ sid, beginMs }: KnownOfOthers, summary: ExecutionSummary): boolean {
  return sid === summary.sid && beginMs === summary.beginMs;
}
