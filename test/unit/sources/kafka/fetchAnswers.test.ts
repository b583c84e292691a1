import { readFileSync } from 'node:fs';
import fetchRequests from 'kafkajs/src/protocol/requests/fetch/index.js';
import { describe, expect, it } from 'vitest';
import { knownFetchVersions } from '../../../../src/sources/kafka/fetchLayout.ts';
import { readFetchAnswers } from '../../../../src/sources/kafka/fetchAnswers.ts';
import { type FetchedMessage, unreadableOf } from '../../../../src/sources/kafka/fetchedMessage.ts';
import { damages, makeBatch } from '../../../support/kafkaBatches.ts';

interface Given {
  readonly partition: number;
  readonly records?: Buffer;
  readonly errorCode?: number;
  readonly high?: number;
  readonly lastStable?: number;
  readonly aborted?: readonly (readonly [producer: number, offset: number])[];
  readonly replica?: number;
}

const numbers = (bytes: 2 | 4 | 8, ...values: readonly number[]) =>
  Buffer.concat(
    values.map((value) => {
      const made = Buffer.alloc(8);
      made.writeBigInt64BE(BigInt(value));
      return made.subarray(8 - bytes);
    }),
  );

/** An answer as brokers write it in a version. */
function answer(version: number, given: readonly Given[], throttleMs = 0): Buffer {
  const partitions = given.map((one) => {
    const { high = 100, aborted = [], records } = one;
    return Buffer.concat([
      numbers(4, one.partition),
      numbers(2, one.errorCode ?? 0),
      numbers(8, high, one.lastStable ?? high, ...(version >= 5 ? [0] : [])),
      numbers(4, aborted.length),
      ...aborted.map((pair) => numbers(8, ...pair)),
      ...(version >= 11 ? [numbers(4, one.replica ?? -1)] : []),
      numbers(4, records?.length ?? -1),
      records ?? Buffer.alloc(0),
    ]);
  });
  return Buffer.concat([
    numbers(4, throttleMs),
    ...(version >= 7 ? [numbers(2, 0), numbers(4, 0)] : []),
    ...[numbers(4, 1), numbers(2, 1), Buffer.from('t'), numbers(4, given.length)],
    ...partitions,
  ]);
}

async function decode(version: number, given: readonly Given[], throttleMs = 0, from = '10') {
  readFetchAnswers();
  const partitions = given.map(({ partition }) => ({
    ...{ partition, fetchOffset: from, maxBytes: 1_000 },
  }));
  const asked = { maxBytes: 10_000, topics: [{ topic: 't', partitions }] };
  const { response } = fetchRequests.protocol({ version })(asked);
  const decoded = await response.decode(answer(version, given, throttleMs));
  return decoded.responses.flatMap((topic) =>
    topic.partitions.map(({ messages, errorCode }) => {
      const shown = messages.map((message) => {
        const { offset } = message as { readonly offset: string };
        const unreadable = unreadableOf(message);
        return unreadable === undefined ? offset : `!${offset} ${unreadable.fault}`;
      });
      return [errorCode, ...shown].join(' ');
    }),
  );
}

const sound = makeBatch({ firstOffset: 10, values: ['a', 'b'], codec: 'gzip' });
const versions = Array.from(
  { length: knownFetchVersions.last - knownFetchVersions.first + 1 },
  (_value, nth) => [knownFetchVersions.first + nth] as const,
);

describe('an answer to a fetch', () => {
  it.each(versions)('is read in version %i, whatever else it holds', async (version) => {
    const given = [
      { partition: 0, records: sound, aborted: [[5, 3] as const, [6, 4] as const] },
      { partition: 1, high: 10 },
      { partition: 2, records: Buffer.concat([sound, damages[0]!.apply(sound)]) },
      { partition: 3, records: Buffer.alloc(0), high: 10 },
      { partition: 4, records: sound },
    ];
    expect(await decode(version, given)).toEqual([
      '0 10 11',
      '0',
      '0 10 11 !12 checksum',
      '0',
      '0 10 11',
    ]);
  });

  it.each(versions)(
    'tells in version %i what the broker refuses, and leaves other errors',
    async (version) => {
      const given = [-1, 2, 87, 3, 6].map((errorCode, partition) => ({
        ...{ partition, errorCode, high: -1 },
      }));
      expect(await decode(version, given)).toEqual([
        ...['0 !10 refused', '0 !10 refused', '0 !10 refused'],
        ...['3', '6'],
      ]);
    },
  );

  it.each<[string, Given, string, number?]>([
    ['nothing where there is something', { partition: 0 }, '0 !10 missing'],
    ['nothing at the end', { partition: 0, high: 10 }, '0'],
    ['nothing of a transaction under way', { partition: 0, lastStable: 10 }, '0'],
    ['nothing, and another one to ask', { partition: 0, replica: 2 }, '0'],
    ['nothing, and asks for patience', { partition: 0 }, '0', 500],
  ])('of %s is taken for what it is', async (_name, given, expected, throttleMs = 0) => {
    expect(await decode(11, [given], throttleMs)).toEqual([expected]);
  });

  it('that is full leaves others to the next one', async () => {
    const records = makeBatch({ firstOffset: 10, values: ['x'.repeat(9_500)] });
    expect(await decode(11, [{ partition: 0, records }, { partition: 1 }])).toEqual(['0 10', '0']);
  });

  it.each([
    ['none', false],
    ['gzip', true],
  ] as const)(
    'that waits for its ticket leaves its room to the next one when all of it is read (%s)',
    async (codec, isReadElsewhere) => {
      const kept = readFetchAnswers();
      const records = makeBatch({ firstOffset: 10, values: ['first', 'second'], codec });
      const whole = answer(11, [
        { partition: 0, records },
        { partition: 1 },
        { partition: 2, records },
      ]);
      const room = Buffer.allocUnsafeSlow(whole.length);
      whole.copy(room);
      const partitions = [0, 1, 2].map((partition) => {
        return { partition, fetchOffset: '10', maxBytes: 1_000 };
      });
      const asked = { maxBytes: 10_000, topics: [{ topic: 't', partitions }] };
      const { response } = fetchRequests.protocol({ version: 11 })(asked);
      const decoded = await response.decode(kept.keep(room));
      const [first, , third] = decoded.responses[0]?.partitions.map(
        ({ messages }) => messages,
      ) as FetchedMessage[][];
      const isFree = () => kept.room(room.length, 1).buffer === room.buffer;
      expect(isFree()).toBe(isReadElsewhere);
      expect(first!.map(({ value }) => String(value))).toEqual(['first', 'second']);
      // Two read of it; what was never there was read by nobody.
      kept.wereRead(first!);
      expect(isFree()).toBe(false);
      kept.wereRead([]);
      kept.wereRead(third!);
      expect(isFree()).toBe(!isReadElsewhere);
    },
  );

  it('whose ticket nobody knows is an error', async () => {
    readFetchAnswers();
    const { response } = fetchRequests.protocol({ version: 11 })({ topics: [] });
    await expect(response.decode(Buffer.alloc(4))).rejects.toThrow();
  });

  it('that is none is an error, not a loop', async () => {
    for (const length of [0, 3, 20, 40]) {
      readFetchAnswers();
      const asked = { topics: [] };
      const { response } = fetchRequests.protocol({ version: 11 })(asked);
      await expect(response.decode(Buffer.alloc(length, 0x7f))).rejects.toThrow();
    }
  });
});

describe('kafkajs', () => {
  it('is of the version whose insides are known', () => {
    const manifest = JSON.parse(
      readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'),
    ) as { readonly devDependencies: Readonly<Record<string, string>> };
    expect(manifest.devDependencies['kafkajs']).toBe('2.2.4');
  });

  it('asks in no later version than is known', () => {
    const last = Math.max(...fetchRequests.versions.map(Number));
    expect(last).toBe(knownFetchVersions.last);
  });
});
