import { crc32 } from 'node:zlib';
import { lengthEnd } from './batchHead.ts';
import type { BatchRead, Place } from './batchRead.ts';
import { ByteReader } from './byteReader.ts';
import { codecBits, type Codec } from './codecs.ts';
import { damaged } from './damagedBatch.ts';
import { TooLargeError } from '../../compression/decompressed.ts';
import type { FetchBudget } from './fetchBudget.ts';
import { filledTo, messageOf, type FetchedMessage } from './fetchedMessage.ts';

/** A message without key and value: offset, length, checksum, format, attributes, two lengths. */
const leastBytes = 26;
const protectedFrom = 16;
const parts = {
  attributes: 0,
  isControlRecord: false,
  batchContext: { producerId: '-1', inTransaction: false },
};

/**
 * Reads one message of the formats before 0.11, which old brokers still keep: a record, or a message that holds
 * others compressed.
 */
export async function readLegacyMessage(
  place: Place,
  size: number,
  codecs: ReadonlyMap<number, Codec>,
  budget: FetchBudget,
): Promise<BatchRead | 'cutOff'> {
  const { rest, at, next, set } = place;
  if (size < leastBytes) return damaged(place, 'length', `${size} bytes`);
  if (size > rest.length) {
    const detail = `${size} bytes, of which ${rest.length} are there`;
    return at === 0 ? damaged(place, 'length', detail) : 'cutOff';
  }
  if (crc32(rest.subarray(protectedFrom, size)) !== rest.readUInt32BE(lengthEnd)) {
    return damaged(place, 'checksum', 'of an old format', size);
  }
  // No checksum protects it, and all that follows goes by it.
  const last = rest.readBigInt64BE(0);
  if (last < next || last >= set.high) return damaged(place, 'offsets', String(last), size);
  const wasFresh = budget.isFresh;
  try {
    const outer = readMessage(new ByteReader(rest, 0, size));
    const records = await unfold(outer, codecs, budget);
    const messages = records
      .filter(({ offset }) => offset >= next)
      .map((record): FetchedMessage =>
        messageOf(parts, record.offset, record.timestamp, record.key, record.value),
      );
    return { messages: filledTo(last, messages), next: last + 1n, bytes: size };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    if (!(error instanceof TooLargeError)) return damaged(place, 'content', detail, size, last);
    if (!wasFresh) return 'cutOff';
    budget.use();
    return damaged(place, 'tooLarge', detail, size, last);
  }
}

interface LegacyMessage {
  readonly offset: bigint;
  readonly format: number;
  readonly attributes: number;
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

function readMessage(reader: ByteReader): LegacyMessage {
  const offset = reader.int64();
  const message = new ByteReader(reader.view(reader.int32()));
  message.skip(4);
  const format = message.int8();
  const attributes = message.int8();
  const timestamp = format === 1 ? Number(message.int64()) : -1;
  const key = bytesOrNull(message);
  return { offset, format, attributes, timestamp, key, value: bytesOrNull(message) };
}

/** A message that is none of the compressed ones, or those in it. */
async function unfold(
  outer: LegacyMessage,
  codecs: ReadonlyMap<number, Codec>,
  budget: FetchBudget,
): Promise<readonly LegacyMessage[]> {
  const type = outer.attributes & codecBits;
  if (type === 0) {
    budget.takeMessage();
    return [outer];
  }
  const codec = codecs.get(type);
  if (codec === undefined) throw new Error(`Compression of type ${type}`);
  const plain = await codec.decompress(outer.value ?? Buffer.alloc(0), budget.left);
  budget.take(plain.length);
  const reader = new ByteReader(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength));
  const inner: LegacyMessage[] = [];
  while (reader.left > 0) {
    // Before it is made: millions of empty ones fit into what is allowed of bytes.
    if (!budget.takesMessages) throw new TooLargeError(budget.mostMessages, 'messages');
    budget.takeMessage();
    inner.push(readMessage(reader));
  }
  const last = inner.at(-1);
  if (last === undefined) throw new Error('Nothing in a compressed message');
  // In format 1 they count from the first of them, and the outer one has the offset of the last.
  const base = outer.format === 1 ? outer.offset - last.offset : 0n;
  const placed = inner.map((message) => ({ ...message, offset: message.offset + base }));
  const wrong = placed.find(({ offset }, at) => {
    return offset > outer.offset || offset <= (placed[at - 1]?.offset ?? -1n);
  });
  if (wrong !== undefined) throw new RangeError(`A message in it has offset ${wrong.offset}`);
  return placed;
}

function bytesOrNull(reader: ByteReader): Buffer | null {
  const length = reader.int32();
  return length === -1 ? null : reader.view(length);
}
