import { describe, expect, test } from 'vitest';

import { flowOf } from '../../../src/analysis/asPast.ts';
import { NumbersView } from '../../../src/answers/numbersView.ts';
import type { NumbersQuery } from '../../../src/protocol/numbers.ts';
import { aRecord } from '../../support/builders.ts';
import { mixedRecords, sampleBeginMs } from '../../support/sampleRecords.ts';
import { paceMs } from '../../../src/engine/subscriptions.ts';
import type { EngineMethods } from '../../../src/protocol/engineProtocol.ts';
import { engineParts, flowFile } from '../engine/world.ts';

const hourMs = 3_600_000;

const numbersQuery = (parts: Partial<NumbersQuery> = {}): NumbersQuery => ({
  ...{ scope: { kind: 'all' }, range: 'all', timeZone: 'UTC' },
  ...parts,
});

/** The engine at noon of the day on which the samples ran. */
function atNoon() {
  const parts = engineParts();
  parts.clock.advance(sampleBeginMs + 12 * hourMs - parts.clock.now());
  return parts;
}

const recordOf = (text: string) => aRecord({ value: new TextEncoder().encode(text) });

test('numbers of records: all that was asked for, once each', async () => {
  const { take, numbers } = atNoon();
  take(mixedRecords(10).map(recordOf));
  const answer = await numbers.answer(numbersQuery());
  // Of five, three are runs of workflows, one that of a robot, and one is a call of a tool.
  expect(answer).toMatchObject({ runs: 8, pending: 0, withoutNodes: 0, sinceMs: sampleBeginMs });
  expect(answer.figures).toMatchObject({ succeeded: 6, failed: 2, toolCalls: 2, today: 8 });
  expect(answer.parts.reduce((sum, { succeeded }) => sum + succeeded, 0)).toBe(6);
  expect(answer.distribution.reduce((sum, { failed }) => sum + failed, 0)).toBe(2);
  expect(answer.causes.rows).toHaveLength(1);
  expect(answer.codes.rows).toEqual([{ code: expect.any(Number) as number, failed: 2 }]);
  expect(answer.nodes.rows.length).toBeGreaterThan(3);
  expect(answer.errors.nodes[0]).toMatchObject({ failures: 2 });
  expect(Math.max(...answer.inFlight.map(({ most }) => most))).toBe(answer.concurrency.maxInFlight);
});

test('the newest execution of each flow is at hand: what leads to its flow file', async () => {
  const { take, numbers, store } = atNoon();
  take(mixedRecords(10).map(recordOf));
  const { newest, nodes } = await numbers.answer(numbersQuery());
  expect(new Set(newest.map(({ flow }) => flow))).toEqual(
    new Set(nodes.rows.map(({ flow }) => flow)),
  );
  for (const { flow, key } of newest) {
    const others = store.listed.filter(({ summary }) => flowOf(summary) === flow);
    expect(others.at(-1)?.summary.key).toBe(key);
  }
});

describe('the time that is compared with', () => {
  const at = (hoursAgo: number, count: number, put: ReturnType<typeof engineParts>['put']) => {
    for (let n = 0; n < count; n++) {
      const beginMs = sampleBeginMs + (12 - hoursAgo) * hourMs + n;
      put({ sid: `${String(hoursAgo)}-${String(n)}`, beginMs });
    }
  };

  test.each([
    ['the same hour a week ago', [[168.5, 8]], 'weekAgo'],
    [
      'the hour before, where nothing of a week ago is known',
      [
        [2.2, 1],
        [1.5, 8],
      ],
      'before',
    ],
    ['nothing, where it was thin', [[168.5, 7]], null],
    [
      'the hour before, where the same of a week ago was thin',
      [
        [168.5, 7],
        [1.5, 8],
      ],
      'before',
    ],
    ['nothing, where it is known in part', [[1.5, 8]], null],
  ])('%s', async (_, earlier, against) => {
    const { put, numbers } = atNoon();
    if (against === 'weekAgo') at(169, 1, put);
    for (const [hoursAgo = 0, count = 0] of earlier) at(hoursAgo, count, put);
    at(0.5, 3, put);
    const { base, runs } = await numbers.answer(numbersQuery({ range: 'hour' }));
    expect(runs).toBe(3);
    expect(base?.against ?? null).toBe(against);
    if (against !== null) expect(base?.figures.succeeded).toBeGreaterThanOrEqual(8);
  });
});

test('what runs and what ran today are of now, whatever time is asked about', async () => {
  const { put, numbers, stalled } = atNoon();
  put({ sid: 'a', beginMs: sampleBeginMs + hourMs });
  put({ sid: 'b', beginMs: sampleBeginMs - hourMs });
  const { figures, runs } = await numbers.answer(numbersQuery({ range: 'hour' }));
  expect(runs).toBe(0);
  // No source that this engine read told of what goes on.
  expect(figures).toMatchObject({ today: 1, running: null, succeeded: 0 });
  stalled.dispose();
});

test('one that began before midnight and goes on is running, whatever time is asked about', async () => {
  const { put, past, history, store, list, clock } = atNoon();
  const numbers = new NumbersView({
    ...{ window: past, kept: history, store, list, clock },
    ...{ turn: () => Promise.resolve(), isLive: () => true, reportsProgress: () => true },
  });
  put({ sid: 'a', beginMs: sampleBeginMs - 30 * hourMs, outcome: 'running', durationMs: null });
  put({ sid: 'b', beginMs: sampleBeginMs + hourMs, outcome: 'running', durationMs: null });
  for (const range of ['hour', 'today', 'week'] as const) {
    const { figures } = await numbers.answer(numbersQuery({ range }));
    expect([range, figures.running, figures.today]).toEqual([range, 2, 1]);
  }
});

test('in the last minute of a day it is still that day', async () => {
  const { put, clock, numbers } = engineParts();
  clock.advance(sampleBeginMs - (sampleBeginMs % (24 * hourMs)) - 30_000 - clock.now());
  put({ sid: 'a', beginMs: clock.now() - 1_000 });
  const { figures, span, parts } = await numbers.answer(numbersQuery({ range: 'today' }));
  expect(figures.today).toBe(1);
  expect([span.toMs - span.fromMs, parts.length]).toEqual([24 * hourMs, 24]);
});

test.each([
  ['yesterday, to the same hour', 24, 8, 'before', 9],
  ['a week ago, to the same hour', 168, 8, 'weekAgo', 9],
  ['nothing, where that was thin', 24, 7, null, null],
])('executions today are compared with %s', async (_, hoursAgo, count, against, before) => {
  const { put, numbers, stalled } = atNoon();
  const at = (beginMs: number, sid: string, outcome?: 'running') => {
    put({ sid, beginMs, ...(outcome === undefined ? {} : { outcome }) });
  };
  at(sampleBeginMs - 8 * 24 * hourMs, 'first');
  for (let n = 0; n < count; n++) at(sampleBeginMs + (3 - hoursAgo) * hourMs, `b${String(n)}`);
  // Later on that day than it is now: no part of it.
  at(sampleBeginMs + (13 - hoursAgo) * hourMs, 'later');
  at(sampleBeginMs + (4 - hoursAgo) * hourMs, 'open', 'running');
  for (let n = 0; n < 3; n++) at(sampleBeginMs + hourMs, `t${String(n)}`);
  const { today, figures } = await numbers.answer(numbersQuery({ range: 'hour' }));
  expect(figures.today).toBe(3);
  expect(today.base?.against ?? null).toBe(against);
  expect(today.base?.figures.today ?? null).toBe(before);
  expect(today.runs).toEqual([0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  stalled.dispose();
});

test.each([
  ['of its own range', { range: 'own', own: [10, 11] }, ['b']],
  ['that is empty', { range: 'own', own: [11, 11] }, []],
  ['of a range that nobody said', { range: 'own' }, ['a', 'b', 'c']],
  ['of a flow', { range: 'day', only: { kind: 'flow', flow: 'f2' } }, ['b']],
  ['of a service', { range: 'day', only: { kind: 'service', of: 'rpa' } }, ['c']],
  ['of a flow that did not run', { range: 'day', only: { kind: 'flow', flow: 'x' } }, []],
] as readonly [
  string,
  Omit<Partial<NumbersQuery>, 'own'> & { readonly own?: readonly [number, number] },
  string[],
][])('numbers %s', async (_, { own, ...query }, ran) => {
  const { put, numbers } = atNoon();
  put({ sid: 'a', beginMs: sampleBeginMs + 9 * hourMs, flowId: 'f1' });
  put({ sid: 'b', beginMs: sampleBeginMs + 10.5 * hourMs, flowId: 'f2' });
  put({ sid: 'c', beginMs: sampleBeginMs + 11.5 * hourMs, flowId: 'f3', kind: 'rpa' });
  const [from, to] = own ?? [0, 0];
  const span = { fromMs: sampleBeginMs + from * hourMs, toMs: sampleBeginMs + to * hourMs };
  const answer = await numbers.answer(
    numbersQuery({ ...query, ...(own === undefined ? {} : { own: span }) }),
  );
  expect(answer.runs).toBe(ran.length);
  expect(answer.figures.succeeded).toBe(ran.length);
  if (query.range === 'own') return;
  // What is narrowed to can be chosen again, and all else too.
  expect(answer.choices.flows.map(({ flow }) => flow)).toEqual(['f1', 'f2', 'f3']);
  expect(answer.choices.services).toEqual(['rpa', 'workflow']);
});

test('work by hand is told anew, and only where it is news', async () => {
  const { put, numbers } = atNoon();
  put({ sid: 'a', beginMs: sampleBeginMs + 11.5 * hourMs, flowId: 'f9' });
  const before = numbers.stamp();
  expect(numbers.setMinutesByHand({ f9: 240 })).toBe(true);
  expect(numbers.setMinutesByHand({ f9: 240 })).toBe(false);
  expect(numbers.stamp()).not.toBe(before);
  const { figures } = await numbers.answer(numbersQuery({ range: 'hour' }));
  expect(figures).toMatchObject({ laborSavedPersonDays: 0.5, countedByHand: 1 });
});

test('of a flow file: its own executions', async () => {
  const { take, handlers, numbers } = atNoon();
  const file = flowFile('invoice-entry.yaml');
  await handlers.setFlow(file);
  take(mixedRecords(10).map(recordOf));
  const answer = await numbers.answer(numbersQuery({ scope: { kind: 'flow', uri: file.uri } }));
  expect(answer.figures).toMatchObject({ succeeded: 4, failed: 2, toolCalls: 0 });
});

test('a record whose bytes left is counted by its summary', async () => {
  const { take, numbers, store } = atNoon();
  take(mixedRecords(5).map(recordOf));
  store.setLimits({ maxBytes: 1, maxExecutions: 1_000, maxSummaryBytes: 10_000_000 });
  const answer = await numbers.answer(numbersQuery());
  expect(answer).toMatchObject({ runs: 4, withoutNodes: 4, pending: 0 });
  expect(answer.figures).toMatchObject({ succeeded: 3, failed: 1 });
  expect(answer.causes.rows).toMatchObject([{ cause: null, category: 'unknown', failed: 1 }]);
  // It names the node that failed, and no other.
  expect(answer.nodes.rows).toMatchObject([{ name: '录入ERP', runs: 1, failed: 1 }]);
});

test('what was looked into once is kept when its bytes leave', async () => {
  const { take, numbers, store, opened } = atNoon();
  // Of a source that is open, all there is reaches to now.
  await opened;
  take(mixedRecords(5).map(recordOf));
  const before = await numbers.answer(numbersQuery());
  store.setLimits({ maxBytes: 1, maxExecutions: 1_000, maxSummaryBytes: 10_000_000 });
  const after = await numbers.answer(numbersQuery());
  expect(after.nodes).toEqual(before.nodes);
});

test('nothing is looked into that nobody watches, and equal queries are answered once', async () => {
  const { take, handlers, past, clock, changed } = atNoon();
  take(mixedRecords(5).map(recordOf));
  changed();
  clock.advance(10 * paceMs.numbers);
  let asked = 0;
  const between = past.between.bind(past);
  past.between = (...span) => {
    asked++;
    return between(...span);
  };
  const watch = (watcher: string) => {
    const params = { watcher, id: 'n', kind: 'numbers', query: numbersQuery() };
    return handlers.watch(params as EngineMethods['watch']['params']);
  };
  await Promise.all([watch('a'), watch('b')]);
  expect(asked).toBe(1);
});

test('an answer does not wait for more records than it has time for; the next one has more', async () => {
  const { take, numbers, past, clock } = atNoon();
  take(mixedRecords(5).map(recordOf));
  const now = clock.now.bind(clock);
  let late = 0;
  // Each look at the clock is half a second later.
  clock.now = () => now() + 500 * late++;
  const before = past.revision;
  const first = await numbers.answer(numbersQuery());
  expect(first.pending).toBeGreaterThan(0);
  expect(first.figures).toMatchObject({ succeeded: 3, failed: 1 });
  expect(past.revision).toBeGreaterThan(before);
  clock.now = now;
  expect(await numbers.answer(numbersQuery())).toMatchObject({ pending: 0, withoutNodes: 0 });
});
