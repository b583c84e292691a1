import type { UnreadableBatch } from '../../record/unreadableBatch.ts';

/** A record as kafkajs hands it on, as far as it or we look at it. */
export interface FetchedMessage {
  readonly offset: string;
  readonly timestamp: string;
  readonly attributes: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, never>>;
  /** Not for readers, but its offset counts. */
  readonly isControlRecord: boolean;
  readonly batchContext: { readonly producerId: string; readonly inTransaction: boolean };
  /** Stands in for records that can't be read, so that those who read learn of it in its place. */
  readonly unreadable?: UnreadableBatch;
}

const noHeaders = Object.freeze({});
const noBatch = Object.freeze({ producerId: '-1', inTransaction: false });
const nothing = {
  timestamp: '-1',
  attributes: 0,
  key: null,
  value: null,
  headers: noHeaders,
  batchContext: noBatch,
};

/** Says that reading stands before records that can't be read. */
export const markerOf = (unreadable: UnreadableBatch): FetchedMessage => ({
  ...nothing,
  offset: unreadable.offset,
  isControlRecord: false,
  unreadable,
});

/** Says that there is nothing to read up to `offset`; kafkajs would ask for the same again, for ever. */
export const fillerAt = (offset: bigint): FetchedMessage => ({
  ...nothing,
  offset: String(offset),
  isControlRecord: true,
});

/** The messages of a batch up to its end: compaction may have taken its last records away. */
export function filledTo(
  lastOffset: bigint,
  messages: readonly FetchedMessage[],
): readonly FetchedMessage[] {
  if (messages.at(-1)?.offset === String(lastOffset)) return messages;
  return [...messages, fillerAt(lastOffset)];
}

/** The mark of records that can't be read, if `message` is one. */
export function unreadableOf(message: object): UnreadableBatch | undefined {
  return (message as Partial<FetchedMessage>).unreadable;
}

/** What the messages of one batch share. */
export interface MessageParts {
  readonly attributes: number;
  readonly isControlRecord: boolean;
  readonly batchContext: FetchedMessage['batchContext'];
}

/** A record that can be read; its bytes are those of the broker's answer, which is the next one's once this was delivered. */
export const messageOf = (
  parts: MessageParts,
  offset: bigint,
  timestamp: number,
  key: Buffer | null,
  value: Buffer | null,
): FetchedMessage => ({
  ...parts,
  offset: String(offset),
  timestamp: String(timestamp),
  key,
  value,
  headers: noHeaders,
});
