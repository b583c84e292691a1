import { groupsOf } from '../analysis/groups.ts';
import { type CameToNode, byNode } from '../analysis/byNode.ts';
import { hasEnded, type PastExecution, type PastFailure } from '../analysis/pastExecution.ts';
import type { Category } from '../diagnosis/category.ts';
import type { CauseId } from '../diagnosis/causes.ts';
import type { ExecutionKey, Milliseconds, NodeId } from '../trace/execution.ts';
import { apartFlows, byHand, type ByHand, type Moves } from './byHand.ts';
import { lineages } from './lineage.ts';
import { normalText } from './normalText.ts';
import {
  isStillIgnored,
  type ProblemMark,
  type ReaderMark,
  weekMs,
  weeklyRate,
} from './problemMark.ts';
import { partsOf, type ProblemPart, type Told } from './problemParts.ts';
import { nodePast, type NodePast, type Standing, standingOf } from './problemState.ts';
import { signatureOf, signatureVersion, toldBy } from './signature.ts';

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
  readonly failures: readonly { readonly key: ExecutionKey; readonly sid: string }[];
  /** The last execution before the first failure that passed the node. */
  readonly lastGood: ExecutionKey | null;
  /** What the reader said of it last. */
  readonly mark: ProblemMark['kind'] | null;
  /** Fingerprints of other problems at the same node, as many as one looks at. */
  readonly besides: readonly string[];
}

/** A flow of a lineage, by its newest name. */
export interface LineageFlow {
  readonly flow: string;
  readonly name: string;
  readonly beginMs: Milliseconds;
}

/** Where a node fails in a hundred ways, a list of them says nothing of one. */
const mostBesides = 5;
/** A flow that is imported each day is looked at by its last imports. */
const mostOfLineage = 10;

interface Timed extends PastExecution {
  readonly beginMs: Milliseconds;
}

interface Failed extends Timed {
  readonly failure: PastFailure;
}

/** What problems are made of besides executions. */
export interface ProblemsWorld {
  /** Tells how long nothing has run. */
  readonly nowMs: Milliseconds;
  /** What the reader said, in its order; null where there is no reader, and nothing is new to him. */
  readonly marks: readonly ReaderMark[] | null;
  /** For whoever asks again and again, and remembers. */
  readonly normal: (text: string) => string;
}

/** The problems of executions, those that failed last first. */
export function problemsOf(
  executions: readonly PastExecution[],
  nowMs: Milliseconds,
  marks: readonly ReaderMark[] | null = null,
): readonly Problem[] {
  const steps = problemSteps(executions, { nowMs, marks, normal: normalText });
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The same, with pauses in which others may have their turn. */
export function* problemSteps(
  executions: readonly PastExecution[],
  world: ProblemsWorld,
): Generator<undefined, readonly Problem[]> {
  const marks = world.marks ?? [];
  const apart = apartFlows(marks);
  const lineageOf = lineages(executions, apart);
  yield;
  const rootOf = (flow: string) => lineageOf.get(flow) ?? flow;
  const hand = { apart, ...byHand(marks, rootOf) };
  const ended = executions
    .filter((run): run is Timed => hasEnded(run) && run.beginMs !== null)
    .sort((a, b) => a.beginMs - b.beginMs);
  yield;
  const problems: Problem[] = [];
  for (const [root, runs] of groupsOf(ended, ({ flow }) => rootOf(flow))) {
    // Of a record that nobody looked into no cause is known: it would be a problem of its own.
    const failed = runs.filter(
      (run): run is Failed => run.failure !== null && run.isSummary !== true,
    );
    if (failed.length === 0) continue;
    const lineage = { root, flows: flowsOf(runs) };
    const places = groupsOf(failed, ({ failure }) => failure.nodeId);
    const came = byNode(runs, places);
    for (const [nodeId, ofNode] of places) {
      yield;
      const past = pastOf(nodeId === null ? runs.map(asWhole) : (came.get(nodeId) ?? []));
      for (const problem of problemsAt(ofNode, { lineage, past, hand }, world)) {
        problems.push(problem);
      }
    }
  }
  return problems.sort((a, b) => b.lastMs - a.lastMs);
}

/** The flows of a lineage, by their first run; runs come in their order. */
function flowsOf(runs: readonly Timed[]): readonly LineageFlow[] {
  const flows = new Map<string, LineageFlow>();
  for (const { flow, name, beginMs } of runs) {
    const known = flows.get(flow);
    if (known === undefined) flows.set(flow, { flow, name, beginMs });
    else if (known.name !== name) flows.set(flow, { ...known, name });
  }
  return [...flows.values()].slice(-mostOfLineage);
}

/** A node of a lineage. */
interface Place {
  readonly lineage: { readonly root: string; readonly flows: readonly LineageFlow[] };
  readonly past: Past;
  readonly hand: ByHand;
}

function problemsAt(
  failed: readonly Failed[],
  { lineage, past, hand }: Place,
  { nowMs, marks, normal }: ProblemsWorld,
): readonly Problem[] {
  const groups = toldAlike(failed, hand.movesOf(lineage.root), normal);
  const fingerprintOf = (signature: string) => `${lineage.root} ${signature}`;
  const first = [...groups.keys()].slice(0, mostBesides + 1).map(fingerprintOf);
  return [...groups].flatMap(([signature, told]) => {
    const fingerprint = fingerprintOf(signature);
    const besides = first.filter((other) => other !== fingerprint).slice(0, mostBesides);
    const mark = hand.markOf(signature, lineage.root);
    const reader = { nowMs, mark, hasReader: marks !== null };
    const names = { fingerprint, signature, besides, parts: partsOf(told) };
    const whose = { lineage: lineage.flows, isApart: hand.apart.has(lineage.root) };
    const runs = told.map(({ run }) => run);
    return problemOf({ ...names, ...whose }, runs, past, reader);
  });
}

interface Known extends Told {
  readonly run: Failed;
}

/** Failures by the signature of the problem that they are of, in their order. */
function toldAlike(
  failed: readonly Failed[],
  moves: Moves | undefined,
  normal: (text: string) => string,
): ReadonlyMap<string, readonly Known[]> {
  const signatures = new Map<string, string>();
  const known = failed.map((run): Known => {
    const words = toldBy(run.failure, run.code, normal);
    const own = signatures.get(words) ?? `${signatureVersion}-${signatureOf(words)}`;
    signatures.set(words, own);
    const { text } = run.failure;
    return { run, own, text, movedBy: moves?.movedBy(own, text) ?? null };
  });
  return groupsOf(known, ({ own, movedBy }) => moves?.problemOf(movedBy ?? own) ?? own);
}

/** Where no record names the node, the execution has to have ended well. */
function asWhole(run: Timed): CameToNode<Timed> {
  return { run, passed: run.outcome === 'succeeded' };
}

interface Past extends NodePast {
  readonly placeOf: ReadonlyMap<Timed, number>;
  /** By place: the last run before it that passed. */
  readonly goodBefore: readonly (ExecutionKey | null)[];
}

function pastOf(came: readonly CameToNode<Timed>[]): Past {
  let good: ExecutionKey | null = null;
  const goodBefore = came.map(({ run, passed }) => {
    const before = good;
    if (passed) good = run.key;
    return before;
  });
  // An import of the flow is another revision of it.
  const runs = came.map(({ run: { beginMs, flow, revision }, passed }) => {
    return { beginMs, revision: `${flow} ${revision}`, passed };
  });
  const placeOf = new Map(came.map(({ run }, place) => [run, place]));
  return { ...nodePast(runs), placeOf, goodBefore };
}

/** What is said of it besides what happened. */
interface Reader {
  readonly nowMs: Milliseconds;
  readonly mark: ProblemMark | null;
  readonly hasReader: boolean;
}

function problemOf(
  names: Pick<Problem, 'fingerprint' | 'signature' | 'besides' | 'parts' | 'lineage' | 'isApart'>,
  failed: readonly Failed[],
  past: Past,
  reader: Reader,
): readonly Problem[] {
  const [first, last] = [failed[0], failed.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { nodeId, name, cause, category, text } = last.failure;
  const failedAt = failed.flatMap((run) => past.placeOf.get(run) ?? []);
  const failedMs = failed.map(({ beginMs }) => beginMs);
  const [place = 0] = failedAt;
  const fixedMs = reader.mark?.kind === 'fixed' ? reader.mark.atMs : null;
  const standing = standingOf(past, failedAt, reader.nowMs, fixedMs);
  return [
    {
      ...names,
      ...{ flow: last.flow, flowName: last.name, nodeId, nodeName: name },
      flows: [...new Set(failed.map(({ flow }) => flow).reverse())].reverse(),
      ...{ cause, category, code: last.code, text, count: failed.length },
      weekly: weeklyRate(failedMs, reader.nowMs),
      ...{ firstMs: first.beginMs, lastMs: last.beginMs, runsSince: past.runs.length - place },
      failures: failed.map(({ key, sid }) => ({ key, sid })),
      lastGood: past.goodBefore[place] ?? null,
      ...standing,
      mark: reader.mark?.kind ?? null,
      state: stateFor(standing, failedMs, reader),
    },
  ];
}

/** How it stands for who reads: what he looked at is not new, and what he ignores is told apart. */
function stateFor(
  { state }: Standing,
  failedMs: readonly Milliseconds[],
  { nowMs, mark, hasReader }: Reader,
): Standing['state'] {
  if (mark?.kind === 'ignored' && isStillIgnored(mark, failedMs)) return 'ignored';
  const [firstMs = 0] = failedMs;
  const isUnseen = hasReader && mark === null && nowMs - firstMs < weekMs;
  return state === 'open' && isUnseen ? 'new' : state;
}
