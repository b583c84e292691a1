import { againstUsual } from '../analysis/againstUsual.ts';
import { groupsOf } from '../analysis/groups.ts';
import { hasEnded, type PastExecution } from '../analysis/pastExecution.ts';
import type { NormalTexts } from '../problems/normalTexts.ts';
import type { ReaderMark } from '../problems/problemMark.ts';
import { type Problem, problemSteps } from '../problems/problems.ts';
import { signatureOf } from '../problems/signature.ts';
import type { OwnPast, ProblemRow } from '../protocol/problems.ts';
import type { ExecutionKey, Milliseconds } from '../trace/execution.ts';

/** What is needed to find problems. */
export interface FindingWorld {
  readonly nowMs: Milliseconds;
  readonly marks: readonly ReaderMark[];
  /** Waits while others have their turn, where it is time for that. */
  readonly pause: () => Promise<void>;
  /** When the flow file of an execution was changed last; null where nobody saw that. */
  readonly changedMs: (key: ExecutionKey | null) => Milliseconds | null;
  /** An execution as it can be opened; null where it is no longer in memory. */
  readonly ifHere: (key: ExecutionKey | null | undefined) => ExecutionKey | null;
}

/** The problems of executions, as they were when they were looked for. */
export class FoundProblems {
  readonly problems: readonly Problem[];
  private readonly byFingerprint: ReadonlyMap<string, Problem>;
  private readonly ofExecution: ReadonlyMap<ExecutionKey, Problem>;
  private readonly executions: ReadonlyMap<ExecutionKey, PastExecution>;
  private readonly ofFlow: ReadonlyMap<string, readonly PastExecution[]>;
  private readonly world: Pick<FindingWorld, 'ifHere' | 'changedMs'>;

  private constructor(
    problems: readonly Problem[],
    ended: readonly PastExecution[],
    world: Pick<FindingWorld, 'ifHere' | 'changedMs'>,
  ) {
    this.problems = problems;
    this.world = world;
    this.byFingerprint = new Map(problems.map((problem) => [problem.fingerprint, problem]));
    this.ofExecution = new Map(
      problems.flatMap((problem) => problem.failures.map(({ key }) => [key, problem] as const)),
    );
    this.executions = new Map(ended.map((run) => [run.key, run]));
    this.ofFlow = groupsOf(ended, ({ flow }) => flow);
  }

  /** Looks for the problems of executions, oldest first. */
  static async of(
    executions: readonly PastExecution[],
    texts: NormalTexts,
    world: FindingWorld,
  ): Promise<FoundProblems> {
    const { nowMs, marks, pause } = world;
    const steps = problemSteps(executions, { nowMs, marks, normal: (text) => texts.of(text) });
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return new FoundProblems(value, executions.filter(hasEnded), world);
      await pause();
    }
  }

  /** How many executions of some flows ended, or of all; of how many that failed nobody looked into the record. */
  counts(flows: ReadonlySet<string> | null): { readonly ended: number; readonly unknown: number } {
    let ended = 0;
    let unknown = 0;
    for (const flow of flows ?? this.ofFlow.keys()) {
      for (const { failure, isSummary } of this.ofFlow.get(flow) ?? []) {
        ended++;
        if (failure !== null && isSummary === true) unknown++;
      }
    }
    return { ended, unknown };
  }

  /** The id of the problem that an execution's failure is; null for none. */
  readonly idOf = (key: ExecutionKey): string | null => {
    const problem = this.ofExecution.get(key);
    return problem === undefined ? null : signatureOf(problem.fingerprint);
  };

  /** A problem as it is shown. */
  row(problem: Problem): ProblemRow {
    const { fingerprint, failures, besides, lastGood, flows: _, ...rest } = problem;
    const { ifHere } = this.world;
    const lastFailed = ifHere(failures.at(-1)?.key);
    const changedMs = this.world.changedMs(lastFailed);
    const isOpen = ['new', 'open', 'regressed'].includes(problem.state);
    return {
      ...rest,
      id: signatureOf(fingerprint),
      lastGood: ifHere(lastGood),
      firstFailed: ifHere(failures[0]?.key),
      lastFailed,
      changedMs: isOpen && changedMs !== null && changedMs > problem.lastMs ? changedMs : null,
      besides: besides.flatMap((other) => {
        const found = this.byFingerprint.get(other);
        return found === undefined ? [] : [{ signature: found.signature, text: found.text }];
      }),
    };
  }

  /** An execution among the others of its flow. */
  ownPast(key: ExecutionKey): OwnPast {
    const problem = this.ofExecution.get(key);
    const run = this.executions.get(key);
    return {
      key,
      problem: problem === undefined ? null : this.row(problem),
      usual: run === undefined ? null : againstUsual(run, this.ofFlow.get(run.flow) ?? []),
    };
  }
}
