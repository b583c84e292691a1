import { flowOf } from '../analysis/asPast.ts';
import type { PastExecution } from '../analysis/pastExecution.ts';
import { type ByHand, byHand } from '../problems/byHand.ts';
import { isOwnNode } from '../problems/lineage.ts';
import { ignoredUpTo, type ProblemMark, type ReaderMark, weekMs } from '../problems/problemMark.ts';
import { failureSignature, type Reading } from '../problems/signature.ts';
import type { Problem } from '../problems/problems.ts';
import type { FailureTold } from '../protocol/problems.ts';
import type { ExecutionKey, ExecutionSummary, Milliseconds, NodeId } from '../trace/execution.ts';
import { FailuresTogether } from './failuresTogether.ts';
import { readFailures } from './readFailures.ts';

/** What is needed to tell failures. */
export interface FailureNewsWorld {
  /** What its record tells of a failure; null where the record isn't in memory. */
  readonly pastOf: (summary: ExecutionSummary) => PastExecution | null;
  /** Whether it is of a flow file; some are told of no others. */
  readonly hasFile: (summary: ExecutionSummary) => boolean;
}

/** A problem that failed while somebody looked, or was read of the past. */
interface Known {
  readonly key: string;
  /** The node, where it is of one lineage alone; else the flow. */
  readonly place: string;
  readonly nodeId: NodeId | null;
  readonly kind: ExecutionSummary['kind'];
  failures: number;
  /** When that began by which it was resolved, as the list of problems says; null while it isn't. */
  resolvedMs: Milliseconds | null;
  /** What passed it while somebody looked, since it failed last: the last that came, and when the first one began. */
  passed: { readonly run: ExecutionSummary; readonly firstMs: Milliseconds } | null;
  /** When its last failure began. */
  lastMs: Milliseconds;
  /** When the last failure began that was told. */
  newsMs: Milliseconds;
  /** Of one that is ignored: since when, and when it failed since, in order, as often as would end that. */
  ignored: { readonly sinceMs: Milliseconds; failedMs: Milliseconds[]; isOver: boolean } | null;
  /** Nothing more is to be told of it than was, until it is resolved. */
  told: FailureTold['told'];
  /** The failure that came last. */
  last: ExecutionSummary;
  /** The problem of which failures that looked like its own turned out to be: of what was called. */
  of: Known | null;
}

/** As many problems as anybody has; the one that failed longest ago is told again when it comes back. */
const mostKnown = 1_000;
/** A workflow in a workflow in a workflow. */
const mostLevels = 10;
/** What is put to something that was told comes within seconds, and so does what the list of problems says. */
const mostTold = 100;
/** No week of failures that anybody ignores is longer. */
const mostIgnored = 10_000;

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
  private readonly known = new Map<string, Known>();
  private readonly atPlace = new Map<string, Set<Known>>();
  private readonly texts = readFailures();
  private together: FailuresTogether;
  /** By failure, the problem that it is one of, and whether it is counted there. */
  private readonly problemOf = new Map<ExecutionKey, { known: Known; isCounted: boolean }>();
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
  private readonly said = new Map<string, Milliseconds>();
  private hasIgnored = false;
  private hasMoved = false;
  /** When a problem was said to be fixed last. */
  private fixedMs: Milliseconds = -Infinity;
  private hand: Record<'ofFlow' | 'ofNode', Omit<ByHand, 'apart'>> = handOf([]);

  constructor(world: FailureNewsWorld) {
    this.world = world;
    this.together = new FailuresTogether(world.pastOf);
  }

  setMarks(marks: readonly ReaderMark[]): void {
    this.hasIgnored = marks.some(({ kind }) => kind === 'ignored');
    this.hasMoved = marks.some(({ kind }) => kind === 'moved');
    this.fixedMs = marks.reduce(
      (last, { kind, atMs }) => (kind === 'fixed' ? Math.max(last, atMs) : last),
      -Infinity,
    );
    this.hand = handOf(marks);
  }

  /** Another source: nothing of it is known. */
  clear(): void {
    this.known.clear();
    this.atPlace.clear();
    this.passed.clear();
    this.asked.clear();
    this.untold.clear();
    this.returned = [];
    this.said.clear();
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
    if (this.isIgnored(summary, known)) return null;
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
    this.isIgnored(summary, known);
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
    for (const known of this.cameTo(summary)) {
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
      this.said.delete(fingerprint);
      this.cameBack(known, problem.backMs);
      return false;
    }
    // What fails after it is news.
    known.told = 'no';
    // Resolved before somebody looked; or told already, for what called it is one problem with it.
    const isOld = known.passed === null || known.resolvedMs < known.passed.firstMs;
    const isSaid = wasResolved || this.said.get(fingerprint) === lastMs;
    this.said.delete(fingerprint);
    this.said.set(fingerprint, lastMs);
    keepLast(this.said, mostKnown);
    return !isOld && !isSaid;
  }

  private askOf({ key, last, passed }: Known): void {
    this.passed.set(key, { key, failure: last.key, run: passed?.run ?? last });
  }

  /** The list says at which failure a problem came back; where nothing was told of that yet, it is news from there on. */
  private cameBack(known: Known, backMs: Milliseconds | null): void {
    if (backMs === null || backMs <= known.newsMs) return;
    known.told = 'no';
    for (const summary of this.untold.values()) {
      const isItsOwn = this.problemOf.get(summary.key)?.known === known;
      if (isItsOwn && (summary.beginMs ?? 0) >= backMs) this.returned.push(summary);
    }
  }

  private take(summary: ExecutionSummary): Known {
    const key = keyOf(summary, this.texts);
    const before = this.known.get(key);
    const known = before ?? newOf(summary, key);
    this.known.delete(key);
    this.known.set(key, known);
    if (before === undefined) this.begin(known);
    known.failures++;
    known.last = summary;
    this.failedAt(known, summary.beginMs ?? 0);
    this.problemOf.set(summary.key, { known, isCounted: true });
    keepLast(this.problemOf, mostKnown);
    return known;
  }

  /**
   * Where its record is late, it began before what resolved it and is no news, and the list may say something else. Where
   * the list has not answered yet, it may have been resolved by less than it says next.
   */
  private failedAt(known: Known, beginMs: Milliseconds): void {
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
    const isFixed = this.fixedMs > known.newsMs;
    // What fails on and on is known.
    if (isLate || isUnjudged || isFixed || known.passed !== null) this.askOf(known);
  }

  /** What passed before its failure came, and began behind it. */
  private passedBehind({ last, lastMs, nodeId }: Known): Known['passed'] {
    const run = this.lastGood.get(`${last.kind} ${flowOf(last)}`);
    if (run === undefined || (run.beginMs ?? 0) <= lastMs) return null;
    return nodeId === null || run.nodeIds.includes(nodeId) ? { run, firstMs: lastMs } : null;
  }

  /** What was taken for a failure of its own, and is one with this one: of those that were told the keys. */
  private joined(summary: ExecutionSummary, known: Known): readonly ExecutionKey[] {
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
    own: Known,
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
  private isLikelyOthers(summary: ExecutionSummary, known: Known): boolean {
    if (known.of === null || known.failures > 1) return false;
    let root = known.of;
    for (let level = 1; root.of !== null && level < mostLevels; level++) root = root.of;
    return root.resolvedMs === null && !this.isDue(summary, root);
  }

  private isDue(summary: ExecutionSummary, { told, newsMs, resolvedMs }: Known): boolean {
    // What began before the one that was told last is none that came back.
    const isNext = told === 'no' && (summary.beginMs ?? 0) > newsMs;
    const isNews = isNext || (told === 'withoutFile' && this.world.hasFile(summary));
    return isNews && resolvedMs === null;
  }

  /** A failure is one of another problem than it was taken for; gives that. */
  private takeBack(key: ExecutionKey, of: Known): Known | undefined {
    const before = this.problemOf.get(key);
    if (before === undefined || before.known === of) return undefined;
    const { known, isCounted } = before;
    this.problemOf.set(key, { known: of, isCounted: false });
    if (isCounted) known.failures--;
    known.of = of;
    return known;
  }

  /** Of the problems those whose node an execution came to. */
  private *cameTo(summary: ExecutionSummary): Generator<Known> {
    if (this.known.size === 0) return;
    const flow = flowOf(summary);
    yield* this.knownAt(flow, summary);
    for (const nodeId of summary.nodeIds) {
      // At most nodes none is known, and each execution that succeeded is asked for all of its nodes.
      if (!this.atPlace.has(nodeId) || nodeId === flow || !isOwnNode(nodeId)) continue;
      yield* this.knownAt(nodeId, summary);
    }
  }

  private *knownAt(place: string, summary: ExecutionSummary): Generator<Known> {
    for (const known of this.atPlace.get(place) ?? []) {
      const { nodeId, kind } = known;
      const came = nodeId === null || place === nodeId || summary.nodeIds.includes(nodeId);
      if (came && kind === summary.kind) yield known;
    }
  }

  private begin(known: Known): void {
    const siblings = this.atPlace.get(known.place) ?? new Set();
    this.atPlace.set(known.place, siblings.add(known));
    for (const oldest of this.known.values()) {
      if (this.known.size <= mostKnown || oldest === known) break;
      this.forget(oldest);
    }
  }

  private forget(known: Known): void {
    this.known.delete(known.key);
    const left = this.atPlace.get(known.place);
    left?.delete(known);
    if (left?.size === 0) this.atPlace.delete(known.place);
  }

  /** Whether it is ignored, and fails no more often than that is meant for; told when it does, once. */
  private isIgnored(summary: ExecutionSummary, known: Known): boolean {
    const mark = this.ignoredOf(summary);
    if (known.ignored?.sinceMs !== mark?.atMs) known.ignored = null;
    if (mark === null) return false;
    const beginMs = summary.beginMs ?? mark.atMs;
    const ignored = (known.ignored ??= { sinceMs: mark.atMs, failedMs: [], isOver: false });
    if (ignored.isOver || beginMs < mark.atMs) return !ignored.isOver;
    const many = Math.min(ignoredUpTo(mark), mostIgnored);
    ignored.failedMs = [...ignored.failedMs, beginMs].sort((a, b) => a - b).slice(-many);
    const [first = 0] = ignored.failedMs;
    const isWeek = (ignored.failedMs.at(-1) ?? 0) - first <= weekMs;
    ignored.isOver = ignored.failedMs.length === many && isWeek;
    if (ignored.isOver) known.told = 'no';
    return !ignored.isOver;
  }

  private ignoredOf(summary: ExecutionSummary): ProblemMark | null {
    if (!this.hasIgnored) return null;
    const placed = this.placed(summary);
    const mark = placed?.hand.markOf(placed.signature, placed.flow);
    return mark?.kind === 'ignored' ? mark : null;
  }

  /** What the reader put together is one problem: another part of it that was told is told for this one, too. */
  private toldMerged(summary: ExecutionSummary, known: Known): FailureTold['told'] {
    const placed = this.hasMoved ? this.placed(summary) : null;
    if (placed?.hand.movesOf(placed.flow) === undefined) return known.told;
    const name = `${placed.flow} ${placed.signature}`;
    const other = this.known.get(this.merged.get(name) ?? '');
    this.merged.set(name, known.key);
    keepLast(this.merged, mostKnown);
    return other?.resolvedMs === null ? toldOfBoth(known.told, other.told) : known.told;
  }

  /** Of which problem a failure is, by what the reader said; null where its record can't be opened. */
  private placed(summary: ExecutionSummary) {
    const failure = this.world.pastOf(summary)?.failure ?? null;
    if (failure === null) return null;
    const isOwn = failure.nodeId !== null && isOwnNode(failure.nodeId);
    const hand = isOwn ? this.hand.ofNode : this.hand.ofFlow;
    const flow = isOwn ? '' : flowOf(summary);
    const own = failureSignature(failure, summary.code, this.texts);
    const moves = hand.movesOf(flow);
    return {
      hand,
      flow,
      signature: moves?.problemOf(moves.movedBy(own, failure.text) ?? own) ?? own,
    };
  }
}

/** What was said, of each flow and of each node that one flow and its imports alone have. */
function handOf(marks: readonly ReaderMark[]) {
  return { ofFlow: byHand(marks, ({ flow }) => flow), ofNode: byHand(marks, () => '') };
}

function newOf(summary: ExecutionSummary, key: string): Known {
  const { failing, kind } = summary;
  return {
    ...{ key, place: placeOf(summary), nodeId: failing?.nodeId ?? null, kind },
    ...{ failures: 0, lastMs: -Infinity, newsMs: -Infinity, resolvedMs: null, passed: null },
    ...{ ignored: null, told: 'no', last: summary, of: null },
  };
}

function placeOf(summary: ExecutionSummary): string {
  const nodeId = summary.failing?.nodeId ?? null;
  return nodeId !== null && isOwnNode(nodeId) ? nodeId : flowOf(summary);
}

function keyOf(summary: ExecutionSummary, texts: Reading): string {
  const { failing, code, message, kind } = summary;
  const place = [kind, placeOf(summary), failing?.nodeId ?? null];
  return JSON.stringify([...place, code, texts.normal(message)]);
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
