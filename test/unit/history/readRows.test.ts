import { describe, expect, test } from 'vitest';

import { HistoryKeeper } from '../../../src/history/historyKeeper.ts';
import { HistoryNumbers } from '../../../src/history/historyNumbers.ts';
import { HistorySearch } from '../../../src/history/historySearch.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { storedRollups } from '../../support/storedRollups.ts';
import { aFolder, aQuestion, noonMs, openWindow, someKept, sqlite, type Window } from './world.ts';

const everything = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
const [bad, ...good] = someKept(4, 0);
const sidsOfGood = good.map(({ execution }) => execution.sid);
const sids = (records: Iterable<{ readonly execution: { readonly sid: string } }>) =>
  [...records].map(({ execution }) => execution.sid);

/** A file in which the first of four rows can't be read; `body` makes it of what can. */
function aFile(body: (bytes: Uint8Array) => Uint8Array, path = `${aFolder()}/a.db`): Window {
  const window = openWindow(path);
  window.store.put(someKept(4, 0));
  const find = window.file.sql('SELECT id, body FROM execution WHERE begin = ?');
  const row = find.get(noonMs);
  const update = window.file.sql('UPDATE execution SET body = ? WHERE id = ?');
  update.run(body(row?.['body'] as Uint8Array), Number(row?.['id']));
  return window;
}

const rows: readonly (readonly [string, (bytes: Uint8Array) => Uint8Array])[] = [
  [
    'whose words are a later version’s',
    (bytes) => bytes.map((byte, at) => (at === 0 ? byte | 7 : byte)),
  ],
  ['that ends too early', (bytes) => bytes.slice(0, 3)],
  ['of texts that are gone', (bytes) => bytes.map((byte, at) => (at < 6 ? byte : 0x7f))],
];

describe.skipIf(sqlite === null)('all others are read beside a row', () => {
  test.each(rows)('%s', (_, body) => {
    const { store, file, time } = aFile(body);
    expect(sids(store.between(0, Infinity, 99))).toEqual(sidsOfGood);
    expect([...store.executions.executions(0, Infinity)].map(({ sid }) => sid)).toEqual(sidsOfGood);
    expect([...store.executions.heads(0, Infinity)]).toHaveLength(3);
    const search = new HistorySearch(file);
    const from = { beginMs: everything.toMs, id: everything.toMs };
    const { records } = search.find({ terms: [], flows: null, downToMs: 0, most: 9, from });
    expect(sids(records).reverse()).toEqual(sidsOfGood);
    expect(search.under({ sid: 's1', beginMs: noonMs, durationMs: 9_000_000 })).toEqual([]);
    time.nowMs += 3_600_000;
    expect(store.maintain()).toBe('done');
    expect(storedRollups(store, 'hour')[0]?.rollup.outcomes.get('succeeded')).toBe(3);
    for (const exactly of [0, 99]) {
      expect(new HistoryNumbers(store, exactly).answer(aQuestion()).runs).toBe(3);
    }
  });

  test.each(rows)('%s: what is read again of the topic takes its place', (_, body) => {
    const { store } = aFile(body);
    store.put(bad === undefined ? [] : [bad]);
    expect(sids(store.between(0, Infinity, 99))).toEqual(['s0', ...sidsOfGood]);
  });

  test.each(rows)('%s, which is told once, and the file stays', (_, body) => {
    const path = `${aFolder()}/a.db`;
    aFile(body, path).file.close();
    const [news, states, clock] = [[] as string[], [] as string[], new ManualClock(noonMs)];
    const keeper = new HistoryKeeper({
      ...{ sqlite, clock, file: path, source: 'c/t', token: 'keeper' },
      limits: { days: 30, megabytes: 200 },
      onNews: (what) => news.push(what),
      onState: ({ kind }) => states.push(kind),
    });
    for (let time = 0; time < 3; time++) {
      const read: string[] = [];
      keeper.between({ fromMs: 0, toMs: Infinity, most: 99 }, (all) => read.push(...sids(all)));
      expect(read).toEqual(sidsOfGood);
      clock.advance(5_000);
    }
    keeper.close();
    expect([news, states.at(-1)]).toEqual([['leftOut'], 'on']);
  });
});
