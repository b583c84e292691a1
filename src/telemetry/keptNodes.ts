import type { NodeLog } from './nodeLog.ts';
import { Usage } from './usage.ts';

/** A node that goes on. */
export interface OpenNode {
  readonly log: NodeLog;
  readonly parentId: string | undefined;
  /** The innermost node around it that goes on. */
  parent: OpenNode | undefined;
  /** Its place among all begins and ends. */
  readonly begun: number;
  /** Whether a node within it is kept: then it has its place as well. */
  hasPlace: boolean;
  /** Whether its code has come to its end, and it is no more than to be put away. */
  isOver: boolean;
}

/** A node that ended, or an attempt of it. */
interface EndedNode {
  readonly log: NodeLog;
  readonly parentId: string | undefined;
  readonly begun: number;
  readonly ended: number;
}

/** Of the places this share is for the nodes that ended last: how a run ended is looked for as often as how it began. */
const shareOfLast = 0.1;
/**
 * Of nodes that go on so many times the places of a record are remembered, 2 KB each. A robot that never ends what it
 * begins would fill its memory with them; those beyond are counted, and stand in the record once they end.
 */
const openPerPlace = 16;

/**
 * The nodes of an execution that stand in its record: the first and the last ones, each with those around it. Failed
 * ones have as many places of their own, as they are what one looks for.
 */
export class KeptNodes {
  private readonly places: number;
  private readonly lastPlaces: number;
  private readonly failedPlaces: number;
  private mostOpen: number;
  private readonly open = new Set<OpenNode>();
  private openBeyond = 0;
  private readonly kept: EndedNode[] = [];
  /** Those that ended last and have no place of their own. */
  private readonly last = new Set<EndedNode>();
  private used = 0;
  private usedByFailed = 0;
  private count = 0;
  private leftRunning = 0;
  /** How many that ended have no place, or could not be recorded: whoever has no stack left for a call can still count. */
  leftOut = 0;
  /** What those used that are left out. */
  readonly usage = new Usage();

  constructor(maxNodes: number) {
    this.lastPlaces = Math.ceil(maxNodes * shareOfLast);
    this.places = maxNodes - this.lastPlaces;
    this.failedPlaces = maxNodes;
    this.mostOpen = openPerPlace * maxNodes;
  }

  /** How many have no place. */
  get left(): number {
    return this.leftOut + this.leftRunning;
  }

  /** Of those that go on the first, which are around the others, and those around what has ended. */
  running(): NodeLog[] {
    const shown: NodeLog[] = [];
    for (const { log, hasPlace } of this.open)
      if (hasPlace || shown.length < this.failedPlaces) shown.push(log);
    this.leftRunning = this.open.size + this.openBeyond - shown.length;
    return shown;
  }

  begin(log: NodeLog, around: OpenNode | undefined): OpenNode {
    const parent = goingOn(around);
    // What goes on and on by beginning the next would make a chain without end.
    if (parent !== undefined) parent.parent = goingOn(parent.parent);
    const parentId = around?.log.id;
    const node = { log, parentId, parent, begun: this.count++, hasPlace: false, isOver: false };
    if (this.open.size < this.mostOpen) this.open.add(node);
    else this.openBeyond++;
    return node;
  }

  end(node: OpenNode): void {
    // It is open until it has its place: where that fails, it is put away later.
    this.add(node.log, node);
    if (!this.open.delete(node)) this.openBeyond--;
  }

  /** Puts away what is over, and was not when it came to its end, because the stack was at its own. */
  endLate(): void {
    const late = [...this.open].filter(({ isOver }) => isOver);
    const there = new Set([...this.kept, ...this.last].map(({ log }) => log));
    for (const node of late) {
      this.open.delete(node);
      if (node.log.endTime === 0) node.log.setEnd();
      if (!there.has(node.log)) this.add(node.log, node);
    }
  }

  /** The record is written: what goes on is not remembered any more. */
  close(): void {
    this.open.clear();
    this.mostOpen = 0;
  }

  /** An attempt that failed stands in the record as its node does, where there is room for what it says. */
  repeat(node: OpenNode): void {
    if (node.log.data.repeats()) this.add(node.log, node);
    else this.leaveOut(node.log);
  }

  /** In the order in which they ended. */
  all(): NodeLog[] {
    const all = [...this.kept, ...this.last].sort((a, b) => a.ended - b.ended);
    if (this.leftOut > 0) this.bridge(all);
    return all.map(({ log }) => log);
  }

  private add(log: NodeLog, node: OpenNode): void {
    const { parentId, begun } = node;
    const entry = { log, parentId, begun, ended: this.count++ };
    if (node.hasPlace || this.takesPlace(log, node)) {
      this.kept.push(entry);
      return;
    }
    this.last.add(entry);
    if (this.last.size > this.lastPlaces) this.leaveOutOldest();
  }

  /** What followed a node and is left out is none that never ran: the next one that is there follows instead. */
  private bridge(entries: readonly EndedNode[]): void {
    const known = new Set(entries.map(({ log }) => log.id));
    for (const { log } of this.open) known.add(log.id);
    const next = new Map<string | undefined, EndedNode[]>();
    for (const entry of entries.toSorted((a, b) => b.begun - a.begun)) {
      const { log, parentId, ended } = entry;
      const later = next.get(parentId) ?? [];
      if (dropUnknown(log.nextLogIds, known)) {
        const follower = later.findLast(({ begun }) => begun > ended);
        if (follower !== undefined) log.setNextNodeId(follower.log.id);
      }
      later.push(entry);
      next.set(parentId, later);
    }
  }

  /** Takes places for the node and for those around it that have none yet. */
  private takesPlace(log: NodeLog, node: OpenNode): boolean {
    const isFailed = !log.runningStatus;
    const free = isFailed ? this.failedPlaces - this.usedByFailed : this.places - this.used;
    const around: OpenNode[] = [];
    for (let at = goingOn(node.parent); at?.hasPlace === false; at = goingOn(at.parent)) {
      around.push(at);
      if (around.length >= free) break;
    }
    const wanted = around.length + 1;
    if (wanted > free) return false;
    for (const at of around) this.place(at);
    if (isFailed) this.usedByFailed += wanted;
    else this.used += wanted;
    return true;
  }

  private place(node: OpenNode): void {
    node.hasPlace = true;
    if (this.open.has(node)) return;
    this.open.add(node);
    this.openBeyond--;
  }

  private leaveOutOldest(): void {
    const [oldest] = this.last;
    if (oldest === undefined) return;
    this.last.delete(oldest);
    oldest.log.data.release();
    this.leaveOut(oldest.log);
  }

  private leaveOut({ data }: NodeLog): void {
    this.leftOut++;
    this.usage.add(data.usage);
  }
}

/** The node, or the innermost one around it that is not over. */
function goingOn(node: OpenNode | undefined): OpenNode | undefined {
  let at = node;
  while (at?.isOver === true) at = at.parent;
  return at;
}

/** Answers whether there were any, and none is left. */
function dropUnknown(ids: Set<string>, known: ReadonlySet<string>): boolean {
  const before = ids.size;
  for (const id of ids) if (!known.has(id)) ids.delete(id);
  return ids.size === 0 && before > 0;
}
