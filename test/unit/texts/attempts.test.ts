import { expect, test } from 'vitest';

import { shownAttemptsText } from '../../../src/texts/attempts.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';

const names = { before: 'Before', after: 'After' };

test.each<[string, Parameters<typeof shownAttemptsText>[0], string]>([
  ['neither was tried again', { before: null, after: null }, ''],
  ['one was', { before: null, after: { attempts: 3, rounds: 1 } }, 'After: attempt 3 of 3'],
  ['it was given up at once', { before: null, after: { attempts: 1, rounds: 1 } }, ''],
  [
    'both were, one of them in rounds',
    { before: { attempts: 2, rounds: 1 }, after: { attempts: 5, rounds: 3 } },
    'Before: attempt 2 of 2, After: last attempt of each round',
  ],
])('which attempt is shown: %s', (_, attempts, expected) => {
  expect(shownAttemptsText(attempts, names, plainEnglish)).toBe(expected);
});
