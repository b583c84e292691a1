import type { Offset, RecordPosition } from './consumedRecord.ts';

/** What is wrong with records that stand together in a topic. */
export type BatchFault =
  /** Sound, but larger when decompressed than is taken into memory. */
  | 'tooLarge'
  | 'checksum'
  /** No format of Kafka's that is known. */
  | 'format'
  /** It says of itself to be shorter than its own header, or longer than what there is. */
  | 'length'
  /** Its offsets don't fit those around it. */
  | 'offsets'
  /** Compressed in a way that is not known. */
  | 'compression'
  /** Its checksum holds, but what it protects is no records. */
  | 'content'
  /** The broker knows it to be damaged and does not give it out. */
  | 'refused'
  /** The broker says that there is something, and gives nothing. */
  | 'missing';

/** Records that stand together and can't be read. The position is where reading meets them. */
export interface UnreadableBatch extends RecordPosition {
  readonly fault: BatchFault;
  /** The last offset that it holds; null where that can't be told. */
  readonly lastOffset: Offset | null;
  /** How many bytes it takes in the topic; null where that can't be told. */
  readonly bytes: number | null;
  /** The particulars, for the log and for those who know them. */
  readonly detail: string;
}
