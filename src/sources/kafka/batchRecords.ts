import type { BatchHead } from './batchHead.ts';
import { ByteReader } from './byteReader.ts';
import { messageOf, type FetchedMessage } from './fetchedMessage.ts';
import type { FetchBudget } from './fetchBudget.ts';

const logAppendTime = 0x08;
const transactional = 0x10;
const control = 0x20;

/** Length, attributes, two differences, key, value and the count of headers: a byte each at least. */
const leastRecordBytes = 7;

/**
 * The records of a batch from offset `from` on, out of its decompressed `bytes`; throws a RangeError on the first
 * that is none. What is no longer in the budget is left out: it is asked for again. Headers are passed over,
 * nobody reads them.
 */
export function readBatchRecords(
  bytes: Buffer,
  head: BatchHead,
  from: bigint,
  budget: FetchBudget,
): { readonly messages: readonly FetchedMessage[]; readonly isWhole: boolean } {
  const { count, attributes } = head;
  if (count < 0 || count > bytes.length / leastRecordBytes) {
    throw new RangeError(`${count} records in ${bytes.length} bytes`);
  }
  const parts = {
    attributes,
    isControlRecord: (attributes & control) !== 0,
    batchContext: {
      producerId: String(head.producerId),
      inTransaction: (attributes & transactional) !== 0,
    },
  };
  const stamp = (attributes & logAppendTime) !== 0 ? head.maxTimestamp : null;
  const reader = new ByteReader(bytes);
  const messages: FetchedMessage[] = [];
  let isWhole = true;
  let last = -1n;
  for (let index = 0; index < count; index++) {
    const record = new ByteReader(bytes, 0, 0);
    const length = reader.varint();
    record.at = reader.skip(length);
    record.end = record.at + length;
    record.skip(1);
    const timestamp = head.firstTimestamp + record.varlong();
    const offset = head.firstOffset + BigInt(record.varint());
    if (offset <= last || offset < head.firstOffset || offset > head.lastOffset) {
      throw new RangeError(`Record ${index} has offset ${offset}`);
    }
    last = offset;
    const key = bytesOrNull(record);
    const value = bytesOrNull(record);
    skipHeaders(record);
    // The rest is looked at all the same: what is wrong with a batch is told before any of it is delivered.
    if (offset < from || !isWhole) continue;
    messages.push(messageOf(parts, offset, stamp ?? timestamp, key, value));
    budget.takeMessage();
    isWhole = budget.takesMessages;
  }
  if (reader.left > 0) throw new RangeError(`${reader.left} bytes behind the last record`);
  return { messages, isWhole: isWhole || messages.at(-1)?.offset === String(last) };
}

function bytesOrNull(reader: ByteReader): Buffer | null {
  const length = reader.varint();
  return length === -1 ? null : reader.view(length);
}

function skipHeaders(reader: ByteReader): void {
  const count = reader.varint();
  if (count < 0) throw new RangeError(`${count} headers`);
  for (let index = 0; index < count; index++) {
    reader.skip(reader.varint());
    const length = reader.varint();
    if (length !== -1) reader.skip(length);
  }
  if (reader.left > 0) throw new RangeError(`${reader.left} bytes behind a record`);
}
