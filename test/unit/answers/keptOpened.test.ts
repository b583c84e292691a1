import { expect, test } from 'vitest';

import { KeptOpened, openedSize } from '../../../src/answers/keptOpened.ts';
import type { Opened } from '../../../src/answers/openedExecution.ts';
import { aRun } from '../../support/builders.ts';

const megabyte = 1024 * 1024;
const none: string[] = [];

function anOpened(key: string, bytes: number, recordBytes = 1): Opened {
  return { key, bytes, stored: { recordBytes } } as unknown as Opened;
}

/** Keeps what `sizes` tell, one after the other, and says which are left. */
function keptOf(sizes: readonly number[], mostBytes: number) {
  const closed: string[] = [];
  const kept = new KeptOpened((key) => closed.push(key));
  sizes.forEach((bytes, n) => {
    kept.keep(anOpened(String(n), bytes), mostBytes);
  });
  return { kept, closed };
}

test.each([
  ['all, within the bytes', [10, 20, 30], 60, none, 60],
  ['the newest, beyond them', [10, 20, 30], 50, ['0'], 50],
  ['the last, however large', [10, 20, 300], 50, ['0', '1'], 300],
])('keeps %s', (_name, sizes, mostBytes, closed, bytes) => {
  const found = keptOf(sizes, mostBytes);
  expect(found.closed).toEqual(closed);
  expect(found.kept.bytes).toBe(bytes);
});

test('what was used last leaves last, and what is opened anew counts once', () => {
  const { kept, closed } = keptOf([10, 20], 60);
  const again = anOpened('0', 15);
  kept.keep(again, 60);
  expect(kept.bytes).toBe(35);
  kept.touch(again);
  kept.keep(anOpened('2', 30), 60);
  expect(closed).toEqual(['1']);
  expect(kept.get('0')).toBe(again);
});

test.each([
  ['a large record', [80, 1], ['0']],
  ['some that take more than they may together', [20, 10, 5], ['0']],
  ['no others', [10, 10, 10], none],
  ['the newest, however large', [1, 80], ['0']],
])('lets go of what is read from a record with it: %s', (_name, megabytes, closed) => {
  const left: string[] = [];
  const kept = new KeptOpened((key) => left.push(key));
  megabytes.forEach((size, n) => {
    kept.keep(anOpened(String(n), 10, size * megabyte), 100);
  });
  expect(left).toEqual(closed);
});

test('keeps nothing of another source', () => {
  const { kept, closed } = keptOf([10, 20], 60);
  kept.clear();
  expect([kept.get('0'), kept.bytes, closed]).toEqual([undefined, 0, ['0', '1']]);
});

test('an execution takes so much for each of its runs', () => {
  expect(openedSize({ runs: [aRun({}), aRun({})] })).toBe(3_040);
});
