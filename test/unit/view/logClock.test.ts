import { expect, test } from 'vitest';
import { logClock } from '../../../src/view/logClock.ts';

const begin = Date.parse('2026-11-23T16:47:38.903Z');
const node = { beginMs: begin, endMs: begin + 3_600 };
const lines = (...times: string[]) =>
  times.map((time) => ({ time, level: 'INFO', message: 'moved the pointer' }));

test.each([
  ['of a service in Shanghai', '2026-11-24 00:47:41', '2026-11-23T16:47:41.000Z'],
  ['of a service in UTC', '2026-11-23 16:47:41', '2026-11-23T16:47:41.000Z'],
  ['of a service in Kathmandu', '2026-11-23 22:32:40,250', '2026-11-23T16:47:40.250Z'],
  ['written just after the end', '2026-11-24 00:47:44', '2026-11-23T16:47:44.000Z'],
  ['of a day before', '2026-11-22 16:47:41', null],
  ['of no time of the node', '2026-11-24 00:52:41', null],
  ['with a zone of its own', '2026-11-24T00:47:41+08:00', null],
  ['without a date', '00:47:41', null],
])('a line %s', (_, time, moment) => {
  const found = logClock(lines('2026-11-24 00:47:39', time), node)(time);
  expect(found === null ? null : new Date(found).toISOString()).toBe(moment);
});

test.each([
  ['without a begin', { beginMs: null, endMs: begin }],
  ['while it runs', { beginMs: begin, endMs: null }],
  ['where it took so long that several zones fit', { beginMs: begin, endMs: begin + 3_600_000 }],
])('can’t be told %s', (_, times) => {
  expect(logClock(lines('2026-11-24 00:47:41'), times)('2026-11-24 00:47:41')).toBeNull();
});
