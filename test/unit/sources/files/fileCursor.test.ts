import { expect, test } from 'vitest';

import { FileCursor } from '../../../../src/sources/files/fileCursor.ts';
import { ManualClock } from '../../../support/manualClock.ts';

const files: Readonly<Record<string, string>> = {
  'a.jsonl': Array.from({ length: 5 }, (_, index) => `{"n":${String(index + 1)}}`).join('\n'),
  'b.jsonl': '{"n":"b"}',
};

function cursor() {
  const clock = new ManualClock();
  const reads: string[] = [];
  const found = new FileCursor(clock, (name) => {
    reads.push(name);
    const text = files[name];
    return Promise.resolve(text === undefined ? undefined : new TextEncoder().encode(text));
  });
  const value = async (name: string, offset: string) => {
    const record = await found.find(name, offset);
    return record === undefined ? undefined : new TextDecoder().decode(record.value ?? undefined);
  };
  return { clock, reads, found, value };
}

test('records in the order of the file, the same again, and back', async () => {
  const { value, reads } = cursor();
  const offsets = ['1', '2', '2', '5', '3', '1'];
  const values = [];
  for (const offset of offsets) values.push(await value('a.jsonl', offset));
  expect(values).toEqual(offsets.map((offset) => `{"n":${offset}}`));
  expect(reads).toEqual(['a.jsonl']);
});

test('nothing beyond the end, between records, or in no file', async () => {
  const { value } = cursor();
  expect(await value('a.jsonl', '6')).toBeUndefined();
  expect(await value('a.jsonl', '0')).toBeUndefined();
  expect(await value('a.jsonl', '4')).toBe('{"n":4}');
  expect(await value('none', '1')).toBeUndefined();
});

test('records further back than are remembered', async () => {
  const large = 'x'.repeat(3 * 1024 * 1024);
  const lines = [1, 2, 3, 4, 5].map((n) => `{"n":${String(n)},"x":"${large}"}`);
  const content = new TextEncoder().encode(lines.join('\n'));
  const found = new FileCursor(new ManualClock(), () => Promise.resolve(content));
  for (const offset of ['5', '4', '1', '5', '2']) {
    const record = await found.find('large.jsonl', offset);
    expect(new TextDecoder().decode(record?.value?.subarray(0, 6))).toBe(`{"n":${offset}`);
  }
});

test('the file is let go when nobody asks, for another one, and at the end', async () => {
  const { value, reads, clock, found } = cursor();
  await value('a.jsonl', '1');
  clock.advance(4_999);
  await value('a.jsonl', '2');
  clock.advance(4_999);
  await value('a.jsonl', '3');
  expect(reads).toEqual(['a.jsonl']);
  clock.advance(5_000);
  await value('a.jsonl', '1');
  expect(reads).toHaveLength(2);
  await value('b.jsonl', '1');
  await value('a.jsonl', '1');
  expect(reads).toHaveLength(4);
  found.close();
  await value('a.jsonl', '1');
  expect(reads).toHaveLength(5);
});

test('two who ask at the same time both get theirs', async () => {
  const { value } = cursor();
  const both = await Promise.all([
    value('a.jsonl', '4'),
    value('b.jsonl', '1'),
    value('a.jsonl', '2'),
  ]);
  expect(both).toEqual(['{"n":4}', '{"n":"b"}', '{"n":2}']);
});
