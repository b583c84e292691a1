import { describe, expect, test } from 'vitest';

import type { Past } from '../../../src/analysis/past.ts';
import type { PastExecution } from '../../../src/analysis/pastExecution.ts';
import { ProblemsView } from '../../../src/answers/problemsView.ts';
import type { EngineMethods } from '../../../src/protocol/engineProtocol.ts';
import type { ProblemsQuery } from '../../../src/protocol/problems.ts';
import { paceMs } from '../../../src/engine/subscriptions.ts';
import { aRecord } from '../../support/builders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { aPast } from '../../support/pastBuilders.ts';
import { mixedRecords, sampleBeginMs, sampleRecord } from '../../support/sampleRecords.ts';
import { engineParts, flowFile } from '../engine/world.ts';

const query = (parts: Partial<ProblemsQuery> = {}): ProblemsQuery => ({
  ...{ scope: { kind: 'all' }, group: 'unresolved' },
  ...parts,
});
const recordOf = (text: string) => aRecord({ value: new TextEncoder().encode(text) });
const failedAndGood = (failed: number, good: number) => [
  ...Array.from({ length: failed }, (_, n) => sampleRecord('failed', n)),
  ...Array.from({ length: good }, (_, n) => sampleRecord('succeeded', failed + n)),
];

/** The engine an hour after the samples ran. */
async function anHourLater() {
  const parts = engineParts();
  await parts.opened;
  parts.clock.advance(sampleBeginMs + 3_600_000 - parts.clock.now());
  return parts;
}

describe('problems of records', () => {
  test('are told with their executions, the last good one, and how many there are of each group', async () => {
    const { take, problems, store } = await anHourLater();
    take([sampleRecord('succeeded', 0), ...failedAndGood(3, 0).slice(1)].map(recordOf));
    const answer = await problems.answer(query());
    const [first, last] = store.listed.slice(1).map(({ summary }) => summary.key);
    expect(answer).toMatchObject({
      ...{ totals: { unresolved: 1, resolved: 0, ignored: 0 }, ended: 3, pending: 0, unknown: 0 },
      rows: [
        {
          ...{ count: 2, state: 'new', cause: 'elementNotFound', mark: null, weekly: 2 },
          ...{ firstFailed: first, lastFailed: last, lastGood: store.listed[0]?.summary.key },
          text: expect.stringContaining('#btnSave') as string,
        },
      ],
    });
  });

  test('of a flow file: its own', async () => {
    const { take, handlers, problems } = await anHourLater();
    const file = flowFile('invoice-entry.yaml');
    await handlers.setFlow(file);
    take(mixedRecords(10).map(recordOf));
    const scope = { kind: 'flow', uri: file.uri } as const;
    const own = await problems.answer(query({ scope }));
    expect(own.rows).toHaveLength(1);
    const all = (await problems.answer(query())).ended;
    expect(own.ended).toBeGreaterThan(0);
    expect(own.ended).toBeLessThan(all);
    const other = { kind: 'flow', uri: 'file:///w/other.yaml' } as const;
    expect(await problems.answer(query({ scope: other }))).toMatchObject({ rows: [], ended: 0 });
  });

  test('what the reader said of one holds at once', async () => {
    const { take, handlers, problems } = await anHourLater();
    take(failedAndGood(2, 0).map(recordOf));
    const [row] = (await problems.answer(query())).rows;
    const said = async (kind: 'seen' | 'fixed' | 'ignored') => {
      const { signature = '', flow = '', weekly = 0 } = row ?? {};
      await handlers.markProblem({ signature, flow, weekly, kind });
      const groups = ['unresolved', 'resolved', 'ignored'] as const;
      const answers = await Promise.all(groups.map((group) => problems.answer(query({ group }))));
      return answers.map(({ rows }) => rows.map(({ state }) => state));
    };
    expect(await said('seen')).toEqual([['open'], [], []]);
    expect(await said('fixed')).toEqual([['watching'], [], []]);
    expect(await said('ignored')).toEqual([[], [], ['ignored']]);
  });

  test('one whose executions left memory leads to none of them', async () => {
    const { take, problems, store } = await anHourLater();
    take(failedAndGood(1, 0).map(recordOf));
    await problems.answer(query());
    store.clear();
    expect((await problems.answer(query())).rows).toMatchObject([
      { firstFailed: null, lastFailed: null, lastGood: null },
    ]);
  });

  test('of a failure whose bytes left nothing but their number is said', async () => {
    const { take, problems, store } = await anHourLater();
    take(failedAndGood(2, 0).map(recordOf));
    store.setLimits({ maxBytes: 1, maxExecutions: 1_000, maxSummaryBytes: 10_000_000 });
    expect(await problems.answer(query())).toMatchObject({ rows: [], unknown: 2 });
  });
});

describe('an execution among the others of its flow', () => {
  test('tells its problem, and what is usual', async () => {
    const { take, handlers, store } = await anHourLater();
    take(failedAndGood(0, 4).map(recordOf));
    take([sampleRecord('failed', 9)].map(recordOf));
    const keys = store.listed.map(({ summary }) => summary.key);
    const ask = async (key = '') => {
      const answered = await handlers.ask({ kind: 'ownPast', query: { key } });
      return answered.result;
    };
    expect(await ask(keys.at(-1))).toMatchObject({
      ok: true,
      answer: { problem: { count: 1 }, usual: { runs: 4, isSlow: false } },
    });
    expect(await ask(keys[0])).toMatchObject({ answer: { problem: null, usual: null } });
    expect(await ask('gone')).toMatchObject({ answer: { problem: null, usual: null } });
  });
});

/** A view over executions of the test's, which counts how often they were asked for. */
function counted(executions: readonly PastExecution[], tookMs = 0) {
  const clock = new ManualClock(1_000_000);
  let [asked, due] = [0, 0];
  const past: { -readonly [K in keyof Past]: Past[K] } = {
    ...{ revision: 1, sinceMs: 0 },
    between: () => {
      asked++;
      clock.advance(tookMs);
      return Promise.resolve(executions);
    },
  };
  const view = new ProblemsView({
    ...{ past, clock, pending: () => 0, store: { get: () => undefined } as never },
    ...{ list: { ofScope: () => [] }, turn: () => Promise.resolve() },
    onDue: () => due++,
    onFound: () => undefined,
    flows: { revision: () => 0, changedMs: () => null },
    elsewhere: { problem: (problem) => problem },
  });
  return { view, past, clock, asked: () => asked, due: () => due };
}

describe('work', () => {
  test('is done once for all who ask, and again when something came and it has rested', async () => {
    const { view, past, clock, asked, due } = counted([aPast()], 1_000);
    const before = view.stamp();
    await Promise.all([view.answer(query()), view.ofExecution('k'), view.answer(query())]);
    expect(asked()).toBe(1);
    past.revision++;
    expect(view.stamp()).toBe(before);
    await view.answer(query());
    // It took a second: it rests for five.
    clock.advance(4_999);
    await view.answer(query());
    expect([asked(), due()]).toEqual([1, 0]);
    clock.advance(1);
    expect(due()).toBe(1);
    expect(view.stamp()).not.toBe(before);
    await view.answer(query());
    expect(asked()).toBe(2);
  });

  test('is not done again where nothing came', async () => {
    const { view, clock, asked } = counted([]);
    const before = view.stamp();
    await view.answer(query());
    clock.advance(10_000);
    expect(view.stamp()).toBe(before);
    await view.answer(query());
    expect(asked()).toBe(1);
  });

  test('another source is looked at anew', async () => {
    const { view, asked } = counted([]);
    await view.answer(query());
    view.clear();
    await view.answer(query());
    expect(asked()).toBe(2);
  });

  test('what fails is tried again by the next who asks', async () => {
    const { view, past } = counted([]);
    const { between } = past;
    past.between = () => Promise.reject(new Error('disk'));
    await expect(view.answer(query())).rejects.toThrow('disk');
    past.between = between;
    expect(await view.answer(query())).toMatchObject({ ended: 0 });
  });

  test('is done for nobody who does not watch', async () => {
    const { take, handlers, past, clock, changed } = await anHourLater();
    take(failedAndGood(1, 0).map(recordOf));
    let asked = 0;
    const between = past.between.bind(past);
    past.between = (...span) => {
      asked++;
      return between(...span);
    };
    changed();
    clock.advance(10 * paceMs.numbers);
    expect(asked).toBe(0);
    const watch = { watcher: 'w', id: 'p', kind: 'problems', query: query() };
    await handlers.watch(watch as EngineMethods['watch']['params']);
    expect(asked).toBe(1);
  });
});
