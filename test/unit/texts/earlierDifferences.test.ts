import { describe, expect, test } from 'vitest';

import type { FirstDifference } from '../../../src/compare/firstDifference.ts';
import type { Aspect, DifferenceGroup, GroupItem } from '../../../src/compare/groups.ts';
import type { ToldRow } from '../../../src/compare/toldRow.ts';
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
    rowAt: () => undefined,
  };
}

const nowFailed = ['succeeded', 'failed'] as const;

test.each([
  [
    'it fails now',
    told(3, nowFailed, 'value'),
    /explain the failure\. “a step that/,
    /^doesn’t expl/,
  ],
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

describe('why earlier steps don’t explain a failure is said of each', () => {
  const items = (rows: readonly (readonly [row: number, having: number | null])[]) =>
    rows.map(([row, having]): GroupItem => ({
      ...{ aspect: 'value', row, path: [], before: 1, after: 2, having },
      change: 'changed',
    }));
  const pair = (
    rows: readonly (readonly [row: number, having: number | null])[],
    otherData: readonly number[] = [],
  ) => ({
    ...told(9, nowFailed, 'value'),
    groups: [{ kind: 'outputs', items: items(rows), total: rows.length }] as const,
    rowAt: (place: number) =>
      ({
        ...{ name: `Step ${String(place)}`, nodeId: 'n', type: '' },
        ...(otherData.includes(place) && { hasOtherData: true }),
      }) as ToldRow,
  });

  const head =
    'Earlier steps differ as well, but as far as is known that doesn’t explain the failure.';

  test.each([
    ['good runs', pair([[1, 2]]), '“Step 1”: good runs had that, too.'],
    ['other data', pair([[1, null]], [1]), '“Step 1”: it received different data.'],
    [
      'one of two values',
      pair([
        [1, 2],
        [1, 0],
      ]),
      '“Step 1”: nothing is known to lead from there to the failure.',
    ],
    [
      'several',
      pair(
        [
          [4, null],
          [3, 1],
          [1, 2],
          [10, 2],
        ],
        [4],
      ),
      '“Step 1”, “Step 3”: good runs had that, too. “Step 4”: it received different data.',
    ],
    [
      'many',
      pair([1, 2, 3, 4, 5].map((row) => [row, 1] as const)),
      '“Step 1”, “Step 2”, “Step 3”, 2 more steps: good runs had that, too.',
    ],
    [
      'one more',
      pair([1, 2, 3, 4].map((row) => [row, 1] as const)),
      '“Step 1”, “Step 2”, “Step 3”, 1 more step: good runs had that, too.',
    ],
  ])('%s', (_, compared, text) => {
    expect(earlierText(compared, plainEnglish)).toBe(`${head} ${text}`);
  });

  test('at its row as well', () => {
    const row = { mark: 'changed', place: 1 } as const;
    expect(earlierRowText(row, pair([[1, 2]]), plainEnglish)).toBe(
      'doesn’t explain the failure, as far as is known: good runs had that, too',
    );
  });
});
