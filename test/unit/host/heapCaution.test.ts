import { describe, expect, test } from 'vitest';
import { HeapCaution, readCautiously } from '../../../src/host/heapCaution.ts';
import type { EngineLoss } from '../../../src/protocol/engineLoss.ts';
import type { SourceSpec } from '../../../src/protocol/sources.ts';
import type { StartPosition } from '../../../src/sources/kafka/spec.ts';

const heap = { cause: 'memory' } as const;
const other = { cause: 'exit' } as const;
const minute = 60_000;
const megabyte = 1024 * 1024;

const topic = (start: StartPosition): SourceSpec => ({
  kind: 'kafka',
  connection: {
    ...{ brokers: [], clientId: '' },
    tls: { enabled: false, rejectUnauthorized: true },
  },
  ...{ topic: 't', start },
});
const sample: SourceSpec = { kind: 'sample' };
const after = (
  ...deaths: readonly (readonly [loss: Pick<EngineLoss, 'cause'>, livedMs: number])[]
) => {
  const caution = new HeapCaution();
  for (const [loss, livedMs] of deaths) caution.lost(loss, livedMs);
  return caution;
};

describe('an engine', () => {
  test.each([
    ['that never died', [], false],
    ['that ran out of memory once', [[heap, minute]], false],
    [
      'that died twice of something else',
      [
        [other, 1],
        [other, 1],
      ],
      false,
    ],
    [
      'that ran out of memory twice',
      [
        [heap, minute],
        [heap, minute],
      ],
      true,
    ],
    [
      'with another death between',
      [
        [heap, minute],
        [other, 1],
        [heap, minute],
      ],
      true,
    ],
    [
      'that lived long before the second time',
      [
        [heap, minute],
        [heap, 60 * minute],
      ],
      false,
    ],
  ] as const)('%s: reads less: %s', (_, deaths, isCautious) => {
    expect(after(...deaths).of(sample, 128 * megabyte) !== undefined).toBe(isCautious);
  });

  test('reads less with each death, and never nothing', () => {
    const caution = after([heap, minute]);
    const seen = [1, 2, 3, 4, 5, 6].map(() => {
      caution.lost(heap, minute);
      return caution.of(topic({ kind: 'last', count: 200 }), 128 * megabyte);
    });
    expect(seen.map((it) => it?.lastRecords)).toEqual([50, 12, 10, 10, 10, 10]);
    expect(seen.map((it) => (it?.storeBytes ?? 0) / megabyte)).toEqual([32, 8, 4, 4, 4, 4]);
    expect(seen.map((it) => it?.maxExecutions)).toEqual([12_500, 3_125, 781, 500, 500, 500]);
  });

  test('keeps no more than the settings say', () => {
    const caution = after([heap, 1], [heap, 1]);
    expect(caution.of(sample, megabyte)?.storeBytes).toBe(megabyte);
  });

  test('reads as ever when the reader opens something', () => {
    const caution = after([heap, 1], [heap, 1]);
    expect([caution.forget(), caution.forget()]).toEqual([true, false]);
    expect(caution.of(sample, megabyte)).toBeUndefined();
    caution.lost(heap, 1);
    expect(caution.of(sample, megabyte)).toBeUndefined();
  });
});

describe('what is read with caution', () => {
  test.each<[string, StartPosition, StartPosition]>([
    ['the last records', { kind: 'last', count: 200 }, { kind: 'last', count: 50 }],
    ['from the beginning', { kind: 'earliest' }, { kind: 'last', count: 2_000 }],
    ['from a time', { kind: 'time', timestampMs: 1 }, { kind: 'last', count: 2_000 }],
    ['what comes from now on', { kind: 'latest' }, { kind: 'latest' }],
    ['few records', { kind: 'last', count: 5 }, { kind: 'last', count: 5 }],
  ])('%s', (_, start, expected) => {
    const caution = after([heap, 1], [heap, 1]).of(topic(start), 128 * megabyte);
    expect(readCautiously(topic(start), caution)).toMatchObject({ start: expected });
  });

  test('anything else is the same', () => {
    const caution = after([heap, 1], [heap, 1]).of(sample, 128 * megabyte);
    expect(caution?.lastRecords).toBeNull();
    expect(readCautiously(sample, caution)).toBe(sample);
    expect(readCautiously(sample, undefined)).toBe(sample);
  });
});
