import { afterEach, describe, expect, test, vi } from 'vitest';

import { HistoryNumbers } from '../../../src/history/historyNumbers.ts';
import { KeptEnds, noEnds } from '../../../src/history/keptEnds.ts';
import { emptyRollup } from '../../../src/history/rollup.ts';
import { packRollup } from '../../../src/history/rollupBytes.ts';
import { aFolder, aKept, aQuestion, noonMs, openWindow, sqlite, type Window } from './world.ts';

const hour = 3_600_000;
const day = 24 * hour;

function put({ store }: Window, from: number, count: number, beginMs = noonMs): void {
  const records = Array.from({ length: count }, (_, at) => {
    const sid = `s${String(from + at)}`;
    return aKept({ ...{ sid, key: `workflow/${sid}` }, beginMs: beginMs + at }, from + at);
  });
  store.put(records);
  store.maintain();
  store.release();
}

/** What a chart by hours shows, of two days. */
function runsOf({ store }: Window): number {
  const fromMs = noonMs - day;
  const parts = Array.from({ length: 48 }, (_, at) => ({
    ...{ fromMs: fromMs + at * hour, toMs: fromMs + (at + 1) * hour },
  }));
  const question = aQuestion({ parts, span: { fromMs, toMs: fromMs + 2 * day } });
  const { parts: told } = new HistoryNumbers(store, 0).answer(question);
  return told.reduce((sum, { succeeded }) => sum + succeeded, 0);
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.skipIf(sqlite === null)('what is known of closed hours', () => {
  test.each<[string, (first: Window, path: string) => void, number]>([
    ['an hour that is told of once more', (first) => put(first, 3, 2), 5],
    ['another hour', (first) => put(first, 3, 2, noonMs + 5 * hour), 5],
    [
      'another window',
      (_, path) => put(openWindow(path, { token: 'second', time: { nowMs: noonMs } }), 3, 4),
      7,
    ],
    ['all that is deleted', ({ store }) => void store.clear(), 0],
    [
      'what is let go of',
      ({ store, time }) => {
        time.nowMs = noonMs + 500 * day;
        store.maintain();
      },
      0,
    ],
  ])('is void by %s', (_, change, runs) => {
    const path = `${aFolder()}/a.db`;
    const first = openWindow(path);
    put(first, 0, 3);
    expect([runsOf(first), runsOf(first)]).toEqual([3, 3]);
    change(first, path);
    expect([runsOf(first), runsOf(first)]).toEqual([runs, runs]);
  });

  test('days that began at another hour, where the reader lived, are counted where he lives now', () => {
    vi.stubEnv('TZ', 'Asia/Shanghai');
    const path = `${aFolder()}/a.db`;
    const time = { nowMs: noonMs };
    for (let at = 0; at < 6; at++) put(openWindow(path, { time }), at, 1, noonMs + at * day);
    time.nowMs = noonMs + 110 * day;
    // Only days are left of them.
    openWindow(path, { time }).store.maintain();
    const runs = (zone: string) => {
      vi.stubEnv('TZ', zone);
      const span = { fromMs: noonMs - 5 * day, toMs: time.nowMs };
      const { store } = openWindow(path, { time });
      return new HistoryNumbers(store, 0)
        .answer(aQuestion({ parts: [span], span }))
        .parts.map(({ succeeded }) => succeeded);
    };
    expect(['Asia/Shanghai', 'Europe/Berlin', 'America/New_York'].map(runs)).toEqual([
      [6],
      [6],
      [6],
    ]);
  });
});

test('of a time that could not be read to its end nothing is kept', () => {
  const kept = new KeptEnds({} as never);
  const rollup = emptyRollup(null);
  rollup.outcomes.set('succeeded', 3);
  const row = { atMs: noonMs, flow: 'a', own: packRollup(rollup) };
  const span = { fromMs: noonMs, toMs: noonMs + 2 * hour };
  const runs = (rows: () => Iterable<typeof row>) => {
    const ends = noEnds();
    kept.addTo(ends, 'hour', span, rows);
    return ends.outcomes.get('succeeded');
  };
  const broken = function* () {
    yield row;
    throw new Error('disk I/O error');
  };
  expect(() => runs(broken)).toThrow('disk');
  expect(runs(() => [row, { ...row, atMs: noonMs + hour }])).toBe(6);
});
