import { ByteReader } from './byteReader.ts';

/** The versions of the answer to a fetch whose layout is known here: those in which brokers since 0.11 give batches. */
export const knownFetchVersions = { first: 4, last: 11 } as const;

/** Whether answers of a version are read here. */
export function isKnownVersion(version: number): boolean {
  return version >= knownFetchVersions.first && version <= knownFetchVersions.last;
}

/** What an answer says of a partition, without its records. */
export interface FetchedPartition {
  readonly topic: string;
  readonly partition: number;
  readonly errorCode: number;
  readonly high: bigint;
  /** Up to here transactions have ended; what is behind is not given out. */
  readonly lastStable: bigint;
  readonly records: Buffer;
  /** Where the length of the records stands in the answer. */
  readonly recordsAt: number;
}

/** What an answer to a fetch holds, in the order in which it stands there; throws where it is none. */
export function readFetchLayout(raw: Buffer, version: number): readonly FetchedPartition[] {
  const reader = new ByteReader(raw);
  reader.skip(4); // throttle time
  if (version >= 7) reader.skip(6); // error code, session id
  const partitions: FetchedPartition[] = [];
  const topics = reader.int32();
  for (let index = 0; index < topics; index++) {
    const topic = reader.text();
    const count = reader.int32();
    for (let nth = 0; nth < count; nth++) partitions.push(readPartition(reader, topic, version));
  }
  return partitions;
}

function readPartition(reader: ByteReader, topic: string, version: number): FetchedPartition {
  const partition = reader.int32();
  const errorCode = reader.int16();
  const high = reader.int64();
  const lastStable = reader.int64();
  if (version >= 5) reader.skip(8); // log start offset
  const aborted = reader.int32();
  if (aborted > 0) reader.skip(16 * aborted);
  if (version >= 11) reader.skip(4); // preferred read replica
  const recordsAt = reader.at;
  const length = reader.int32();
  const records = reader.view(Math.max(0, length));
  return { topic, partition, errorCode, high, lastStable, records, recordsAt };
}

/** The same answer with no records in it. */
export function withoutRecords(raw: Buffer, partitions: readonly FetchedPartition[]): Buffer {
  const none = Buffer.alloc(4);
  const kept: Buffer[] = [];
  let from = 0;
  for (const { recordsAt, records } of partitions) {
    kept.push(raw.subarray(from, recordsAt), none);
    from = recordsAt + none.length + records.length;
  }
  kept.push(raw.subarray(from));
  return Buffer.concat(kept);
}
