import type { NodeId } from '../trace/execution.ts';
import { isOwnNode } from './lineage.ts';
import { type Changes, insertInOrder, isFailed, removeInOrder, type Timed } from './timed.ts';

/** Fewer are put in and taken out one by one; more at once. */
export const fewChanges = 200;
const beginOf = ({ beginMs }: Timed) => beginMs;

/** What ran of a flow, in order of its begin. */
export class FlowRuns {
  readonly flow: string;
  readonly runs: Timed[] = [];
  /** How many ran each node that nobody but an import of the flow has. */
  readonly ownNodes = new Map<NodeId, number>();
  /** How many failed whose record nobody looked into. */
  unknown = 0;

  constructor(flow: string) {
    this.flow = flow;
  }

  /** Takes what came and lets go of what left; whether that may make it one of another lineage. */
  change({ added, dropped }: Changes): boolean {
    const first = this.runs[0];
    let isOther = false;
    if (dropped.length > fewChanges) {
      const gone = new Set(dropped);
      keepOnly(this.runs, (run) => !gone.has(run));
    }
    for (const run of dropped) {
      if (dropped.length <= fewChanges) {
        removeInOrder(this.runs, (each) => each === run, run.beginMs, beginOf);
      }
      if (run.failure !== null && !isFailed(run)) this.unknown--;
      if (this.count(run, -1)) isOther = true;
    }
    if (added.length > fewChanges) {
      for (const run of added) this.runs.push(run);
      this.runs.sort((a, b) => a.beginMs - b.beginMs);
    }
    for (const run of added) {
      if (added.length <= fewChanges) insertInOrder(this.runs, run, beginOf);
      if (run.failure !== null && !isFailed(run)) this.unknown++;
      if (this.count(run, 1)) isOther = true;
    }
    // The first of a lineage names it.
    return isOther || this.runs[0] !== first;
  }

  private count({ nodes }: Timed, by: 1 | -1): boolean {
    const { ownNodes } = this;
    let isOther = false;
    for (const { nodeId } of nodes) {
      const known = ownNodes.get(nodeId);
      // Most are known: what runs again runs the same nodes.
      if (known === undefined && !isOwnNode(nodeId)) continue;
      const count = (known ?? 0) + by;
      if (count > 0) ownNodes.set(nodeId, count);
      else ownNodes.delete(nodeId);
      if (known === undefined || count <= 0) isOther = true;
    }
    return isOther;
  }
}

function keepOnly<T>(items: T[], isKept: (item: T) => boolean): void {
  let kept = 0;
  for (const item of items) if (isKept(item)) items[kept++] = item;
  items.length = kept;
}
