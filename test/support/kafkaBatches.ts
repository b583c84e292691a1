/**
 * Batches of records as Kafka keeps them, made by hand: sound ones, damaged ones, and ones that swell when they
 * are decompressed.
 */
import * as zlib from 'node:zlib';
import { crc32c } from '../../src/sources/kafka/crc32c.ts';

/** In the Node that tests run under, not in the types of the oldest one that is supported. */
const { zstdCompressSync } = zlib as typeof zlib & {
  readonly zstdCompressSync: (bytes: Uint8Array) => Buffer;
};

/** Where things stand in a batch. */
export const batchField = {
  ...{ firstOffset: 0, length: 8, format: 16, crc: 17, attributes: 21, lastOffsetDelta: 23 },
  ...{ firstTimestamp: 27, maxTimestamp: 35, count: 57, records: 61 },
} as const;

/** Kafka's number for each way to compress. */
const codecNumbers = { none: 0, gzip: 1, snappy: 2, lz4: 3, zstd: 4 } as const;
export type CodecName = keyof typeof codecNumbers;
export const codecNames = Object.keys(codecNumbers) as readonly CodecName[];

/** A batch to make. */
export interface BatchParts {
  readonly firstOffset: number;
  readonly values: readonly (string | Uint8Array | null)[];
  readonly codec?: CodecName;
  /** Instead of what the values give. */
  readonly content?: Uint8Array;
  readonly lastOffsetDelta?: number;
  readonly count?: number;
  readonly attributes?: number;
}

/** A batch of format 2, its checksum right. */
export function makeBatch(parts: BatchParts): Buffer {
  const { firstOffset, values, codec = 'none', count = values.length } = parts;
  const content =
    parts.content ?? compress(codec, Buffer.concat(values.map((value, at) => record(value, at))));
  const batch = Buffer.concat([Buffer.alloc(batchField.records), content]);
  batch.writeBigInt64BE(BigInt(firstOffset), batchField.firstOffset);
  batch.writeInt32BE(batch.length - 12, batchField.length);
  batch[batchField.format] = 2;
  batch.writeInt16BE(codecNumbers[codec] | (parts.attributes ?? 0), batchField.attributes);
  batch.writeInt32BE(parts.lastOffsetDelta ?? values.length - 1, batchField.lastOffsetDelta);
  batch.writeBigInt64BE(1_795_452_466_535n, batchField.firstTimestamp);
  batch.writeBigInt64BE(1_795_452_466_535n, batchField.maxTimestamp);
  // No producer that numbers its batches.
  batch.fill(0xff, 43, 57);
  batch.writeInt32BE(count, batchField.count);
  return withChecksum(batch);
}

/** The batch with the checksum of what it holds now. */
function withChecksum(batch: Buffer): Buffer {
  const copy = Buffer.from(batch);
  copy.writeUInt32BE(crc32c(copy.subarray(batchField.attributes)), batchField.crc);
  return copy;
}

/** A record without key and headers. */
export function record(value: string | Uint8Array | null, offsetDelta: number): Buffer {
  const bytes = value === null ? null : Buffer.from(value);
  const body = Buffer.concat([
    ...[Buffer.from([0]), varint(0), varint(offsetDelta), varint(-1)],
    ...(bytes === null ? [varint(-1)] : [varint(bytes.length), bytes]),
    varint(0),
  ]);
  return Buffer.concat([varint(body.length), body]);
}

function varint(value: number): Buffer {
  return unsignedVarint(value < 0 ? -2 * value - 1 : 2 * value);
}

/** A value that makes a batch of itself alone so many bytes long. */
export function filling(bytes: number): string {
  let size = bytes;
  // The lengths in it take room too, more of it the larger they are.
  for (;;) {
    const value = '-'.repeat(size);
    const { length } = makeBatch({ firstOffset: 0, values: [value] });
    if (length === bytes) return value;
    if (length < bytes) throw new Error(`No batch of one record has ${String(bytes)} bytes`);
    size -= length - bytes;
  }
}

/** Content in one of Kafka's ways; LZ4's blocks are left as they are. */
export function compress(codec: CodecName, content: Uint8Array): Buffer {
  const bytes = Buffer.from(content);
  switch (codec) {
    case 'none':
      return bytes;
    case 'gzip':
      return zlib.gzipSync(bytes);
    case 'snappy':
      return xerial([rawSnappy(bytes)]);
    case 'lz4':
      return lz4([...chunks(bytes, 4 * 1024 * 1024)].map((block) => [block, true]));
    case 'zstd':
      return zstdCompressSync(bytes);
  }
}

/** So many zeros as one record's value, in as few bytes as the codec can do it. */
export function bomb(codec: Exclude<CodecName, 'none'>, megabytes: number): Buffer {
  const size = megabytes * 1024 * 1024;
  switch (codec) {
    case 'gzip':
      return zlib.gzipSync(record(Buffer.alloc(size), 0));
    case 'zstd':
      return zstdCompressSync(record(Buffer.alloc(size), 0));
    case 'snappy':
      return xerial([snappyZeros(size)]);
    case 'lz4': {
      const block = lz4Zeros(4 * 1024 * 1024);
      return lz4(Array.from({ length: megabytes / 4 }, () => [block, false]));
    }
  }
}

/** A raw block of snappy: literals alone. */
function rawSnappy(bytes: Buffer): Buffer {
  const parts: Buffer[] = [unsignedVarint(bytes.length)];
  for (const chunk of chunks(bytes, 65_536)) {
    const length = Buffer.from([61 << 2, 0, 0]);
    length.writeUInt16LE(chunk.length - 1, 1);
    parts.push(length, chunk);
  }
  return Buffer.concat(parts);
}

/** A zero, and again and again the 64 before. */
function snappyZeros(size: number): Buffer {
  const first = Buffer.concat([Buffer.from([60 << 2, 63]), Buffer.alloc(64)]);
  const copy = Buffer.from([(63 << 2) | 2, 64, 0]);
  return Buffer.concat([
    unsignedVarint(size),
    first,
    ...Array.from({ length: size / 64 - 1 }, () => copy),
  ]);
}

export function unsignedVarint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) | 128);
  return Buffer.from([...bytes, left]);
}

/** The frame that the Java client puts around blocks of snappy. */
export function xerial(blocks: readonly Buffer[]): Buffer {
  const head = Buffer.from('82534e41505059000000000100000001', 'hex');
  return Buffer.concat([head, ...blocks.flatMap((block) => [int32(block.length), block])]);
}

/** A block of LZ4 that says: a zero, and again what stood before it. */
function lz4Zeros(size: number): Buffer {
  const more = size - 1 - 4 - 15;
  const whole = Math.floor(more / 255);
  return Buffer.concat([
    Buffer.from([0x1f, 0, 1, 0]),
    Buffer.alloc(whole, 0xff),
    Buffer.from([more % 255]),
  ]);
}

/** A frame of LZ4 with independent blocks of at most 4 MB. */
export function lz4(blocks: readonly (readonly [block: Buffer, isPlain: boolean])[]): Buffer {
  const parts: Buffer[] = [Buffer.from('04224d18607073', 'hex')];
  for (const [block, isPlain] of blocks) {
    const length = Buffer.alloc(4);
    length.writeUInt32LE((block.length | (isPlain ? 0x80000000 : 0)) >>> 0);
    parts.push(length, block);
  }
  return Buffer.concat([...parts, Buffer.alloc(4)]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function* chunks(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** A way to damage a batch without changing its length. */
export interface Damage {
  readonly name: string;
  readonly fault: string;
  readonly apply: (batch: Buffer) => Buffer;
}

const write = (batch: Buffer, change: (copy: Buffer) => void, isResealed = false): Buffer => {
  const copy = Buffer.from(batch);
  change(copy);
  return isResealed ? withChecksum(copy) : copy;
};

/** Kinds of damage to any batch of more than one record; those that are resealed have a right checksum. */
export const damages: readonly Damage[] = [
  damage('a bit flipped in the records', 'checksum', (at) => (at[at.length - 5]! ^= 0x10)),
  damage('a bit flipped in the checksum', 'checksum', (at) => (at[batchField.crc]! ^= 1)),
  damage('the records overwritten with zeros', 'checksum', (at) => at.fill(0, batchField.records)),
  damage('the second half lost', 'checksum', (at) => at.fill(0, at.length >> 1)),
  damage('another way of compression', 'checksum', (at) => (at[batchField.attributes + 1]! ^= 1)),
  damage('another last offset', 'checksum', (at) =>
    at.writeInt32BE(7_000_000, batchField.lastOffsetDelta),
  ),
  damage(
    'a negative last offset',
    'offsets',
    (at) => at.writeInt32BE(-5, batchField.lastOffsetDelta),
    true,
  ),
  damage(
    'a last offset behind the end',
    'offsets',
    (at) => at.writeInt32BE(2_000_000_000, batchField.lastOffsetDelta),
    true,
  ),
  damage('a format of the future', 'format', (at) => (at[batchField.format] = 3)),
  damage('a format of the past', 'checksum', (at) => (at[batchField.format] = 1)),
  damage('a negative format', 'format', (at) => (at[batchField.format] = 0xff)),
  damage('a negative count', 'content', (at) => at.writeInt32BE(-1, batchField.count), true),
  damage(
    'an absurd count',
    'content',
    (at) => at.writeInt32BE(2 ** 31 - 1, batchField.count),
    true,
  ),
  damage('one record too few', 'content', (at) => at.writeInt32BE(1, batchField.count), true),
  damage(
    'one record too many',
    'content',
    (at) => at.writeInt32BE(at.readInt32BE(batchField.count) + 1, batchField.count),
    true,
  ),
  damage(
    'a way of compression that is none',
    'compression',
    (at) => (at[batchField.attributes + 1] = 7),
    true,
  ),
  damage(
    'content that is not compressed as said',
    'content',
    (at) => {
      at[batchField.attributes + 1] = 1;
      at.fill('nonsense', batchField.records);
    },
    true,
  ),
  damage(
    'records that are none',
    'content',
    (at) => {
      at[batchField.attributes + 1] = 0;
      at.fill(0xff, batchField.records);
    },
    true,
  ),
  damage('a negative length', 'length', (at) => at.writeInt32BE(-1, batchField.length)),
  damage('a length of nothing', 'length', (at) => at.writeInt32BE(0, batchField.length)),
  damage('a length beyond the end', 'length', (at) =>
    at.writeInt32BE(2 ** 31 - 1, batchField.length),
  ),
];

function damage(
  name: string,
  fault: string,
  change: (copy: Buffer) => unknown,
  isResealed = false,
): Damage {
  return { name, fault, apply: (batch) => write(batch, (copy) => void change(copy), isResealed) };
}

/** A message of the formats before 0.11, its checksum right. */
export function makeLegacyMessage(parts: {
  readonly offset: number;
  readonly format: 0 | 1;
  readonly value: Buffer | null;
  readonly attributes?: number;
}): Buffer {
  const { offset, format, value, attributes = 0 } = parts;
  const content = Buffer.concat([
    Buffer.from([format, attributes]),
    ...(format === 1 ? [Buffer.alloc(8)] : []),
    int32(-1),
    ...(value === null ? [int32(-1)] : [int32(value.length), value]),
  ]);
  const head = Buffer.alloc(16);
  head.writeBigInt64BE(BigInt(offset));
  head.writeInt32BE(content.length + 4, 8);
  head.writeUInt32BE(zlib.crc32(content), 12);
  return Buffer.concat([head, content]);
}
