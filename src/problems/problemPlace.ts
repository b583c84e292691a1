import { type CameToNode, verdictAt } from '../analysis/byNode.ts';
import type { ExecutionKey, NodeId } from '../trace/execution.ts';
import { type NodePast, nodePast } from './problemState.ts';
import type { Moves } from './byHand.ts';
import { groupsOf } from '../base/groups.ts';
import type { Told } from './problemParts.ts';
import { insertInOrder, removeInOrder, type Failed, type Timed } from './timed.ts';

/** A failure, and the signature that it has by itself. */
export interface Signed {
  readonly run: Failed;
  readonly own: string;
}

/** The same, with what the reader moved. */
export interface Known extends Told {
  readonly run: Failed;
}

/** What came to a node or to several, and where in that each failure stands. */
export interface Past extends NodePast {
  readonly runs: readonly CameToNode<Timed>[];
  readonly placeOf: ReadonlyMap<Timed, number>;
  /** The last run before a place that passed and went well; where none did, the newest that does since. */
  readonly lastGood: (place: number) => ExecutionKey | null;
}

const beginOfCame = ({ run }: CameToNode<Timed>) => run.beginMs;
const beginOfSigned = ({ run }: Signed) => run.beginMs;

/** A node of a lineage at which something failed, or the whole of it where no record names the node. */
export class ProblemPlace {
  readonly nodeId: NodeId | null;
  readonly failed: Signed[] = [];
  /** What came to it, in order of its begin; of the whole of a lineage that is all that ran. */
  came: CameToNode<Timed>[] = [];
  private made: Past | undefined;
  private told:
    { readonly by: Moves | undefined; readonly groups: ReadonlyMap<string, Known[]> } | undefined;

  constructor(nodeId: NodeId | null) {
    this.nodeId = nodeId;
  }

  fail(signed: Signed): void {
    insertInOrder(this.failed, signed, beginOfSigned);
    this.told = undefined;
    this.made = undefined;
  }

  /** Takes a run that came here. */
  take(run: Timed): boolean {
    const passed = this.verdict(run);
    if (passed === null) return false;
    insertInOrder(this.came, { run, passed }, beginOfCame);
    this.made = undefined;
    return true;
  }

  drop(run: Timed): boolean {
    if (!removeInOrder(this.came, (each) => each.run === run, run.beginMs, beginOfCame))
      return false;
    if (removeInOrder(this.failed, (each) => each.run === run, run.beginMs, beginOfSigned)) {
      this.told = undefined;
    }
    this.made = undefined;
    return true;
  }

  get past(): Past {
    return (this.made ??= pastOf(this.came, this.failed));
  }

  /** Its failures by the signature of the problem that they are of, in their order. */
  groups(moves: Moves | undefined): ReadonlyMap<string, Known[]> {
    if (this.told?.by !== moves || this.told === undefined) {
      this.told = { by: moves, groups: toldAlike(this.failed, moves) };
    }
    return this.told.groups;
  }

  private verdict(run: Timed): boolean | null {
    // Where no record names the node, the execution has to have ended well.
    return this.nodeId === null ? run.outcome === 'succeeded' : verdictAt(run, this.nodeId);
  }
}

function toldAlike(
  failed: readonly Signed[],
  moves: Moves | undefined,
): ReadonlyMap<string, Known[]> {
  const known = failed.map(({ run, own }): Known => {
    const { text } = run.failure;
    return { run, own, text, movedBy: moves?.movedBy(own, text) ?? null };
  });
  return groupsOf(known, ({ own, movedBy }) => moves?.problemOf(movedBy ?? own) ?? own);
}

/** Counts what came, and finds failures in it. */
export function pastOf(
  came: readonly CameToNode<Timed>[],
  failed: readonly { readonly run: Timed }[],
): Past {
  const past = nodePast(came);
  const wanted = new Set(failed.map(({ run }) => run));
  const placeOf = new Map<Timed, number>();
  came.forEach(({ run }, place) => {
    if (wanted.has(run)) placeOf.set(run, place);
  });
  let last = -1;
  const goodBefore = Int32Array.from(came, (one, place) => {
    const before = last;
    if (isGood(one)) last = place;
    return before;
  });
  const lastGood = (place: number) => {
    const before = goodBefore[place] ?? -1;
    return came[before === -1 ? last : before]?.run.key ?? null;
  };
  return { ...past, runs: came, placeOf, lastGood };
}

/** It passed here, and failed nowhere else. */
function isGood({ run, passed }: CameToNode<Timed>): boolean {
  return passed && run.outcome === 'succeeded';
}

/** What came to several nodes: passed where it passed all of them that it came to. */
export function pastOfSeveral(places: readonly ProblemPlace[], failed: readonly Known[]): Past {
  const passed = new Map<Timed, boolean>();
  for (const { came } of places) {
    for (const each of came) passed.set(each.run, each.passed && passed.get(each.run) !== false);
  }
  const came = [...passed].map(([run, isPassed]) => ({ run, passed: isPassed }));
  came.sort((a, b) => a.run.beginMs - b.run.beginMs);
  return pastOf(came, failed);
}
