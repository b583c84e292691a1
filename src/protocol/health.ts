import type { IntakeFigures } from '../record/intakeFigures.ts';
import type { HistoryState } from '../history/historyState.ts';
import type { OtlpState } from '../metrics/otlpSettings.ts';
import type { Milliseconds } from '../trace/execution.ts';

/** How far reading is behind in a partition. */
export interface PartitionLag {
  readonly partition: number;
  /** The first offset that is not read yet. */
  readonly next: string;
  /** How many records are written and not read. */
  readonly lag: number;
}

/** How the pipeline from the source to the screen is. */
export interface Health {
  readonly intake: IntakeFigures;
  /** Since when the source is open; null without one. */
  readonly openedMs: Milliseconds | null;
  /** Those that are furthest behind first, no more than a page shows; none of sources without partitions. */
  readonly partitions: readonly PartitionLag[];
  /** How many partitions there are, and how far behind all of them. */
  readonly partitionCount: number;
  readonly lag: number;
  readonly rejected: number;
  readonly store: {
    readonly executions: number;
    /** Of these, what the list of all flows shows: runs, and calls of tools; the others stand in the trees of these. */
    readonly runs: number;
    readonly toolCalls: number;
    readonly bytes: number;
    readonly mostBytes: number;
    /** Executions whose records left memory and are read again when they are asked for. */
    readonly droppedPayloads: number;
    /** Executions that left because there was no room, since the engine began. */
    readonly evictions: number;
  };
  /** Of the engine's thread; null where it can't be told. */
  readonly heap: { readonly usedBytes: number; readonly mostBytes: number } | null;
  readonly history: HistoryState;
  readonly otlp: OtlpState;
}
