import { expect, test } from 'vitest';
import { RejectedStore } from '../../../src/store/rejectedStore.ts';
import type { RejectedRecord } from '../../../src/trace/rejected.ts';

const rejected = (offset: number): RejectedRecord => ({
  reason: 'notJson',
  detail: '',
  topic: 't',
  partition: 0,
  offset: String(offset),
  timestampMs: null,
  bytes: 0,
  preview: '',
  form: 'text',
  whole: true,
});

test('pages newest first and counts what left', () => {
  const store = new RejectedStore();
  for (let offset = 0; offset < 1_500; offset++) store.add(rejected(offset));
  expect(store.total).toBe(1_500);
  expect(store.listed).toBe(1_000);
  expect(store.page(0, 2).map(({ offset }) => offset)).toEqual(['1499', '1498']);
  expect(store.page(999, 10).map(({ offset }) => offset)).toEqual(['500']);
  expect(store.page(1_000, 10)).toEqual([]);
});

test('says what its records take, whatever comes, leaves or is masked anew', () => {
  const store = new RejectedStore();
  const put = (n: number) => {
    store.add({ ...rejected(n), preview: 'x'.repeat(2_048) });
  };
  for (let n = 0; n < 1_000; n++) put(n);
  const { bytes } = store;
  expect(bytes).toBeGreaterThan(1_000 * 2_048);
  for (let n = 0; n < 500; n++) put(n);
  expect(store.bytes).toBe(bytes);
  store.remask(() => '');
  expect(store.bytes).toBeLessThan(bytes / 10);
  store.clear();
  expect(store.bytes).toBe(0);
});

test('older ones stand by their time, and take no room from newer ones', () => {
  const store = new RejectedStore();
  const at = (offset: number, timestampMs: number | null) => ({ ...rejected(offset), timestampMs });
  store.add(at(5, 500));
  store.add(at(6, null));
  store.addOlder(at(1, 100));
  store.addOlder(at(2, 200));
  store.addOlder(at(0, null));
  expect(store.page(0, 9).map(({ offset }) => offset)).toEqual(['6', '5', '2', '1', '0']);
  for (let offset = 10; offset < 1_005; offset++) store.add(at(offset, 1_000));
  store.addOlder(at(3, 300));
  expect([store.total, store.listed]).toEqual([1_001, 1_000]);
  expect(store.at({ topic: 't', partition: 0, offset: '3' })).toBeUndefined();
});
