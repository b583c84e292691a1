import { promisify } from 'node:util';
import * as zlib from 'node:zlib';

import { isTooLarge } from '../../compression/decompressed.ts';
import { inflatedSoFar, type SoFar } from './soFar.ts';

const gunzip = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.gunzip);
/** With `info` it tells how much it took; the types don't know of it. */
const inflate = promisify<Uint8Array, zlib.ZlibOptions, unknown>(zlib.inflateRaw);

const flagsAt = 3;
const headerLength = 10;
const extraFlag = 4;
const nameFlag = 8;
const commentFlag = 16;
const checksumFlag = 2;
/** A tool that writes a part for each batch makes some thousands; each costs a call. */
const mostMembers = 10_000;
/** A checksum, and how long the content is. */
const trailerLength = 8;

/** What a gzip file holds, at most `most` bytes: up to where it is damaged or breaks off. */
export async function gunzipped(bytes: Uint8Array, most: number): Promise<SoFar> {
  try {
    return { content: await gunzip(bytes, { maxOutputLength: most }), isWhole: true };
  } catch (error) {
    if (isTooLarge(error)) throw error;
    const end = await endOfMembers(bytes, most);
    const isFollowed = end !== undefined && end < bytes.length && !isMember(bytes, end);
    // What a mail program, an editor or a copy left behind it is no part of it.
    return isFollowed
      ? gunzipped(bytes.subarray(0, end), most)
      : inflatedSoFar(zlib.createGunzip, bytes, most);
  }
}

/** Behind the last part that is whole; undefined where not even the first is. */
async function endOfMembers(bytes: Uint8Array, most: number): Promise<number | undefined> {
  let end: number | undefined;
  let left = mostMembers;
  for (let at = 0; isMember(bytes, at) && left-- > 0;) {
    const next = await endOfMember(bytes, at, most);
    if (next === undefined) break;
    at = next;
    end = next;
  }
  return end;
}

function isMember(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x1f && bytes[at + 1] === 0x8b;
}

async function endOfMember(
  bytes: Uint8Array,
  start: number,
  most: number,
): Promise<number | undefined> {
  const from = endOfHeader(bytes, start);
  try {
    // Not in this thread: what it holds may take seconds.
    const { engine } = (await inflate(bytes.subarray(from), {
      ...{ maxOutputLength: most, info: true },
    })) as { readonly engine: { readonly bytesWritten: number } };
    const end = from + engine.bytesWritten + trailerLength;
    return end <= bytes.length ? end : undefined;
  } catch {
    return undefined;
  }
}

function endOfHeader(bytes: Uint8Array, start: number): number {
  const flags = bytes[start + flagsAt] ?? 0;
  let at = start + headerLength;
  if ((flags & extraFlag) !== 0) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  for (const flag of [nameFlag, commentFlag]) {
    if ((flags & flag) !== 0) at = behindZero(bytes, at);
  }
  return (flags & checksumFlag) === 0 ? at : at + 2;
}

function behindZero(bytes: Uint8Array, start: number): number {
  const end = bytes.indexOf(0, start);
  return end < 0 ? bytes.length : end + 1;
}
