import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { codecsWith } from '../../../../src/sources/kafka/codecs.ts';
import { FetchBudget } from '../../../../src/sources/kafka/fetchBudget.ts';
import { unreadableOf, type FetchedMessage } from '../../../../src/sources/kafka/fetchedMessage.ts';
import { readRecordSet } from '../../../../src/sources/kafka/recordSet.ts';
import {
  batchField,
  bomb,
  codecNames,
  damages,
  makeBatch,
  makeLegacyMessage as legacy,
  record,
  type BatchParts,
} from '../../../support/kafkaBatches.ts';

const megabyte = 1024 * 1024;
const text = '{"sid":"1","录入":"发票"}';

/** Reads batches that stand one after the other in a partition of 1,000 records. */
function read(
  batches: readonly Buffer[],
  { from = 10, high = 1_000, budget = new FetchBudget(4 * megabyte) } = {},
): Promise<FetchedMessage[]> {
  const bytes = Buffer.concat(batches);
  const set = { topic: 't', partition: 3, bytes, from: BigInt(from), high: BigInt(high) };
  return readRecordSet(set, codecsWith(), budget);
}

/** Batches of three records each, without a gap from offset 10 on. */
function threes(count: number, parts: Partial<BatchParts> = {}): Buffer[] {
  return Array.from({ length: count }, (_value, nth) => {
    const firstOffset = 10 + 3 * nth;
    const values = [0, 1, 2].map((at) => `${text}${String(firstOffset + at)}`);
    return makeBatch({ firstOffset, values, ...parts });
  });
}

/** What was read, short: offsets, `!` and the fault of what can't be read, `.` for what is not for readers. */
const short = (messages: readonly FetchedMessage[]) =>
  messages
    .map((message) => {
      const unreadable = unreadableOf(message);
      if (unreadable === undefined) return `${message.isControlRecord ? '.' : ''}${message.offset}`;
      return `!${unreadable.offset}-${String(unreadable.lastOffset)} ${unreadable.fault}`;
    })
    .join(' ');

describe('sound batches', () => {
  it.each(codecNames)('are read, compressed with %s', async (codec) => {
    const messages = await read(threes(2, { codec }));
    expect(short(messages)).toBe('10 11 12 13 14 15');
    expect(String(messages[4]?.value)).toBe(`${text}14`);
    expect(messages[0]).toMatchObject({ key: null, timestamp: '1795452466535' });
  });

  it('begin with the offset that was asked for', async () => {
    expect(short(await read(threes(2), { from: 12 }))).toBe('12 13 14 15');
  });

  it('may be cut off at the end of the answer', async () => {
    const [first, second] = threes(2) as [Buffer, Buffer];
    expect(short(await read([first, second.subarray(0, second.length - 1)]))).toBe('10 11 12');
    expect(short(await read([first, second.subarray(0, 9)]))).toBe('10 11 12');
  });

  it('may have gaps, and ends without records', async () => {
    const batches = [
      makeBatch({ firstOffset: 10, values: ['a'], lastOffsetDelta: 4 }),
      makeBatch({ firstOffset: 20, values: [], lastOffsetDelta: 2 }),
      makeBatch({ firstOffset: 23, values: ['b'] }),
    ];
    expect(short(await read(batches))).toBe('10 .14 .22 23');
  });

  it('may hold marks of transactions', async () => {
    const marks = { values: ['x'], attributes: 0x30 };
    const messages = await read([makeBatch({ firstOffset: 10, ...marks })]);
    expect(short(messages)).toBe('.10');
    expect(messages[0]?.batchContext).toEqual({ producerId: '-1', inTransaction: true });
  });

  it('are read as far as there is room for their records', async () => {
    const values = Array.from({ length: 3_000 }, (_value, nth) => String(nth));
    const batch = makeBatch({ firstOffset: 10, values, codec: 'gzip' });
    const offsets: string[] = [];
    for (let rounds = 0; offsets.length < 3_000; rounds++) {
      const from = 10 + offsets.length;
      const got = await read([batch], { from, high: 5_000, budget: new FetchBudget(megabyte / 2) });
      expect(got.length).toBeGreaterThan(0);
      expect(rounds).toBeLessThan(9);
      offsets.push(...got.map(({ offset }) => offset));
    }
    expect(offsets).toEqual(values.map((value) => String(10 + Number(value))));
  });

  it('are read at once where one of them takes all the bytes there are', async () => {
    const empty = Array.from({ length: 2_000 }, () => '');
    const large = Buffer.alloc(3 * megabyte);
    const batch = makeBatch({ firstOffset: 10, values: [large, ...empty], codec: 'zstd' });
    const plain = [large, ...empty].reduce((sum, value, at) => sum + record(value, at).length, 0);
    // Each pass decompresses all of it again: one for each record would be hours.
    const messages = await read([batch], { high: 5_000, budget: new FetchBudget(plain) });
    expect(messages).toHaveLength(2_001);
  });
});

describe('a damaged batch', () => {
  const cases = codecNames.flatMap((codec) =>
    damages.map((damage) => [damage.name, codec, damage] as const),
  );

  it.each(cases)('with %s, %s: is told in its place', async (_name, codec, { apply, fault }) => {
    const [first, second, third] = threes(3, { codec }) as [Buffer, Buffer, Buffer];
    const damaged = apply(second);
    expect(damaged).toHaveLength(second.length);
    const alone = await read([damaged], { from: 13, high: 19 });
    expect(unreadableOf(alone[0] ?? {})).toMatchObject({ topic: 't', partition: 3, offset: '13' });
    expect(alone).toHaveLength(1);
    const among = await read([first, damaged, third]);
    const marks = among.map(unreadableOf).filter((mark) => mark !== undefined);
    expect(short(among.slice(0, 3))).toBe('10 11 12');
    if (fault === 'length') {
      // Where it ends can't be told, nor whether the answer just ends here: it is asked for again.
      expect(unreadableOf(alone[0] ?? {})).toMatchObject({ fault, lastOffset: null });
      expect(among.length - marks.length).toBe(3);
    } else {
      expect(marks).toMatchObject([{ fault, offset: '13', lastOffset: '15' }]);
      expect(short(among.slice(4))).toBe('16 17 18');
    }
  });

  it('at the end of what is there is as long as it says where it says so twice', async () => {
    const [, second] = threes(2) as [Buffer, Buffer];
    const flipped = Buffer.from(second);
    flipped[flipped.length - 1]! ^= 1;
    expect(short(await read([flipped], { from: 13 }))).toBe('!13-15 checksum');
    flipped.writeInt32BE(700, batchField.lastOffsetDelta);
    expect(short(await read([flipped], { from: 13 }))).toBe('!13-null checksum');
  });

  it('whose offset does not fit is told from the one behind it', async () => {
    const [first, second, third] = threes(3) as [Buffer, Buffer, Buffer];
    const moved = (by: number) => {
      const copy = Buffer.from(second);
      copy.writeBigInt64BE(13n + BigInt(by), batchField.firstOffset);
      return copy;
    };
    expect(short(await read([first, moved(-2), third]))).toBe('10 11 12 !13-15 offsets 16 17 18');
    expect(short(await read([first, moved(4), third]))).toBe('10 11 12 !13-15 offsets 16 17 18');
    expect(short(await read([first, moved(5_000), third]))).toBe(
      '10 11 12 !13-15 offsets 16 17 18',
    );
  });

  it.each<[string, Buffer]>([
    ['a record longer than the batch', Buffer.from([200, 1, 0, 0, 0, 1, 1, 0])],
    ['a length of more than five bytes', Buffer.alloc(30, 0xff)],
    ['a value of a negative length', Buffer.from([12, 0, 0, 0, 1, 5, 0])],
    ['a million headers', Buffer.concat([Buffer.from([18, 0, 0, 0, 1, 1]), varints(1_000_000)])],
    ['an offset twice', Buffer.concat([record('a', 0), record('b', 0)])],
    ['offsets that go back', Buffer.concat([record('a', 1), record('b', 0)])],
    ['an offset behind its last', Buffer.concat([record('a', 0), record('b', 9)])],
    ['bytes behind its records', Buffer.concat([record('a', 0), record('b', 1), Buffer.of(0)])],
    ['nothing', Buffer.alloc(0)],
  ])('is one with %s', async (_name, content) => {
    const batch = makeBatch({ firstOffset: 10, values: ['', ''], content });
    expect(short(await read([batch]))).toBe('!10-11 content');
    const packed = makeBatch({
      ...{ firstOffset: 10, values: ['', ''], codec: 'gzip' },
      content: gzipSync(content),
    });
    expect(short(await read([packed]))).toBe('!10-11 content');
  });
});

describe('a batch that swells', () => {
  const packed = codecNames.filter((name) => name !== 'none');

  it.each(packed)('beyond the limit is told, with %s, and reading goes on', async (codec) => {
    const swelling = makeBatch({
      ...{ firstOffset: 10, values: ['0'], codec },
      content: bomb(codec, 8),
    });
    const after = makeBatch({ firstOffset: 11, values: ['after'], codec });
    expect(short(await read([swelling, after]))).toBe('!10-10 tooLarge');
    expect(short(await read([after], { from: 11 }))).toBe('11');
  });

  // What snappy and LZ4 hold here is a value alone: that it is no record shows only once it is decompressed.
  it.each([
    ['gzip', '10'],
    ['zstd', '10'],
    ['snappy', '!10-10 content'],
    ['lz4', '!10-10 content'],
  ] as const)('is let in, with %s, where it fits', async (codec, wanted) => {
    const content = bomb(codec, 4);
    const batch = makeBatch({ firstOffset: 10, values: ['0'], codec, content });
    const messages = await read([batch], { budget: new FetchBudget(5 * megabyte) });
    expect(short(messages)).toBe(wanted);
  });

  it('is left for an answer of its own where others have taken the room', async () => {
    const values = [Buffer.alloc(3 * megabyte)];
    const first = makeBatch({ firstOffset: 10, values, codec: 'zstd' });
    const second = makeBatch({ firstOffset: 11, values, codec: 'zstd' });
    expect(short(await read([first, second]))).toBe('10');
    expect(short(await read([second], { from: 11 }))).toBe('11');
  });
});

describe('messages of the formats before 0.11', () => {
  const old = [
    ['format 0', 0],
    ['format 1', 1],
  ] as const;
  it.each(old)('are read in %s, compressed or not', async (_name, format) => {
    const inner = [0, 1].map((offset) => legacy({ offset, format, value: Buffer.from('in') }));
    // Format 0 says where they stand, format 1 counts.
    const absolute = [11, 12].map((offset) => legacy({ offset, format, value: Buffer.from('in') }));
    const content = gzipSync(Buffer.concat(format === 0 ? absolute : inner));
    const messages = await read([
      legacy({ offset: 10, format, value: Buffer.from('out') }),
      legacy({ offset: 12, format, attributes: 1, value: content }),
    ]);
    expect(short(messages)).toBe('10 11 12');
    expect(messages.map(({ value }) => String(value))).toEqual(['out', 'in', 'in']);
  });

  it.each(old)('are told in %s when they are damaged or swell', async (_name, format) => {
    const flipped = legacy({ offset: 10, format, value: Buffer.from('out') });
    flipped[flipped.length - 1]! ^= 1;
    const [mark] = await read([flipped, legacy({ offset: 11, format, value: null })]);
    expect(unreadableOf(mark ?? {})).toMatchObject({ offset: '10', fault: 'checksum' });
    const swelling = legacy({ offset: 10, format, attributes: 1, value: bomb('gzip', 8) });
    expect(short(await read([swelling]))).toBe('!10-10 tooLarge');
    const wrong = legacy({ offset: 10, format, attributes: 1, value: Buffer.from('nonsense') });
    expect(short(await read([wrong]))).toBe('!10-10 content');
  });

  it.each(old)('are told in %s where their offsets don’t fit', async (_name, format) => {
    const nonsense = { format, attributes: 1, value: Buffer.from('nonsense') };
    const plain = { format, value: Buffer.from('out') };
    for (const offset of [0, 99, 1_000]) {
      // No checksum protects the offset: the end of what can't be read would lie before its begin.
      expect(short(await read([legacy({ offset, ...nonsense })], { from: 100 }))).toBe(
        '!100-null offsets',
      );
      const around = [
        legacy({ offset: 100, ...plain }),
        legacy({ offset, ...plain }),
        makeBatch({ firstOffset: 102, values: ['after'] }),
      ];
      expect(short(await read(around, { from: 100 }))).toBe('100 !101-101 offsets 102');
    }
  });

  it.each<[string, 0 | 1, number[], string]>([
    ['go back', 0, [11, 10, 12], '!10-12 content'],
    ['go back', 1, [1, 0, 2], '!10-12 content'],
    ['are there twice', 1, [0, 0, 1], '!10-12 content'],
    ['lie behind their message', 0, [10, 11, 13], '!10-12 content'],
    ['end before their message', 0, [10, 11], '10 11 .12'],
    ['end before what was asked for', 0, [8, 9], '.12'],
  ])('hold others whose offsets %s, in format %i', async (_name, format, offsets, expected) => {
    const inner = offsets.map((offset) => legacy({ offset, format, value: Buffer.from('in') }));
    const value = gzipSync(Buffer.concat(inner));
    expect(short(await read([legacy({ offset: 12, format, attributes: 1, value })]))).toBe(
      expected,
    );
  });

  it.each(old)(
    'are no more than there is room for in %s, empty as they may be',
    async (_name, format) => {
      const empty = legacy({ offset: 0, format, value: null });
      const many = gzipSync(Buffer.concat(Array.from({ length: 100_000 }, () => empty)));
      const full = legacy({ offset: 10, format, attributes: 1, value: many });
      const messages = await read([full]);
      expect(short(messages)).toBe('!10-10 tooLarge');
      // Not how many bytes they take, which is no limit.
      expect(unreadableOf(messages[0] ?? {})?.detail).toBe('more than 8192 messages');
    },
  );
});

function varints(value: number): Buffer {
  return Buffer.from([(value & 127) | 128, ((value >> 7) & 127) | 128, (value >> 14) & 127, 0]);
}
