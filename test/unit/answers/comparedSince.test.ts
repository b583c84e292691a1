import { expect, test } from 'vitest';
import { comparedSince, type SinceWorld } from '../../../src/answers/comparedSince.ts';
import { ok } from '../../../src/base/result.ts';
import type { StoredExecution } from '../../../src/store/storedExecution.ts';

const megabyte = 1024 * 1024;

const aRun = (sortMs: number, size = 0) =>
  ({
    summary: { outcome: 'failed', code: null },
    ...{ sortMs, recordBytes: size * megabyte },
  }) as unknown as StoredExecution;

test.each([
  ['all that there are', 39, 0, undefined],
  ['the last of more in the window', 42, 0, true],
  ['with those of the history', 30, 9, undefined],
  ['the last of more in the history', 30, 12, true],
])('looks into %s', async (_, inWindow, inHistory, isOfLast) => {
  const runs = Array.from({ length: inWindow + inHistory }, (_run, at) => aRun(-at));
  const [stored] = runs;
  const world = {
    room: { read: (one: StoredExecution) => Promise.resolve(ok(one)) },
    tree: { lookInto: () => ({ prepare: () => [], execution: () => ({ runs: [] }) }) },
    earlier: {
      ofFlow: (_stored: StoredExecution, most: number) =>
        Promise.resolve(runs.slice(inWindow).slice(0, most)),
    },
    turn: () => Promise.resolve(),
  } as unknown as SinceWorld;
  const found = {
    first: { what: 'outcome', value: null },
    ...{ rows: [], stored, summary: stored?.summary, ofFlow: runs.slice(1, inWindow) },
  } as unknown as Parameters<typeof comparedSince>[2];
  const { since } = await comparedSince(world, { key: 'a', other: null }, found);
  expect(since?.isOfLast).toBe(isOfLast);
});

test('reads the newest runs where there is not enough time for all, and passes by what is too large', async () => {
  const read: number[] = [];
  const runs = [1, 9, 40, 9, 9, 1].map((size, at) => aRun(at, size));
  const world = {
    room: {
      read: (stored: StoredExecution) => {
        read.push(stored.sortMs);
        return Promise.resolve(ok(stored));
      },
    },
    tree: { lookInto: () => ({ prepare: () => [], execution: () => ({ runs: [] }) }) },
    earlier: { ofFlow: () => Promise.resolve(runs.slice(0, 2)) },
    turn: () => Promise.resolve(),
  } as unknown as SinceWorld;
  const stored = runs[4]!;
  const found = {
    first: { what: 'outcome', value: null },
    ...{ rows: [], stored, summary: stored.summary, ofFlow: [runs[5]!, runs[3]!, runs[2]!] },
  } as unknown as Parameters<typeof comparedSince>[2];
  const answer = await comparedSince(world, { key: 'a', other: null }, found);
  expect(read).toEqual([5, 4, 3, 0]);
  expect(answer).toMatchObject({ unread: 2, since: { count: 4, of: 4, sinceMs: 0 } });
});
