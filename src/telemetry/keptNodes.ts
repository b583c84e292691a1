import type { NodeLog } from './nodeLog.ts';
import { Usage } from './usage.ts';

/** A node that goes on. */
interface OpenNode {
  readonly parent: OpenNode | undefined;
  readonly parentId: string | undefined;
  /** Its place among all begins and ends. */
  readonly begun: number;
  /** Whether a node within it is kept: then it has its place as well. */
  hasPlace: boolean;
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
 * The nodes of an execution that stand in its record: the first and the last ones, each with those around it. Failed
 * ones have as many places of their own, as they are what one looks for.
 */
export class KeptNodes {
  private readonly places: number;
  private readonly lastPlaces: number;
  private readonly failedPlaces: number;
  private readonly open = new Map<string, OpenNode>();
  private readonly kept: EndedNode[] = [];
  /** Those that ended last and have no place of their own. */
  private readonly last = new Set<EndedNode>();
  private used = 0;
  private usedByFailed = 0;
  private count = 0;
  private leftOut = 0;
  private leftRunning = 0;
  /** What those used that are left out. */
  readonly usage = new Usage();

  constructor(maxNodes: number) {
    this.lastPlaces = Math.ceil(maxNodes * shareOfLast);
    this.places = maxNodes - this.lastPlaces;
    this.failedPlaces = maxNodes;
  }

  /** How many have no place. */
  get left(): number {
    return this.leftOut + this.leftRunning;
  }

  /** Of those that go on the first, which are around the others, and those around what has ended. */
  running(logs: ReadonlySet<NodeLog>): NodeLog[] {
    const shown: NodeLog[] = [];
    for (const log of logs) {
      const hasPlace = shown.length < this.failedPlaces || this.open.get(log.id)?.hasPlace === true;
      if (hasPlace) shown.push(log);
    }
    this.leftRunning = logs.size - shown.length;
    return shown;
  }

  begin(id: string, parentId: string | undefined): void {
    const parent = parentId === undefined ? undefined : this.open.get(parentId);
    this.open.set(id, { parent, parentId, begun: this.count++, hasPlace: false });
  }

  end(log: NodeLog): void {
    const node = this.open.get(log.id);
    this.open.delete(log.id);
    this.add(log, node);
  }

  /** An attempt that failed stands in the record as its node does, where there is room for what it says. */
  repeat(log: NodeLog): void {
    if (log.data.repeats()) this.add(log, this.open.get(log.id));
    else this.leaveOut(log);
  }

  /** In the order in which they ended. */
  all(): NodeLog[] {
    const all = [...this.kept, ...this.last].sort((a, b) => a.ended - b.ended);
    if (this.leftOut > 0) this.bridge(all);
    return all.map(({ log }) => log);
  }

  private add(log: NodeLog, node: OpenNode | undefined): void {
    const ended = this.count++;
    const entry = { log, parentId: node?.parentId, begun: node?.begun ?? ended, ended };
    if (node?.hasPlace === true || this.takesPlace(log, node)) {
      this.kept.push(entry);
      return;
    }
    this.last.add(entry);
    if (this.last.size > this.lastPlaces) this.leaveOutOldest();
  }

  /** What followed a node and is left out is none that never ran: the next one that is there follows instead. */
  private bridge(entries: readonly EndedNode[]): void {
    const known = new Set([...entries.map(({ log }) => log.id), ...this.open.keys()]);
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
  private takesPlace(log: NodeLog, node: OpenNode | undefined): boolean {
    const isFailed = !log.runningStatus;
    const free = isFailed ? this.failedPlaces - this.usedByFailed : this.places - this.used;
    const around: OpenNode[] = [];
    for (let at = node?.parent; at !== undefined && !at.hasPlace; at = at.parent) {
      around.push(at);
      if (around.length >= free) break;
    }
    const wanted = around.length + 1;
    if (wanted > free) return false;
    for (const at of around) at.hasPlace = true;
    if (isFailed) this.usedByFailed += wanted;
    else this.used += wanted;
    return true;
  }

  private leaveOutOldest(): void {
    const [oldest] = this.last;
    if (oldest === undefined) return;
    this.last.delete(oldest);
    oldest.log.data.release();
    this.leaveOut(oldest.log);
  }

  private leaveOut({ data }: NodeLog): void {
    this.usage.add(data.usage);
    this.leftOut++;
  }
}

/** Answers whether there were any, and none is left. */
function dropUnknown(ids: Set<string>, known: ReadonlySet<string>): boolean {
  const before = ids.size;
  for (const id of ids) if (!known.has(id)) ids.delete(id);
  return ids.size === 0 && before > 0;
}
