import { expect, test } from 'vitest';
import { listReachText } from '../../../src/texts/listReachText.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';

const noon = new Date(2026, 10, 24, 12, 0, 0).getTime();

test.each([
  [{ sinceMs: noon, before: 12, state: 'idle' }, 'All since 12:00:00'],
  [{ sinceMs: noon - 86_400_000, before: 1, state: 'idle' }, 'All since 11/23/2026, 12:00:00'],
  [{ sinceMs: null, before: 12, state: 'idle' }, 'The topic has older executions'],
  [{ sinceMs: noon, before: 0, state: 'idle' }, 'From the beginning of the topic'],
  [{ sinceMs: noon, before: 12, state: 'reading' }, 'Loading older executions…'],
  [{ sinceMs: noon, before: 0, state: 'full' }, 'Memory is full: all since 12:00:00'],
] as const)('%o is told as “%s”', (reach, text) => {
  expect(listReachText(reach, 'en', noon + 60_000, plainEnglish)).toBe(text);
});
