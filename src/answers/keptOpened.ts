import type { OpenedRecord } from '../decode/decodeExecution.ts';
import type { Execution, ExecutionKey } from '../trace/execution.ts';
import type { Opened } from './openedExecution.ts';

/** Going back and forth between some runs is quick; each more is asked whether it is old, and claims what it called. */
const mostOpened = 24;
/** Whoever looks at a node goes on to another of the same run, or of the one beside it. */
const mostRecords = 6;
/** A decoded record takes two to five times its bytes of a heap of 512 MB; the newest is kept however large. */
export const mostRecordBytes = 32 * 1024 * 1024;
/** A run with its row, its place in the tree and their texts; measured over 20,000: 940. */
const bytesOfRun = 1_000;
/** Its summary, its findings, and what holds them. */
const bytesOfAny = 2_000;

/** What the tree of an execution takes. */
export function openedSize({ runs }: Pick<Execution, 'runs'>): number {
  // A tool writes a traceback into an error.
  return runs.reduce(
    (bytes, { error }) => bytes + bytesOfRun + 2 * (error?.length ?? 0),
    bytesOfAny,
  );
}

/**
 * The opened executions, least recently used first. Their trees are kept long, for they are small beside what they were
 * read from; the records are kept of the last few, and read again where somebody looks into a node.
 */
export class KeptOpened {
  private readonly all = new Map<ExecutionKey, Opened>();
  private readonly records = new Map<Opened, OpenedRecord>();
  private size = 0;
  private readonly onClosed: (key: ExecutionKey) => void;

  constructor(onClosed: (key: ExecutionKey) => void) {
    this.onClosed = onClosed;
  }

  /** What the trees take. */
  get bytes(): number {
    return this.size;
  }

  get(key: ExecutionKey): Opened | undefined {
    return this.all.get(key);
  }

  /** The decoded record of an execution, as far as it is kept. */
  recordOf(opened: Opened): OpenedRecord | undefined {
    return this.records.get(opened);
  }

  /** Marks an execution as used. */
  touch(opened: Opened): void {
    this.all.delete(opened.key);
    this.all.set(opened.key, opened);
    const record = this.records.get(opened);
    if (record !== undefined) this.keepRecord(opened, record);
  }

  /** Keeps an execution as the most recently used, in place of what was known of it; all trees take so much at most. */
  keep(opened: Opened, record: OpenedRecord, mostBytes: number): void {
    this.drop(opened.key);
    this.all.set(opened.key, opened);
    this.size += opened.bytes;
    this.keepRecord(opened, record);
    for (const key of this.all.keys()) {
      if (this.all.size === 1) break;
      if (this.all.size <= mostOpened && this.size <= mostBytes) break;
      this.drop(key);
      this.onClosed(key);
    }
  }

  /** Keeps the record of an execution that is kept. */
  keepRecord(opened: Opened, record: OpenedRecord): void {
    if (this.all.get(opened.key) !== opened) return;
    this.records.delete(opened);
    this.records.set(opened, record);
    let bytes = 0;
    for (const { stored } of this.records.keys()) bytes += stored.recordBytes;
    for (const oldest of this.records.keys()) {
      if (this.records.size === 1) return;
      if (this.records.size <= mostRecords && bytes <= mostRecordBytes) return;
      this.records.delete(oldest);
      bytes -= oldest.stored.recordBytes;
    }
  }

  clear(): void {
    for (const key of this.all.keys()) this.onClosed(key);
    this.all.clear();
    this.records.clear();
    this.size = 0;
  }

  private drop(key: ExecutionKey): void {
    const opened = this.all.get(key);
    if (opened === undefined) return;
    this.all.delete(key);
    this.records.delete(opened);
    this.size -= opened.bytes;
  }
}
