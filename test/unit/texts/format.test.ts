import { describe, expect, test } from 'vitest';
import {
  formatAxisTime,
  formatBytes,
  formatClock,
  formatCount,
  formatDuration,
  formatMoment,
  formatMomentInZone,
  formatPercent,
  formatRunning,
  formatSeconds,
  formatShortCount,
  formatWhen,
} from '../../../src/texts/format.ts';

test.each([
  [0, 'en', 'UTC', '1/1/1970, 00:00:00 UTC'],
  [null, 'en', 'UTC', '–'],
])('%s in %s of %s with its zone', (moment, language, zone, text) => {
  expect(formatMomentInZone(moment, language, zone)).toBe(text);
});

describe('durations', () => {
  test.each([
    [null, '–'],
    [NaN, '–'],
    [0, '0 ms'],
    [0.4, '< 1 ms'],
    [2, '2 ms'],
    [999, '999 ms'],
    [999.7, '1.00 s'],
    [4800, '4.80 s'],
    [9994, '9.99 s'],
    [9996, '10.0 s'],
    [59_949, '59.9 s'],
    [59_960, '1 min 0 s'],
    [72_400, '1 min 12 s'],
    [3_599_400, '59 min 59 s'],
    [3_599_600, '1 h 0 min'],
    [5_112_000, '1 h 25 min'],
    [-2, '−2 ms'],
  ])('%s → %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

test.each([
  [-3_000, '0 s'],
  [7_900, '7 s'],
  [72_400, '1 min 12 s'],
  [5_112_000, '1 h 25 min'],
])('in whole seconds: %s → %s', (ms, text) => {
  expect(formatSeconds(ms)).toBe(text);
});

test.each([
  [-3_000, '0 s'],
  [0, '0 s'],
  // A step of 368 ms may stand below it.
  [1, '1 s'],
  [1_000, '1 s'],
  [59_001, '1 min 0 s'],
  [72_400, '1 min 13 s'],
])('while it runs: %s → %s', (ms, text) => {
  expect(formatRunning(ms)).toBe(text);
});

describe('clock times', () => {
  const now = Date.parse('2026-11-24T01:00:00Z');
  test.each([
    ['today', '2026-11-24T00:47:43Z', 'en-GB', 'Asia/Shanghai', '08:47:43'],
    ['today in Chinese', '2026-11-24T00:47:43Z', 'zh-cn', 'Asia/Shanghai', '08:47:43'],
    ['midnight', '2026-11-23T16:00:00Z', 'en-GB', 'Asia/Shanghai', '00:00:00'],
    ['the day before', '2026-11-23T15:59:59Z', 'en-GB', 'Asia/Shanghai', '23/11/2026, 23:59:59'],
    ['in Chinese', '2026-11-22T15:59:59Z', 'zh-cn', 'Asia/Shanghai', '2026/11/22 23:59:59'],
  ])('%s', (_name, moment, language, zone, text) => {
    expect(formatClock(Date.parse(moment), language, now, zone)).toBe(text);
  });

  test.each([
    ['today', '2026-11-24T00:47:43Z', 'en-US', '08:47:43'],
    ['this year', '2026-11-22T15:59:59Z', 'en-US', '11/22, 23:59'],
    ['this year in Chinese', '2026-11-22T15:59:59Z', 'zh-cn', '11/22 23:59'],
    ['another year', '2025-11-22T15:59:59Z', 'en-US', '11/22/2025'],
  ])('in a narrow column: %s', (_name, moment, language, text) => {
    expect(formatWhen(Date.parse(moment), language, now, 'Asia/Shanghai')).toBe(text);
  });

  test('unknown is a dash', () => {
    expect(formatWhen(null, 'en', now)).toBe('–');
    expect(formatClock(null, 'en', now)).toBe('–');
    expect(formatMoment(null, 'en')).toBe('–');
  });

  test('the inspector tells milliseconds and the date', () => {
    expect(formatMoment(Date.parse('2026-11-23T16:47:38.903Z'), 'zh-cn', 'Asia/Shanghai')).toBe(
      '2026/11/24 00:47:38.903',
    );
  });
});

test.each([
  [0, '0 B'],
  [812, '812 B'],
  [1024, '1 KB'],
  [1229, '1.2 KB'],
  [1_048_575, '1 MB'],
  [3_565_158, '3.4 MB'],
  [5_368_709_120, '5 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [null, '–'],
  [0, '0%'],
  [1, '100%'],
  [0.9731, '97.3%'],
  [0.9999, '99.9%'],
  [0.0001, '0.1%'],
])('a share of %s is %s', (share, text) => {
  expect(formatPercent(share)).toBe(text);
});

test.each([
  [0, '0'],
  [950, '950'],
  [1200, '1.2k'],
  [9960, '10k'],
  [34_000, '34k'],
  [999_499, '999k'],
  [999_500, '1M'],
  [1_250_000, '1.3M'],
])('%d is shortened to %s', (count, text) => {
  expect(formatShortCount(count)).toBe(text);
});

test('counts are grouped as the language does', () => {
  expect([formatCount(1234567, 'en'), formatCount(1234567, 'de')]).toEqual([
    '1,234,567',
    '1.234.567',
  ]);
});

test.each([
  [60_000, '09:05:07'],
  [24 * 3_600_000, '09:05'],
  [7 * 86_400_000, '11/3'],
  [30 * 86_400_000, '11/3'],
  // By its day alone nobody would know of which year.
  [2 * 365 * 86_400_000, '11/2026'],
])('at an axis of %d ms a moment is %s', (axisMs, text) => {
  expect(formatAxisTime(new Date(2026, 10, 3, 9, 5, 7).getTime(), axisMs, 'en')).toBe(text);
});
