import { takeByNode } from '../analysis/byNode.ts';
import type { NodeId } from '../trace/execution.ts';
import { fewChanges, type FlowRuns } from './flowRuns.ts';
import type { Changes } from './timed.ts';
import { ProblemPlace, type Signed } from './problemPlace.ts';
import { insertInOrder, isFailed, type Failed, removeInOrder, type Timed } from './timed.ts';

const beginOf = ({ beginMs }: Timed) => beginMs;

/** What ran of the flows of a lineage, and at which of its nodes something failed. */
export class LineageRuns {
  readonly root: string;
  /** Those that ran first stand first. */
  readonly flows: readonly FlowRuns[];
  readonly places = new Map<NodeId | null, ProblemPlace>();
  /** Grows with each change. */
  revision = 0;
  /** Its places are known. */
  isBuilt = false;
  private readonly sign: (run: Failed) => string;
  private merged: Timed[] | undefined;

  constructor(root: string, flows: readonly FlowRuns[], sign: (run: Failed) => string) {
    this.root = root;
    this.flows = flows;
    this.sign = sign;
  }

  /** All of them, in order of their begin. */
  get runs(): readonly Timed[] {
    const [first] = this.flows;
    if (this.flows.length === 1 && first !== undefined) return first.runs;
    this.merged ??= this.flows.flatMap(({ runs }) => runs).sort((a, b) => a.beginMs - b.beginMs);
    return this.merged;
  }

  /** Goes through all of it; pauses now and then. */
  *build(): Generator<undefined, void> {
    this.revision++;
    this.places.clear();
    this.merged = undefined;
    this.isBuilt = true;
    const { runs, places } = this;
    let steps = 0;
    for (const run of runs) {
      const hasFailed = isFailed(run);
      if (hasFailed) this.placeOf(run).failed.push(this.signed(run));
      // Its text may be another one each time, and is read for forty microseconds.
      steps += hasFailed ? 10 : 1;
      if (steps < 1_000) continue;
      steps = 0;
      yield;
    }
    const whole = places.get(null);
    const came = new Map(
      [...places].flatMap(([nodeId, place]) =>
        nodeId === null ? [] : [[nodeId, place.came] as const],
      ),
    );
    for (const run of runs) {
      takeByNode(came, run, came);
      whole?.came.push({ run, passed: run.outcome === 'succeeded' });
      if (++steps % 500 === 0) yield;
    }
  }

  /** The flows have these runs, or have them no more: all that changed in them. */
  *change({ added, dropped }: Changes): Generator<undefined, void> {
    if (added.length + dropped.length > fewChanges) {
      yield* this.build();
      return;
    }
    this.revision++;
    for (const run of dropped) {
      this.drop(run);
      yield;
    }
    const known = [...this.places.values()];
    for (const run of added) {
      if (this.merged !== undefined) insertInOrder(this.merged, run, beginOf);
      for (const place of known) place.take(run);
      yield;
    }
    const failed = added.filter(isFailed);
    const others = failed.flatMap((run) =>
      this.places.has(run.failure.nodeId) ? [] : [this.placeOf(run)],
    );
    // Nobody counted there until now.
    if (others.length > 0) {
      for (const run of this.runs) for (const place of others) place.take(run);
      yield;
    }
    for (const run of failed) this.placeOf(run).fail(this.signed(run));
  }

  private drop(run: Timed): void {
    if (this.merged !== undefined) {
      removeInOrder(this.merged, (each) => each === run, run.beginMs, beginOf);
    }
    for (const [nodeId, place] of this.places) {
      place.drop(run);
      if (place.failed.length === 0) this.places.delete(nodeId);
    }
  }

  private placeOf({ failure: { nodeId } }: Failed): ProblemPlace {
    const known = this.places.get(nodeId);
    if (known !== undefined) return known;
    const made = new ProblemPlace(nodeId);
    this.places.set(nodeId, made);
    return made;
  }

  private signed(run: Failed): Signed {
    return { run, own: this.sign(run) };
  }
}
