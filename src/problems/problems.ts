import type { Category } from '../diagnosis/category.ts';
import type { CauseId } from '../diagnosis/causes.ts';
import type { ExecutionKey, Milliseconds, NodeId } from '../trace/execution.ts';
import { type AlsoFailed, alsoFailedOf, type FailedRun } from './alsoFailed.ts';
import type { ByHand, Moves } from './byHand.ts';
import type { CalledFailures } from './calledFailures.ts';
import type { LineageRuns } from './lineageRuns.ts';
import {
  isStillIgnored,
  type ProblemMark,
  type ReaderMark,
  weekMs,
  weeklyRate,
} from './problemMark.ts';
import { joinsOf, partsOf, type ProblemKind, type ProblemPart } from './problemParts.ts';
import { type Known, type Past, pastOfSeveral, type ProblemPlace } from './problemPlace.ts';
import { type Standing, standingOf } from './problemState.ts';

/** Failures that are the same: at one node of one flow, of one cause, with one text but for what differs from run to run. */
export interface Problem extends Standing {
  /** Stable over restarts, and over imports of the flow as long as the first of them is known. */
  readonly fingerprint: string;
  /** The same without the flow: what is kept of a problem goes by it and any flow of the lineage. */
  readonly signature: string;
  /** The flow of the newest failure. */
  readonly flow: string;
  readonly flowName: string;
  /** All flows of its failures, the newest last: an import of the flow is another one. */
  readonly flows: readonly string[];
  /** What its flow is one with: flows that have the same nodes, the first of them first, as many as one looks at. */
  readonly lineage: readonly LineageFlow[];
  /** Its flow has most nodes of an earlier one, and the reader said that it is another. */
  readonly isApart: boolean;
  /** What it is made of that can be told apart by hand, the newest first. */
  readonly parts: readonly ProblemPart[];
  /** What the failures are that the reader put together, the newest first; missing where all are of one kind, which is told below. */
  readonly joins?: readonly ProblemKind[];
  /** Null where no record names it. */
  readonly nodeId: NodeId | null;
  readonly nodeName: string;
  readonly cause: CauseId | null;
  readonly category: Category;
  readonly code: number;
  /** What the newest failure said, masked. */
  readonly text: string;
  readonly count: number;
  /** Of these within the last week. */
  readonly weekly: number;
  readonly firstMs: Milliseconds;
  readonly lastMs: Milliseconds;
  /** How many runs came to the node since it first failed. */
  readonly runsSince: number;
  /** The executions that failed, oldest first. */
  readonly failures: readonly FailedRun[];
  /** Flows that failed because they called one of these, those that did most often first; missing where there are none. */
  readonly alsoFailed?: readonly AlsoFailed[];
  /** The last execution before its last failure that passed the node and went well; where none did, the newest that does since. */
  readonly lastGood: ExecutionKey | null;
  /** What the reader said of it last. */
  readonly mark: ProblemMark['kind'] | null;
  /** Fingerprints of other problems at the same node, as many as one looks at. */
  readonly besides: readonly string[];
  /** The same of other nodes of its flow, those that failed last. */
  readonly elsewhere: readonly string[];
}

/** A flow of a lineage, by its newest name. */
export interface LineageFlow {
  readonly flow: string;
  readonly name: string;
  readonly beginMs: Milliseconds;
}

/** Where a node fails in a hundred ways, a list of them says nothing of one. */
const mostBesides = 5;
/** Of a flow in which more than these fail nobody looks for two that are one. */
const mostLooked = 50;
/** A flow that is imported each day is looked at by its last imports. */
const mostOfLineage = 10;

/** What problems are made of besides executions. */
export interface ProblemsWorld {
  /** Tells how long nothing has run. */
  readonly nowMs: Milliseconds;
  /** What the reader said, in its order; null where there is no reader, and nothing is new to him. */
  readonly marks: readonly ReaderMark[] | null;
  /** When the flow file of an execution was changed last; null where nobody saw that. Without: nobody looked. */
  readonly changedMs?: (key: ExecutionKey) => Milliseconds | null;
  /** Stands for all that this says. */
  readonly filesAsOf?: string;
}

/** The problems of what ran of a lineage, but for failures that are those of what it called; pauses now and then. */
export function* problemsOfLineage(
  lineage: LineageRuns,
  hand: ByHand,
  world: ProblemsWorld,
  called: CalledFailures,
): Generator<undefined, readonly Problem[]> {
  const moves = hand.movesOf(lineage.root);
  const whose = { flows: flowsOf(lineage), isApart: hand.apart.has(lineage.root) };
  const groups = new Map<string, ProblemPlace[]>();
  for (const place of lineage.places.values()) {
    for (const signature of place.groups(moves).keys()) {
      const known = groups.get(signature);
      if (known === undefined) groups.set(signature, [place]);
      else known.push(place);
    }
    yield;
  }
  const problems: Problem[] = [];
  for (const [signature, places] of groups) {
    const told = failuresOf(signature, places, moves).filter(
      ({ run }) => called.rootOf(run) === undefined,
    );
    const [place] = places;
    if (place === undefined) continue;
    // What the reader put together is passed by what passes each of its nodes.
    const past = places.length === 1 ? place.past : pastOfSeveral(places, told);
    const besides = namesBeside(signature, place.groups(moves), lineage.root);
    const about = { signature, besides, lineage, whose, hand, called };
    const problem = problemOf(told, past, about, world);
    if (problem !== null) problems.push(problem);
    yield;
  }
  return withElsewhere(problems);
}

/** The flows of a lineage, by their first run and their newest name. */
function flowsOf({ flows }: LineageRuns): readonly LineageFlow[] {
  return flows.slice(-mostOfLineage).flatMap(({ flow, runs }) => {
    const [first, last] = [runs[0], runs.at(-1)];
    return first === undefined || last === undefined
      ? []
      : [{ flow, name: last.name, beginMs: first.beginMs }];
  });
}

function failuresOf(
  signature: string,
  places: readonly ProblemPlace[],
  moves: Moves | undefined,
): readonly Known[] {
  const told = places.flatMap((place) => place.groups(moves).get(signature) ?? []);
  if (places.length > 1) told.sort((a, b) => a.run.beginMs - b.run.beginMs);
  return told;
}

function namesBeside(signature: string, groups: ReadonlyMap<string, unknown>, root: string) {
  const besides: string[] = [];
  for (const other of groups.keys()) {
    if (besides.length >= mostBesides) break;
    if (other !== signature) besides.push(fingerprintOf(root, other));
  }
  return besides;
}

/** What names a problem among all: its lineage and its signature. */
export function fingerprintOf(root: string, signature: string): string {
  return `${root} ${signature}`;
}

/** Those at other nodes that failed last: what should have been one with it may be among them. */
function withElsewhere(problems: readonly Problem[]): readonly Problem[] {
  const newest = problems.toSorted((a, b) => b.lastMs - a.lastMs).slice(0, mostLooked);
  return problems.map((problem) => {
    const others = newest.filter(({ nodeId }) => nodeId !== problem.nodeId);
    const elsewhere = others.slice(0, mostBesides).map(({ fingerprint }) => fingerprint);
    return { ...problem, elsewhere };
  });
}

/** What is known of a problem besides its failures. */
interface About {
  readonly signature: string;
  readonly besides: readonly string[];
  readonly lineage: LineageRuns;
  readonly whose: { readonly flows: readonly LineageFlow[]; readonly isApart: boolean };
  readonly hand: ByHand;
  readonly called: CalledFailures;
}

/** What is said of it besides what happened. */
interface Reader {
  readonly nowMs: Milliseconds;
  readonly mark: ProblemMark | null;
  readonly hasReader: boolean;
  /** It passed between two of its failures. */
  readonly hasPassed: boolean;
}

function problemOf(
  told: readonly Known[],
  past: Past,
  { signature, besides, lineage: { root }, whose, hand, called }: About,
  { nowMs, marks, changedMs }: ProblemsWorld,
): Problem | null {
  const failed = told.map(({ run }) => run);
  const [first, last] = [failed[0], failed.at(-1)];
  if (first === undefined || last === undefined) return null;
  const { nodeId, name, cause, category, text } = last.failure;
  const failedAt = failed.flatMap((run) => past.placeOf.get(run) ?? []);
  const failedMs = failed.map(({ beginMs }) => beginMs);
  const [place = 0] = failedAt;
  const mark = hand.markOf(signature, root);
  const fixedMs = mark?.kind === 'fixed' ? mark.atMs : null;
  const done = { fixedMs, changedMs: changedMs?.(last.key) ?? null };
  const standing = standingOf(past, failedAt, nowMs, done);
  return {
    ...{ fingerprint: fingerprintOf(root, signature), signature, besides, elsewhere: [] },
    ...{ lineage: whose.flows, isApart: whose.isApart, parts: partsOf(told) },
    ...joinsOf(told),
    ...{ flow: last.flow, flowName: last.name, nodeId, nodeName: name },
    flows: [...new Set(failed.map(({ flow }) => flow).reverse())].reverse(),
    ...{ cause, category, code: last.code, text, count: failed.length },
    weekly: weeklyRate(failedMs, nowMs),
    ...{ firstMs: first.beginMs, lastMs: last.beginMs, runsSince: past.runs.length - place },
    failures: failed.map(({ key, sid, beginMs }) => ({ key, sid, beginMs })),
    ...alsoFailedOf(failed, called),
    lastGood: past.lastGood(failedAt.at(-1) ?? 0),
    ...standing,
    mark: markThatHolds(mark, last.beginMs),
    state: stateFor(standing, failedMs, {
      ...{ nowMs, mark, hasReader: marks !== null },
      hasPassed: hasPassed(past, failedAt),
    }),
  };
}

/** That it is fixed holds until a run that began later fails; that the reader saw it stays. */
function markThatHolds(mark: ProblemMark | null, lastMs: Milliseconds): Problem['mark'] {
  if (mark?.kind === 'fixed' && lastMs > mark.atMs) return 'seen';
  return mark?.kind ?? null;
}

function hasPassed({ passedBefore }: Past, failedAt: readonly number[]): boolean {
  const [first = 0, last = 0] = [failedAt[0], failedAt.at(-1)];
  return (passedBefore[last] ?? 0) > (passedBefore[first] ?? 0);
}

/** How it stands for who reads: what he looked at is not new, and what he ignores is told apart. */
function stateFor(
  { state }: Standing,
  failedMs: readonly Milliseconds[],
  { nowMs, mark, hasReader, hasPassed }: Reader,
): Standing['state'] {
  if (mark?.kind === 'ignored' && isStillIgnored(mark, failedMs)) return 'ignored';
  const [firstMs = 0] = failedMs;
  // What was watched already and fails again is a problem that goes on.
  const isUnseen = hasReader && mark === null && !hasPassed && nowMs - firstMs < weekMs;
  return state === 'open' && isUnseen ? 'new' : state;
}
