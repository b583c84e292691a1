import snappy from 'kafkajs-snappy';
import { Decompressed } from '../../compression/decompressed.ts';

/** Begins what the Java client writes: blocks, each with its length before it. */
const xerialMagic = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const xerialHeaderBytes = 16;

/**
 * Decompresses snappy, raw as librdkafka writes it or framed as the Java client does, to `maxBytes` at most. What
 * a block says of its size is looked at before memory is taken for it.
 */
export async function decompressSnappy(source: Buffer, maxBytes: number): Promise<Uint8Array> {
  const output = new Decompressed(maxBytes);
  if (!isFramed(source)) {
    await addBlock(source, output);
    return output.taken();
  }
  let at = xerialHeaderBytes;
  while (at < source.length) {
    const size = source.readUInt32BE(at);
    at += 4;
    if (at + size > source.length) throw new Error('Snappy frame cut off');
    const block = source.subarray(at, at + size);
    // The library would take it for another frame, and its blocks for as large as they say.
    if (isFramed(block)) throw new Error('Snappy frame within a frame');
    await addBlock(block, output);
    at += size;
  }
  return output.taken();
}

const isFramed = (bytes: Buffer) => bytes.subarray(0, xerialMagic.length).equals(xerialMagic);

async function addBlock(block: Buffer, output: Decompressed): Promise<void> {
  output.expect(sizeOf(block));
  output.add(await snappy().decompress(block));
}

/** The size of a block's content as it says itself. */
function sizeOf(block: Buffer): number {
  let size = 0;
  for (let at = 0; at < 5; at++) {
    const byte = block[at];
    if (byte === undefined) break;
    size += (byte & 0x7f) * 128 ** at;
    if (byte < 0x80) return size;
  }
  throw new Error('Snappy block without a size');
}
