/** A Kafka offset as kafkajs gives it: a decimal string, because offsets exceed 2^53. */
export type Offset = string;

/** Where a record stands, and by which it can be read again. */
export interface RecordPosition {
  /** The topic; for a file its path, for the sample robot its name. */
  readonly topic: string;
  readonly partition: number;
  readonly offset: Offset;
}

/** Where a record stood in Kafka, as the dump says that it is read from now. */
export interface DumpedPosition {
  readonly partition: number;
  readonly offset: Offset;
}

/** A record without what is in it: all that is kept when its bytes leave. */
export interface RecordHead extends RecordPosition {
  /** When the broker or producer stamped it, milliseconds since the epoch; null where the source has none (files). */
  readonly timestampMs: number | null;
  readonly dumpedFrom?: DumpedPosition;
}

/** A record as it was consumed, nothing decoded yet. */
export interface ConsumedRecord extends RecordHead {
  readonly key: Uint8Array | null;
  /** Null for a tombstone. */
  readonly value: Uint8Array | null;
  /** The form of packed data (`gzip`) that can't be read from here on; its first bytes are the value. */
  readonly brokenOff?: string;
}

/** The record without what is in it. Nothing is spread into it, which would take its room and its time again. */
export function headOf({
  topic,
  partition,
  offset,
  timestampMs,
  dumpedFrom,
}: RecordHead): RecordHead {
  return dumpedFrom === undefined
    ? { topic, partition, offset, timestampMs }
    : { topic, partition, offset, timestampMs, dumpedFrom };
}
