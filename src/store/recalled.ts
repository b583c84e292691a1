import { SidFamily } from './sidFamily.ts';
import type { RecordHead } from '../record/consumedRecord.ts';
import type { ExecutionKey, ExecutionSummary, Milliseconds } from '../trace/execution.ts';
import { Entry } from './entry.ts';
import type { StoredExecution } from './storedExecution.ts';

/** An execution that is known from elsewhere, and where its record was. */
export interface RecalledExecution {
  readonly summary: ExecutionSummary;
  readonly record: RecordHead;
  readonly recordBytes: number;
  readonly beginMs: Milliseconds;
}

/** Some 2 KB each, beside a window of 50,000: what two panels look at, whole, and what was opened before. */
export const mostRecalled = 12_000;

/**
 * Executions from before the window, known by their summaries: their records are read again when one is opened. Those
 * that nobody looked at for longest leave first.
 */
export class Recalled {
  private readonly entries = new Map<ExecutionKey, Entry>();
  /** Whose record is no longer where it was. */
  private readonly lost = new WeakSet<StoredExecution>();
  /** Stands for those that were put first of one moment; the window's own come behind them. */
  private arrivals = 0;
  private changes = 0;

  /** Grows with each that comes or leaves. */
  get revision(): number {
    return this.changes;
  }

  get(key: ExecutionKey): Entry | undefined {
    return this.entries.get(key);
  }

  /** The same entry for the same execution, however often it is recalled. */
  put({ summary, record, recordBytes, beginMs }: RecalledExecution): Entry {
    const known = this.entries.get(summary.key);
    if (known !== undefined) {
      this.touch(known);
      return known;
    }
    const entry = new Entry({
      ...{ summary, final: true, record, recordBytes, sortMs: beginMs, reportedMs: beginMs },
      arrival: --this.arrivals,
    });
    entry.family = new SidFamily();
    entry.family.add(entry);
    this.entries.set(summary.key, entry);
    this.changes++;
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= mostRecalled) break;
      this.entries.delete(oldest);
    }
    return entry;
  }

  /** The records of services that stand under a workflow. */
  putUnder(workflow: StoredExecution, subs: readonly RecalledExecution[]): void {
    const entry = this.entries.get(workflow.summary.key);
    if (entry !== workflow) return;
    for (const sub of subs) {
      if (this.entries.has(sub.summary.key)) continue;
      const under = this.put(sub);
      under.family = entry.family;
      entry.family.add(under);
    }
    entry.family.revision++;
    this.changes++;
  }

  /** Somebody looks at it. */
  touch(entry: Entry): void {
    this.entries.delete(entry.summary.key);
    this.entries.set(entry.summary.key, entry);
  }

  /** Its record can't be read again: what is known is all there is. */
  lose(entry: StoredExecution): void {
    if (this.lost.has(entry)) return;
    this.lost.add(entry);
    this.changes++;
  }

  isLost(entry: StoredExecution): boolean {
    return this.lost.has(entry);
  }

  /** The window has it now. */
  drop(key: ExecutionKey): void {
    if (this.entries.delete(key)) this.changes++;
  }

  clear(): void {
    this.entries.clear();
    this.changes++;
  }
}
