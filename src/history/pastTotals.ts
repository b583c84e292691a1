import type { ExecutionKind, Milliseconds, NodeId } from '../trace/execution.ts';
import type { BucketRoom } from './bucketRoom.ts';
import type { Cell } from './increaseOfCells.ts';
import { emptyRollup, type Names, type RolledUp, type Rollup } from './rollup.ts';
import { madeIn, mergeRollup } from './rollup.ts';
import { addPacked, unpackRollup } from './rollupBytes.ts';
import type { PackedRow } from './rollupRows.ts';

/** What is known of a flow in an hour, a day, or what else was counted together. */
export interface FlowCell {
  readonly atMs: Milliseconds;
  readonly rollup: Rollup;
}

/** How often a node was come to, and how often executions failed there of what. */
export interface CameCell {
  readonly atMs: Milliseconds;
  readonly came: number;
  readonly failures: ReadonlyMap<string, number>;
}

/** Durations of runs that went well, until when as well. */
export interface NodeCell extends Cell {
  readonly toMs: Milliseconds;
}

/** A node over the whole time, and in its parts. */
export interface NodeTotals {
  readonly total: Rollup;
  readonly durations: NodeCell[];
  /** How it went there. */
  readonly came: CameCell[];
}

/** A flow over the whole time, and in its parts. */
export interface FlowTotals {
  readonly total: Rollup;
  readonly cells: FlowCell[];
  readonly nodes: Map<NodeId, NodeTotals>;
}

/** What ran in a time: added up, and by the parts that it was added up of. */
export class PastTotals {
  readonly flows = new Map<string, FlowTotals>();
  readonly names: Names;
  private readonly room: BucketRoom;

  constructor(names: Names, room: BucketRoom) {
    this.names = names;
    this.room = room;
  }

  /** As it stands in the file. */
  addPacked({ atMs, flow, own, nodes }: PackedRow, toMs: Milliseconds): void {
    const totals = this.of(flow);
    const rollup = unpackRollup(own, null, this.room);
    mergeRollup(totals.total, rollup);
    totals.cells.push({ atMs, rollup });
    for (const [nodeId, bytes] of nodes) {
      const node = nodeIn(totals, nodeId);
      const before = cameOf(node.total);
      node.durations.push({ atMs, toMs, buckets: addPacked(node.total, bytes, this.room) });
      addCame(node, atMs, before);
    }
  }

  /** What was counted together for this answer. */
  addRolledUp(atMs: Milliseconds, toMs: Milliseconds, flows: RolledUp): void {
    for (const [flow, rollups] of flows) {
      const totals = this.of(flow);
      for (const [nodeId, rollup] of rollups) {
        if (nodeId === null) {
          mergeRollup(totals.total, rollup);
          totals.cells.push({ atMs, rollup });
          continue;
        }
        const node = nodeIn(totals, nodeId);
        const before = cameOf(node.total);
        mergeRollup(node.total, rollup);
        node.durations.push({ atMs, toMs, buckets: rollup.succeeded.buckets.list });
        addCame(node, atMs, before);
      }
    }
  }

  /** What ran of it last. */
  kindOf(flow: string): ExecutionKind {
    return this.names.get(flow)?.kind ?? 'other';
  }

  nameOf(flow: string): string {
    return this.names.get(flow)?.name ?? '';
  }

  nodeOf(flow: string, nodeId: NodeId): { readonly name: string; readonly type: string } {
    return this.names.get(flow)?.nodes.get(nodeId) ?? { name: '', type: '' };
  }

  private of(flow: string): FlowTotals {
    return madeIn(this.flows, flow, () => ({
      ...{ total: emptyRollup(null), cells: [], nodes: new Map() },
    }));
  }
}

function nodeIn({ nodes }: FlowTotals, nodeId: NodeId): NodeTotals {
  return madeIn(nodes, nodeId, () => ({
    ...{ total: emptyRollup(nodeId), durations: [], came: [] },
  }));
}

/** Executions that ran it, and those that failed there without. */
function cameOf({ node, failures }: Rollup) {
  let came = node?.executions ?? 0;
  // As most nodes: a month of all flows has thousands of cells.
  if (failures.size === 0) return { came, failed: noneFailed };
  const failed = new Map<string, number>();
  for (const [key, { count, ran }] of failures) {
    came += count - ran;
    failed.set(key, count);
  }
  return { came, failed };
}

const noneFailed: ReadonlyMap<string, number> = new Map();

/** What was added since. */
function addCame(node: NodeTotals, atMs: Milliseconds, before: ReturnType<typeof cameOf>): void {
  const { came, failed } = cameOf(node.total);
  if (failed.size === 0) {
    node.came.push({ atMs, came: came - before.came, failures: noneFailed });
    return;
  }
  const failures = new Map<string, number>();
  for (const [key, count] of failed) {
    const more = count - (before.failed.get(key) ?? 0);
    if (more > 0) failures.set(key, more);
  }
  node.came.push({ atMs, came: came - before.came, failures });
}
