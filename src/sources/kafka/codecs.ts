import * as zlib from 'node:zlib';
import { isTooLarge, TooLargeError } from '../../compression/decompressed.ts';
import { decompressZstd, type NodeZstd } from '../../compression/zstd.ts';
import { kafkajs } from './kafkajsNames.ts';
import { decompressLz4 } from './lz4Frame.ts';
import { decompressSnappy } from './snappyFrames.ts';

/** Text that starts the message of an error about compressed content, for `toSourceError`. */
export const codecErrorPrefix = 'Cannot decompress';

/**
 * How much the batches of one answer of a broker may hold when they are decompressed, and so a single one too: all
 * of it is in memory at once, outside the heap and its limit. Producers bound a batch before they compress it, at
 * 1 MB unless told otherwise.
 */
export const maxDecompressedBytes = 64 * 1024 * 1024;

/** Those of a batch's attributes that tell how it is compressed. */
export const codecBits = 7;

/** Gives `bytes` decompressed, or rejects: with a `TooLargeError` once that makes more than `maxBytes`. */
export type Decompress = (bytes: Buffer, maxBytes: number) => Promise<Uint8Array> | Uint8Array;

/** How the batches of a topic may be compressed, by the number that Kafka gives each way. */
export function codecsWith(nodeZstd?: NodeZstd | null): ReadonlyMap<number, Codec> {
  const { GZIP, Snappy, LZ4, ZSTD } = kafkajs.CompressionTypes;
  return new Map<number, Codec>([
    [GZIP, { name: 'gzip', decompress: gunzip }],
    [Snappy, { name: 'snappy', decompress: decompressSnappy }],
    [LZ4, { name: 'lz4', decompress: decompressLz4 }],
    [
      ZSTD,
      {
        name: 'zstd',
        decompress: (bytes, maxBytes) => decompressZstd(bytes, maxBytes, nodeZstd),
      },
    ],
  ]);
}

/** A way to compress, as far as a reader needs it. */
export interface Codec {
  readonly name: string;
  readonly decompress: Decompress;
}

/**
 * Teaches kafkajs the kinds of compression that it lacks, and a limit for the one that it has: it decompresses by
 * itself what brokers before 0.11 send. May be called again.
 */
export function installCodecs(codecs: ReadonlyMap<number, Codec> = codecsWith()): void {
  const known = kafkajs.CompressionCodecs as Record<number, () => KafkajsCodec>;
  for (const [type, codec] of codecs) {
    const former = formerCodecs.get(type) ?? known[type];
    formerCodecs.set(type, former);
    known[type] = () => ofKafkajs(codec, former);
  }
}

/** As kafkajs asks for it. */
interface KafkajsCodec {
  compress(encoder: unknown): Promise<Buffer>;
  decompress(buffer: Buffer): Promise<Buffer>;
}

/** What was there before: a producer in the same process (a robot's, in a test) compresses by it. */
const formerCodecs = new Map<number, (() => KafkajsCodec) | undefined>();

function ofKafkajs(
  { name, decompress }: Codec,
  former: (() => KafkajsCodec) | undefined,
): KafkajsCodec {
  return {
    async compress(encoder) {
      if (former === undefined) throw new Error(`There is no compression with ${name}`);
      return former().compress(encoder);
    },
    async decompress(buffer: Buffer): Promise<Buffer> {
      try {
        const plain = await decompress(buffer, maxDecompressedBytes);
        return Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        // A TypeError is what kafkajs does not try again.
        throw new TypeError(`${codecErrorPrefix} ${name}: ${message}`, { cause: error });
      }
    },
  };
}

function gunzip(bytes: Buffer, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    // `unzip` reads zlib's own format as well, as kafkajs's codec does.
    zlib.unzip(bytes, { maxOutputLength: maxBytes }, (error, result) => {
      if (error === null) resolve(result);
      else reject(isTooLarge(error) ? new TooLargeError(maxBytes) : error);
    });
  });
}
