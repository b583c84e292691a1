import { describe, expect, test } from 'vitest';
import { formatMinute } from '../../../src/texts/format.ts';
import { localMinute, readMinute } from '../../../src/texts/localMinute.ts';

const at = (...[hour = 0, minute = 0]: number[]) => new Date(2026, 0, 31, hour, minute).getTime();

test('a minute is told in the time of this machine', () => {
  expect(localMinute(at(9, 5) + 30_000)).toBe('2026-01-31T09:05');
});

describe('a moment is read', () => {
  test.each<[string, string, number]>([
    ['1/31/2026, 09:05', 'en', at(9, 5)],
    ['1/31/2026 21:05', 'en', at(21, 5)],
    ['31/01/2026, 09:05', 'en-gb', at(9, 5)],
    ['31.1.2026, 09:05', 'de', at(9, 5)],
    ['2026/1/31 09:05', 'zh-cn', at(9, 5)],
    ['2026年1月31日 9:05', 'zh-cn', at(9, 5)],
    ['2026-01-31T09:05', 'en', at(9, 5)],
    [' 2026-01-31 09:05 ', 'de', at(9, 5)],
    ['1/31/2026', 'en', at()],
    // The year tells the calendar.
    ['2026-01-31T09:05', 'fa', at(9, 5)],
    ['31/1/2026 09:05', 'th', at(9, 5)],
    ['31/1/2569 09:05', 'th', at(9, 5)],
    ['1404/11/11 09:05', 'fa', at(9, 5)],
    ['2026-01-31', 'zh-cn', at()],
  ])('%s in %s', (text, language, expected) => {
    expect(readMinute(text, language)).toBe(expected);
  });

  test.each([
    'en',
    'en-gb',
    'de',
    'fr',
    'ja',
    'zh-cn',
    'zh-tw',
    'ko',
    'ru',
    'pt-br',
    'pl',
    'tr',
    'cs',
    'bg',
    'hr',
    // Digits and calendars of their own.
    'ar-eg',
    'ar-sa',
    'fa',
    'th',
    'th-u-nu-thai',
    'hi-u-nu-deva',
    'bn',
  ])('as it is written in %s, of 24 hours', (language) => {
    for (const moment of [at(), at(9, 5), at(12), at(23, 59)]) {
      const text = formatMinute(moment, language);
      expect(text).not.toMatch(/[ap]\.?m|[上下]午/i);
      expect(readMinute(text, language), text).toBe(moment);
    }
  });
});

test.each(['fa', 'th', 'ar-sa'])('each day of a year, as it is written in %s', (language) => {
  for (let day = 1; day <= 365; day++) {
    const moment = new Date(2028, 0, day, 12, 30).getTime();
    expect(readMinute(formatMinute(moment, language), language), String(day)).toBe(moment);
  }
});

test.each(['32/1/2569', '30/2/2569', '1/13/2569'])('%s is no day of its calendar', (text) => {
  expect(readMinute(text, 'th')).toBeNull();
});

test.each([
  ...['', 'soon', '1900-01-01T00:00', '13/1/2026', '2/30/2026', '2026-02-30', '1/31/2026 24:00'],
  ...['1/31/2026 9:60', '1/31/2026 9', '1/31/2026 9:05 pm', '31'],
])('%j is no time that records have', (text) => {
  expect(readMinute(text, 'en')).toBeNull();
});
