import {
  checksumOf,
  formatAt,
  headBytes,
  isSound,
  lengthEnd,
  readHead,
  type BatchHead,
} from './batchHead.ts';
import { readBatchRecords } from './batchRecords.ts';
import { codecBits, type Codec } from './codecs.ts';
import type { BatchRead, Place, RecordSet } from './batchRead.ts';
import { damaged } from './damagedBatch.ts';
import { TooLargeError } from '../../compression/decompressed.ts';
import type { FetchBudget } from './fetchBudget.ts';
import { filledTo, type FetchedMessage } from './fetchedMessage.ts';
import { readLegacyMessage } from './legacyMessages.ts';

/**
 * Reads what a partition gave: its records, and a mark in the place of each batch that can't be read. It ends where
 * the answer of the broker was cut off, where the budget is used, and where what is damaged doesn't tell its end.
 */
export async function readRecordSet(
  set: RecordSet,
  codecs: ReadonlyMap<number, Codec>,
  budget: FetchBudget,
): Promise<FetchedMessage[]> {
  const messages: FetchedMessage[] = [];
  let at = 0;
  let next = set.from;
  while (at < set.bytes.length && !budget.isUsed) {
    const place: Place = { set, at, rest: set.bytes.subarray(at), next };
    const read = await readOne(place, codecs, budget);
    if (read === 'cutOff') break;
    for (const message of read.messages) messages.push(message);
    if (read.next === null) break;
    next = read.next > next ? read.next : next;
    at += read.bytes;
  }
  return messages;
}

async function readOne(
  place: Place,
  codecs: ReadonlyMap<number, Codec>,
  budget: FetchBudget,
): Promise<BatchRead | 'cutOff'> {
  const { rest, at, next, set } = place;
  // A broker cuts off the last batch of its answer, but never the first.
  const cutOff = (detail: string) => (at === 0 ? damaged(place, 'length', detail) : 'cutOff');
  if (rest.length <= formatAt) return cutOff(`${rest.length} bytes`);
  const size = lengthEnd + rest.readInt32BE(8);
  const format = rest[formatAt] ?? 0;
  if (format < 2) return readLegacyMessage(place, size, codecs, budget);
  if (size < headBytes) return damaged(place, 'length', `${size} bytes`);
  if (size > rest.length) return cutOff(`${size} bytes, of which ${rest.length} are there`);
  if (format > 2) return damaged(place, 'format', `format ${format}`, size);
  const head = readHead(rest);
  const checksum = checksumOf(rest, head);
  if (checksum !== head.crc) {
    return damaged(place, 'checksum', `${hex(checksum)} instead of ${hex(head.crc)}`, size);
  }
  const wrong = wrongOffsets(place, head);
  if (wrong !== undefined) return damaged(place, 'offsets', wrong, size);
  const codec = codecs.get(head.attributes & codecBits);
  if (codec === undefined && (head.attributes & codecBits) !== 0) {
    return damaged(place, 'compression', `type ${head.attributes & codecBits}`, size);
  }
  const content = rest.subarray(headBytes, size);
  try {
    const bytes = codec === undefined ? content : await decompressed(codec, content, budget);
    const { messages, isWhole } = readBatchRecords(bytes, head, next, budget);
    if (!isWhole) return { messages, next: null, bytes: size };
    return {
      messages: filledTo(head.lastOffset, messages),
      next: head.lastOffset + 1n,
      bytes: size,
    };
  } catch (error) {
    if (!(error instanceof TooLargeError)) {
      return damaged(place, 'content', messageOf(error), size);
    }
    // There may be room for it in an answer of its own.
    if (!budget.isFresh) return 'cutOff';
    budget.use();
    return damaged(place, 'tooLarge', messageOf(error), size);
  }

  function wrongOffsets({ next: due }: Place, { firstOffset, lastOffset }: BatchHead) {
    const range = `${firstOffset} to ${lastOffset}`;
    if (lastOffset < firstOffset || lastOffset >= set.high) return range;
    // The first one may begin before what was asked for, but must reach it.
    if (lastOffset < due || (at > 0 && firstOffset < due)) return range;
    // Behind a gap it must leave room for the one that follows; else this one is wrong, not that.
    const follower = rest.subarray(size);
    if (firstOffset <= due || follower.length < headBytes) return undefined;
    // Its checksum is the dear part, and where topics are compacted there are gaps everywhere.
    if (readHead(follower).firstOffset <= lastOffset && isSound(follower)) return range;
    return undefined;
  }
}

async function decompressed(codec: Codec, bytes: Buffer, budget: FetchBudget): Promise<Buffer> {
  const plain = await codec.decompress(bytes, budget.left);
  budget.take(plain.length);
  return Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength);
}

const hex = (value: number) => value.toString(16).padStart(8, '0');
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
