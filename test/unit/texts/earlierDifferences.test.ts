import { expect, test } from 'vitest';

import type { FirstDifference } from '../../../src/compare/firstDifference.ts';
import type { Aspect, DifferenceGroup, GroupItem } from '../../../src/compare/groups.ts';
import { earlierRowText, earlierText } from '../../../src/texts/earlierDifferences.ts';
import type { Outcome } from '../../../src/trace/execution.ts';
import { plainEnglish } from '../../support/plainEnglish.ts';

const side = (outcome: Outcome) => ({
  ...{ beginMs: 0, durationMs: 1_000, code: 0, message: '', outcome },
});

function told(row: number | null, outcomes: readonly [Outcome, Outcome], aspect: Aspect, at = 1) {
  const first: FirstDifference | null =
    row === null
      ? null
      : {
          ...{ what: 'status', row, value: null, more: 0, ran: -1, insteadOf: -1, runs: null },
          effect: null,
        };
  const item: GroupItem = {
    ...{ aspect, row: at, path: [], before: 1, after: 2, having: null },
    change: 'changed',
  };
  const groups: readonly DifferenceGroup[] = [{ kind: 'outputs', items: [item], total: 1 }];
  return {
    ...{ first, groups },
    ...{ before: side(outcomes[0]), after: side(outcomes[1]) },
  };
}

const nowFailed = ['succeeded', 'failed'] as const;

test.each([
  ['it fails now', told(3, nowFailed, 'value'), /explain the failure: good runs/, /^doesn’t expl/],
  [
    'it no longer fails',
    told(3, ['failed', 'succeeded'], 'value'),
    /why it didn’t fail\.$/,
    /^isn’t/,
  ],
  [
    'both went well',
    told(3, ['succeeded', 'succeeded'], 'order'),
    /in less, such/,
    /^differs less/,
  ],
])('steps before the first difference are told of where %s', (_, pair, sentence, row) => {
  expect(earlierText(pair, plainEnglish)).toMatch(sentence);
  expect(earlierRowText({ mark: 'changed', place: 1 }, pair, plainEnglish)).toMatch(row);
  // Neither what is the same, nor the first difference, nor what comes after it.
  for (const [mark, place] of [
    ['same', 1] as const,
    ['changed', 3] as const,
    ['added', 4] as const,
  ])
    expect(earlierRowText({ mark, place }, pair, plainEnglish)).toBe('');
});

test.each([
  ['nothing differs first', told(null, nowFailed, 'value')],
  ['the first one differs', told(1, nowFailed, 'value')],
  ['a later one differs', told(1, nowFailed, 'value', 2)],
  ['the execution itself differs', told(1, nowFailed, 'value', -1)],
  ['times alone differ', told(3, nowFailed, 'duration')],
  ['values differ that do so in each run', told(3, nowFailed, 'ownData')],
])('nothing is said where %s', (_, pair) => {
  expect(earlierText(pair, plainEnglish)).toBe('');
});
