import { againstUsual } from '../analysis/againstUsual.ts';
import { nodeReliability } from '../analysis/flaky.ts';
import { processUse } from '../analysis/processUse.ts';
import type { PastExecution } from '../analysis/pastExecution.ts';
import type { CauseId } from '../diagnosis/causes.ts';
import { ProblemIndex } from '../problems/problemIndex.ts';
import type { Problem, ProblemsWorld } from '../problems/problems.ts';
import { type Reading, signatureOf, type SignedWords } from '../problems/signature.ts';
import type { OtherProblem, OwnPast, ProblemRow, SaidText } from '../protocol/problems.ts';
import type { ExecutionKey, Milliseconds } from '../trace/execution.ts';

/** Of a workflow that everybody calls nobody reads all that do. */
const mostFlows = 5;

/** What is needed to find problems. */
export interface FindingWorld extends ProblemsWorld {
  /** Waits while others have their turn, where it is time for that. */
  readonly pause: () => Promise<void>;
  /** When the flow file of an execution was changed last; null where nobody saw that. */
  readonly changedMs: (key: ExecutionKey) => Milliseconds | null;
  /** An execution as it can be opened; null where it is no longer in memory. */
  readonly ifHere: (key: ExecutionKey | null | undefined) => ExecutionKey | null;
  /** A problem as it stands where others tell that. */
  readonly asTold: (problem: Problem) => Problem;
  /** What a failure said; the patterns of causes are where they are needed anyway. */
  readonly said: (cause: CauseId | null, text: string) => SaidText;
}

/** The problems of executions, as they were when they were looked for last: what came since is put to them. */
export class FoundProblems {
  private readonly index: ProblemIndex;
  private byFingerprint: ReadonlyMap<string, Problem> = new Map();
  private world: Pick<FindingWorld, 'ifHere' | 'changedMs' | 'asTold' | 'said'> | undefined;

  constructor(reading: Reading) {
    this.index = new ProblemIndex(reading);
  }

  get problems(): readonly Problem[] {
    return this.index.problems;
  }

  /** Looks for the problems of executions, oldest first; until that is over nothing is to be asked of it. */
  async look(executions: readonly PastExecution[], world: FindingWorld): Promise<void> {
    const { pause, ...asked } = world;
    for (const _ of this.index.take(executions, asked)) await pause();
    this.world = world;
    const { problems } = this.index;
    this.byFingerprint = new Map(problems.map((problem) => [problem.fingerprint, problem]));
  }

  /** How many executions of some flows ended, or of all; of how many that failed nobody looked into the record. */
  counts(flows: ReadonlySet<string> | null): { readonly ended: number; readonly unknown: number } {
    return this.index.counts(flows);
  }

  /** The id of the problem that an execution's failure is; null for none. Of one that is only in the history `past` tells. */
  readonly idOf = (key: ExecutionKey, past?: PastExecution): string | null => {
    const problem = this.index.of(key);
    const isOther = past !== undefined && this.index.run(key)?.beginMs !== past.beginMs;
    const known = problem !== undefined && !isOther ? problem.fingerprint : null;
    const fingerprint = known ?? (past === undefined ? null : this.index.fingerprintOf(past));
    return fingerprint === null ? null : signatureOf(fingerprint);
  };

  /** The problem that the failure of an execution is. */
  of(key: ExecutionKey): Problem | undefined {
    return this.index.of(key);
  }

  /** Of what a signature was made; null for one that no failure has, or none that is put in its place by now. */
  wordsOf(signature: string): SignedWords | null {
    return this.index.wordsOf(signature);
  }

  /** A problem as it is shown. */
  row(counted: Problem): ProblemRow {
    const problem = this.asTold(counted);
    const {
      fingerprint,
      failures,
      besides,
      elsewhere,
      lastGood,
      flows: _,
      alsoFailed,
      parts,
      ...rest
    } = problem;
    const ifHere = this.world?.ifHere ?? (() => null);
    const lastFailed = ifHere(failures.at(-1)?.key);
    const changedMs = lastFailed === null ? null : (this.world?.changedMs(lastFailed) ?? null);
    const isOpen = ['new', 'open', 'regressed'].includes(problem.state);
    return {
      ...rest,
      ...this.said(problem.cause, problem.text),
      parts: parts.map((part) => ({ ...part, ...this.said(problem.cause, part.text) })),
      id: signatureOf(fingerprint),
      ...(alsoFailed === undefined
        ? {}
        : { alsoFailed: alsoFailed.slice(0, mostFlows).map(({ runs: _runs, ...flow }) => flow) }),
      lastGood: ifHere(lastGood),
      firstFailed: ifHere(failures[0]?.key),
      lastFailed,
      changedMs: isOpen && changedMs !== null && changedMs > problem.lastMs ? changedMs : null,
      besides: this.told(besides),
      elsewhere: this.told(elsewhere),
    };
  }

  /** A problem as it stands. */
  asTold(problem: Problem): Problem {
    return this.world?.asTold(problem) ?? problem;
  }

  private get said(): FindingWorld['said'] {
    return this.world?.said ?? ((_, text) => ({ text, telling: '' }));
  }

  private told(fingerprints: readonly string[]): readonly OtherProblem[] {
    return fingerprints.flatMap((other) => {
      const found = this.byFingerprint.get(other);
      if (found === undefined) return [];
      const { signature, cause, text, nodeName, nodeId } = found;
      const name = nodeName === '' ? (nodeId ?? '') : nodeName;
      return [{ signature, nodeName: name, ...this.said(cause, text) }];
    });
  }

  /** Of the runs by which its problem is told: two counts would ask which is right. */
  private reliabilityOf(
    run: PastExecution | undefined,
    problem: Problem | undefined,
  ): OwnPast['node'] {
    const nodeId = problem?.nodeId ?? run?.failure?.nodeId ?? null;
    const flow = problem?.flow ?? run?.flow;
    if (nodeId === null || flow === undefined) return null;
    return nodeReliability(this.index.cameTo(flow, nodeId), problem?.firstMs);
  }

  /** An execution among the others of its flow. */
  ownPast(key: ExecutionKey): OwnPast {
    const problem = this.index.of(key);
    const run = this.index.run(key);
    const runs = run === undefined ? [] : this.index.runsOf(run.flow);
    const process = run === undefined ? null : processUse(run, runs);
    return {
      key,
      problem: problem === undefined ? null : this.row(problem),
      usual: run === undefined ? null : againstUsual(run, runs),
      ...(process === null ? {} : { process }),
      node: this.reliabilityOf(run, problem),
    };
  }
}
