import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { FlateErrorCode, unzipSync, type UnzipFileInfo } from 'fflate';
import { err, ok, type Result } from '../../base/result.ts';
import { isTooLarge, TooLargeError } from '../../compression/decompressed.ts';
import { decompressZstdSoFar } from '../../compression/zstd.ts';
import { zipContentsSoFar } from './cutZip.ts';
import { gunzipped } from './gzipFile.ts';
import { inflatedSoFar, type Contents, type SoFar } from './soFar.ts';
import { isSystemFile } from './systemFiles.ts';
import { isTar, tarContents } from './tarFile.ts';

/** Why a packed file is not opened. */
export interface PackedFault {
  readonly kind: 'tooLarge' | 'damaged' | 'notRead';
  /** `gzip`, `zip`, `zstd`, `zlib`, `tar`; or what it is packed with that is not read here: `xz`, `bzip2`, `7z`… */
  readonly form: string;
}

const inflate = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.inflate);

type Form = 'gzip' | 'zlib' | 'zstd' | 'zip' | 'tar';

/** What of a packed file can't be read: from here on its data is damaged, or breaks off. */
export interface BrokenOff {
  readonly brokenOff: string;
  /** How the packed data begins. */
  readonly head: Uint8Array;
}
/** A file that was packed, or what stands for those that can't be taken out. */
export type UnpackedPart = Uint8Array | BrokenOff;

const headLength = 256;

/** What a zip says that is none to be opened: it is not damaged. */
class NotReadError extends Error {}

/** Dumps are packed more than once: by the tool, and by whoever sends them. */
const deepest = 3;

/** What is not read here, by its first bytes. */
const others: readonly (readonly [string, readonly number[]])[] = [
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
  ['Avro', [0x4f, 0x62, 0x6a, 0x01]],
  ['Parquet', [0x50, 0x41, 0x52, 0x31]],
  ['RAR', [0x52, 0x61, 0x72, 0x21]],
];

/** The files in a file: itself, or all that it was packed from, each of its own form, `most` bytes together. */
export async function unpackedContent(
  bytes: Uint8Array,
  most: number,
  depth = 0,
): Promise<Result<readonly UnpackedPart[], PackedFault>> {
  const form = depth < deepest ? formOf(bytes) : undefined;
  if (form === undefined) {
    const other = others.find(([, magic]) => startsWith(bytes, magic));
    return other === undefined ? ok([bytes]) : err({ kind: 'notRead', form: other[0] });
  }
  let opened: Contents;
  try {
    opened = await open(form, bytes, most);
  } catch (error) {
    if (error instanceof NotReadError) return err({ kind: 'notRead', form: error.message });
    return err({ kind: isTooLarge(error) ? 'tooLarge' : 'damaged', form });
  }
  if (!opened.isWhole && opened.contents.every(({ length }) => length === 0))
    return err({ kind: 'damaged', form });
  const all: UnpackedPart[] = [];
  // One limit for all: what each part swells to is taken from what the others leave.
  let left = most;
  for (const content of opened.contents) {
    const inner = await unpackedContent(content, left, depth + 1);
    if (!inner.ok) return inner;
    all.push(...inner.value);
    left -= inner.value.reduce((sum, part) => sum + lengthOf(part), 0);
    if (left < 0) return err({ kind: 'tooLarge', form });
  }
  if (!opened.isWhole) all.push({ brokenOff: form, head: bytes.slice(0, headLength) });
  return ok(all);
}

/** How many bytes of a file's content a part is. */
export function lengthOf(part: UnpackedPart): number {
  return part instanceof Uint8Array ? part.length : 0;
}

function formOf(bytes: Uint8Array): Form | undefined {
  if (startsWith(bytes, [0x1f, 0x8b])) return 'gzip';
  if (startsWith(bytes, [0x28, 0xb5, 0x2f, 0xfd])) return 'zstd';
  if (startsWith(bytes, [0x78, 0x9c]) || startsWith(bytes, [0x78, 0xda])) return 'zlib';
  if (isTar(bytes)) return 'tar';
  // An empty one begins with what ends the others.
  const isZip = [0x03, 0x05].some((kind) => startsWith(bytes, [0x50, 0x4b, kind, kind + 1]));
  return isZip ? 'zip' : undefined;
}

/** What packing adds to a small file. */
const mostOverhead = 1_024;

async function open(form: Form, bytes: Uint8Array, most: number): Promise<Contents> {
  switch (form) {
    case 'gzip':
      return alone(await gunzipped(bytes, most));
    case 'zlib':
      return alone(await inflated(bytes, most));
    case 'tar':
      return tarContents(bytes);
    case 'zstd':
      return alone(await decompressZstdSoFar(bytes, most));
    case 'zip':
      return unzipped(bytes, most);
  }
}

function alone({ content, isWhole }: SoFar): Contents {
  return { contents: [content], isWhole };
}

async function inflated(bytes: Uint8Array, most: number): Promise<SoFar> {
  try {
    return { content: await inflate(bytes, { maxOutputLength: most }), isWhole: true };
  } catch (error) {
    if (isTooLarge(error)) throw error;
    return inflatedSoFar(zlib.createInflate, bytes, most);
  }
}

async function unzipped(bytes: Uint8Array, most: number): Promise<Contents> {
  try {
    return { contents: unzip(bytes, most), isWhole: true };
  } catch (error) {
    // The directory stands at the end: without it the file breaks off.
    const isCut =
      error instanceof Error && 'code' in error && error.code === FlateErrorCode.InvalidZipData;
    if (!isCut) throw error;
    return { contents: await zipContentsSoFar(bytes, most), isWhole: false };
  }
}

/** In the header of the first entry. */
const flagsAt = 6;
const encrypted = 1;
/** The methods that are read; others are rare: 9 deflate64, 12 bzip2, 14 LZMA, 93 zstd. */
const stored = 0;
const deflated = 8;

/** How often a name may be there: each time, the directory is gone through once more. */
const mostOfOneName = 16;

/** The entries say how large they are before they are taken out; one that lies is cut there by the library. */
function unzip(bytes: Uint8Array, most: number): readonly Uint8Array[] {
  let left = most;
  let packedLeft = bytes.length;
  if (((bytes[flagsAt] ?? 0) & encrypted) !== 0) throw new NotReadError('zip with a password');
  const check = ({ name, size, originalSize, compression }: UnzipFileInfo) => {
    if (name === '[Content_Types].xml') throw new NotReadError('an Office document');
    if (compression !== stored && compression !== deflated)
      throw new NotReadError(`zip with method ${compression}`);
    left -= originalSize;
    if (left < 0) throw new TooLargeError(most);
    packedLeft -= size;
    // Entries that lie over each other, or that hold more than they say.
    const lies = packedLeft < 0 || size > 2 * originalSize + mostOverhead;
    if (lies) throw new Error(`${name} is not as large as the file says`);
  };
  const all: Uint8Array[] = [];
  let wanted = 0;
  // Of several entries of one name the library keeps the last: in each turn, one of each name is taken out.
  const takeTurn = (turn: number): number => {
    const seen = new Map<string, number>();
    let turns = 0;
    const files = unzipSync(bytes, {
      filter: (entry) => {
        const { name } = entry;
        if (name.endsWith('/') || isSystemFile(name)) return false;
        const nth = seen.get(name) ?? 0;
        seen.set(name, nth + 1);
        turns = Math.max(turns, nth + 1);
        if (nth !== turn) return false;
        check(entry);
        wanted++;
        return true;
      },
    });
    for (const content of Object.values(files)) all.push(content);
    return turns;
  };
  const turns = takeTurn(0);
  if (turns > mostOfOneName) throw new Error(`A name is there ${turns} times`);
  for (let turn = 1; turn < turns; turn++) takeTurn(turn);
  // An object keeps nothing under some names, such as that of its prototype.
  if (all.length < wanted) throw new Error('An entry can not be taken out');
  return all;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

/** The fault as the detail of an error. */
export function packedFaultText({ kind, form }: PackedFault): string {
  switch (kind) {
    case 'tooLarge':
      return `${form}: too large when unpacked`;
    case 'damaged':
      return `damaged ${form}`;
    case 'notRead':
      return form;
  }
}
