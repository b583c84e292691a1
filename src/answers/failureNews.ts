import { flowOf } from '../analysis/asPast.ts';
import type { PastExecution } from '../analysis/pastExecution.ts';
import type { ReaderMark } from '../problems/problemMark.ts';
import type { Problem } from '../problems/problems.ts';
import type { FailureTold } from '../protocol/problems.ts';
import type { ExecutionKey, ExecutionSummary, Milliseconds } from '../trace/execution.ts';
import { FailuresTogether } from './failuresTogether.ts';
import { type KnownProblem, KnownProblems, mostKnown } from './knownProblems.ts';
import { readFailures } from './readFailures.ts';
import { SaidOfFailures } from './saidOfFailures.ts';

/** What is needed to tell failures. */
export interface FailureNewsWorld {
  /** What its record tells of a failure; null where the record isn't in memory. */
  readonly pastOf: (summary: ExecutionSummary) => PastExecution | null;
  /** Whether it is of a flow file; some are told of no others. */
  readonly hasFile: (summary: ExecutionSummary) => boolean;
}

/** A workflow in a workflow in a workflow. */
const mostLevels = 10;
/** What is put to something that was told comes within seconds, and so does what the list of problems says. */
const mostTold = 100;
/** What passed a problem, and how the list of problems is asked whether that resolved it. */
export interface PassedProblem {
  readonly key: string;
  /** One of its failures. */
  readonly failure: ExecutionKey;
  /** What passed it last; where nothing did, the failure itself. */
  readonly run: ExecutionSummary;
}

/** A failure that is news, and what is to be told of it. */
export interface ReturnedFailure {
  readonly summary: ExecutionSummary;
  readonly told: FailureTold;
}

/**
 * Which failures are news: the first of each problem, and the first after it was resolved or said to be fixed. Told by what
 * summaries say: a record is opened only where something is ignored. Whether it is resolved, and at which failure it came
 * back, the list of problems says, which knows all that ran: it is asked where something passed that may have resolved it.
 * What fails before the list has answered waits for that.
 */
export class FailureNews {
  private readonly world: FailureNewsWorld;
  private readonly reading = readFailures();
  private readonly known = new KnownProblems(this.reading);
  private readonly said: SaidOfFailures;
  private together: FailuresTogether;
  /** By failure, the problem that it is one of, and whether it is counted there. */
  private readonly problemOf = new Map<ExecutionKey, { known: KnownProblem; isCounted: boolean }>();
  /** The failures that were told last. */
  private readonly told = new Set<ExecutionKey>();
  /** By what the reader put together, which part of it was told last. */
  private readonly merged = new Map<string, string>();
  /** What came by problems since the list was asked last, by problem: the last of each. */
  private readonly passed = new Map<string, PassedProblem>();
  /** Of which of them the list has not answered yet. */
  private readonly asked = new Set<string>();
  /** The last failures of which nothing was told: the list may say that a problem came back at one of them. */
  private readonly untold = new Map<ExecutionKey, ExecutionSummary>();
  /** Those of the problems that came back, as the list said. */
  private returned: ExecutionSummary[] = [];
  /** By flow, what passed and began last: of as many flows as there are problems. */
  private readonly lastGood = new Map<string, ExecutionSummary>();
  /** By problem of the list, of which last failure it was said that it is resolved. */
  private readonly saidResolved = new Map<string, Milliseconds>();

  constructor(world: FailureNewsWorld) {
    this.world = world;
    this.said = new SaidOfFailures(world.pastOf, this.reading);
    this.together = new FailuresTogether(world.pastOf);
  }

  setMarks(marks: readonly ReaderMark[]): void {
    this.said.setMarks(marks);
  }

  /** Another source: nothing of it is known. */
  clear(): void {
    this.known.clear();
    this.passed.clear();
    this.asked.clear();
    this.untold.clear();
    this.returned = [];
    this.saidResolved.clear();
    this.lastGood.clear();
    this.problemOf.clear();
    this.told.clear();
    this.merged.clear();
    this.together = new FailuresTogether(this.world.pastOf);
  }

  /** Takes a failure that happened just now; what is to be told of it, null for nothing. */
  failed(summary: ExecutionSummary): FailureTold | null {
    const known = this.take(summary);
    const insteadOf = this.joined(summary, known);
    if (this.said.isIgnored(summary, known)) return null;
    const told =
      this.isDue(summary, known) || insteadOf.length > 0
        ? this.tell(summary, known, insteadOf)
        : null;
    if (told === null) {
      this.untold.set(summary.key, summary);
      keepLast(this.untold, mostTold);
    }
    return told;
  }

  /** Which failures the list of problems said to be news since this was asked last. */
  takeReturned(): readonly ReturnedFailure[] {
    const returned = this.returned;
    this.returned = [];
    return returned.flatMap((summary) => {
      const known = this.problemOf.get(summary.key)?.known;
      const told = known === undefined ? null : this.tell(summary, known, []);
      if (told === null) return [];
      this.untold.delete(summary.key);
      return [{ summary, told }];
    });
  }

  /** Takes a failure of the past, which is told to nobody: what it comes to later may be. */
  remember(summary: ExecutionSummary): void {
    const known = this.take(summary);
    this.said.isIgnored(summary, known);
    for (const key of this.together.add(summary)) this.takeBack(key, known);
  }

  /** Takes an execution that succeeded: it passed the nodes that it ran. */
  succeeded(summary: ExecutionSummary): void {
    const beginMs = summary.beginMs ?? 0;
    const flow = `${summary.kind} ${flowOf(summary)}`;
    if (beginMs >= (this.lastGood.get(flow)?.beginMs ?? -Infinity)) {
      this.lastGood.delete(flow);
      this.lastGood.set(flow, summary);
      keepLast(this.lastGood, mostKnown);
    }
    for (const known of this.known.cameTo(summary)) {
      const { passed, lastMs, resolvedMs } = known;
      // With what comes behind that nothing changes, unless it failed behind it, of which the list has still to say something.
      if (resolvedMs !== null && beginMs > resolvedMs && lastMs <= resolvedMs) continue;
      if (beginMs > lastMs) {
        known.passed = { run: summary, firstMs: Math.min(passed?.firstMs ?? beginMs, beginMs) };
      }
      this.askOf(known);
    }
  }

  /** Whether something came by which the list may say something else of a problem. */
  get isToBeAsked(): boolean {
    return this.passed.size > 0;
  }

  /** What passed since this was asked last. */
  takePassed(): readonly PassedProblem[] {
    const passed = [...this.passed.values()];
    this.passed.clear();
    for (const { key } of passed) this.asked.add(key);
    return passed;
  }

  /** Takes how the list of problems sees one that was passed; whether it is to be said that it is resolved: once. */
  isNowResolved({ key }: PassedProblem, problem: Problem | undefined): boolean {
    this.asked.delete(key);
    const known = this.known.get(key);
    if (known === undefined || problem === undefined) return false;
    const { fingerprint, state, lastMs } = problem;
    const wasResolved = known.resolvedMs !== null && lastMs <= known.resolvedMs;
    known.resolvedMs = state === 'resolved' ? problem.resolvedMs : null;
    if (known.resolvedMs === null) {
      this.saidResolved.delete(fingerprint);
      this.cameBack(known, problem.backMs);
      return false;
    }
    // What fails after it is news.
    known.told = 'no';
    // Resolved before somebody looked; or told already, for what called it is one problem with it.
    const isOld = known.passed === null || known.resolvedMs < known.passed.firstMs;
    const isSaid = wasResolved || this.saidResolved.get(fingerprint) === lastMs;
    this.saidResolved.delete(fingerprint);
    this.saidResolved.set(fingerprint, lastMs);
    keepLast(this.saidResolved, mostKnown);
    return !isOld && !isSaid;
  }

  private askOf({ key, last, passed }: KnownProblem): void {
    this.passed.set(key, { key, failure: last.key, run: passed?.run ?? last });
  }

  /** The list says at which failure a problem came back; where nothing was told of that yet, it is news from there on. */
  private cameBack(known: KnownProblem, backMs: Milliseconds | null): void {
    if (backMs === null || backMs <= known.newsMs) return;
    known.told = 'no';
    for (const summary of this.untold.values()) {
      const isItsOwn = this.problemOf.get(summary.key)?.known === known;
      if (isItsOwn && (summary.beginMs ?? 0) >= backMs) this.returned.push(summary);
    }
  }

  private take(summary: ExecutionSummary): KnownProblem {
    const known = this.known.take(summary);
    this.failedAt(known, summary.beginMs ?? 0);
    this.problemOf.set(summary.key, { known, isCounted: true });
    keepLast(this.problemOf, mostKnown);
    return known;
  }

  /**
   * Where its record is late, it began before what resolved it and is no news, and the list may say something else. Where
   * the list has not answered yet, it may have been resolved by less than it says next.
   */
  private failedAt(known: KnownProblem, beginMs: Milliseconds): void {
    const isUnjudged = this.passed.has(known.key) || this.asked.has(known.key);
    if (known.resolvedMs !== null && beginMs > known.resolvedMs && !isUnjudged) {
      known.resolvedMs = null;
    }
    const isLate = beginMs <= known.lastMs;
    if (!isLate) {
      const wasKnown = known.lastMs > -Infinity;
      known.lastMs = beginMs;
      if (!wasKnown || (known.passed?.run.beginMs ?? 0) <= beginMs)
        known.passed = this.passedBehind(known);
    }
    const isFixed = this.said.fixedMs > known.newsMs;
    // What fails on and on is known.
    if (isLate || isUnjudged || isFixed || known.passed !== null) this.askOf(known);
  }

  /** What passed before its failure came, and began behind it. */
  private passedBehind({ last, lastMs, nodeId }: KnownProblem): KnownProblem['passed'] {
    const run = this.lastGood.get(`${last.kind} ${flowOf(last)}`);
    if (run === undefined || (run.beginMs ?? 0) <= lastMs) return null;
    return nodeId === null || run.nodeIds.includes(nodeId) ? { run, firstMs: lastMs } : null;
  }

  /** What was taken for a failure of its own, and is one with this one: of those that were told the keys. */
  private joined(summary: ExecutionSummary, known: KnownProblem): readonly ExecutionKey[] {
    const callers = this.together.add(summary).map((key) => ({ key, isSame: true }));
    const services = this.together
      .servicesOf(summary)
      .map(({ key, isWhy }) => ({ key, isSame: isWhy }));
    const others = [...callers, ...services];
    for (const { key, isSame } of others) {
      const other = this.takeBack(key, known);
      // What was told of it was told of this one.
      if (isSame && other !== undefined && this.told.has(key)) {
        known.told = toldOfBoth(known.told, other.told);
      }
    }
    return others.flatMap(({ key }) => (this.told.has(key) ? [key] : []));
  }

  private tell(
    summary: ExecutionSummary,
    own: KnownProblem,
    insteadOf: readonly ExecutionKey[],
  ): FailureTold | null {
    const of = this.together.of(summary);
    const known = of === null ? own : this.problemOf.get(of)?.known;
    if (of !== null && known !== undefined) this.takeBack(summary.key, known);
    if (known === undefined || known.ignored?.isOver === false) return null;
    if (of === null && this.isDue(summary, known)) known.told = this.toldMerged(summary, known);
    const isPut = insteadOf.length > 0 || (of !== null && this.told.has(of));
    const isDue = this.isDue(summary, known) && !this.isLikelyOthers(summary, known);
    if (!isDue && !isPut) return null;
    const { told } = known;
    if (isDue) {
      known.told = this.world.hasFile(summary) ? 'yes' : 'withoutFile';
      known.newsMs = Math.max(known.newsMs, summary.beginMs ?? 0);
    }
    this.told.add(summary.key);
    keepLast(this.told, mostTold);
    return { told, of, insteadOf };
  }

  /** The first one by itself, where others like it were those of what it called: the record of that may come later. */
  private isLikelyOthers(summary: ExecutionSummary, known: KnownProblem): boolean {
    if (known.of === null || known.failures > 1) return false;
    let root = known.of;
    for (let level = 1; root.of !== null && level < mostLevels; level++) root = root.of;
    return root.resolvedMs === null && !this.isDue(summary, root);
  }

  private isDue(summary: ExecutionSummary, { told, newsMs, resolvedMs }: KnownProblem): boolean {
    // What began before the one that was told last is none that came back.
    const isNext = told === 'no' && (summary.beginMs ?? 0) > newsMs;
    const isNews = isNext || (told === 'withoutFile' && this.world.hasFile(summary));
    return isNews && resolvedMs === null;
  }

  /** A failure is one of another problem than it was taken for; gives that. */
  private takeBack(key: ExecutionKey, of: KnownProblem): KnownProblem | undefined {
    const before = this.problemOf.get(key);
    if (before === undefined || before.known === of) return undefined;
    const { known, isCounted } = before;
    this.problemOf.set(key, { known: of, isCounted: false });
    if (isCounted) known.failures--;
    known.of = of;
    return known;
  }

  /** What the reader put together is one problem: another part of it that was told is told for this one, too. */
  private toldMerged(summary: ExecutionSummary, known: KnownProblem): FailureTold['told'] {
    const name = this.said.movedTo(summary);
    if (name === null) return known.told;
    const other = this.known.get(this.merged.get(name) ?? '');
    this.merged.set(name, known.key);
    keepLast(this.merged, mostKnown);
    return other?.resolvedMs === null ? toldOfBoth(known.told, other.told) : known.told;
  }
}

/** What was told of two that are one. */
function toldOfBoth(one: FailureTold['told'], other: FailureTold['told']): FailureTold['told'] {
  const order = ['no', 'withoutFile', 'yes'] as const;
  return order.indexOf(one) > order.indexOf(other) ? one : other;
}

/** The newest ones of what is kept in its order. */
function keepLast<K>(
  kept: { size: number; keys(): Iterable<K>; delete(key: K): boolean },
  most: number,
) {
  for (const oldest of kept.keys()) {
    if (kept.size <= most) return;
    kept.delete(oldest);
  }
}
