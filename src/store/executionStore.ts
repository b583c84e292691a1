import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type { ExecutionKey, ExecutionSummary, Milliseconds } from '../trace/execution.ts';
import { FlowIndex } from './flowIndex.ts';
import { SidIndex } from './sidIndex.ts';
import { sameRecord } from './storedExecution.ts';
import type { StoreChange, StoredExecution, StoreLimits } from './storedExecution.ts';

interface Entry extends StoredExecution {
  readonly arrival: number;
  /** Kept up to date where workflows come and go, because each list asks for each row. */
  isPart: boolean;
}

const noParts: readonly StoredExecution[] = [];

/** A bounded window on the topic: summaries in time order, payloads as raw bytes. */
export class ExecutionStore {
  private limits: StoreLimits;
  private readonly entries = new Map<ExecutionKey, Entry>();
  /** Oldest first, so that what arrives (nearly always the newest) goes to the end. */
  private readonly ordered: Entry[] = [];
  /** Keys whose value is held, least recently used first: the order in which payloads leave. */
  private readonly payloads = new Map<ExecutionKey, number>();
  private readonly byFlow = new FlowIndex<Entry>();
  private readonly bySid = new SidIndex();
  private bytes = 0;
  private parts = 0;
  private arrivals = 0;
  private changes = 0;

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

  get storedBytes(): number {
    return this.bytes;
  }

  /** How many stand under a workflow. */
  get partCount(): number {
    return this.parts;
  }

  get droppedPayloads(): number {
    return this.entries.size - this.payloads.size;
  }

  /** Oldest first. The array is the store's own: read it, don't keep it. */
  get oldestFirst(): readonly StoredExecution[] {
    return this.ordered;
  }

  setLimits(limits: StoreLimits): void {
    this.limits = limits;
    this.evict();
  }

  /** Takes an execution; a snapshot never replaces a final record, whatever order they arrive in. */
  put(
    summary: ExecutionSummary,
    final: boolean,
    record: ConsumedRecord,
    receivedMs: Milliseconds,
  ): StoreChange {
    const known = this.entries.get(summary.key);
    if (known !== undefined) {
      if (sameRecord(known.record, record)) return 'unchanged';
      if (known.final && !final) return 'unchanged';
      this.remove(known);
    }
    const sortMs = summary.beginMs ?? record.timestampMs ?? known?.sortMs ?? receivedMs;
    // A broker's clock that goes ahead must not tell of the future.
    const heardMs = Math.min(record.timestampMs ?? receivedMs, receivedMs);
    const arrival = known?.arrival ?? this.arrivals++;
    this.insert({ summary, final, record, sortMs, heardMs, arrival });
    this.evict();
    this.changes++;
    return known === undefined ? 'added' : 'replaced';
  }

  get(key: ExecutionKey): StoredExecution | undefined {
    return this.entries.get(key);
  }

  /** All executions of one sid: a workflow's, and those of the services it called with its own sid. */
  ofSid(sid: string): StoredExecution[] {
    return this.entriesOf(this.bySid.of(sid));
  }

  /** The executions of a flow that began in a time, oldest first. */
  ofFlow(flowId: string, fromMs: Milliseconds, toMs: Milliseconds): readonly StoredExecution[] {
    return this.byFlow.between(flowId, fromMs, toMs);
  }

  /** Says of an execution that goes on whether it still tells of itself. */
  setOutcome(key: ExecutionKey, outcome: 'running' | 'stalled'): void {
    const entry = this.entries.get(key);
    if (entry === undefined || entry.final) return;
    this.replace(entry, { ...entry, summary: { ...entry.summary, outcome } });
    this.changes++;
  }

  /** The records of services that stand under a workflow; nearly always none, which costs nothing. */
  partsOf({ summary }: StoredExecution): readonly StoredExecution[] {
    if (this.bySid.of(summary.sid).size === 1 || summary.kind !== 'workflow') return noParts;
    return this.ofSid(summary.sid).filter(({ isPart }) => isPart);
  }

  /** Marks the payload as used, and puts back one that was read again. */
  touch(key: ExecutionKey, value?: Uint8Array): void {
    const entry = this.entries.get(key);
    if (entry === undefined) return;
    if (this.payloads.delete(key)) {
      this.payloads.set(key, entry.recordBytes);
    } else if (value !== undefined) {
      this.replace(entry, { ...entry, record: { ...entry.record, value } });
      this.payloads.set(key, entry.recordBytes);
      this.bytes += entry.recordBytes;
      this.evict(key);
    }
  }

  /** Replaces each summary by what `again` makes of it: the rules of masking changed, and keys with them, maybe. */
  redecode(again: (execution: StoredExecution) => ExecutionSummary): void {
    const used = this.entriesOf(this.payloads.keys());
    const renewed = new Map(
      this.ordered.map((old) => [old, { ...old, summary: again(old), isPart: false }]),
    );
    this.clear();
    for (const entry of renewed.values()) {
      this.ordered.push(entry);
      this.index(entry);
    }
    for (const old of used) {
      const key = renewed.get(old)?.summary.key;
      if (key === undefined) continue;
      this.payloads.set(key, old.recordBytes);
      this.bytes += old.recordBytes;
    }
  }

  clear(): void {
    this.entries.clear();
    this.ordered.length = 0;
    this.payloads.clear();
    this.byFlow.clear();
    this.bySid.clear();
    this.bytes = 0;
    this.parts = 0;
    this.changes++;
  }

  private insert(arrived: Omit<Entry, 'recordBytes' | 'isPart'>): void {
    const { summary, record } = arrived;
    const value = record.value ?? new Uint8Array();
    const entry: Entry = {
      ...arrived,
      record: { ...record, key: null, value: ownBytes(value) },
      recordBytes: value.byteLength,
      isPart: false,
    };
    this.ordered.splice(this.positionOf(entry), 0, entry);
    this.index(entry);
    this.payloads.set(summary.key, entry.recordBytes);
    this.bytes += entry.recordBytes;
  }

  private index(entry: Entry): void {
    const { key, sid } = entry.summary;
    this.entries.set(key, entry);
    this.byFlow.add(entry);
    this.bySid.add(sid, key);
    this.markParts(sid);
  }

  private remove(entry: Entry): void {
    const { key, sid } = entry.summary;
    this.entries.delete(key);
    this.ordered.splice(this.positionOf(entry), 1);
    this.byFlow.remove(entry);
    if (this.payloads.delete(key)) this.bytes -= entry.recordBytes;
    if (entry.isPart) this.parts--;
    this.bySid.remove(sid, key);
    this.markParts(sid);
  }

  private markParts(sid: string): void {
    const entries = this.entriesOf(this.bySid.of(sid));
    const hasWorkflow = entries.some(({ summary }) => summary.kind === 'workflow');
    for (const entry of entries) {
      const { kind } = entry.summary;
      const isPart = hasWorkflow && kind !== 'workflow' && kind !== 'build';
      if (isPart !== entry.isPart) this.parts += isPart ? 1 : -1;
      entry.isPart = isPart;
    }
  }

  private entriesOf(keys: Iterable<ExecutionKey>): Entry[] {
    const found: Entry[] = [];
    for (const key of keys) {
      const entry = this.entries.get(key);
      if (entry !== undefined) found.push(entry);
    }
    return found;
  }

  private replace(old: Entry, entry: Entry): void {
    this.entries.set(entry.summary.key, entry);
    this.ordered[this.positionOf(old)] = entry;
    this.byFlow.remove(old);
    this.byFlow.add(entry);
  }

  /** Where an entry stands or belongs, by time and then arrival. */
  private positionOf(entry: Entry): number {
    let low = 0;
    let high = this.ordered.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.ordered[middle];
      if (other !== undefined && isBefore(other, entry)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Drops what is over the limits; never the payload that is in use right now. */
  private evict(inUse?: ExecutionKey): void {
    const surplus = Math.max(0, this.ordered.length - this.limits.maxExecutions);
    for (const oldest of this.ordered.slice(0, surplus)) this.remove(oldest);
    for (const [key, size] of this.payloads) {
      if (this.bytes <= this.limits.maxBytes) break;
      if (key === inUse) continue;
      const entry = this.entries.get(key);
      this.payloads.delete(key);
      this.bytes -= size;
      if (entry !== undefined)
        this.replace(entry, { ...entry, record: { ...entry.record, value: null } });
    }
  }
}

/** A copy of what is a slice of something larger, which it would keep in memory. */
function ownBytes(value: Uint8Array): Uint8Array {
  return value.byteLength === value.buffer.byteLength ? value : value.slice();
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.sortMs < b.sortMs || (a.sortMs === b.sortMs && a.arrival < b.arrival);
}
