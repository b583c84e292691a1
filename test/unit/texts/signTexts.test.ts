import { expect, test } from 'vitest';

import type { ToldSign } from '../../../src/protocol/signs.ts';
import { noSignText, signInBrief } from '../../../src/texts/signTexts.ts';
import { plainEnglish as t } from '../../support/plainEnglish.ts';

const place = { row: 'r', nodeId: 'rpa::3', name: 'Enter', type: 'rpa', match: null, path: 'rows' };
const sign = (parts: Partial<ToldSign>): ToldSign => ({
  ...{ kind: 'missing', section: 'input', name: 'rows', type: null, expected: null },
  ...{ isDeclared: false, goodRuns: 3, text: '', place },
  ...parts,
});
const input = { section: 'input', goodRuns: 3 } as const;
const output = { section: 'output', goodRuns: 3 } as const;
const whole = { ...output, place: { ...place, row: null, name: '', nodeId: '' } };

test.each<[Partial<ToldSign>, string]>([
  [{ ...input }, '“Enter” was started without “rows”. 3 good runs had it.'],
  [{ ...output, name: 'rows[0].no' }, '“Enter” returned no “rows[0].no”. 3 good runs had it.'],
  [
    { ...output, kind: 'otherType', type: 'text', expected: 'number' },
    '“Enter” returned a string for “rows”. In good runs it was a number.',
  ],
  [{ ...input, goodRuns: 1 }, '“Enter” was started without “rows”. In the good run it wasn’t.'],
  [
    { ...input, kind: 'empty', goodRuns: 0, isDeclared: true },
    '“Enter” was started with an empty “rows”. The flow file declares it, and no good run is known.',
  ],
  [
    { ...input, kind: 'otherType', type: 'text', expected: 'list' },
    '“Enter” was started with a string for “rows”. In good runs it was a list.',
  ],
  [
    { ...input, kind: 'otherType', type: 'boolean', expected: 'number', isDeclared: true },
    '“Enter” was started with true or false for “rows”. The flow file declares a number.',
  ],
  [
    { ...output, kind: 'empty' },
    '“Enter” succeeded with an empty “rows”. In 3 good runs it never was.',
  ],
  [
    { ...output, kind: 'errorResult', text: 'no sheet' },
    '“Enter” succeeded, but returned an error in “rows”: “no sheet”. None of 3 good runs returned one.',
  ],
  [
    { ...output, kind: 'errorResult', goodRuns: 1 },
    '“Enter” succeeded, but returned an error in “rows”. The good run returned none.',
  ],
  [
    { ...output, kind: 'errorResult', goodRuns: 0 },
    '“Enter” succeeded, but returned an error in “rows”.',
  ],
  [
    { ...whole, kind: 'empty' },
    'The execution succeeded with an empty answer. In 3 good runs it never was.',
  ],
  [
    { ...whole, kind: 'errorResult', goodRuns: 0 },
    'The execution succeeded, but its answer is an error.',
  ],
  [
    { ...whole, kind: 'errorResult', goodRuns: 0, text: 'no' },
    'The execution succeeded, but its answer is an error: “no”.',
  ],
])('%j', (parts, expected) => {
  expect(signInBrief(sign(parts), t)).toBe(expected);
});

test('where nothing stands out it says against what', () => {
  expect([0, 1, 4].map((count) => noSignText(count, t))).toEqual([
    'Up to the failure nothing is missing, empty or of a different type; no good run is known to compare with.',
    'Up to the failure nothing is missing, empty or of a different type than in 1 good run.',
    'Up to the failure nothing is missing, empty or of a different type than in 4 good runs.',
  ]);
});
