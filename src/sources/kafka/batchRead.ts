import type { FetchedMessage } from './fetchedMessage.ts';

/** What a partition gave, and what was asked of it. */
export interface RecordSet {
  readonly topic: string;
  readonly partition: number;
  readonly bytes: Buffer;
  /** The offset that was asked for. */
  readonly from: bigint;
  /** The offset of the record to be written next. */
  readonly high: bigint;
}

/** Where a batch begins: its bytes and all behind them, and the offset that is due. */
export interface Place {
  readonly set: RecordSet;
  readonly at: number;
  readonly rest: Buffer;
  readonly next: bigint;
}

/** What came of one batch. */
export interface BatchRead {
  readonly messages: readonly FetchedMessage[];
  /** The offset after it; null: what follows is to be asked for. */
  readonly next: bigint | null;
  readonly bytes: number;
}
