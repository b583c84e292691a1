import { expect, test } from 'vitest';

import type { SideBySide } from '../../../src/protocol/compare.ts';
import { partOfStep, sideTitle } from '../../../src/texts/sideTitle.ts';
import { plainEnglish as t } from '../../support/plainEnglish.ts';

type Section = SideBySide['sections'][number];

const change = { path: ['total'], change: 'changed', before: 1, after: 2 } as const;
const section = (name: Section['section'], changes: number, more = 0, folded = 0) => ({
  folded,
  ...{ section: name, changes: Array.from({ length: changes }, () => change), moreChanges: more },
});

test.each<[string, Parameters<typeof sideTitle>[0], number, string, boolean]>([
  ['nothing', section('input', 0), 0, 'Input: the same', false],
  [
    'values, however many lines they take',
    section('output', 2, 3),
    9,
    'Output: 5 values differ',
    true,
  ],
  ['one of them', section('config', 1), 2, 'Configuration: 1 value differs', true],
  ['what is another in every run', section('input', 0), 4, 'Input: no relevant differences', false],
  ['lines of logs', section('logs', 0), 4, 'Logs: 4 lines differ', true],
  ['one of them', section('logs', 0), 1, 'Logs: 1 line differs', true],
])('side by side it says of %s: %j, %d lines: %s', (_, of, lines, text, isTelling) => {
  expect(sideTitle(of, lines, 'changed', t)).toEqual({ text, isTelling });
});

test.each([
  [['changed', 'added', 'removed'], 0, 'Input: 1 value differs, 1 value added, 1 value removed'],
  [['removed'], 0, 'Input: 1 value removed'],
  [['added', 'added', 'removed', 'removed'], 0, 'Input: 2 values added, 2 values removed'],
  [['added', 'changed'], 3, 'Input: 4 values differ, 1 value added'],
] as const)('what came and went is counted by itself: %j and %d more', (kinds, more, text) => {
  const changes = kinds.map((kind) => ({ ...change, change: kind }));
  const of = { ...section('input', 0, more), changes };
  expect(sideTitle(of, 9, 'changed', t)).toEqual({ text, isTelling: true });
});

test.each([
  ['input', 'Input of Save (After)'],
  ['output', 'Output of Save (After)'],
  ['config', 'Configuration of Save (After)'],
  ['logs', 'Logs of Save (After)'],
] as const)('a tab of its own says what it shows: %s', (of, text) => {
  expect(partOfStep(of, 'Save (After)', t)).toBe(text);
});

test('of what ran in one of the two alone it counts nothing', () => {
  expect(sideTitle(section('input', 0), 3, 'added', t)).toEqual({ text: 'Input', isTelling: true });
});

test.each([
  [4, 2, 'Input: 4 values differ; 2 others differ in every run'],
  [1, 1, 'Input: 1 value differs; 1 other differs in every run'],
  [0, 3, 'Input: no relevant differences; 3 values differ in every run'],
  [0, 1, 'Input: no relevant differences; 1 value differs in every run'],
])('of %d values that differ and %d that are others in every run: %s', (count, folded, text) => {
  expect(sideTitle(section('input', count, 0, folded), 9, 'changed', t)).toEqual({
    ...{ text, isTelling: count > 0 },
  });
});
