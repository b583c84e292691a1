import { expect, test } from 'vitest';

import { KeptOpened, openedSize } from '../../../src/answers/keptOpened.ts';
import type { Opened } from '../../../src/answers/openedExecution.ts';
import type { OpenedRecord } from '../../../src/decode/decodeExecution.ts';
import { aRun } from '../../support/builders.ts';

const megabyte = 1024 * 1024;
const none: string[] = [];

function anOpened(key: string, bytes: number, recordBytes = 1): Opened {
  return { key, bytes, stored: { recordBytes } } as unknown as Opened;
}

function aRecord(): OpenedRecord {
  return {} as OpenedRecord;
}

/** Keeps what `sizes` tell, one after the other, and says which are left. */
function keptOf(sizes: readonly number[], mostBytes: number) {
  const closed: string[] = [];
  const kept = new KeptOpened((key) => closed.push(key));
  sizes.forEach((bytes, n) => {
    kept.keep(anOpened(String(n), bytes), aRecord(), mostBytes);
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
  kept.keep(again, aRecord(), 60);
  expect(kept.bytes).toBe(35);
  kept.touch(again);
  kept.keep(anOpened('2', 30), aRecord(), 60);
  expect(closed).toEqual(['1']);
  expect(kept.get('0')).toBe(again);
});

test('a large record leaves before its tree, the newest stays', () => {
  const kept = new KeptOpened(() => undefined);
  const large = anOpened('large', 10, 80 * megabyte);
  const record = aRecord();
  kept.keep(large, record, 100);
  expect(kept.recordOf(large)).toBe(record);
  const small = anOpened('small', 10);
  kept.keep(small, aRecord(), 100);
  expect(kept.recordOf(large)).toBeUndefined();
  expect(kept.get('large')).toBe(large);
  kept.keepRecord(large, record);
  expect([kept.recordOf(large), kept.recordOf(small)]).toEqual([record, undefined]);
});

test('keeps no record of what is not open any more', () => {
  const { kept } = keptOf([10], 60);
  const old = anOpened('0', 10);
  kept.keepRecord(old, aRecord());
  expect(kept.recordOf(old)).toBeUndefined();
  kept.clear();
  expect([kept.get('0'), kept.bytes]).toEqual([undefined, 0]);
});

test('an execution takes its runs and their errors', () => {
  const size = openedSize({ runs: [aRun({}), aRun({ error: 'x'.repeat(500) })] });
  expect(size).toBe(5_000);
});
