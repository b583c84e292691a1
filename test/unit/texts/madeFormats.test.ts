import { afterEach, expect, test, vi } from 'vitest';

import { dateFormat } from '../../../src/texts/madeFormats.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const day = { day: 'numeric' } as const;

test.each([
  ['the same', () => dateFormat('en', day), true],
  ['another language', () => dateFormat('de', day), false],
  ['another form', () => dateFormat('en', { month: 'numeric' }), false],
  ['another zone', () => dateFormat('en', { ...day, timeZone: 'Asia/Tokyo' }), false],
])('%s is made once', (_, format, isSame) => {
  expect(format() === dateFormat('en', day)).toBe(isSame);
});

test('a computer that came to another zone has its formats made anew', () => {
  const before = dateFormat('en', day);
  const offset = vi.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(123);
  expect(dateFormat('en', day)).not.toBe(before);
  offset.mockRestore();
});

test('more of them than a page has are not kept', () => {
  const first = dateFormat('en', day);
  for (const region of regions()) dateFormat(region, day);
  expect(dateFormat('en', day)).not.toBe(first);
});

function regions(): string[] {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  return ['E', 'U', 'G'].flatMap((first) =>
    letters.split('').map((second) => `en-${first}${second}`),
  );
}
