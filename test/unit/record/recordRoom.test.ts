import { describe, expect, test } from 'vitest';

import { err, ok } from '../../../src/base/result.ts';
import type { ConsumedRecord, RecordPosition } from '../../../src/record/consumedRecord.ts';
import { HeldRecords } from '../../../src/record/heldRecords.ts';
import { RecordRoom, type KeptRecord } from '../../../src/record/recordRoom.ts';
import { aRecord } from '../../support/builders.ts';

interface Owner extends KeptRecord {
  readonly name: string;
}

const bytes = (text: string) => new TextEncoder().encode(text);
const written = aRecord({ offset: '7', timestampMs: 5, value: bytes('ada 1') });

/** A room of one owner, `ada`, over a topic that answers when the test says so. */
function room(answer: () => Promise<ConsumedRecord | undefined>) {
  const held = new HeldRecords<Owner>();
  const asked: RecordPosition[] = [];
  const records = new RecordRoom<Owner>({
    held,
    refetch: (position) => {
      asked.push(position);
      return answer();
    },
    isOf: ({ value }, { name }) => new TextDecoder().decode(value).startsWith(name),
  });
  const { topic, partition, offset, timestampMs } = written;
  const ada: Owner = {
    name: 'ada',
    record: { topic, partition, offset, timestampMs },
    recordBytes: 5,
  };
  return { held, asked, records, ada };
}

test('what is held is given without a question', async () => {
  const { held, asked, records, ada } = room(() => Promise.reject(new Error('not asked')));
  held.hold(ada, bytes('ada 1'));
  expect(records.isHeld(ada)).toBe(true);
  expect(await records.read(ada)).toEqual(ok(written));
  expect(asked).toEqual([]);
});

test('what is not held is read again by its place, and is not held then either', async () => {
  const { asked, records, ada } = room(() => Promise.resolve(written));
  expect(await records.read(ada)).toEqual(ok(written));
  expect(asked).toEqual([{ topic: written.topic, partition: 0, offset: '7' }]);
  expect(records.held(ada)).toBeUndefined();
});

describe('a record that is not given', () => {
  test.each<[string, ConsumedRecord | undefined, 'gone' | 'madeAnew']>([
    ['there is none', undefined, 'gone'],
    ['another time', { ...written, timestampMs: 6 }, 'madeAnew'],
    ['another size', { ...written, value: bytes('ada 12') }, 'madeAnew'],
    ['no value', { ...written, value: null }, 'madeAnew'],
    ['another owner', { ...written, value: bytes('bob 1') }, 'madeAnew'],
  ])('because of %s is told as that', async (_, found, loss) => {
    const { records, ada } = room(() => Promise.resolve(found));
    expect(await records.read(ada)).toEqual(err(loss));
  });

  test('because the source fails is told to all who asked, and asked for again', async () => {
    const { records, ada, asked } = room(() => Promise.reject(new Error('no broker')));
    const both = await Promise.allSettled([records.read(ada), records.read(ada)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(asked).toHaveLength(1);
    await expect(records.read(ada)).rejects.toThrow('no broker');
    expect(asked).toHaveLength(2);
  });
});

test('two that ask at the same time share one answer; who asks later asks anew', async () => {
  const answers = Promise.withResolvers<ConsumedRecord>();
  const { records, ada, asked } = room(() => answers.promise);
  const other = { ...ada, name: 'bob' };
  const both = Promise.all([records.read(ada), records.read(other), records.again(ada)]);
  answers.resolve(written);
  expect(await both).toEqual([ok(written), err('madeAnew'), ok(written)]);
  expect(asked).toHaveLength(1);
  await records.read(ada);
  expect(asked).toHaveLength(2);
});
