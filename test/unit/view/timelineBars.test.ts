import { describe, expect, test } from 'vitest';
import {
  growingExtent,
  lostBar,
  timeBar,
  timeTicks,
  type Timed,
} from '../../../src/view/timelineBars.ts';

const extent = { beginMs: 1000, endMs: 2000 };
const timed = (parts: Partial<Timed>): Timed => ({
  beginMs: null,
  endMs: null,
  durationMs: null,
  running: false,
  ...parts,
});

describe('bars', () => {
  test.each([
    ['begin and end', { beginMs: 1250, endMs: 1750 }, { left: 25, width: 50, open: false }],
    [
      'begin and duration',
      { beginMs: 1500, durationMs: 100 },
      { left: 50, width: 10, open: false },
    ],
    ['too short to be seen', { beginMs: 1500, endMs: 1501 }, { left: 50, width: 0.8, open: false }],
    [
      'short, at the very end',
      { beginMs: 2000, endMs: 2000 },
      { left: 99.2, width: 0.8, open: false },
    ],
    ['beyond the axis', { beginMs: 500, endMs: 3000 }, { left: 0, width: 100, open: false }],
    ['running', { beginMs: 1600, running: true }, { left: 60, width: 40, open: true }],
    ['without begin', { endMs: 1600, durationMs: 100 }, null],
    ['without end', { beginMs: 1600 }, null],
  ])('%s', (_name, parts, bar) => {
    expect(timeBar(timed(parts), extent)).toEqual(bar);
  });

  test('what runs ends now', () => {
    const bar = timeBar(timed({ beginMs: 1200, running: true }), extent, 1700);
    expect(bar).toEqual({ left: 20, width: 50, open: true });
  });

  test('an axis without length is filled', () => {
    const moment = { beginMs: 5, endMs: 5 };
    expect(timeBar(timed(moment), moment)).toEqual({ left: 0, width: 100, open: false });
  });

  test('no axis, no bar', () => {
    expect(timeBar(timed({ beginMs: 1, endMs: 2 }), null)).toBeNull();
  });
});

describe('the axis of what goes on', () => {
  test.each([
    ['before its end', 1900, 2000],
    ['at its end', 2000, 2000],
    ['behind it, to the next round moment', 2001, 2200],
    ['for long: in coarser steps', 1000 + 61_000, 1000 + 70_000],
    ['for days', 1000 + 3 * 86_400_000 + 1, 1000 + 3.5 * 86_400_000],
  ])('%s', (_name, now, endMs) => {
    expect(growingExtent(extent, now)).toEqual({ beginMs: 1000, endMs });
  });
});

describe('ticks', () => {
  const labels = (span: number, most: number) =>
    timeTicks({ beginMs: 7, endMs: 7 + span }, most).map(({ label }) => label);
  const second = 1000;
  const minute = 60 * second;
  const hour = 60 * minute;
  test.each([
    [4, 5, '0|1 ms|2 ms|3 ms|4 ms'],
    [955, 4, '0|500 ms'],
    [1200, 4, '0|500 ms|1 s'],
    [7900, 5, '0|2 s|4 s|6 s'],
    [7900, 1, '0|5 s'],
    [90 * second, 1, '0|1 min'],
    [1, 1, '0|1 ms'],
    [70 * second, 5, '0|15 s|30 s|45 s|1 min'],
    [100 * second, 5, '0|30 s|1 min|1 min 30 s'],
    [25 * minute, 3, '0|10 min|20 min'],
    [100 * minute, 4, '0|30 min|1 h|1 h 30 min'],
    [50 * hour, 5, '0|12 h|24 h|36 h|48 h'],
    [400 * hour, 3, '0|144 h|288 h'],
    [0, 5, ''],
    [1000, 0, ''],
  ])('%d ms with room for %d', (span, most, text) => {
    expect(labels(span, most).join('|')).toBe(text);
  });

  test('stand at their part of the axis', () => {
    expect(timeTicks({ beginMs: 0, endMs: 8000 }, 4).map(({ at }) => at)).toEqual([
      0, 25, 50, 75, 100,
    ]);
  });

  test('are none without an axis', () => {
    expect(timeTicks(null, 5)).toEqual([]);
  });
});

test.each([
  ['stands before the begin', { beginMs: 600, lostMs: 300 }, { left: 30, width: 30 }],
  ['is no more than the axis', { beginMs: 100, lostMs: 300 }, { left: 0, width: 10 }],
  ['is none where nothing was lost', { beginMs: 600 }, null],
  ['is none without a begin', { beginMs: null, lostMs: 300 }, null],
])('the bar of lost time %s', (_name, lost, bar) => {
  expect(lostBar(lost, { beginMs: 0, endMs: 1_000 })).toEqual(bar);
  expect(lostBar(lost, null)).toBeNull();
});
