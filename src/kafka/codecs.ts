import * as zlib from 'node:zlib';
import { decompress as decompressZstd } from 'fzstd';
import snappy from 'kafkajs-snappy';
import { kafkajs } from './kafkajsNames.ts';
import { decompressLz4 } from './lz4Frame.ts';

/** Text that starts the message of an error about compressed content, for `toSourceError`. */
export const codecErrorPrefix = 'Cannot decompress';

/**
 * How large one decompressed batch may get. Brokers take batches of 1 MB unless told otherwise, and JSON
 * shrinks about twenty times; a batch beyond this is an attack on the memory of the editor.
 */
const maxBatchBytes = 256 * 1024 * 1024;

type Decompress = (buffer: Buffer) => Promise<Uint8Array> | Uint8Array;
type NodeZstd = (
  buffer: Buffer,
  options: { readonly maxOutputLength: number },
  done: (error: Error | null, result: Buffer) => void,
) => void;

/** Node's own where it has it (22.15 and later): several times faster than fzstd, and off this thread. */
const builtInZstd = (zlib as { readonly zstdDecompress?: NodeZstd }).zstdDecompress ?? null;

/** Teaches kafkajs the kinds of compression that it lacks. May be called again. */
export function installCodecs(nodeZstd: NodeZstd | null = builtInZstd): void {
  const { CompressionTypes, CompressionCodecs } = kafkajs;
  CompressionCodecs[CompressionTypes.Snappy] = codec('snappy', (buffer) =>
    snappy().decompress(buffer),
  );
  CompressionCodecs[CompressionTypes.LZ4] = codec('lz4', decompressLz4);
  CompressionCodecs[CompressionTypes.ZSTD] = codec('zstd', zstd(nodeZstd));
}

function codec(name: string, decompress: Decompress) {
  return () => ({
    compress(): Promise<Buffer> {
      return Promise.reject(new Error(`Compression with ${name} is not needed and not there`));
    },
    async decompress(buffer: Buffer): Promise<Buffer> {
      try {
        const plain = await decompress(buffer);
        return Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        // A TypeError is what kafkajs does not try again.
        throw new TypeError(`${codecErrorPrefix} ${name}: ${message}`, { cause: error });
      }
    },
  });
}

function zstd(native: NodeZstd | null): Decompress {
  if (native === null) return (buffer) => decompressZstd(buffer);
  return (buffer) =>
    new Promise((resolve, reject) => {
      native(buffer, { maxOutputLength: maxBatchBytes }, (error, result) => {
        if (error === null) resolve(result);
        else reject(error);
      });
    });
}
