import { describe, expect, test } from 'vitest';

import type { PastExecution } from '../../../src/analysis/pastExecution.ts';
import type { HistoryRecord } from '../../../src/history/historyRecord.ts';
import type { HistoryStore } from '../../../src/history/historyStore.ts';
import { amountAt } from '../../../src/history/amounts.ts';
import { oneOfMany } from '../../support/manyKept.ts';
import { aPastNode } from '../../support/pastBuilders.ts';
import { aFolder, aKept, done, noonMs, openWindow, someKept, sqlite } from './world.ts';
import { storedRollups } from '../../support/storedRollups.ts';

const hour = 3_600_000;
const day = 24 * hour;

function all(store: HistoryStore): readonly PastExecution[] {
  return store.between(-Infinity, Infinity, Infinity).map(({ execution }) => execution);
}

/** What is rolled up of a flow itself, as the begin of each hour or day, and how many there were. */
function counts(
  store: HistoryStore,
  level: 'hour' | 'day',
): readonly (readonly [number, number])[] {
  return storedRollups(store, level).map(({ atMs, rollup }) => [
    atMs,
    [...rollup.outcomes.values()].reduce((sum, times) => sum + times, 0),
  ]);
}

describe.skipIf(sqlite === null)('the history', () => {
  test('is there again when it is opened again', () => {
    const path = `${aFolder()}/a.db`;
    const { store, file } = openWindow(path);
    const kept = someKept(1_200).map((record) => ({
      ...record,
      execution: { ...record.execution, nodes: [aPastNode({ beginMs: noonMs })] },
    }));
    for (let at = 0; at < kept.length; at += 500) store.put(kept.slice(at, at + 500));
    file.close();
    const again = openWindow(path).store;
    expect(again.between(-Infinity, Infinity, Infinity)).toEqual(kept);
    expect(again.sinceMs).toBe(noonMs);
    expect(again.between(noonMs + 60_000, noonMs + 180_000, 9)).toEqual(kept.slice(1, 3));
    expect(again.between(noonMs, Infinity, 2)).toEqual(kept.slice(-2));
  });

  describe('holds each execution once', () => {
    const nodes = [aPastNode(), aPastNode({ nodeId: 'm' })];
    const masked = (record: HistoryRecord): HistoryRecord => ({ ...record, masks: 'others' });
    const first = aKept({ code: 1 }, 5);
    test.each<readonly [string, HistoryRecord, 'both' | 'first' | 'second']>([
      ['read again', aKept({ code: 1 }, 5), 'first'],
      ['written again', aKept({ code: 2 }, 6), 'second'],
      ['its earlier record read again', aKept({ code: 2 }, 4), 'first'],
      ['read again under other rules of masking', masked(aKept({ code: 2 }, 5)), 'second'],
      ['a fuller one of another partition', aKept({ code: 2, nodes }, 1, 1), 'second'],
      ['as full a one of another partition', aKept({ code: 2 }, 99, 1), 'first'],
      ['the same sid of another service', aKept({ key: 'rpa-server/a', code: 2 }, 6), 'both'],
      ['the same sid at another time', aKept({ beginMs: noonMs + 1, code: 2 }, 6), 'both'],
      ['the build of the same sid', aKept({ kind: 'build', code: 2 }, 6), 'both'],
      ['another call of the same sid', aKept({ key: 'workflow/a/12', code: 2 }, 6), 'both'],
    ])('%s', (_, second, wins) => {
      const { store } = openWindow(`${aFolder()}/a.db`);
      store.put([first]);
      const changed = done(store.put([second]));
      const codes = all(store).map(({ code }) => code);
      expect(codes.sort()).toEqual({ both: [1, 2], first: [1], second: [2] }[wins]);
      expect(changed).toBe(wins === 'first' ? 0 : 1);
    });
  });

  test.each(['before', 'after'])(
    'what stands under a workflow is counted with it, if it came %s it',
    (when) => {
      const { store } = openWindow(`${aFolder()}/a.db`);
      const robot = aKept({ kind: 'rpa', key: 'rpa-server/a/1' }, 3);
      store.put([when === 'before' ? robot : { ...robot, isSub: true }]);
      store.put([aKept()], when === 'before' ? [robot.execution] : []);
      expect(all(store).map(({ kind }) => kind)).toEqual(['workflow']);
      store.maintain();
      expect(counts(store, 'hour')).toEqual([[noonMs, 1]]);
      // Read again, it comes before its workflow.
      expect(done(store.put([robot, aKept()], []))).toBe(0);
      expect(done(store.put([], [robot.execution]))).toBe(0);
    },
  );

  test('takes no more than 240 bytes for an execution with ten nodes, all in', () => {
    const count = 10_000;
    const time = { nowMs: noonMs + 30 * day };
    const { store, file } = openWindow(`${aFolder()}/a.db`, { time });
    const kept = Array.from({ length: count }, (_, at) => oneOfMany(at, count, noonMs));
    for (let at = 0; at < count; at += 500) store.put(kept.slice(at, at + 500));
    expect(store.size).toBe(count);
    expect(file.bytes / count).toBeLessThan(240);
  });

  test('what has no begin has no place in it', () => {
    const { store } = openWindow(`${aFolder()}/a.db`);
    expect(done(store.put([aKept({ beginMs: null })]))).toBe(0);
    expect(store.size).toBe(0);
    expect(store.sinceMs).toBeNull();
  });

  describe('rolls up', () => {
    test('by hours and days', () => {
      const { store } = openWindow(`${aFolder()}/a.db`);
      store.put(someKept(90));
      expect(store.maintain()).toBe('done');
      const today = new Date(noonMs).setHours(0, 0, 0, 0);
      const hours = [
        [noonMs, 60],
        [noonMs + hour, 30],
      ];
      expect([counts(store, 'hour'), counts(store, 'day')]).toEqual([hours, [[today, 90]]]);
      const [row] = storedRollups(store, 'day');
      if (row === undefined) throw new Error('There is no day');
      expect(Math.abs((amountAt(row.rollup.succeeded.buckets, 0.5) ?? 0) - 1_000)).toBeLessThan(11);
    });

    test('a record that takes the place of another is not added to it', () => {
      const { store } = openWindow(`${aFolder()}/a.db`);
      store.put([aKept({ tokens: 5 }, 1)]);
      store.maintain();
      store.put([aKept({ tokens: 7, outcome: 'failed' }, 2)]);
      const outcomes = () =>
        (['hour', 'day'] as const).map((level) =>
          storedRollups(store, level).map(({ rollup }) => [
            ...rollup.outcomes,
            rollup.flow?.tokens.total,
          ]),
        );
      store.maintain();
      expect(outcomes()).toEqual([[[['failed', 1], 7]], [[['failed', 1], 7]]]);
    });

    test('what is let go of stays in what was rolled up, and is not taken again', () => {
      const { store, time } = openWindow(`${aFolder()}/a.db`);
      store.put(someKept(90));
      time.nowMs = noonMs + 30 * day + hour;
      store.maintain();
      expect(store.size).toBe(30);
      expect(counts(store, 'hour').map(([, count]) => count)).toEqual([60, 30]);
      // Read again from the beginning of the topic: the hour can't be made anew.
      expect(done(store.put(someKept(90)))).toBe(0);
      // A late one of an hour that is still there.
      store.put([aKept({ sid: 'late', key: 'workflow/late', beginMs: noonMs + hour })]);
      store.maintain();
      expect(counts(store, 'hour').map(([, count]) => count)).toEqual([60, 31]);
      expect(counts(store, 'day').map(([, count]) => count)).toEqual([91]);
      time.nowMs = noonMs + 40 * day;
      store.maintain();
      expect([store.size, counts(store, 'hour'), counts(store, 'day').length]).toEqual([0, [], 1]);
      time.nowMs = noonMs + 401 * day;
      store.maintain();
      expect(counts(store, 'day')).toEqual([]);
    });
  });

  test('goes on after a clock was ahead by years, and counts nothing of before twice', () => {
    const time = { nowMs: noonMs };
    const { store } = openWindow(`${aFolder()}/a.db`, { time });
    store.put(someKept(10));
    time.nowMs = noonMs + 3_650 * day;
    store.maintain();
    time.nowMs = noonMs + 2 * hour;
    expect(store.put(someKept(10))).toMatchObject({ value: 0 });
    const later = someKept(5, 120);
    expect(store.put(later)).toMatchObject({ value: 5 });
    store.maintain();
    expect([store.size, store.floorMs]).toEqual([5, noonMs + 2 * hour]);
  });

  test('keeps within its megabytes, lets go of whole hours, and gives room back', () => {
    const limits = { days: 30, megabytes: 2 };
    const { store, file } = openWindow(`${aFolder()}/a.db`, { limits });
    const failure = { nodeId: null, name: '', cause: null, category: 'unknown' as const };
    const kept = someKept(12_000).map((record, at) => ({
      ...record,
      execution: {
        ...record.execution,
        beginMs: noonMs + at * 10_000,
        ...{ outcome: 'failed' as const, failure: { ...failure, text: `no ${'x'.repeat(400)}` } },
      },
    }));
    for (let at = 0; at < kept.length; at += 500) {
      store.put(kept.slice(at, at + 500));
      expect(file.bytes).toBeLessThanOrEqual(2_000_000 + file.pragma('page_size'));
    }
    store.maintain();
    expect(file.bytes).toBeLessThan(1_900_000);
    const left = all(store);
    expect(left.length).toBeGreaterThan(1_000);
    expect((left[0]?.beginMs ?? 0) % hour).toBeLessThan(10_000);
    expect(left.at(-1)?.beginMs).toBe(kept.at(-1)?.execution.beginMs);
    const total = counts(store, 'hour').reduce((sum, [, count]) => sum + count, 0);
    expect(total).toBe(12_000);
  });

  test('when all is deleted nothing is left, for a window that remembers its texts as well', () => {
    const path = `${aFolder()}/a.db`;
    const one = openWindow(path, { token: 'one' });
    const other = openWindow(path, { token: 'other' });
    one.store.put([aKept({ name: 'Secret flow' })]);
    one.store.release();
    expect(all(other.store)).toHaveLength(1);
    expect(other.store.clear()).toBe(true);
    other.store.release();
    expect(all(one.store)).toEqual([]);
    one.store.put([aKept({ name: 'Secret flow' })]);
    one.store.release();
    expect(all(other.store)).toEqual([aKept({ name: 'Secret flow' }).execution]);
  });

  describe('one window writes', () => {
    test('until it lets go', () => {
      const path = `${aFolder()}/a.db`;
      const one = openWindow(path, { token: 'one' });
      const other = openWindow(path, { token: 'other' });
      expect(one.store.put(someKept(3)).kind).toBe('done');
      expect(other.store.put(someKept(3)).kind).toBe('othersTurn');
      expect(other.store.maintain()).toBe('othersTurn');
      expect(all(other.store)).toHaveLength(3);
      one.store.release();
      expect(other.store.put(someKept(5))).toEqual({ kind: 'done', value: 2 });
      expect(one.store.put(someKept(3)).kind).toBe('othersTurn');
    });

    test('or is not heard of any more', () => {
      const path = `${aFolder()}/a.db`;
      const time = { nowMs: noonMs };
      const one = openWindow(path, { token: 'one', time });
      const other = openWindow(path, { token: 'other', time });
      one.store.put(someKept(3));
      time.nowMs += 10_000;
      expect(other.store.put(someKept(5)).kind).toBe('othersTurn');
      time.nowMs += 1;
      expect(other.store.put(someKept(5))).toEqual({ kind: 'done', value: 2 });
    });
  });
});
