import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { inTimeOrder, isWithLater, laterTexts } from '../../../src/texts/timeOrder.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';
import { repositoryRoot } from '../../support/paths.ts';

const order = (before: number | null, after: number | null) => ({
  before: { beginMs: before },
  after: { beginMs: after },
});

describe('which of two ran first', () => {
  test.each([
    [1, 2, false],
    [2, 1, true],
    [1, 1, false],
    [null, 1, false],
    [1, null, false],
  ])('%s and %s', (before, after, isLater) => {
    expect(isWithLater(order(before, after))).toBe(isLater);
    const text = inTimeOrder(order(before, after), plainEnglish)('{1} (before: {0})', 'a', 'b');
    expect(text).toBe(isLater ? 'b (later: a)' : 'b (before: a)');
  });

  test('has both words for each text that says one of them', () => {
    const files = ['compareTexts', 'firstDifferenceText', 'compareGroupTexts', 'comparedRowTexts'];
    const code = files
      .map((file) => readFileSync(join(repositoryRoot, `src/texts/${file}.ts`), 'utf8'))
      .join('\n');
    const texts = [...code.matchAll(/\b(?:t|msg)\(\s*'([^']*)'/g)].map(([, text = '']) => text);
    // The steps before it are those of the same execution.
    const says = texts.filter((text) => /\bbefore\b/.test(text.replace('steps before it', '')));
    expect(says.length).toBeGreaterThan(40);
    // Not of the other one: what is before a place, or before both.
    const own = [
      '{0} is a different ID than in the steps before it',
      'No run before it had the first difference.',
      'As far as is known, nothing before it differed from the good runs.',
    ];
    expect(says.filter((text) => !laterTexts.has(text) && !own.includes(text))).toEqual([]);
    const later = [...laterTexts.values()];
    expect(later.filter((text) => /before[:.]|\b(?:did|didn’t) before/.test(text))).toEqual([]);
  });
});
