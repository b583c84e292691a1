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

/** A node that ended. */
interface EndedNode {
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
  private readonly kept = new Set<NodeLog>();
  /** Those that ended last and have no place of their own. */
  private readonly last = new Set<NodeLog>();
  private readonly ended = new Map<NodeLog, EndedNode>();
  private used = 0;
  private usedByFailed = 0;
  private count = 0;
  private leftOut = 0;
  /** What those used that are left out. */
  readonly usage = new Usage();

  constructor(maxNodes: number) {
    this.lastPlaces = Math.ceil(maxNodes * shareOfLast);
    this.places = maxNodes - this.lastPlaces;
    this.failedPlaces = maxNodes;
  }

  /** How many have no place. */
  get left(): number {
    return this.leftOut;
  }

  begin(id: string, parentId: string | undefined): void {
    const parent = parentId === undefined ? undefined : this.open.get(parentId);
    this.open.set(id, { parent, parentId, begun: this.count++, hasPlace: false });
  }

  end(log: NodeLog): void {
    const node = this.open.get(log.id);
    this.open.delete(log.id);
    const ended = this.count++;
    this.ended.set(log, { parentId: node?.parentId, begun: node?.begun ?? ended, ended });
    if (node?.hasPlace === true || this.takesPlace(log, node)) {
      this.kept.add(log);
      return;
    }
    this.last.add(log);
    if (this.last.size > this.lastPlaces) this.leaveOutOldest();
  }

  /** In the order in which they ended. */
  all(): NodeLog[] {
    const all = [...this.kept, ...this.last].sort((a, b) => this.endOf(a) - this.endOf(b));
    if (this.leftOut > 0) this.bridge(all);
    return all;
  }

  /** What followed a node and is left out is none that never ran: the next one that is there follows instead. */
  private bridge(logs: readonly NodeLog[]): void {
    const known = new Set([...logs.map(({ id }) => id), ...this.open.keys()]);
    const next = new Map<string | undefined, { readonly id: string; readonly begun: number }[]>();
    const byBegin = logs.toSorted((a, b) => this.beginOf(b) - this.beginOf(a));
    for (const log of byBegin) {
      const parentId = this.ended.get(log)?.parentId;
      const later = next.get(parentId) ?? [];
      if (dropUnknown(log.nextLogIds, known)) {
        const end = this.endOf(log);
        const follower = later.findLast(({ begun }) => begun > end);
        if (follower !== undefined) log.setNextNodeId(follower.id);
      }
      later.push({ id: log.id, begun: this.beginOf(log) });
      next.set(parentId, later);
    }
  }

  private beginOf(log: NodeLog): number {
    return this.ended.get(log)?.begun ?? 0;
  }

  private endOf(log: NodeLog): number {
    return this.ended.get(log)?.ended ?? 0;
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
    this.ended.delete(oldest);
    this.usage.add(oldest.data.usage);
    this.leftOut++;
  }
}

/** Answers whether there were any, and none is left. */
function dropUnknown(ids: Set<string>, known: ReadonlySet<string>): boolean {
  const before = ids.size;
  for (const id of ids) if (!known.has(id)) ids.delete(id);
  return ids.size === 0 && before > 0;
}
