import { TooLargeError } from './decompressed.ts';

const magic = 0xfd2fb528;
const skippableMagic = 0x184d2a50;
/** Each is a call into Node: empty ones, of nine bytes each, would make millions. */
const mostFrames = 100_000;

/** A frame of zstd, as far as it says itself what it is. */
export interface ZstdFrame {
  readonly bytes: Uint8Array;
  /** How much the frame says that it holds; null where it doesn't. */
  readonly contentBytes: number | null;
  readonly windowBytes: number;
  readonly blocks: number;
  /** Its source ends within it: the bytes are its head and the blocks that are whole. */
  readonly isCut: boolean;
}

/** The frames of `source`, without those that carry no content; the last may be cut off. Throws where one is none. */
export function* zstdFrames(source: Uint8Array): Generator<ZstdFrame> {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  let count = 0;
  let at = 0;
  while (at < source.length) {
    const found = view.getUint32(at, true);
    if (found >>> 4 === skippableMagic >>> 4) {
      at += 8 + view.getUint32(at + 4, true);
      continue;
    }
    if (found !== magic) throw new Error('Not a zstd frame');
    const frame = measure(source, view, at);
    if (++count > mostFrames) throw new TooLargeError(mostFrames, 'frames');
    yield frame;
    if (frame.isCut) return;
    at += frame.bytes.length;
  }
}

/** Reads the head of a frame and walks over its blocks, whose own heads tell their length. */
function measure(source: Uint8Array, view: DataView, start: number): ZstdFrame {
  const flags = view.getUint8(start + 4);
  const isSingleSegment = (flags & 0x20) !== 0;
  const hasChecksum = (flags & 0x04) !== 0;
  let at = start + 5;
  let windowBytes = 0;
  if (!isSingleSegment) {
    const descriptor = view.getUint8(at++);
    const base = 2 ** (10 + (descriptor >>> 3));
    windowBytes = base + (base / 8) * (descriptor & 7);
  }
  at += [0, 1, 2, 4][flags & 3] ?? 0;
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][flags >>> 6] ?? 0;
  const contentBytes = sizeBytes === 0 ? null : contentSize(view, at, sizeBytes);
  at += sizeBytes;
  let blocks = 0;
  let isLast = false;
  const frame = { contentBytes, windowBytes };
  while (!isLast) {
    const begin = at;
    if (at + 3 > source.length) return cutFrame(source, start, begin, blocks, frame);
    const head = view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    at += 3;
    isLast = (head & 1) === 1;
    // A repeated byte stands there once.
    at += ((head >>> 1) & 3) === 1 ? 1 : head >>> 3;
    if (at > source.length) return cutFrame(source, start, begin, blocks, frame);
    blocks++;
  }
  if (hasChecksum) at += 4;
  if (at > source.length) return cutFrame(source, start, source.length, blocks, frame);
  return { ...frame, bytes: source.subarray(start, at), blocks, isCut: false };
}

function cutFrame(
  source: Uint8Array,
  start: number,
  end: number,
  blocks: number,
  frame: Pick<ZstdFrame, 'contentBytes' | 'windowBytes'>,
): ZstdFrame {
  return { ...frame, bytes: source.subarray(start, end), blocks, isCut: true };
}

function contentSize(view: DataView, at: number, bytes: number): number {
  switch (bytes) {
    case 1:
      return view.getUint8(at);
    case 2:
      return view.getUint16(at, true) + 256;
    case 4:
      return view.getUint32(at, true);
    default:
      return Number(view.getBigUint64(at, true));
  }
}
