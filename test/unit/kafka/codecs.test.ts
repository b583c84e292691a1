import { readFileSync } from 'node:fs';
import * as zlib from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { installCodecs } from '../../../src/kafka/codecs.ts';
import { kafkajs } from '../../../src/kafka/kafkajsNames.ts';
import { decompressLz4 } from '../../../src/kafka/lz4Frame.ts';

/** Frames that the reference library has written: 6,000 times the same line, but for the last. */
const frames = JSON.parse(
  readFileSync(new URL('../../fixtures/kafka/lz4Frames.json', import.meta.url), 'utf8'),
) as Record<string, string>;
const frame = (name: string) => Buffer.from(frames[name] ?? '', 'base64');
const line = '{"sid":"spf","录入":"发票"}\n';
const text = line.repeat(6_000);
const decoded = (bytes: Uint8Array) => new TextDecoder().decode(decompressLz4(bytes));

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
    expect([...decompressLz4(frame('uncompressed blocks'))]).toEqual([...Array(256).keys()]);
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
    expect(() => decompressLz4(bytes)).toThrow();
  });
});

describe('installCodecs', () => {
  const { CompressionTypes, CompressionCodecs } = kafkajs;
  const codec = (type: 2 | 3 | 4) =>
    (CompressionCodecs[type] as () => { decompress(buffer: Buffer): Promise<Buffer> })();
  const compressed = (zlib as { zstdCompressSync?(text: string): Buffer }).zstdCompressSync?.(text);

  beforeAll(() => installCodecs());

  it.runIf(compressed)('reads zstd with what Node has', async () => {
    expect(String(await codec(CompressionTypes.ZSTD).decompress(compressed!))).toBe(text);
  });

  it.runIf(compressed)('reads zstd where Node has nothing for it', async () => {
    installCodecs(null);
    expect(String(await codec(CompressionTypes.ZSTD).decompress(compressed!))).toBe(text);
    installCodecs();
  });

  it.each(['Snappy', 'LZ4', 'ZSTD'] as const)('names %s when content is broken', async (name) => {
    const broken = codec(CompressionTypes[name]).decompress(Buffer.from('broken content'));
    await expect(broken).rejects.toThrow(`Cannot decompress ${name.toLowerCase()}`);
    // kafkajs tries other errors again, for ever.
    await expect(broken).rejects.toBeInstanceOf(TypeError);
  });
});
