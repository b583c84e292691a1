import { expect, test } from 'vitest';

import type { PastExecution } from '../../../src/analysis/pastExecution.ts';
import { EarlierExecutions } from '../../../src/answers/earlierExecutions.ts';
import type { EarlierPast, EarlierSearch } from '../../../src/answers/earlierPast.ts';
import { parseQuery } from '../../../src/query/parseQuery.ts';
import { ExecutionStore } from '../../../src/store/executionStore.ts';
import { mostRecalled } from '../../../src/store/recalled.ts';
import { aRecord, aSummary } from '../../support/builders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { aPast } from '../../support/pastBuilders.ts';

const second = 1_000;

/** A history of executions a second apart, of which the window has those from `windowFrom` on. */
function aWorld(count: number, windowFrom: number) {
  const clock = new ManualClock(10_000_000_000);
  const store = new ExecutionStore({
    ...{ maxBytes: 1e9, maxSummaryBytes: 1e9, maxExecutions: 100_000 },
  });
  const all: PastExecution[] = Array.from({ length: count }, (_, index) =>
    aPast({ sid: `s${String(index)}`, key: `workflow/s${String(index)}`, beginMs: index * second }),
  );
  const put = (index: number) =>
    store.put(
      aSummary({ sid: `s${String(index)}`, beginMs: index * second }),
      ...([true, aRecord({ offset: String(index) }), 0] as const),
    );
  for (let index = windowFrom; index < count; index++) put(index);
  const asked: EarlierSearch[] = [];
  const state = { isOn: true, answers: true, windowSinceMs: windowFrom * second };
  const past: EarlierPast = {
    get known() {
      return state.isOn ? { sinceMs: 0, floorMs: 0 } : null;
    },
    find: (search) => {
      asked.push(search);
      if (!state.answers) return Promise.resolve(null);
      const { from, downToMs, most } = search;
      const found = all
        .filter(({ beginMs }) => {
          const at = beginMs ?? 0;
          return at >= downToMs && (at < from.beginMs || (at === from.beginMs && from.id > 0));
        })
        .reverse();
      const page = found.slice(0, most);
      const last = page.at(-1);
      const isWhole = page.length === found.length;
      return Promise.resolve({
        records: page.map((each) => ({
          past: each,
          record: aRecord({ offset: String((each.beginMs ?? 0) / second), timestampMs: null }),
          isGone: false,
        })),
        next: isWhole || last === undefined ? null : { beginMs: last.beginMs ?? 0, id: 0 },
      });
    },
    under: () => Promise.resolve([]),
  };
  let progress = 0;
  const earlier = new EarlierExecutions({
    ...{ store, past, clock, flowsOf: () => null },
    problemOf: (key) => (key === 'workflow/s7' ? 'p7' : null),
    ...{ problemsRevision: () => 0, windowSinceMs: () => state.windowSinceMs },
    onProgress: () => {
      progress++;
    },
  });
  const want = (pages: number, key = 'list', filter = '') => {
    earlier.retain(new Set([key]));
    return earlier.want(key, {
      ...{ scope: { kind: 'all' }, query: parseQuery(filter, clock.now()), pages },
    });
  };
  /** What is there once it looks no more. */
  const settled = async (pages: number, key?: string, filter?: string) => {
    let told = want(pages, key, filter);
    while (told?.state.isLooking === true) {
      await Promise.resolve();
      told = want(pages, key, filter);
    }
    return told;
  };
  return { store, clock, state, earlier, want, settled, asked, put, progressed: () => progress };
}

const sidsOf = (told: ReturnType<ReturnType<typeof aWorld>['want']>) =>
  told?.entries.map(({ summary }) => Number(summary.sid.slice(1)));

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

test('nothing is looked for unasked, and it is said that there is more', () => {
  const { want, asked } = aWorld(100, 90);
  expect(want(0)?.state).toEqual({ isLooking: false, backToMs: null, found: 0, hasMore: true });
  expect(asked).toEqual([]);
});

test.each([
  ['the history can’t be asked', { isOn: false }, ''],
  ['inputs and outputs are looked for', {}, 'text:x'],
])('there is nothing to say where %s', (_, parts, filter) => {
  const { want, state } = aWorld(100, 90);
  Object.assign(state, parts);
  expect(want(1, 'list', filter)).toBeNull();
});

test.each([
  ['problem:p7', [7]],
  ['-problem:p7', range(0, 90).filter((at) => at !== 7)],
])('of a problem, as far as that is known: %s', async (filter, found) => {
  const { settled } = aWorld(100, 90);
  expect(sidsOf(await settled(1, 'list', filter))).toEqual(found);
});

test('of a problem the history is asked for what failed alone', async () => {
  const { settled, asked } = aWorld(100, 90);
  await settled(1, 'list', 'problem:p7');
  await settled(1, 'other', '-problem:p7');
  const outcomes = asked.map(({ terms }) =>
    terms.flatMap(({ condition }) => (condition.kind === 'status' ? [condition.outcome] : [])),
  );
  expect(outcomes).toEqual([['failed'], []]);
});

test('a page holds five hundred that the window doesn’t have', async () => {
  const { settled } = aWorld(1_300, 1_200);
  const first = await settled(1);
  expect(first?.state).toMatchObject({ found: 500, hasMore: true });
  expect(sidsOf(first)).toEqual(range(700, 1_200));
  const all = await settled(9);
  expect(all?.state).toEqual({ isLooking: false, backToMs: 0, found: 1_200, hasMore: false });
  expect(sidsOf(all)).toEqual(range(0, 1_200));
});

test('what leaves the window is found soon, and what comes back is the window’s', async () => {
  const { settled, store, state, clock, put, want } = aWorld(200, 100);
  expect(sidsOf(await settled(1))).toEqual(range(0, 100));
  store.setLimits({ maxBytes: 1e9, maxSummaryBytes: 1e9, maxExecutions: 50 });
  state.windowSinceMs = store.leftUntilMs ?? 0;
  expect(sidsOf(want(1))).toEqual(range(0, 100));
  clock.advance(2_000);
  expect(sidsOf(await settled(1))).toEqual(range(0, 150));
  store.setLimits({ maxBytes: 1e9, maxSummaryBytes: 1e9, maxExecutions: 1_000 });
  put(20);
  expect(sidsOf(await settled(1))).toEqual(range(0, 150).filter((at) => at !== 20));
});

test('a list of which some were let go of is looked for anew, and is whole again', async () => {
  const { settled, store } = aWorld(3_000, 2_900);
  expect((await settled(9))?.state.found).toBe(2_900);
  for (let index = 0; index < mostRecalled; index++) {
    const summary = aSummary({ sid: `x${String(index)}` });
    store.recalled.put({ summary, record: aRecord(), recordBytes: 1, beginMs: 1 });
  }
  expect(sidsOf(await settled(9))).toEqual(range(0, 2_900));
});

test('of one list no more than five thousand are kept', async () => {
  const { settled } = aWorld(6_000, 5_990);
  const told = await settled(100);
  expect(told?.state).toMatchObject({ found: 5_000, hasMore: false });
  expect(sidsOf(told)?.[0]).toBe(990);
});

test('what nobody looks at any more is not looked for any longer', async () => {
  const { earlier, want, asked } = aWorld(3_000, 2_900);
  want(5);
  earlier.retain(new Set());
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  expect(asked).toHaveLength(1);
});

test('a history that can’t answer is asked again a little later', async () => {
  const { state, settled, want, asked, clock } = aWorld(100, 90);
  state.answers = false;
  want(1);
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  // A disk that is locked isn't asked with each frame.
  expect((await settled(1))?.state.hasMore).toBe(true);
  expect(asked).toHaveLength(1);
  state.answers = true;
  clock.advance(2_000);
  expect(sidsOf(await settled(1))).toEqual(range(0, 90));
});

test('lists that were looked at before are let go of, those that are watched are not', async () => {
  const { settled, earlier, asked } = aWorld(100, 90);
  for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) await settled(1, key);
  const before = asked.length;
  await settled(1, 'f');
  expect(asked.length).toBe(before);
  await settled(1, 'a');
  expect(asked.length).toBe(before + 1);
  earlier.clear();
  await settled(1, 'a');
  expect(asked.length).toBe(before + 2);
});
