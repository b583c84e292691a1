import { expect, test } from 'vitest';
import { comparedSince, type SinceWorld } from '../../../src/answers/comparedSince.ts';
import { ok } from '../../../src/base/result.ts';
import type { StoredExecution } from '../../../src/store/storedExecution.ts';

const megabyte = 1024 * 1024;

test('reads the newest runs where there is not enough time for all, and passes by what is too large', async () => {
  const read: number[] = [];
  const runs = [1, 9, 40, 9, 9, 1].map(
    (size, at) =>
      ({
        summary: { outcome: 'failed', code: null },
        ...{ sortMs: at, recordBytes: size * megabyte },
      }) as unknown as StoredExecution,
  );
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
