import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { causes, causeOf } from '../../../src/diagnosis/causes.ts';
import { labelledTexts } from './labelledTexts.ts';

// How engines, drivers, systems, models and databases say it, in both languages. The `holdout` files were written after the
// patterns and before anybody tried them: how many of them were read right at once is noted at their heads.
const files = readdirSync(new URL('texts/', import.meta.url)).map((file) => basename(file, '.txt'));
const rows = files.flatMap((name) => labelledTexts(name));
const wrapped = (text: string) => [
  text,
  `Task exec failed: ${text}`,
  `RPA node request failed(${text})`,
];

test.each(rows.map(({ text, cause }) => [text, cause ?? 'nothing'] as const))(
  '%j → %s',
  (text, expected) => {
    for (const form of wrapped(text)) {
      expect(causeOf([{ text: form }])?.cause ?? 'nothing', form).toBe(expected);
    }
  },
);

test('every cause that messages tell has texts, and so has what tells nothing', () => {
  const told = new Set(rows.map(({ cause }) => cause));
  const missing = Object.entries(causes)
    .filter(([cause, { patterns }]) => patterns.length > 0 && !told.has(cause))
    .map(([cause]) => cause);
  // Sentences of the platform itself, which `causes.test.ts` has.
  expect(missing).toEqual([
    'sixtySecondWall',
    'unknownTaskStatus',
    'invalidTaskUrl',
    'robotTimeout',
  ]);
  expect(rows.filter(({ cause }) => cause === null).length).toBeGreaterThan(150);
});
