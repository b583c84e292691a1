import type { Execution, ExecutionKey } from '../trace/execution.ts';
import type { Opened } from './openedExecution.ts';

/** Going back and forth between some runs is quick; each more is asked whether it is old, and claims what it called. */
const mostOpened = 24;
/**
 * Their rows are read from their records, so that these are kept with them. One that was parsed takes two to five times its
 * bytes of a heap of 512 MB; the newest is kept however large.
 */
export const mostRecordBytes = 32 * 1024 * 1024;
/** A run with its row, its place in the tree and the row as it is seen; over 50,000 they take 340, and so much once all were asked for their texts. */
const bytesOfRun = 520;
/** Its summary, its findings, and what holds them. */
const bytesOfAny = 2_000;

/** What the tree of an execution takes. */
export function openedSize({ runs }: Pick<Execution, 'runs'>): number {
  return bytesOfAny + bytesOfRun * runs.length;
}

/** The opened executions, least recently used first. */
export class KeptOpened {
  private readonly all = new Map<ExecutionKey, Opened>();
  private size = 0;
  private recordBytes = 0;
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

  /** Marks an execution as used. */
  touch(opened: Opened): void {
    this.all.delete(opened.key);
    this.all.set(opened.key, opened);
  }

  /** Keeps an execution as the most recently used, in place of what was known of it; all trees take so much at most. */
  keep(opened: Opened, mostBytes: number): void {
    this.drop(opened.key);
    this.all.set(opened.key, opened);
    this.size += opened.bytes;
    this.recordBytes += opened.stored.recordBytes;
    for (const key of this.all.keys()) {
      if (this.all.size === 1) break;
      const isRoom = this.size <= mostBytes && this.recordBytes <= mostRecordBytes;
      if (isRoom && this.all.size <= mostOpened) break;
      this.drop(key);
      this.onClosed(key);
    }
  }

  clear(): void {
    for (const key of this.all.keys()) this.onClosed(key);
    this.all.clear();
    this.size = this.recordBytes = 0;
  }

  private drop(key: ExecutionKey): void {
    const opened = this.all.get(key);
    if (opened === undefined) return;
    this.all.delete(key);
    this.size -= opened.bytes;
    this.recordBytes -= opened.stored.recordBytes;
  }
}
