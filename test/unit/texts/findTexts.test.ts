import { describe, expect, test } from 'vitest';
import type { LineageEnd, LineageLink } from '../../../src/lineage/lineage.ts';
import type { FindAnswer, FoundPlace } from '../../../src/protocol/find.ts';
import type { LineageAnswer, LineageStep } from '../../../src/protocol/lineage.ts';
import { findFaultText, findStateText, foundCountText } from '../../../src/texts/findTexts.ts';
import {
  lineageEndText,
  lineageTitle,
  whichTexts,
  linkHowText,
  linkText,
} from '../../../src/texts/lineageTexts.ts';
import { leftOutText } from '../../../src/texts/leftOutTexts.ts';
import { earlierText } from '../../../src/texts/listReachText.ts';
import { placeText } from '../../../src/texts/placeTexts.ts';
import { plainEnglish as t } from '../../support/plainEnglish.ts';

const query = { key: 'k', text: 'x', isPattern: false, matchCase: false, wholeWord: false };
const answer = (parts: Partial<FindAnswer>): FindAnswer => ({
  ...{ query: { ...query, offset: 0, limit: 10 }, total: 0, rows: 0, start: 0, hits: [] },
  ...{ state: 'done', share: 1, unread: 0, stored: null, longestSure: null, fault: null },
  ...parts,
});

describe('a search in an execution', () => {
  test.each<[Partial<FindAnswer>, number, string]>([
    [{}, -1, 'No results'],
    [{ state: 'searching' }, -1, ''],
    [{ total: 1 }, -1, '1 result'],
    [{ total: 1, state: 'searching' }, -1, '1+ results'],
    [{ total: 12 }, -1, '12 results'],
    [{ total: 12 }, 3, '4 of 12'],
    [{ total: 5_000, state: 'cut' }, 0, '1 of 5000+'],
  ])('of %o, at %i, has found “%s”', (parts, at, text) => {
    expect(foundCountText(answer(parts), at, t)).toBe(text);
  });

  test.each<[Partial<FindAnswer>, boolean, string]>([
    [{}, false, ''],
    [
      { longestSure: 4_096 },
      false,
      'Long texts are searched in parts: results of more than 4096 characters may be missing or cut off.',
    ],
    [
      { stored: { count: 1, first: {} as FoundPlace } },
      false,
      '1 large value stored elsewhere wasn’t searched.',
    ],
    [
      { stored: { count: 2, first: {} as FoundPlace } },
      false,
      '2 large values stored elsewhere weren’t searched.',
    ],
    [{ fault: { kind: 'failed', detail: 'x' } }, false, 'The search stopped: x'],
    [{ state: 'searching', share: 0.402 }, false, 'Searching: 40% of the execution…'],
    [{ state: 'searching', share: 0.5 }, true, 'Stopped: 50% of the execution was searched.'],
    [{ state: 'cut', total: 5_000 }, false, 'Too many results: the search ended at 5000.'],
    [{ unread: 1 }, false, '1 record below it can’t be read any more.'],
    [{ unread: 3 }, false, '3 records below it can’t be read any more.'],
    [
      { fault: { kind: 'invalid', detail: 'missing )' } },
      false,
      'Not a regular expression: missing )',
    ],
  ])('of %o says “%s”', (parts, isStopped, text) => {
    expect(findStateText(answer(parts), isStopped, t)).toBe(text);
  });

  test('says of a pattern that takes too long why it is none', () => {
    expect(findFaultText({ kind: 'notLinear', detail: '' }, t)).toMatch(/^This regular expression/);
  });
});

const place = (parts: Partial<FoundPlace> = {}): FoundPlace => ({
  ...{ row: 'r', nodeId: 'rpa::1', name: 'Click save', type: 'rpa', match: null, path: '' },
  ...parts,
});
const match = (section: 'input' | 'output' | 'logs' | 'other', entry = 'x') =>
  ({ section, entry, path: '', part: 'value', offset: 0, length: 1 }) as const;

describe('a place', () => {
  test.each<[Partial<FoundPlace>, string]>([
    [{}, 'Click save, Name'],
    [{ match: match('input'), path: 'a.b' }, 'Click save, Input a.b'],
    [{ match: match('output') }, 'Click save, Output'],
    [{ match: match('logs', '7') }, 'Click save, Logs, line 8'],
    [{ match: match('logs', 'stream:0') }, 'Click save, Logs'],
    [{ row: null, match: match('input'), path: 'question' }, 'This execution, Question question'],
    [{ row: null, match: match('output') }, 'This execution, Answer'],
    [{ row: null, match: match('other') }, 'This execution, Record'],
    [{ row: null, match: match('logs', '0') }, 'This execution, Logs, line 1'],
    [{ name: '', match: match('other') }, 'RPA robot, Other'],
    [
      { nodeId: '', name: '1958443321', type: 'rpa-server', executionKind: 'rpa' },
      'RPA robot 1958443321, Name',
    ],
  ])('%o is “%s”', (parts, text) => {
    expect(placeText(place(parts), t)).toBe(text);
  });
});

describe('the way of a value', () => {
  const link = (how: LineageLink['how'], by: LineageLink['by'], isSame: boolean | null = null) => ({
    ...{ how, by, isSame },
  });
  test.each<[LineageLink, string]>([
    [link('observed', 'reference', true), 'The flow file says so, and the values are equal.'],
    [link('inferred', 'reference', false), 'The flow file says so; the values differ.'],
    [link('inferred', 'reference'), 'The flow file says so; the record doesn’t show it.'],
    [
      link('ambiguous', 'reference', true),
      'The flow file says so, and the values are equal; another one fits as well.',
    ],
    [link('inferred', 'value', true), 'An equal value, which no other step returned.'],
    [link('ambiguous', 'reference', false), 'The flow file says so; the values differ.'],
    [link('ambiguous', 'value', true), 'An equal value, which occurs elsewhere too.'],
    [link('inferred', 'part'), 'One of the two is a part of the other.'],
    [link('observed', 'within'), 'This step received the same value.'],
    [link('inferred', 'text'), 'A text in the settings of the step names this input.'],
    [
      link('inferred', 'text', false),
      'A text in the settings of the step names this input, which doesn’t contain the value.',
    ],
  ])('is known by %o', (known, text) => {
    expect(linkText(known, t)).toBe(text);
    expect(linkHowText(known, t)).toBe(known.how);
  });

  const asked = { key: 'k', row: 'r', section: 'input', index: 0, path: '' } as const;
  const way = (end: LineageEnd, steps = 2, more = 0): LineageAnswer => ({
    query: { ...asked, direction: 'from' },
    steps: Array.from({ length: steps }, (_, nth): LineageStep => {
      const step = place({ name: `Step ${String(nth)}`, match: match('input'), path: 'no' });
      return { ...step, value: '7', link: null, asked: { ...asked, direction: 'from' } };
    }),
    ...{ candidates: [], end, more },
  });

  test.each<[LineageEnd, string]>([
    ['start', 'It came in at the start.'],
    ['made', '“Step 1” produced it.'],
    ['changed', 'It was changed after “Step 1”.'],
    ['emptied', '“Step 1” returned nothing here.'],
    ['ambiguous', 'It may have come from more than one place.'],
    ['unknown', 'It isn’t known where it came from.'],
    ['notTelling', 'The value is too common to tell where it came from.'],
    ['cut', 'There are more steps than are shown.'],
    ['users', ''],
  ])('that ends %s says so', (end, text) => {
    expect(lineageEndText(way(end), t)).toBe(text);
  });

  test('to those who used it says how many more there are, or that there is none', () => {
    expect(lineageEndText(way('users', 2, 3), t)).toBe('3 more used it.');
    expect(lineageEndText(way('users', 1), t)).toBe('No step is known to have used it.');
    expect(lineageEndText(way('made', 0), t)).toBe('“” produced it.');
  });

  test('is called by what was asked for', () => {
    expect(lineageTitle(way('start'), t)).toBe('Where “Input no” of “Step 0” came from');
    const to = { ...way('users'), query: { ...asked, direction: 'to' } } as const;
    expect(lineageTitle(to, t)).toBe('Who used “Input no” of “Step 0”');
    expect(lineageTitle(way('start', 0), t)).toBe('');
  });
});

test.each([
  [{ isLooking: true, backToMs: null, hasMore: true }, 'Looking through the history…'],
  [{ isLooking: false, backToMs: null, hasMore: true }, 'The history has older executions'],
  [{ isLooking: false, backToMs: 0, hasMore: true }, /^From the history: since /],
  [{ isLooking: false, backToMs: 0, hasMore: false }, /^All of the history: since /],
] as const)('how far the history was looked through: %o', (progress, text) => {
  expect(earlierText({ ...progress } as never, 'en', 1_000, t)).toMatch(text);
});

test.each([
  [undefined, ''],
  [{ nodes: 1, data: false }, '1 step isn’t listed: the record had no room for it.'],
  [{ nodes: 7, data: false }, '7 steps aren’t listed: the record had no room for them.'],
  [
    { nodes: 0, data: true },
    'Inputs, outputs or logs were left out: the record was too large with all of them.',
  ],
] as const)('what a record lacks: %o', (leftOut, text) => {
  expect(leftOutText(leftOut, t)).toBe(text);
});

describe('steps of one name', () => {
  const step = (name: string, row: string, round: number | null, sinceMs: number | null) => ({
    ...{ name, row, nodeId: 'a::1', match: null, path: '', type: '' },
    when: { round, sinceMs },
  });

  const entry = (round: number) => {
    const one = step('A', '1', round, 0);
    return { ...one, when: { ...one.when, isEntry: true } as const };
  };

  test.each([
    ['alone', [step('A', '1', null, 0), step('B', '2', null, 5)], ['', '']],
    ['twice on one row', [step('A', '1', null, 0), step('A', '1', null, 0)], ['', '']],
    ['by their round', [step('A', '1', 0, 0), step('A', '1', 2, 0)], ['round 1', 'round 3']],
    ['by their entry', [entry(0), entry(2)], ['entry 1', 'entry 3']],
    [
      'by their time',
      [step('A', '1', null, 40), step('A', '2', null, 1_500)],
      ['after 40 ms', 'after 1.50 s'],
    ],
    [
      'by which they are',
      [step('A', '1', null, null), step('B', '9', null, 1), step('A', '2', null, null)],
      ['1 of 2', '', '2 of 2'],
    ],
  ])('%s', (_, steps, expected) => {
    expect(whichTexts(steps, t)).toEqual(expected);
  });
});
