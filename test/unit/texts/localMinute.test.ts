import { expect, test } from 'vitest';
import { localMinute, readLocalMinute } from '../../../src/texts/localMinute.ts';

test('a minute is read as it was written, in the time of this machine', () => {
  const atMs = new Date(2026, 0, 31, 9, 5).getTime();
  expect(localMinute(atMs + 30_000)).toBe('2026-01-31T09:05');
  expect(readLocalMinute('2026-01-31T09:05')).toBe(atMs);
});

test.each(['', 'soon', '1900-01-01T00:00'])('%j is no time that records have', (text) => {
  expect(readLocalMinute(text)).toBeNull();
});
