import { Decompressed, TooLargeError } from '../../compression/decompressed.ts';
import { decompressLz4Block } from './lz4Block.ts';

const magic = 0x184d2204;
/** Frames that carry no content may stand anywhere; their magic numbers differ in the last four bits. */
const skippableMagic = 0x184d2a50;
const uncompressedBit = 0x80000000;
const blockSizes = new Map([
  [4, 64 * 1024],
  [5, 256 * 1024],
  [6, 1024 * 1024],
  [7, 4 * 1024 * 1024],
]);

/**
 * Decompresses LZ4 frames to `maxBytes` at most. Checksums are skipped, because a Kafka batch has its own.
 * Throws on content that is no LZ4 frame.
 */
export function decompressLz4(source: Uint8Array, maxBytes: number): Uint8Array {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  const output = new Decompressed(maxBytes);
  let at = 0;
  while (at < source.length) {
    const found = view.getUint32(at, true);
    if (found >>> 4 === skippableMagic >>> 4) at += 8 + view.getUint32(at + 4, true);
    else if (found === magic) at = readFrame(source, view, at + 4, output);
    else throw new Error('Not an LZ4 frame');
  }
  return output.taken();
}

function readFrame(source: Uint8Array, view: DataView, start: number, output: Decompressed) {
  const flags = view.getUint8(start);
  if (flags >>> 6 !== 1) throw new Error(`LZ4 frame of an unknown version ${flags >>> 6}`);
  if ((flags & 1) !== 0) throw new Error('LZ4 frame with a dictionary');
  const blockSize = blockSizes.get((view.getUint8(start + 1) >>> 4) & 7);
  if (blockSize === undefined) throw new Error('LZ4 frame with an unknown block size');
  const independent = (flags & 0x20) !== 0;
  const blockChecksum = (flags & 0x10) !== 0 ? 4 : 0;
  const contentSize = (flags & 0x08) !== 0 ? 8 : 0;
  const contentChecksum = (flags & 0x04) !== 0 ? 4 : 0;
  let at = start + 2 + contentSize + 1;
  // The blocks of a linked frame point back at most this far.
  let history = 0;
  for (;;) {
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) return at + contentChecksum;
    const length = size & ~uncompressedBit;
    if (at + length > source.length) throw new Error('LZ4 frame cut off');
    const block = source.subarray(at, at + length);
    const compressed = (size & uncompressedBit) === 0;
    if (compressed) history += writeBlock(block, blockSize, independent ? 0 : history, output);
    else {
      if (length > blockSize) throw tooLong();
      output.add(block);
      history += length;
    }
    at += length + blockChecksum;
  }
}

/** Adds a block and gives its size; it may refer back to `history` bytes at most. */
function writeBlock(
  block: Uint8Array,
  blockSize: number,
  history: number,
  output: Decompressed,
): number {
  // Only what the block may see and fill, so that a broken one can neither read nor write elsewhere.
  const room = output.room(blockSize, history);
  const end = decompressLz4Block(block, room, history);
  if (end === undefined) {
    // Does it break its own word, or our limit?
    if (room.length === history + blockSize) throw tooLong();
    throw new TooLargeError(output.maxBytes);
  }
  output.wrote(end - history);
  return end - history;
}

const tooLong = () => new Error('LZ4 block larger than its frame says');
