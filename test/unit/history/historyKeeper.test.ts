import { describe, expect, onTestFinished, test } from 'vitest';

import { HistoryKeeper } from '../../../src/history/historyKeeper.ts';
import type { HistoryState } from '../../../src/history/historyState.ts';
import type { HistoryRecord } from '../../../src/history/historyRecord.ts';
import type { Sqlite, SqliteStatement } from '../../../src/history/sqlite.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { aFolder, aKept, noonMs, openWindow, someKept, sqlite } from './world.ts';

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

/** All that is kept, once it could be read. */
function read(keeper: HistoryKeeper): readonly HistoryRecord[] | undefined {
  let found: readonly HistoryRecord[] | undefined;
  keeper.between({ fromMs: 0, toMs: Infinity, most: 99 }, (records) => {
    found = records;
  });
  return found;
}

test('without SQLite it says so, and lets go of what it is given', () => {
  const { put, news, states, answers, keeper } = aKeeper(`${aFolder()}/a.db`, null);
  put(3);
  expect([news, states, answers]).toEqual([['unavailable'], ['unavailable'], [null]]);
  expect(read(keeper)).toEqual([]);
});

/** A disk on which whatever is written fails in a way of SQLite's, while `isBad`; what is read as well, while `isBadToRead`. */
function aDisk(errcode: number) {
  const disk = { isBad: false, isBadToRead: false };
  const fault = () => Object.assign(new Error('of the disk'), { errcode });
  const library: Sqlite = {
    version: sqlite?.version ?? '',
    open: (name) => {
      const db = sqlite?.open(name);
      if (db === undefined) throw new Error('This Node has no SQLite');
      return {
        prepare: (sql) => {
          const statement = db.prepare(sql);
          const iterate: SqliteStatement['iterate'] = (...values) => {
            if (disk.isBadToRead) throw fault();
            return statement.iterate(...values);
          };
          const others = {
            run: statement.run.bind(statement),
            get: statement.get.bind(statement),
            all: statement.all.bind(statement),
          };
          return { ...others, iterate };
        },
        close: () => {
          db.close();
        },
        exec: (sql) => {
          if (disk.isBad && sql === 'BEGIN IMMEDIATE') {
            throw fault();
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
    expect(read(keeper)).toHaveLength(6);
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

  test('a lock that nobody lets go of: says so after minutes, keeps all, and goes on when it is over', () => {
    const { disk, library } = aDisk(5);
    const { put, clock, news, states, answers } = aKeeper(`${aFolder()}/a.db`, library);
    disk.isBad = true;
    put(3);
    pass(clock, 119_000);
    put(3, 3);
    expect([news, answers]).toEqual([[], []]);
    pass(clock, 2_000);
    expect([news, answers]).toEqual([['locked'], []]);
    put(3, 6);
    disk.isBad = false;
    clock.advance(250);
    expect(answers).toEqual([3, 3, 3]);
    expect(states.at(-1)).toBe('on');
  });

  test('locks now and then are none for long: what came through in between counts', () => {
    const { disk, library } = aDisk(5);
    const { put, clock, news, answers, keeper } = aKeeper(`${aFolder()}/a.db`, library);
    for (let time = 0; time < 5; time++) {
      disk.isBad = true;
      put(1, time);
      pass(clock, 1_000);
      disk.isBad = false;
      pass(clock, 60_000);
      disk.isBadToRead = true;
      read(keeper);
      pass(clock, 1_000);
      disk.isBadToRead = false;
    }
    expect([news, answers]).toEqual([[], [1, 1, 1, 1, 1]]);
  });

  test('what can’t be read just now is read as soon as it can', () => {
    const { disk, library } = aDisk(5);
    const { put, clock, news, keeper } = aKeeper(`${aFolder()}/a.db`, library);
    put(3);
    disk.isBadToRead = true;
    let found: number | undefined;
    keeper.between({ fromMs: 0, toMs: Infinity, most: 99 }, ({ length }) => {
      found = length;
    });
    pass(clock, 2_000);
    expect(found).toBeUndefined();
    disk.isBadToRead = false;
    pass(clock, 1_000);
    expect([found, news]).toEqual([3, []]);
  });

  test('nobody waits for as long as for all that changed: another window writes in between', () => {
    const path = `${aFolder()}/a.db`;
    const other = openWindow(path, { token: 'other' });
    const { keeper, clock } = aKeeper(path);
    const records = Array.from({ length: 90 }, (_, hours) => {
      const [beginMs, key] = [noonMs - hours * 3_600_000, `workflow/h${String(hours)}`];
      return aKept({ beginMs, key, sid: key }, hours);
    });
    keeper.put({ records, subs: [], done: () => undefined });
    clock.advance(3_000);
    const left = other.store.rolledUp.dirtyHours().length;
    expect(left > 0 && left < 90).toBe(true);
    expect(other.store.put(someKept(3, 1_000))).toEqual({ kind: 'done', value: 3 });
    other.store.release();
    pass(clock, 5_000);
    expect(other.store.rolledUp.dirtyHours()).toEqual([]);
  });
});

function pass(clock: ManualClock, ms: number): void {
  for (let passed = 0; passed < ms; passed += 250) clock.advance(250);
}
