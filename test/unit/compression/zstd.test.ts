import { describe, expect, it } from 'vitest';
import { TooLargeError } from '../../../src/compression/decompressed.ts';
import { decompressZstd } from '../../../src/compression/zstd.ts';
import { compress } from '../../support/kafkaBatches.ts';

const megabyte = 1024 * 1024;
const most = 4 * megabyte;
/** A frame with a window of 4 MB, of empty blocks; its head says that it holds nothing, or doesn't say. */
const emptyBlocks = (head: string, count: number) =>
  Buffer.concat([
    Buffer.from(head, 'hex'),
    Buffer.alloc(3 * (count - 1)),
    Buffer.from('010000', 'hex'),
  ]);
const unsaid = (count: number) => emptyBlocks('28b52ffd0060', count);
const saidEmpty = (count: number) => emptyBlocks('28b52ffd806000000000', count);
const texts = ['', 'first', '', 'second'];
const frames = Buffer.concat(texts.map((text) => compress('zstd', Buffer.from(text))));

describe.each([
  ['Node’s zstd', undefined],
  ['fzstd', null],
] as const)('%s', (_name, native) => {
  const plain = (bytes: Uint8Array, limit = most) => decompressZstd(bytes, limit, native);

  it('reads all frames, empty ones too, within one limit', async () => {
    expect(new TextDecoder().decode(await plain(frames, 11))).toBe('firstsecond');
    await expect(plain(frames, 10)).rejects.toBeInstanceOf(TooLargeError);
  });

  it('reads blocks without content', async () => {
    for (const frame of [unsaid(3), saidEmpty(3)]) expect(await plain(frame)).toHaveLength(0);
  });

  it('refuses what is none', async () => {
    await expect(plain(new Uint8Array(0))).rejects.toThrow('No zstd frame');
    await expect(plain(frames.subarray(0, -1))).rejects.toThrow('cut off');
  });
});

describe('fzstd, which copies the window for each block', () => {
  it.each<[string, Buffer]>([
    ['a frame of many', unsaid(100)],
    ['a frame of many that says it is empty', saidEmpty(100)],
    ['many frames of some', Buffer.concat(Array.from({ length: 10 }, () => unsaid(10)))],
    ['a window larger than the limit', Buffer.from('28b52ffd806800000000010000', 'hex')],
  ])('is not asked to for %s', async (_name, bytes) => {
    await expect(decompressZstd(bytes, most, null)).rejects.toBeInstanceOf(TooLargeError);
  });
});

it('gives up on more frames than anybody writes', async () => {
  const empty = Buffer.from('28b52ffd2000010000', 'hex');
  const many = Buffer.concat(Array.from({ length: 100_001 }, () => empty));
  const refused = decompressZstd(many, most, null);
  await expect(refused).rejects.toThrow('more than 100000 frames');
});
