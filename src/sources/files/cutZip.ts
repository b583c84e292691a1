import * as zlib from 'node:zlib';

import { TooLargeError } from '../../compression/decompressed.ts';
import { inflatedSoFar } from './soFar.ts';
import { isSystemFile } from './systemFiles.ts';

/** What stands before each file in a zip: its mark, and the fields that are needed. */
const mark = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const headLength = 30;
const flagsAt = 6;
const methodAt = 8;
const packedSizeAt = 18;
const nameLengthAt = 26;
const extraLengthAt = 28;
const stored = 0;
const deflated = 8;
const encrypted = 1;
/** Marks may stand within what is packed by chance, and each costs a call. */
const mostEntries = 10_000;

/** The files of a zip that breaks off before its directory, by what stands before each; the last as far as it is there. */
export async function zipContentsSoFar(
  bytes: Uint8Array,
  most: number,
): Promise<readonly Uint8Array[]> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const contents: Uint8Array[] = [];
  let left = most;
  let entries = 0;
  for (let at = 0; at >= 0 && at + headLength <= file.length && entries++ < mostEntries;) {
    const entry = entryAt(file, at);
    const content = await contentOf(entry, left);
    left -= content.length;
    if (left < 0) throw new TooLargeError(most);
    if (content.length > 0) contents.push(content);
    at = file.indexOf(mark, entry.end);
  }
  return contents;
}

interface Entry {
  readonly method: number | undefined;
  readonly packed: Uint8Array;
  /** Behind what is known to be its own. */
  readonly end: number;
}

function entryAt(file: Buffer, at: number): Entry {
  const nameEnd = at + headLength + file.readUInt16LE(at + nameLengthAt);
  const start = nameEnd + file.readUInt16LE(at + extraLengthAt);
  const name = file.toString('utf8', at + headLength, nameEnd);
  const isRead =
    (file.readUInt16LE(at + flagsAt) & encrypted) === 0 &&
    !name.endsWith('/') &&
    !isSystemFile(name);
  // Who writes a zip as it goes says the size behind the file, and none before it.
  const size = file.readUInt32LE(at + packedSizeAt);
  const next = size > 0 ? start + size : nextMark(file, start);
  return {
    method: isRead ? file.readUInt16LE(at + methodAt) : undefined,
    packed: file.subarray(start, next),
    end: next,
  };
}

function nextMark(file: Buffer, from: number): number {
  const found = file.indexOf(mark, from);
  return found < 0 ? file.length : found;
}

async function contentOf({ method, packed }: Entry, most: number): Promise<Uint8Array> {
  if (method === stored) return packed;
  if (method !== deflated) return new Uint8Array();
  return (await inflatedSoFar(zlib.createInflateRaw, packed, most)).content;
}
