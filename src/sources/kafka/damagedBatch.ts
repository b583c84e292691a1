import type { BatchFault, UnreadableBatch } from '../../record/unreadableBatch.ts';
import { headBytes, isSound, readHead } from './batchHead.ts';
import type { BatchRead, Place } from './batchRead.ts';
import { markerOf } from './fetchedMessage.ts';

/** A mark in the place of a batch, and where what follows it begins if that can be told. */
export function damaged(
  { set, rest, next }: Place,
  fault: BatchFault,
  detail: string,
  size?: number,
  known?: bigint,
): BatchRead {
  const last = size === undefined ? null : (known ?? lastOf(rest, size, next, set.high, fault));
  const unreadable: UnreadableBatch = {
    topic: set.topic,
    partition: set.partition,
    offset: String(next),
    fault,
    lastOffset: last === null ? null : String(last),
    bytes: size ?? null,
    detail,
  };
  return {
    messages: [markerOf(unreadable)],
    next: last === null ? null : last + 1n,
    bytes: size ?? 0,
  };
}

/** The last offset of a batch that can't be read: by the one that follows, else by itself where that is credible. */
function lastOf(
  rest: Buffer,
  size: number,
  next: bigint,
  high: bigint,
  fault: BatchFault,
): bigint | null {
  const follower = rest.subarray(size);
  if (isSound(follower)) {
    const { firstOffset } = readHead(follower);
    if (firstOffset > next && firstOffset < high) return firstOffset - 1n;
  }
  if (rest.length < headBytes) return null;
  const { firstOffset, lastOffset, count } = readHead(rest);
  // Two fields that agree and fit are no accident.
  const agrees = lastOffset - firstOffset + 1n === BigInt(count);
  const isProtected = fault !== 'checksum' && fault !== 'format' && fault !== 'offsets';
  const fits = firstOffset <= next && lastOffset >= next && lastOffset < high;
  return fits && (isProtected || agrees) ? lastOffset : null;
}
