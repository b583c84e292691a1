import type { ConsumedRecord } from '../record/consumedRecord.ts';
import { HeldRecords } from '../record/heldRecords.ts';
import type { RecordAge } from '../record/recordSource.ts';
import type { ExecutionKey, ExecutionSummary, Milliseconds } from '../trace/execution.ts';
import { keyOfFlow } from '../trace/keyOfFlow.ts';
import { Entry } from './entry.ts';
import { GroupIndex } from './groupIndex.ts';
import { Recalled } from './recalled.ts';
import { SharedLists } from './sharedLists.ts';
import { SidFamily } from './sidFamily.ts';
import { sameRecord } from './storedExecution.ts';
import type { StoreChange, StoredExecution, StoreLimits } from './storedExecution.ts';
import { summarySize } from './summarySize.ts';
import { TimeOrder } from './timeOrder.ts';

/** So many are moved one by one; of more, all the list is made anew in one scan. */
const fewMembers = 64;

const noSubExecutions: readonly StoredExecution[] = [];

/** Of which time those that went well are gone through, and from which end. */
export interface GoodInOrder {
  readonly fromMs: Milliseconds;
  readonly toMs: Milliseconds;
  readonly order: 'newestFirst' | 'oldestFirst';
}

/** A bounded window on the topic: summaries in time order, and the records that are held beside them. */
export class ExecutionStore {
  /** The payloads as raw bytes. Whoever reads them asks the room of records, which knows what to do without. */
  readonly held = new HeldRecords<StoredExecution>();
  /** What was before, as far as somebody wanted to see it: in no list of the window, and found by its key. */
  readonly recalled = new Recalled();
  private limits: StoreLimits;
  private readonly entries = new Map<ExecutionKey, Entry>();
  private readonly order = new TimeOrder<Entry>();
  /** All but sub-executions: what a list shows. */
  private readonly inList = new TimeOrder<Entry>();
  private readonly byFlow = new GroupIndex<Entry>(({ summary }) => summary.flowId);
  /** By itself: a flow that fails for days would be gone through whole for each that failed. */
  private readonly goodByFlow = new GroupIndex<Entry>(({ summary }) =>
    summary.outcome === 'succeeded' ? goodGroup(summary.flowId) : '',
  );
  private readonly byCaller = new GroupIndex<Entry>(({ summary }) => summary.calledBy?.sid ?? '');
  private readonly families = new Map<string, SidFamily<Entry>>();
  private readonly lists = new SharedLists();
  private summaryBytes = 0;
  private openedBytes = 0;
  private subExecutions = 0;
  private arrivals = 0;
  private changes = 0;
  private leftMs: Milliseconds | null = null;
  private evicted = 0;

  constructor(limits: StoreLimits) {
    this.limits = limits;
  }

  /** Grows with every change. */
  get revision(): number {
    return this.changes;
  }

  get size(): number {
    return this.entries.size;
  }

  /** What all of it takes: payloads, summaries, the lists that these share, and what was opened. */
  get storedBytes(): number {
    return this.held.bytes + this.summaryBytes + this.lists.bytes + this.openedBytes;
  }

  /** How many stand under a workflow. */
  get subExecutionCount(): number {
    return this.subExecutions;
  }

  get droppedPayloads(): number {
    return this.entries.size - this.held.count;
  }

  /** How many left because there was no room. */
  get evictions(): number {
    return this.evicted;
  }

  /** When the newest began that left because there was no room; null while none left: all that was put is here. */
  get leftUntilMs(): Milliseconds | null {
    return this.leftMs;
  }

  /** Oldest first; another array after each change. */
  get oldestFirst(): readonly StoredExecution[] {
    return this.order.oldestFirst;
  }

  /** Those that stand under no workflow, oldest first. */
  get listed(): readonly StoredExecution[] {
    return this.inList.oldestFirst;
  }

  setLimits(limits: StoreLimits): void {
    this.limits = limits;
    this.evict();
  }

  /** Counts what is kept of executions that were opened: payloads make room for it, but not that of the one just opened. */
  setOpenedBytes(bytes: number, opened?: StoredExecution): void {
    this.openedBytes = bytes;
    this.evict(opened);
  }

  /**
   * Takes an execution; a snapshot never replaces a final record, whatever order they arrive in. An older record
   * replaces only a snapshot that it ends, and takes no room from what is here.
   */
  put(
    summary: ExecutionSummary,
    final: boolean,
    record: ConsumedRecord,
    receivedMs: Milliseconds,
    age: RecordAge = 'next',
  ): StoreChange {
    const known = this.entries.get(summary.key);
    this.recalled.drop(summary.key);
    if (known !== undefined) {
      if (sameRecord(known.record, record)) return 'unchanged';
      if (known.final && !final) return 'unchanged';
      if (age === 'older' && (known.final || !final)) return 'unchanged';
    }
    const sortMs = summary.beginMs ?? record.timestampMs ?? known?.sortMs ?? receivedMs;
    // A broker's clock that goes ahead must not tell of the future.
    const reportedMs = Math.min(record.timestampMs ?? receivedMs, receivedMs);
    const arrival = known?.arrival ?? this.arrivals++;
    const value = record.value ?? new Uint8Array();
    const recordBytes = value.byteLength;
    const arrived = { summary, final, record, recordBytes, sortMs, reportedMs, arrival };
    const entry = new Entry(arrived);
    const isSameKind = known?.summary.sid === summary.sid && known.summary.kind === summary.kind;
    if (isSameKind) this.replace(known, entry);
    else {
      if (known !== undefined) this.remove(known);
      this.insert(entry);
    }
    if (age === 'older') this.held.holdOlder(entry, value);
    else this.held.hold(entry, value);
    this.evict();
    return known === undefined ? 'added' : 'replaced';
  }

  get(key: ExecutionKey): StoredExecution | undefined {
    return this.entries.get(key) ?? this.recalled.get(key);
  }

  /** With a key of its own, where an execution of another flow came with its sid before. */
  apart(summary: ExecutionSummary): ExecutionSummary {
    const { key, flowId } = summary;
    if (flowId === '') return summary;
    const known = this.entries.get(key)?.summary.flowId ?? '';
    if (known === flowId) return summary;
    const own = keyOfFlow(key, flowId);
    // The other one may have left meanwhile: this one stays what it is.
    return known !== '' || this.entries.has(own) ? { ...summary, key: own } : summary;
  }

  /** Whether the window has it. */
  has(key: ExecutionKey): boolean {
    return this.entries.has(key);
  }

  /** At most `most` executions of a flow that began in a time, oldest first. */
  ofFlow(
    flowId: string,
    fromMs: Milliseconds,
    toMs: Milliseconds,
    most = Infinity,
  ): readonly StoredExecution[] {
    return this.byFlow.between(flowId, fromMs, toMs, most);
  }

  /**
   * Those of a flow that went well, in one order or the other, as far as somebody goes through them; of what has no flow,
   * all that went well and have none.
   */
  goodOfFlow(flowId: string, { fromMs, toMs, order }: GoodInOrder): Iterable<StoredExecution> {
    const group = goodGroup(flowId);
    return order === 'newestFirst'
      ? this.goodByFlow.newestFirst(group, fromMs, toMs)
      : this.goodByFlow.forwards(group, fromMs, toMs);
  }

  /** At most `most` executions whose records say that one of this sid began them, oldest first. */
  calledFrom(sid: string, most: number): readonly StoredExecution[] {
    return this.byCaller.between(sid, -Infinity, Infinity, most);
  }

  /** Says of an execution that goes on whether it still tells of itself. */
  setOutcome(key: ExecutionKey, outcome: 'running' | 'stalled'): void {
    const entry = this.entries.get(key);
    if (entry === undefined || entry.final) return;
    entry.summary = { ...entry.summary, outcome };
    entry.family.revision = ++this.changes;
  }

  /** The records of services that stand under a workflow, as they came; nearly always none, which costs nothing. */
  subExecutionsOf({ summary, subExecutionCount }: StoredExecution): Iterable<StoredExecution> {
    if (subExecutionCount === 0) return noSubExecutions;
    const recalled = this.recalled.get(summary.key)?.family;
    return (recalled ?? this.families.get(summary.sid))?.under(summary) ?? noSubExecutions;
  }

  /** An execution and the records of the services it called with its own sid, which the list shows as one. */
  withSubExecutions(stored: StoredExecution): readonly StoredExecution[] {
    return stored.subExecutionCount === 0 ? [stored] : [stored, ...this.subExecutionsOf(stored)];
  }

  /** Marks the payload as used, and puts back one that was read again, unless a later record took its place meanwhile. */
  touch(stored: StoredExecution, value?: Uint8Array): void {
    const recalled = this.recalled.get(stored.summary.key);
    if (recalled === stored) this.recalled.touch(recalled);
    const entry = this.entries.get(stored.summary.key);
    if (entry === undefined || entry !== stored) return;
    if (this.held.touch(entry) || value === undefined) return;
    this.held.hold(entry, value);
    this.evict(entry);
  }

  /** Replaces each summary by what `again` makes of it: the rules of masking changed, and keys with them, maybe. */
  redecode(again: (execution: StoredExecution) => ExecutionSummary): void {
    const all = [...this.order.oldestFirst];
    this.reset();
    for (const entry of all) {
      const summary = this.apart(again(entry));
      // Two ids that are masked alike are one from now on.
      if (this.entries.has(summary.key)) {
        this.held.drop(entry);
        continue;
      }
      // A record does not tell of its own silence.
      const isStalled = entry.summary.outcome === 'stalled' && summary.outcome === 'running';
      entry.summary = isStalled ? { ...summary, outcome: 'stalled' } : summary;
      this.insert(entry);
    }
    this.evict();
  }

  clear(): void {
    this.held.clear();
    this.leftMs = null;
    this.reset();
  }

  private reset(): void {
    this.recalled.clear();
    this.entries.clear();
    this.order.clear();
    this.inList.clear();
    this.byFlow.clear();
    this.goodByFlow.clear();
    this.byCaller.clear();
    this.families.clear();
    this.lists.clear();
    this.summaryBytes = 0;
    this.subExecutions = 0;
    this.changes++;
  }

  private insert(entry: Entry): void {
    entry.family = this.familyOf(entry.summary.sid);
    this.changeFamily(entry, (family) => family.add(entry));
    this.index(entry);
  }

  private remove(entry: Entry): void {
    this.unindex(entry);
    this.entries.delete(entry.summary.key);
    this.changeFamily(entry, (family) => family.remove(entry));
    if (entry.family.size === 0) this.families.delete(entry.summary.sid);
  }

  /** A later record of what is known: to let it go and come back would change what stands under it, twice. */
  private replace(old: Entry, entry: Entry): void {
    this.unindex(old);
    entry.family = old.family;
    entry.family.replace(old, entry);
    entry.family.revision = ++this.changes;
    this.index(entry);
  }

  private index(entry: Entry): void {
    this.keepSummary(entry);
    this.entries.set(entry.summary.key, entry);
    this.order.add(entry);
    if (!entry.isSubExecution) this.inList.add(entry);
    this.byFlow.add(entry);
    this.goodByFlow.add(entry);
    this.byCaller.add(entry);
  }

  private unindex(entry: Entry): void {
    const { nodeIds, nodeNames } = entry.summary;
    this.order.remove(entry);
    this.inList.remove(entry);
    this.byFlow.remove(entry);
    this.goodByFlow.remove(entry);
    this.byCaller.remove(entry);
    this.held.drop(entry);
    this.summaryBytes -= entry.summaryBytes;
    this.lists.release(nodeIds);
    this.lists.release(nodeNames);
  }

  private keepSummary(entry: Entry): void {
    // In place: the same texts are in them, and who else has the summary keeps no list of its own either.
    const shared: { nodeIds: readonly string[]; nodeNames: readonly string[] } = entry.summary;
    shared.nodeIds = this.lists.share(shared.nodeIds);
    shared.nodeNames = this.lists.share(shared.nodeNames);
    entry.summaryBytes = summarySize(entry.summary);
    this.summaryBytes += entry.summaryBytes;
  }

  /** `change` answers whether it changed where the others of the sid stand. */
  private changeFamily({ family }: Entry, change: (family: SidFamily<Entry>) => boolean): void {
    this.subExecutions -= family.subExecutionCount;
    const isForAll = change(family);
    this.subExecutions += family.subExecutionCount;
    family.revision = ++this.changes;
    if (!isForAll) return;
    if (family.size > fewMembers) {
      this.inList.refill(this.order.oldestFirst.filter((entry) => !entry.isSubExecution));
      return;
    }
    for (const member of family.all()) {
      this.inList.remove(member);
      // One that comes just now is not in its place yet.
      if (!member.isSubExecution && this.entries.get(member.summary.key) === member) {
        this.inList.add(member);
      }
    }
  }

  /** The others of its sid; what has none is alone. */
  private familyOf(sid: string): SidFamily<Entry> {
    let family = this.families.get(sid);
    if (family === undefined) {
      family = new SidFamily();
      if (sid !== '') this.families.set(sid, family);
    }
    return family;
  }

  /** How much may be kept: payloads, summaries, and what was opened. */
  get mostBytes(): number {
    return this.limits.maxBytes;
  }

  /** How many executions there is room for, if those to come are as large as those that are here. */
  get capacity(): number {
    const { maxSummaryBytes, maxExecutions } = this.limits;
    const bytes = this.summaryBytes + this.lists.bytes;
    return bytes === 0
      ? maxExecutions
      : Math.min(maxExecutions, this.size * (maxSummaryBytes / bytes));
  }

  /** Drops what is over the limits; never the payload that is in use right now. */
  private evict(inUse?: StoredExecution): void {
    const { maxBytes } = this.limits;
    while (this.hasTooMany()) {
      const oldest = this.order.first;
      if (oldest === undefined) break;
      this.leftMs = Math.max(this.leftMs ?? oldest.sortMs, oldest.sortMs);
      this.evicted++;
      this.remove(oldest);
    }
    const besides = this.summaryBytes + this.lists.bytes + this.openedBytes;
    this.held.shrink(maxBytes - besides, inUse);
  }

  /** The last one stays, however large its summary. */
  private hasTooMany(): boolean {
    const { maxSummaryBytes, maxExecutions } = this.limits;
    if (this.size > maxExecutions) return true;
    return this.size > 1 && this.summaryBytes + this.lists.bytes > maxSummaryBytes;
  }
}

/** A group of its own for what has no flow. */
function goodGroup(flowId: string): string {
  return `flow ${flowId}`;
}
