import { describe, expect, onTestFinished, test } from 'vitest';

import { HistoryKeeper } from '../../../src/history/historyKeeper.ts';
import type { HistoryState } from '../../../src/history/historyState.ts';
import type { Sqlite } from '../../../src/history/sqlite.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { aFolder, noonMs, openWindow, someKept, sqlite } from './world.ts';

/** A keeper with what it says. */
function aKeeper(file: string, library: Sqlite | null = sqlite, canWrite = true) {
  const clock = new ManualClock(noonMs);
  const news: string[] = [];
  const states: HistoryState['kind'][] = [];
  const answers: (number | null)[] = [];
  const keeper = new HistoryKeeper({
    ...{ sqlite: library, clock, file, source: 'c/t', token: 'keeper' },
    limits: { days: 30, megabytes: 200 },
    ...(canWrite ? {} : { canWrite: () => false }),
    onNews: (what) => news.push(what),
    onState: ({ kind }) => states.push(kind),
  });
  onTestFinished(() => {
    keeper.close();
  });
  const put = (count: number, from = 0) => {
    const done = (changes: number | null) => answers.push(changes);
    keeper.put({ records: someKept(count, from), subs: [], done });
  };
  return { keeper, clock, news, states, answers, put };
}

test('without SQLite it says so, and lets go of what it is given', () => {
  const { put, news, states, answers, keeper } = aKeeper(`${aFolder()}/a.db`, null);
  put(3);
  expect([news, states, answers]).toEqual([['unavailable'], ['unavailable'], [null]]);
  expect(keeper.between(0, Infinity, 1)).toEqual([]);
});

/** A disk on which whatever is written fails in a way of SQLite's, while `isBad`. */
function aDisk(errcode: number) {
  const disk = { isBad: false };
  const library: Sqlite = {
    version: sqlite?.version ?? '',
    open: (name) => {
      const db = sqlite?.open(name);
      if (db === undefined) throw new Error('This Node has no SQLite');
      return {
        prepare: (sql) => db.prepare(sql),
        close: () => {
          db.close();
        },
        exec: (sql) => {
          if (disk.isBad && sql === 'BEGIN IMMEDIATE') {
            throw Object.assign(new Error('of the disk'), { errcode });
          }
          db.exec(sql);
        },
      };
    },
  };
  return { disk, library };
}

describe.skipIf(sqlite === null)('the keeper survives', () => {
  test.each([
    ['a full disk', 13, 'full'],
    ['a disk that lets nobody write', 8, 'readOnly'],
    ['an error of the disk', 10, 'failed'],
    ['what can’t be opened', 14, 'failed'],
    ['what can’t be opened, in a folder that can’t be written', 14, 'readOnly'],
  ])('%s: says it once, and goes on when it is over', (_, errcode, trouble) => {
    const { disk, library } = aDisk(errcode);
    const { put, news, states, answers, keeper } = aKeeper(
      ...([`${aFolder()}/a.db`, library, trouble !== 'readOnly'] as const),
    );
    put(3);
    disk.isBad = true;
    put(3, 3);
    put(3, 6);
    disk.isBad = false;
    put(3, 9);
    expect(news).toEqual([trouble]);
    expect(answers).toEqual([3, null, null, 3]);
    expect(states).toEqual(['on', trouble, 'on']);
    expect(keeper.between(0, Infinity, 99)).toHaveLength(6);
  });

  test('the turn of another window: it waits, and writes then', () => {
    const path = `${aFolder()}/a.db`;
    const other = openWindow(path, { token: 'other' });
    other.store.put(someKept(3));
    const { put, clock, news, answers } = aKeeper(path);
    put(5);
    put(5, 5);
    expect(answers).toEqual([]);
    other.store.release();
    clock.advance(250);
    expect(answers).toEqual([2, 5]);
    expect(news).toEqual([]);
  });

  test('a lock that nobody lets go of: says so after ten seconds, and goes on when it is over', () => {
    const { disk, library } = aDisk(5);
    const { put, clock, news, states, answers } = aKeeper(`${aFolder()}/a.db`, library);
    disk.isBad = true;
    put(3);
    for (let ms = 0; ms <= 10_500; ms += 250) clock.advance(250);
    expect([news, answers]).toEqual([['locked'], []]);
    disk.isBad = false;
    clock.advance(250);
    expect(answers).toEqual([3]);
    expect(states.at(-1)).toBe('on');
  });
});
