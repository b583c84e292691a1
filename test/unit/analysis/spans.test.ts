import { describe, expect, test } from 'vitest';

import { basesOf, partAt, partsOf, type Range, spanOf } from '../../../src/analysis/spans.ts';
import { dayMs, hourMs, hourOfDay, startOfDay, zoneOf } from '../../../src/base/zone.ts';

const at = (text: string) => Date.parse(text);
const text = (atMs: number) => new Date(atMs).toISOString().slice(0, 16);

describe('a zone', () => {
  test.each([
    ['Asia/Shanghai', '2026-11-24T15:59:59Z', '2026-11-23T16:00', 23],
    ['Asia/Shanghai', '2026-11-24T16:00:00Z', '2026-11-24T16:00', 0],
    ['UTC', '2026-11-24T16:00:00Z', '2026-11-24T00:00', 16],
    ['Asia/Kathmandu', '2026-11-24T18:14:00Z', '2026-11-23T18:15', 23],
    // Clocks went back and forth within the day.
    ['Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00', 13],
    ['Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T23:00', 14],
    ['Nowhere/Land', '2026-11-24T16:00:00Z', '2026-11-24T00:00', 16],
  ])('%s at %s: the day began at %s, it is %i o’clock', (name, moment, begin, hour) => {
    const zone = zoneOf(name);
    expect(text(startOfDay(at(moment), zone))).toBe(begin);
    expect(hourOfDay(at(moment), zone)).toBe(hour);
  });
});

const nowMs = at('2026-11-24T12:30:00Z');
const world = { nowMs, zone: zoneOf('UTC'), firstMs: null, lastMs: null, isLive: true };

test.each<[Range, string, string, number]>([
  ['hour', '2026-11-24T11:30', '2026-11-24T12:30', 30],
  ['today', '2026-11-24T00:00', '2026-11-24T12:30', 13],
  ['day', '2026-11-23T12:30', '2026-11-24T12:30', 25],
  ['week', '2026-11-17T12:30', '2026-11-24T12:30', 29],
  ['month', '2026-10-25T12:30', '2026-11-24T12:30', 31],
])('%s reaches from %s to %s in %i parts', (range, from, to, count) => {
  const span = spanOf(range, world);
  expect([text(span.fromMs), text(span.toMs)]).toEqual([from, to]);
  const parts = partsOf(range, span, world.zone);
  expect(parts).toHaveLength(count);
  // Without a gap.
  expect(parts[0]?.fromMs).toBe(span.fromMs);
  expect(parts.at(-1)?.toMs).toBe(span.toMs);
  expect(parts.slice(1).map(({ fromMs }) => fromMs)).toEqual(
    parts.slice(0, -1).map((one) => one.toMs),
  );
});

test.each([
  ['a second', 1_000],
  ['a minute', 60_000],
  ['a day and a bit', dayMs + 1],
  ['a year', 365 * dayMs],
  ['forty years', 40 * 365 * dayMs],
])('all there is, %s, is divided into no more parts than a chart has room for', (_, lengthMs) => {
  const firstMs = nowMs - lengthMs;
  const span = spanOf('all', { ...world, firstMs, lastMs: nowMs, isLive: false });
  const parts = partsOf('all', span, world.zone);
  expect(parts.length).toBeGreaterThan(0);
  expect(parts.length).toBeLessThanOrEqual(60);
});

test.each([
  ['ends with the last execution of a file', false, '2026-01-02T00:00'],
  ['reaches to now where more may come', true, '2026-11-24T12:30'],
])('all there is %s', (_, isLive, to) => {
  const lastMs = at('2026-01-02T00:00:00Z');
  const span = spanOf('all', { ...world, firstMs: at('2026-01-01T00:00:00.5Z'), lastMs, isLive });
  expect([text(span.fromMs), text(span.toMs)]).toEqual(['2026-01-01T00:00', to]);
});

test.each([
  ['a day of 25 hours', '2026-10-24T22:00', '2026-10-27T23:00', '2026-10-25T23:00'],
  ['a day of 23 hours', '2026-03-27T23:00', '2026-03-30T22:00', '2026-03-29T22:00'],
])('behind %s parts begin at round hours again', (_, from, to, next) => {
  const zone = zoneOf('Europe/Berlin');
  const span = { fromMs: at(`${from}:00Z`), toMs: at(`${to}:00Z`) };
  const parts = partsOf('week', span, zone);
  expect(parts.map(({ fromMs }) => text(fromMs))).toContain(next);
  for (const { fromMs } of parts.filter((part) => part.fromMs >= at(`${next}:00Z`)))
    expect(hourOfDay(fromMs, zone) % 6).toBe(0);
  expect(parts.at(-1)?.toMs).toBe(span.toMs);
});

test('a day of 25 hours is one part', () => {
  const zone = zoneOf('Europe/Berlin');
  const span = { fromMs: at('2026-10-24T22:00:00Z'), toMs: at('2026-10-26T23:00:00Z') };
  expect(partsOf('month', span, zone).map(({ fromMs, toMs }) => (toMs - fromMs) / hourMs)).toEqual([
    25, 24,
  ]);
});

test.each<[Range, readonly string[]]>([
  ['hour', ['weekAgo 2026-11-17T11:30', 'before 2026-11-24T10:30']],
  // So far: not with the whole of yesterday.
  ['today', ['weekAgo 2026-11-17T00:00', 'before 2026-11-23T00:00']],
  ['month', ['before 2026-09-25T12:30']],
  ['all', []],
])('%s is compared with %j', (range, expected) => {
  const bases = basesOf(range, spanOf(range, world));
  expect(bases.map(({ against, span }) => `${against} ${text(span.fromMs)}`)).toEqual(expected);
});

test.each([
  [-1, -1],
  [0, 0],
  [9, 0],
  [10, 1],
  [19, 1],
  [20, -1],
])('%i ms is in part %i', (atMs, place) => {
  const parts = [
    { fromMs: 0, toMs: 10 },
    { fromMs: 10, toMs: 20 },
  ];
  expect(partAt(parts, atMs)).toBe(place);
});

test.each([
  [3, ['weekAgo', 'before']],
  [7, ['weekAgo', 'before']],
  [8, ['before']],
])('a range of one’s own of %i days is compared with %j', (days, against) => {
  const span = { fromMs: 20 * dayMs, toMs: (20 + days) * dayMs };
  const bases = basesOf('own', span);
  expect(bases.map((base) => base.against)).toEqual(against);
  expect(bases.at(-1)?.span).toEqual({ fromMs: (20 - days) * dayMs, toMs: 20 * dayMs });
});

test.each([1, 60_000, 3 * hourMs, 40 * dayMs, 4_000 * dayMs])(
  'a range of one’s own of %i ms has parts that a chart can show',
  (length) => {
    const zone = zoneOf('Asia/Shanghai');
    const own = { fromMs: 20 * dayMs, toMs: 20 * dayMs + length };
    const known = { nowMs: 0, zone, firstMs: null, lastMs: null, isLive: true, own };
    const span = spanOf('own', known);
    const parts = partsOf('own', span, zone);
    expect(parts.length).toBeGreaterThan(0);
    expect(parts.length).toBeLessThanOrEqual(49);
    expect([parts[0]?.fromMs, parts.at(-1)?.toMs]).toEqual([span.fromMs, span.toMs]);
  },
);
