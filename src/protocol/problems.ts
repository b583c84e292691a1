import type { AgainstUsual } from '../analysis/againstUsual.ts';
import type { NodeReliability } from '../analysis/flaky.ts';
import type { ProcessUse } from '../analysis/processUse.ts';
import type { AlsoFailed } from '../problems/alsoFailed.ts';
import type { ProblemPart } from '../problems/problemParts.ts';
import type { Problem } from '../problems/problems.ts';
import type { ProblemState, Standing } from '../problems/problemState.ts';
import type { ExecutionKey, Milliseconds } from '../trace/execution.ts';
import type { Scope } from './list.ts';

/** Which of the problems: those that want something done, those that don't any more, those of which nobody wants to hear. */
export type ProblemGroup = 'unresolved' | 'resolved' | 'ignored';

/** Which group a problem is of, by how it stands. */
export function problemGroup(state: ProblemState): ProblemGroup {
  switch (state) {
    case 'new':
    case 'open':
    case 'watching':
    case 'regressed':
    // That nothing runs there any more is no fix.
    case 'quiet':
    // Nor is it one that nobody knows.
    case 'unknown':
      return 'unresolved';
    case 'resolved':
      return 'resolved';
    case 'ignored':
      return 'ignored';
  }
}

export interface ProblemsQuery {
  readonly scope: Scope;
  readonly group: ProblemGroup;
}

/** More than that nobody reads through; those that failed last are told. */
export const mostProblemRows = 200;

/** What a failure said. */
export interface SaidText {
  readonly text: string;
  /** Of its lines the one that tells the cause; empty where that is the first, or none. */
  readonly telling: string;
}

/** Another problem, as one of those that may belong to one. */
export type OtherProblem = Pick<Problem, 'signature' | 'nodeName'> & SaidText;

/** A problem as it is shown. */
export interface ProblemRow
  extends
    SaidText,
    Pick<
      Problem,
      | ('signature' | 'flow' | 'flowName' | 'nodeId' | 'nodeName' | 'cause' | 'category' | 'code')
      | ('count' | 'weekly' | 'firstMs' | 'lastMs' | 'runsSince')
      | ('mark' | 'lastGood' | keyof Standing)
      | ('lineage' | 'isApart' | 'joins')
    > {
  /** Names it among all problems. */
  readonly id: string;
  /** As many as one looks at. */
  readonly alsoFailed?: readonly Omit<AlsoFailed, 'runs'>[];
  /** The first execution that failed, and the last; of what memory no longer holds nothing can be opened. */
  readonly firstFailed: ExecutionKey | null;
  readonly lastFailed: ExecutionKey | null;
  /** Its flow file was changed since it failed last, which may be a fix: when; null where it wasn't, or that is settled. */
  readonly changedMs: Milliseconds | null;
  /** Other problems at the same node, and at others of its flow: what should have been one may be among them. */
  readonly besides: readonly OtherProblem[];
  readonly elsewhere: readonly OtherProblem[];
  /** What it is made of that can be told apart by hand. */
  readonly parts: readonly (ProblemPart & SaidText)[];
}

/** What the menu of a problem offers. */
export type ProblemAction =
  | ('showFailedRuns' | 'openLastFailedRun' | 'openFirstFailedRun' | 'openLastGoodRun')
  | 'goToProblemStep'
  | ('markProblemFixed' | 'markProblemNotFixed' | 'ignoreProblem' | 'stopIgnoringProblem')
  | ('selectForMerge' | 'mergeSelected' | 'copyProblemText');

/** The problems of a scope. */
export interface ProblemsAnswer {
  readonly query: ProblemsQuery;
  readonly rows: readonly ProblemRow[];
  /** How many there are of each group. */
  readonly totals: Readonly<Record<ProblemGroup, number>>;
  /** From when on executions are known; null for none. */
  readonly sinceMs: Milliseconds | null;
  /** How many ended in this time: without any, nothing is known of problems. */
  readonly ended: number;
  /** Of how many the record is still to be looked into. */
  readonly pending: number;
  /** How many failed whose record is no longer in memory: of what, nobody knows. */
  readonly unknown: number;
}

/** What is known of an execution from those that ran before and after it. */
export interface OwnPast {
  readonly key: ExecutionKey;
  /** The problem that its failure is one of. */
  readonly problem: ProblemRow | null;
  /** How it compares with those that succeeded before it. */
  readonly usual: AgainstUsual | null;
  /** Where it failed: how reliable that node is since its problem is there. */
  readonly node: NodeReliability | null;
  /** It is of a trace file, which holds few of its runs: what is usual nobody can tell. */
  readonly isOfFile?: true;
  /** What its process used; missing where its robot doesn't report that. */
  readonly process?: ProcessUse;
}

/** A problem that enough runs passed since, as the list of problems says. */
export type ResolvedProblem = Pick<
  Problem,
  'nodeName' | 'text' | 'count' | 'passes' | 'needed' | 'sinceMs' | 'lastRunMs'
>;

/** A failure that is to be told, or to be put to what was told just now. */
export interface FailureTold {
  /** Whether its problem was told already: of an execution of a flow file, or of others alone. */
  readonly told: 'no' | 'withoutFile' | 'yes';
  /** The failure that it failed of, for it called that: they are one. */
  readonly of: ExecutionKey | null;
  /** What was told before and is one failure with it: it says more than those that called it, and than a service that it called. */
  readonly insteadOf: readonly ExecutionKey[];
}
