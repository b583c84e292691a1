import { expect, test } from 'vitest';
import { headOf, type ConsumedRecord } from '../../../src/record/consumedRecord.ts';
import { ownRecord } from '../../../src/record/ownBytes.ts';

const head = { topic: 'runs', partition: 0, offset: '7', timestampMs: 1 };
const answer = new Uint8Array([1, 2, 3, 4]);

test.each<[string, Pick<ConsumedRecord, 'key' | 'value'>]>([
  ['with a key', { key: answer.subarray(0, 1), value: answer.subarray(1, 3) }],
  ['without a key', { key: null, value: answer.subarray(1, 3) }],
  ['a tombstone', { key: answer.subarray(0, 1), value: null }],
])('what is kept of a record stands in no memory that others get: %s', (_, { key, value }) => {
  const record: ConsumedRecord = { ...head, key, value };
  const before = structuredClone({ key: key && [...key], value: value && [...value] });
  const own = ownRecord(record);
  answer.fill(9);
  expect({ key: own.key && [...own.key], value: own.value && [...own.value] }).toEqual(before);
  answer.set([1, 2, 3, 4]);
});

test('what has its memory for itself is kept as it is', () => {
  const value = new Uint8Array([1, 2]);
  expect(ownRecord({ ...head, key: null, value }).value).toBe(value);
});

test.each([head, { ...head, dumpedFrom: 'trace' as never }])(
  'the head of a record has all of it but its bytes: %o',
  (of) => {
    expect(headOf({ ...of, key: answer, value: answer } as ConsumedRecord)).toEqual(of);
  },
);
