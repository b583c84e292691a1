import { expect, test } from 'vitest';
import { recordsOf } from '../../support/fixtures.ts';
import { engineParts, fixtures } from '../engine/world.ts';

test('an execution that ends is told with its record, a snapshot is stored unless it is late', () => {
  const { take, store } = engineParts();
  const records = recordsOf(fixtures.snapshots);
  const each = records.map((record) => take([record]));
  // The file holds two snapshots, the final record, and a snapshot that is late.
  expect(each.map(({ changed, finished }) => [changed, finished.length])).toEqual([
    [true, 0],
    [true, 0],
    [true, 1],
    [false, 0],
  ]);
  expect(each[2]?.finished[0]).toMatchObject({
    ...{ summary: { outcome: 'succeeded' }, record: { offset: '2' }, again: false },
  });
  expect(store.size).toBe(1);
});

test('a record that was written twice ends its execution again, and is known for it', () => {
  const { take, store } = engineParts();
  const [record] = recordsOf(fixtures.failed);
  const twice = record === undefined ? [] : [record, record];
  expect(take(twice).finished.map(({ again }) => again)).toEqual([false, true]);
  expect(store.size).toBe(1);
});

test('a record that is read again from its place is no news', () => {
  const { ingest } = engineParts();
  const records = recordsOf(fixtures.failed);
  expect(ingest.take(records, 0).finished).toHaveLength(1);
  expect(ingest.take(records, 0)).toMatchObject({
    ...{ count: records.length, changed: false, finished: [], reported: [] },
  });
});

test('what cannot be read is listed and keeps nothing else from being read', () => {
  const { take, rejected, store } = engineParts();
  const good = recordsOf(fixtures.succeeded);
  const bad = recordsOf(fixtures.unreadable);
  const { changed, finished } = take([...bad, ...good]);
  expect(changed).toBe(true);
  expect(finished.at(-1)?.summary.outcome).toBe('succeeded');
  expect(rejected.total).toBeGreaterThan(0);
  expect(rejected.total + store.size).toBeLessThanOrEqual(bad.length + good.length);
});

test.each<['next' | 'older', number[]]>([
  ['next', [1, 2]],
  ['older', [2, 1]],
])('a damaged batch that is %s stands with those of its age', (age, order) => {
  const { ingest, rejected } = engineParts();
  const batch = {
    ...{ topic: 't', partition: 1, offset: '17', lastOffset: '19', fault: 'checksum' as const },
    ...{ bytes: 345, detail: '' },
  };
  ingest.takeUnreadable({ ...batch, partition: 2 }, 'next');
  ingest.takeUnreadable(batch, age);
  expect(rejected.page(0, 9).map(({ partition }) => partition)).toEqual(order);
});
