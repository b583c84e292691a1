import { expect, test } from 'vitest';
import { notListedText } from '../../../src/texts/notListedText.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';

test.each([
  [0, ''],
  [1, '1 more isn’t listed.'],
  [2, '2 more aren’t listed.'],
  [1_234, '1,234 more aren’t listed.'],
])('of %d more it says “%s”', (more, text) => {
  expect(notListedText(more, 'en', plainEnglish)).toBe(text);
});
