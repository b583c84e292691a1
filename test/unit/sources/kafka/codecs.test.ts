import { readFileSync } from 'node:fs';
import * as zlib from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  codecsWith,
  installCodecs,
  maxDecompressedBytes,
} from '../../../../src/sources/kafka/codecs.ts';
import { TooLargeError } from '../../../../src/compression/decompressed.ts';
import { kafkajs } from '../../../../src/sources/kafka/kafkajsNames.ts';
import { decompressLz4 } from '../../../../src/sources/kafka/lz4Frame.ts';
import { bomb, compress, unsignedVarint, xerial } from '../../../support/kafkaBatches.ts';

/** Frames that the reference library has written: 6,000 times the same line, but for the last. */
const frames = JSON.parse(
  readFileSync(new URL('../../../fixtures/kafka/lz4Frames.json', import.meta.url), 'utf8'),
) as Record<string, string>;
const frame = (name: string) => Buffer.from(frames[name] ?? '', 'base64');
const line = '{"sid":"spf","录入":"发票"}\n';
const text = line.repeat(6_000);
const unpacked = (bytes: Uint8Array) => decompressLz4(bytes, maxDecompressedBytes);
const decoded = (bytes: Uint8Array) => new TextDecoder().decode(unpacked(bytes));

/** A block of 64 KB that says: one letter, and again what stood before it 67,594 times. */
const swelling = Buffer.concat([
  Buffer.from('04224d186040820e0100001f610100', 'hex'),
  Buffer.alloc(265, 0xff),
  Buffer.from('0000000000', 'hex'),
]);

describe('decompressLz4', () => {
  it.each([
    'independent blocks',
    'linked blocks',
    'its content size',
    'a content checksum',
    'block checksums',
    'blocks of 4 MB',
  ])('reads a frame with %s', (name) => {
    expect(decoded(frame(name))).toBe(text);
  });

  it('reads blocks that are not compressed', () => {
    expect([...unpacked(frame('uncompressed blocks'))]).toEqual([...Array(256).keys()]);
  });

  it('reads several frames, and passes over those without content', () => {
    const skippable = Buffer.from('542a4d1803000000616263', 'hex');
    const one = frame('linked blocks');
    expect(decoded(Buffer.concat([one, skippable, one]))).toBe(text + text);
  });

  it.each([
    ['no frame at all', Buffer.from('{"sid":1}')],
    ['a frame cut off', frame('linked blocks').subarray(0, 200)],
    ['a frame of another version', Buffer.from('04224d18a0400000000000', 'hex')],
    ['an unknown block size', Buffer.from('04224d1860100000000000', 'hex')],
    ['a dictionary', Buffer.from('04224d1861400000000000', 'hex')],
    ['a block that swells beyond its size', swelling],
  ])('refuses %s', (_name, bytes) => {
    expect(() => unpacked(bytes)).toThrow();
  });
});

describe('installCodecs', () => {
  const { CompressionTypes, CompressionCodecs } = kafkajs;
  const codec = (type: 1 | 2 | 3 | 4) =>
    (CompressionCodecs[type] as () => { decompress(buffer: Buffer): Promise<Buffer> })();
  const compressed = (zlib as { zstdCompressSync?(text: string): Buffer }).zstdCompressSync?.(text);

  beforeAll(() => installCodecs());

  it.runIf(compressed)('reads zstd with what Node has', async () => {
    expect(String(await codec(CompressionTypes.ZSTD).decompress(compressed!))).toBe(text);
  });

  it.runIf(compressed)('reads zstd where Node has nothing for it', async () => {
    installCodecs(codecsWith(null));
    expect(String(await codec(CompressionTypes.ZSTD).decompress(compressed!))).toBe(text);
    installCodecs();
  });

  it.each(['GZIP', 'Snappy', 'LZ4', 'ZSTD'] as const)(
    'names %s when content is broken',
    async (name) => {
      const broken = codec(CompressionTypes[name]).decompress(Buffer.from('broken content'));
      await expect(broken).rejects.toThrow(`Cannot decompress ${name.toLowerCase()}`);
      // kafkajs tries other errors again, for ever.
      await expect(broken).rejects.toBeInstanceOf(TypeError);
    },
  );
});

describe('a limit on what is decompressed', () => {
  const size = 4 * 1024 * 1024;
  const content = Buffer.alloc(size, '录入');
  const types = { gzip: 1, snappy: 2, lz4: 3, zstd: 4 } as const;
  const ways = [
    ...(['gzip', 'snappy', 'lz4', 'zstd'] as const).map(
      (name) => [name, name, codecsWith().get(types[name])!.decompress] as const,
    ),
    ['zstd of fzstd', 'zstd', codecsWith(null).get(types.zstd)!.decompress] as const,
  ];

  it.each(ways)('is kept by %s, to the byte', async (_name, codec, decompress) => {
    const packed = compress(codec, content);
    expect(content.equals(await decompress(packed, size))).toBe(true);
    const tooLarge = Promise.resolve().then(() => decompress(packed, size - 1));
    await expect(tooLarge).rejects.toBeInstanceOf(TooLargeError);
  });

  it.each(ways)('is kept by %s where a hundred KB swell', async (_name, codec, decompress) => {
    const packed = bomb(codec, 64);
    const tooLarge = Promise.resolve().then(() => decompress(packed, size));
    await expect(tooLarge).rejects.toBeInstanceOf(TooLargeError);
  });

  it.each(ways.filter(([, codec]) => codec !== 'snappy'))(
    'is kept by %s where several frames make it together',
    async (_name, codec, decompress) => {
      const parts = [content.subarray(0, size / 2), Buffer.from('after')];
      const packed = Buffer.concat(parts.map((part) => compress(codec, part)));
      // Node's zstd gives the first alone.
      expect(Buffer.concat(parts).equals(await decompress(packed, size))).toBe(true);
      const both = Buffer.concat([packed, packed]);
      const tooLarge = Promise.resolve().then(() => decompress(both, size));
      await expect(tooLarge).rejects.toBeInstanceOf(TooLargeError);
    },
  );

  const said = (bytes: string) => Buffer.from(bytes, 'hex');
  it.each<[string, 'snappy' | 'zstd', Buffer]>([
    ['a block of snappy of 4 GB', 'snappy', unsignedVarint(2 ** 32 - 1)],
    ['the same in a frame', 'snappy', xerial([unsignedVarint(2 ** 32 - 1)])],
    ['the same in a frame in a frame', 'snappy', xerial([xerial([unsignedVarint(2 ** 32 - 1)])])],
    ['a frame of zstd of 2 GB', 'zstd', said('28b52ffda000000080010000')],
    ['a frame of zstd with a window of 2 GB', 'zstd', said('28b52ffd00a8010000')],
    [
      'a window of zstd that moves for each empty block',
      'zstd',
      Buffer.concat([said('28b52ffd0060'), Buffer.alloc(300_000), said('010000')]),
    ],
  ])('is kept before memory is taken for %s', async (_name, codec, bytes) => {
    const before = process.memoryUsage().arrayBuffers;
    for (const [, own, decompress] of ways) {
      if (own !== codec) continue;
      const outcome = await Promise.resolve()
        .then(() => decompress(bytes, size))
        .then(
          (plain) => plain.length,
          () => 0,
        );
      expect(outcome).toBe(0);
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * size);
  });

  it('keeps a block of LZ4 of many lengths short', () => {
    // Says "255 more" eight million times; the library wrote a byte for each, into nowhere.
    const block = Buffer.alloc(8 * 1024 * 1024, 0xff);
    const head = Buffer.from('04224d186070730000000000', 'hex').subarray(0, 7);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(block.length);
    expect(() => unpacked(Buffer.concat([head, length, block]))).toThrow(/cut off|larger/);
  });
});
