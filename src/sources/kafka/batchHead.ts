import { crc32c } from './crc32c.ts';

/** A batch of format 2 begins with so many bytes before its records. */
export const headBytes = 61;
/** Where the byte stands that tells the format, in all of them. */
export const formatAt = 16;
/** What stands before the length, and the length itself. */
export const lengthEnd = 12;

/** The head of a batch of format 2, as it says itself. */
export interface BatchHead {
  readonly firstOffset: bigint;
  /** Bytes of the whole batch. */
  readonly size: number;
  readonly crc: number;
  readonly attributes: number;
  readonly lastOffset: bigint;
  readonly firstTimestamp: number;
  readonly maxTimestamp: number;
  readonly producerId: bigint;
  readonly count: number;
}

/** Reads the head at the beginning of `bytes`, of which there must be `headBytes`. */
export function readHead(bytes: Buffer): BatchHead {
  const firstOffset = bytes.readBigInt64BE(0);
  return {
    firstOffset,
    size: lengthEnd + bytes.readInt32BE(8),
    crc: bytes.readUInt32BE(17),
    attributes: bytes.readInt16BE(21),
    lastOffset: firstOffset + BigInt(bytes.readInt32BE(23)),
    firstTimestamp: Number(bytes.readBigInt64BE(27)),
    maxTimestamp: Number(bytes.readBigInt64BE(35)),
    producerId: bytes.readBigInt64BE(43),
    count: bytes.readInt32BE(57),
  };
}

/** The checksum over all that it protects: what stands before, the first offset too, is set by brokers. */
export function checksumOf(bytes: Buffer, head: BatchHead): number {
  return crc32c(bytes.subarray(21, head.size));
}

/** Whether a whole and sound batch of format 2 begins `bytes`. */
export function isSound(bytes: Buffer): boolean {
  if (bytes.length < headBytes || bytes[formatAt] !== 2) return false;
  const head = readHead(bytes);
  return (
    head.size >= headBytes && head.size <= bytes.length && checksumOf(bytes, head) === head.crc
  );
}
