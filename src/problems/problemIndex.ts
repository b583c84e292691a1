import type { CameToNode } from '../analysis/byNode.ts';
import { groupsOf } from '../base/groups.ts';
import type { PastExecution } from '../analysis/pastExecution.ts';
import { hourMs } from '../base/zone.ts';
import type { ExecutionKey, NodeId } from '../trace/execution.ts';
import { apartFlows, byHand, type ByHand } from './byHand.ts';
import { CalledFailures } from './calledFailures.ts';
import { FlowRuns } from './flowRuns.ts';
import { isOwnNode, lineagesOf } from './lineage.ts';
import { LineageRuns } from './lineageRuns.ts';
import { isOfFlow, type ReaderMark } from './problemMark.ts';
import { fingerprintOf, type Problem, problemsOfLineage, type ProblemsWorld } from './problems.ts';
import { RunsOfNow } from './runsOfNow.ts';
import {
  failureSignature,
  isSignatureOf,
  type Reading,
  signatureOf,
  signatureVersion,
  type SignedWords,
  toldBy,
} from './signature.ts';
import { type Changes, type Failed, isFailed, type Timed } from './timed.ts';

/** Problems of a lineage, and what they were made of. */
interface Found {
  readonly of: string;
  readonly hand: ByHand;
  readonly problems: readonly Problem[];
}

/** Words of failures of which the signature is known: some hundred bytes each. */
const mostSignatures = 20_000;
/** Between two pauses; of some hundreds that overlap each takes a tenth of a millisecond. */
const callsAtOnce = 100;

/**
 * Problems of executions that come and leave: what came or left is put in or taken out where it belongs, and only what is
 * other by that is judged anew. A question never goes through all.
 */
export class ProblemIndex {
  /** The newest failure's first. */
  problems: readonly Problem[] = [];
  private readonly runs = new RunsOfNow();
  private readonly flows = new Map<string, FlowRuns>();
  private readonly called = new CalledFailures();
  private lineages = new Map<string, LineageRuns>();
  private rootOf: ReadonlyMap<string, string> = new Map();
  private readonly found = new Map<LineageRuns, Found>();
  private ofExecution: ReturnType<typeof problemsByRun> | undefined;
  private readonly signatures = new Map<string, string>();
  private readonly reading: Reading;
  private isOtherLineage = false;
  private marks: readonly ReaderMark[] | null | undefined;
  private hand: ByHand = { apart: new Set(), ...byHand([], ({ flow }) => flow) };

  constructor(reading: Reading) {
    this.reading = reading;
  }

  /** Takes what is there now, in whatever order; pauses now and then, in which nothing of it is to be asked. */
  *take(executions: readonly PastExecution[], world: ProblemsWorld): Generator<undefined, void> {
    const changes = yield* this.runs.take(executions);
    const marksBefore = this.marks;
    this.takeMarks(world.marks);
    const rootsBefore = this.rootOf;
    yield* this.takeRuns(changes);
    if (marksBefore !== this.marks || rootsBefore !== this.rootOf) {
      const { apart } = this.hand;
      this.hand = { apart, ...byHand(world.marks ?? [], (mark) => this.rootOfMark(mark)) };
    }
    // As exactly as it matters that nothing has run for two weeks.
    const asOf = `${String(Math.floor(world.nowMs / hourMs))} ${world.filesAsOf ?? ''}`;
    for (const lineage of this.lineages.values()) {
      const known = this.found.get(lineage);
      const of = `${String(lineage.revision)} ${asOf}`;
      if (known?.of === of && known.hand === this.hand) continue;
      const problems = yield* problemsOfLineage(lineage, this.hand, world, this.called);
      this.found.set(lineage, { of, hand: this.hand, problems });
    }
    const all = [...this.lineages.values()].flatMap(
      (lineage) => this.found.get(lineage)?.problems ?? [],
    );
    all.sort((a, b) => b.lastMs - a.lastMs);
    this.problems = all;
    this.ofExecution = undefined;
  }

  /** The problem that an execution's failure is: of one that failed for what it called, that one's. */
  of(key: ExecutionKey): Problem | undefined {
    this.ofExecution ??= problemsByRun(this.problems);
    return this.ofExecution.get(key)?.problem;
  }

  /** Which problem the failure of an execution is one of that is not among these; null for one that did not fail. */
  fingerprintOf({ flow, failure, code }: PastExecution): string | null {
    if (failure === null) return null;
    const root = this.rootOf.get(flow) ?? flow;
    const own = failureSignature(failure, code, this.reading);
    const moves = this.hand.movesOf(root);
    const signature = moves?.problemOf(moves.movedBy(own, failure.text) ?? own) ?? own;
    return fingerprintOf(root, signature);
  }

  /** Of what a signature was made, as the newest failure says that has it; null where none has. */
  wordsOf(signature: string): SignedWords | null {
    for (const { places } of this.lineages.values()) {
      for (const { failed } of places.values()) {
        const found = failed.findLast(({ own, run }) =>
          isSignatureOf(signature, own, run.failure.text),
        );
        if (found === undefined) continue;
        const { nodeId, cause, text, also } = found.run.failure;
        return { nodeId, cause, text, also, code: found.run.code };
      }
    }
    return null;
  }

  /** An execution that ended. */
  run(key: ExecutionKey): Timed | undefined {
    return this.runs.of(key);
  }

  /** What ran of a flow, in order of its begin. */
  runsOf(flow: string): readonly Timed[] {
    return this.flows.get(flow)?.runs ?? [];
  }

  /** What came to a node at which something of a flow or its imports failed, in order of its begin. */
  cameTo(flow: string, nodeId: NodeId): readonly CameToNode<Timed>[] {
    const lineage = this.lineages.get(this.rootOf.get(flow) ?? flow);
    return lineage?.places.get(nodeId)?.came ?? [];
  }

  /** How many executions ended, and how many of them failed whose record nobody looked into. */
  counts(flows: ReadonlySet<string> | null): { readonly ended: number; readonly unknown: number } {
    let [ended, unknown] = [0, 0];
    for (const flow of flows ?? this.flows.keys()) {
      ended += this.flows.get(flow)?.runs.length ?? 0;
      unknown += this.flows.get(flow)?.unknown ?? 0;
    }
    return { ended, unknown };
  }

  private *takeRuns({ added, dropped }: Changes): Generator<undefined, void> {
    const [newOnes, goneOnes] = [added, dropped].map((runs) => groupsOf(runs, ({ flow }) => flow));
    const byFlow = new Map<string, Changes>();
    for (const name of new Set([...(newOnes?.keys() ?? []), ...(goneOnes?.keys() ?? [])])) {
      const changes = { added: newOnes?.get(name) ?? [], dropped: goneOnes?.get(name) ?? [] };
      const known = this.flows.get(name);
      const flow = known ?? new FlowRuns(name);
      if (flow.change(changes) || known === undefined) this.isOtherLineage = true;
      if (flow.runs.length === 0) this.flows.delete(name);
      else this.flows.set(name, flow);
      byFlow.set(name, changes);
      yield;
    }
    if (this.isOtherLineage) this.findLineages();
    this.isOtherLineage = false;
    // Its flows have changed by now: all of it at once, or some would be taken twice.
    const ofLineage = groupsOf(byFlow, ([name]) => this.rootOf.get(name) ?? name);
    for (const [root, changes] of ofLineage) {
      const lineage = this.lineages.get(root);
      if (lineage?.isBuilt !== true) continue;
      yield* lineage.change({
        added: changes.flatMap(([, { added: came }]) => came),
        dropped: changes.flatMap(([, { dropped: left }]) => left),
      });
    }
    for (const lineage of this.lineages.values()) if (!lineage.isBuilt) yield* lineage.build();
    yield* this.takeCalls({ added, dropped });
  }

  private *takeCalls({ added, dropped }: Changes): Generator<undefined, void> {
    let steps = 0;
    for (const run of dropped) {
      this.called.drop(run);
      if (++steps % callsAtOnce === 0) yield;
    }
    for (const run of added) {
      if (isFailed(run)) this.called.add(run);
      if (++steps % callsAtOnce === 0) yield;
    }
    for (const { flow } of this.called.moved()) {
      const lineage = this.lineages.get(this.rootOf.get(flow) ?? flow);
      if (lineage !== undefined) this.found.delete(lineage);
    }
  }

  /** Those of which the flows are the same stay as they are. */
  private findLineages(): void {
    const begun = ({ runs }: FlowRuns) => runs[0]?.beginMs ?? 0;
    const inOrder = [...this.flows.values()].sort((a, b) => begun(a) - begun(b));
    this.rootOf = lineagesOf(inOrder, this.hand.apart);
    const before = this.lineages;
    this.lineages = new Map();
    for (const [root, flows] of groupsOf(inOrder, ({ flow }) => this.rootOf.get(flow) ?? flow)) {
      const known = before.get(root);
      const isSame =
        known?.flows.length === flows.length && known.flows.every((flow, at) => flow === flows[at]);
      this.lineages.set(root, isSame ? known : new LineageRuns(root, flows, this.sign));
    }
    for (const lineage of before.values()) {
      if (this.lineages.get(lineage.root) !== lineage) this.found.delete(lineage);
    }
  }

  /** What the reader said, by the lineages of now. */
  private takeMarks(said: readonly ReaderMark[] | null): void {
    const isSame = this.marks === said;
    this.marks = said;
    const marks = said ?? [];
    const apart = isSame ? this.hand.apart : apartFlows(marks);
    if (!sameSet(apart, this.hand.apart)) this.isOtherLineage = true;
    this.hand = { ...this.hand, apart };
  }

  /** Of which lineage something was said: where its flow is gone by now, of the import that has the node. */
  private rootOfMark(mark: ReaderMark): string {
    const known = this.rootOf.get(mark.flow);
    const nodeId = isOfFlow(mark) ? null : (mark.of?.nodeId ?? null);
    if (known !== undefined || nodeId === null || !isOwnNode(nodeId)) return known ?? mark.flow;
    for (const [flow, { ownNodes }] of this.flows) {
      if (ownNodes.has(nodeId)) return this.rootOf.get(flow) ?? flow;
    }
    return mark.flow;
  }

  private readonly sign = ({ failure, code }: Failed): string => {
    const words = toldBy(failure, code, this.reading);
    const known = this.signatures.get(words);
    if (known !== undefined) return known;
    if (this.signatures.size >= mostSignatures) this.signatures.clear();
    const made = `${signatureVersion}-${signatureOf(words)}`;
    this.signatures.set(words, made);
    return made;
  };
}

/** By execution; of two of one key the one that began last is meant, as everywhere. */
function problemsByRun(problems: readonly Problem[]) {
  const found = new Map<ExecutionKey, { readonly beginMs: number; readonly problem: Problem }>();
  for (const problem of problems) {
    const also = (problem.alsoFailed ?? []).flatMap(({ runs }) => runs);
    for (const { key, beginMs } of [...problem.failures, ...also]) {
      if ((found.get(key)?.beginMs ?? -Infinity) < beginMs) found.set(key, { beginMs, problem });
    }
  }
  return found;
}

function sameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((each) => other.has(each));
}
