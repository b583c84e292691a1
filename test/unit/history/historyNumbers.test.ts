import { describe, expect, test } from 'vitest';

import type { PastExecution } from '../../../src/analysis/pastExecution.ts';
import { type NumbersAsk, numbersOf, type PastNumbers } from '../../../src/analysis/pastNumbers.ts';
import { partsOf, type Span } from '../../../src/analysis/spans.ts';
import { zoneOf } from '../../../src/base/zone.ts';
import { HistoryNumbers } from '../../../src/history/historyNumbers.ts';
import type { HistoryStore } from '../../../src/history/historyStore.ts';
import { knownPast, type KnownPast } from '../../support/knownPast.ts';
import { aPast } from '../../support/pastBuilders.ts';
import { aFolder, aKept, noonMs, openWindow, sqlite } from './world.ts';

const hour = 3_600_000;
const day = 24 * hour;
const zoneName = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zone = zoneOf(zoneName);

const ofFlowA = { kind: 'flow', flow: 'a' } as const;

function askedOf(span: Span, parts: Partial<NumbersAsk> = {}): NumbersAsk {
  const today = { fromMs: span.toMs - day, toMs: span.toMs };
  const before = { fromMs: 2 * span.fromMs - span.toMs, toMs: span.fromMs };
  return {
    ...{ span, today, timeZone: zoneName, only: null, minutesByHand: {} },
    bases: [{ against: 'before', span: before }],
    basesOfToday: [{ against: 'before', span: before }],
    hoursOfToday: partsOf('today', today, zone),
    parts: partsOf('all', span, zone),
    ...{ reportsProgress: false, mostRows: 1_000 },
    ...parts,
  };
}

function exactly(executions: readonly PastExecution[], ask: NumbersAsk): PastNumbers {
  const steps = numbersOf(executions, ask);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

function putAll(store: HistoryStore, { records }: Pick<KnownPast, 'records'>): void {
  for (let at = 0; at < records.length; at += 500) {
    const some = records.slice(at, at + 500);
    store.put(
      some.map(({ record }) => record),
      some.flatMap(({ subs }) => subs),
    );
  }
  store.release();
}

/** Told with the error of the buckets. */
const percentiles = new Set(['p50Ms', 'p95Ms', 'p50', 'p95', 'waitedP50Ms']);
/** Told of a sample, of the latest alone, or of hours: tests of their own look at these. */
const apart = new Set([
  'slower',
  'grownBytes',
  'grownTokens',
  'trend',
  'isFlaky',
  'slowerWhenBusy',
  'course',
]);

/** Where two answers differ by more than they may. */
function differences(told: unknown, truth: unknown, path = ''): string[] {
  const key = path.split('.').at(-1) ?? '';
  if (apart.has(key)) return [];
  if (typeof told === 'number' && typeof truth === 'number') {
    const share = percentiles.has(key) ? 0.011 : 1e-9;
    const isNear = Math.abs(told - truth) <= share * Math.abs(truth) + 1e-9;
    return isNear ? [] : [`${path}: ${String(told)} for ${String(truth)}`];
  }
  if (Array.isArray(told) && Array.isArray(truth)) {
    const [a, b] = [sorted(told), sorted(truth)];
    if (a.length !== b.length) return [`${path}: ${String(a.length)} of ${String(b.length)} rows`];
    return a.flatMap((row, at) => differences(row, b[at], `${path}.${String(at)}`));
  }
  if (typeof told === 'object' && told !== null && typeof truth === 'object' && truth !== null) {
    const names = new Set([...Object.keys(told), ...Object.keys(truth)]);
    return [...names].flatMap((name) =>
      differences(
        (told as Record<string, unknown>)[name],
        (truth as Record<string, unknown>)[name],
        `${path}.${name}`,
      ),
    );
  }
  return told === truth ? [] : [`${path}: ${String(told)} for ${String(truth)}`];
}

/** Rows that are ranked alike stand in any order. */
function sorted(rows: readonly unknown[]): readonly unknown[] {
  const nameOf = (row: unknown) => {
    const { flow, nodeId, category, code } = row as Record<string, unknown>;
    return JSON.stringify([flow, nodeId, category, code]);
  };
  const isNamed = rows.every(
    (row) => typeof row === 'object' && row !== null && !('fromMs' in row),
  );
  if (!isNamed) return rows;
  return [...rows].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

const ofFlow =
  (name: string) =>
  ({ flow }: PastExecution) =>
    flow === name;

describe.skipIf(sqlite === null)('numbers of the history', () => {
  const known = knownPast(2_400, noonMs);
  const whole = { fromMs: known.fromMs, toMs: known.toMs };
  const spans: readonly (readonly [string, Span])[] = [
    ['all of it', whole],
    ['a week of it, at odd times', { fromMs: noonMs + 3.3 * day, toMs: noonMs + 10.7 * day }],
    ['nine days, each as one', { fromMs: noonMs + 2.1 * day, toMs: noonMs + 13.9 * day }],
  ];

  /** A file with all of it, where half is rolled up, or all. */
  function filled(isRolledUp: boolean) {
    const time = { nowMs: known.toMs };
    const window = openWindow(`${aFolder()}/a.db`, { time });
    putAll(window.store, known);
    if (isRolledUp) window.store.maintain();
    return { ...window, numbers: new HistoryNumbers(window.store, 0) };
  }

  test.each<[string, Partial<NumbersAsk>]>([
    ['a flow', { only: { kind: 'flow', flow: 'flow-3' } }],
    ['a service', { only: { kind: 'service', of: 'rpa' } }],
    ['work by hand', { minutesByHand: { 'flow-2': 30, 'Flow 5': 2 } }],
  ])('are those of each execution: %s', (_, parts) => {
    const { numbers } = filled(true);
    const ask = askedOf(whole, parts);
    const told = numbers.answer({ ask, flows: null, others: [] });
    const truth = exactly(known.truth, ask);
    expect(differences(told, truth)).toEqual([]);
    expect(told.figures.countedByHand > 0).toBe('minutesByHand' in parts);
  });

  test.each(spans)('are those of each execution: %s', (_, span) => {
    const { numbers } = filled(true);
    const ask = askedOf(span);
    const told = numbers.answer({ ask, flows: null, others: [] });
    expect(differences(told, exactly(known.truth, ask))).toEqual([]);
  });

  test('are those that were meant', () => {
    const { numbers } = filled(true);
    const { figures } = numbers.answer({ ask: askedOf(whole), flows: null, others: [] });
    const { hours, ...counts } = known.figures;
    expect(figures).toMatchObject(counts);
    expect(figures.cumulativeDurationHours).toBeCloseTo(hours, 6);
  });

  test('of one flow are its own', () => {
    const { numbers } = filled(true);
    for (const flow of ['flow-0', 'flow-7']) {
      const ask = askedOf(whole);
      const told = numbers.answer({ ask, flows: [flow], others: [] });
      expect(differences(told, exactly(known.truth.filter(ofFlow(flow)), ask))).toEqual([]);
    }
  });

  test('are the same before anything was rolled up, and when all was written again', () => {
    const fresh = filled(false);
    const ask = askedOf(whole);
    const truth = exactly(known.truth, ask);
    const told = () => fresh.numbers.answer({ ask, flows: null, others: [] });
    expect(differences(told(), truth)).toEqual([]);
    fresh.store.maintain();
    putAll(fresh.store, known);
    expect(differences(told(), truth)).toEqual([]);
    fresh.store.maintain();
    expect(differences(told(), truth)).toEqual([]);
  });

  test('have what is in memory alone, and once what is in both', () => {
    const time = { nowMs: known.toMs };
    const { store } = openWindow(`${aFolder()}/a.db`, { time });
    const half = { records: known.records.slice(0, Math.floor(known.records.length / 2)) };
    putAll(store, half);
    store.maintain();
    const numbers = new HistoryNumbers(store, 0);
    const there = new Set(half.records.map(({ record }) => record.execution.key));
    const others = known.truth.filter(({ key }, at) => !there.has(key) || at % 50 === 0);
    const ask = askedOf(whole);
    const told = numbers.answer({ ask, flows: null, others });
    expect(differences(told, exactly(known.truth, ask))).toEqual([]);
  });

  test('of days that are let go of are what was rolled up', () => {
    const { store, time, numbers } = filled(true);
    const midnight = new Date(noonMs + day).setHours(0, 0, 0, 0);
    const span = { fromMs: midnight, toMs: midnight + 9 * day };
    const ask = askedOf(span, { bases: [], basesOfToday: [] });
    time.nowMs = known.toMs + 25 * day;
    store.maintain();
    expect(store.size).toBeLessThan(1_200);
    const told = numbers.answer({ ask, flows: null, others: known.truth.slice(0, 50) });
    const truth = exactly(known.truth, ask);
    expect(told.figures).toEqual({
      ...truth.figures,
      cumulativeDurationHours: expect.closeTo(truth.figures.cumulativeDurationHours, 6) as number,
      laborSavedPersonDays: expect.closeTo(truth.figures.laborSavedPersonDays, 6) as number,
    });
    expect(
      differences(
        [told.flows, told.nodes, told.causes, told.codes],
        [...[truth.flows, truth.nodes, truth.causes, truth.codes]],
      ),
    ).toEqual([]);
  });

  test('of few are exact, and of what runs now as well', () => {
    const { store } = openWindow(`${aFolder()}/a.db`);
    store.put([aKept({ durationMs: 1_234 })]);
    const running = aPast({ key: 'workflow/r', outcome: 'running', beginMs: noonMs + 5 });
    const ask = askedOf({ fromMs: noonMs, toMs: noonMs + hour }, { reportsProgress: true });
    const told = new HistoryNumbers(store).answer({ ask, flows: null, others: [running] });
    expect(told.figures).toMatchObject({ succeeded: 1, running: 1 });
    expect(told.durations.flows[0]?.p50Ms).toBe(1_234);
  });

  test.each<[string, Span, Partial<NumbersAsk>]>([
    ['of a flow in an hour', { fromMs: noonMs, toMs: noonMs + hour }, { only: ofFlowA }],
    ['of a flow in two hours', { fromMs: noonMs, toMs: noonMs + 2 * hour }, { only: ofFlowA }],
    ['of runs that never end', { fromMs: noonMs - day, toMs: noonMs + 20 * day }, {}],
  ])('what is in flight, %s, is that of each execution', (_, span, parts) => {
    const { store } = openWindow(`${aFolder()}/a.db`);
    const records = Array.from({ length: 60 }, (__, index) =>
      aKept(
        {
          ...{ key: `workflow/${String(index)}`, flow: index % 3 === 0 ? 'a' : 'b' },
          beginMs: noonMs + index * 100_000,
          durationMs: index === 7 ? 100 * day : (index % 5) * 200_000,
        },
        index,
      ),
    );
    store.put(records);
    store.maintain();
    const ask = askedOf(span, parts);
    const told = new HistoryNumbers(store, 0).answer({ ask, flows: null, others: [] });
    const truth = exactly(
      records.map(({ execution }) => execution),
      ask,
    );
    expect(told.inFlight).toEqual(truth.inFlight);
    expect(told.concurrency.maxInFlight).toBe(truth.concurrency.maxInFlight);
    expect(told.concurrency.meanInFlight).toBeCloseTo(truth.concurrency.meanInFlight, 9);
  });
});
