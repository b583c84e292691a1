import { describe, expect, it } from 'vitest';
import type { TreeRow } from '../../../src/protocol/tree.ts';
import { inspectorSections } from '../../../src/view/inspectorSections.ts';
import { roundNotes, roundOfItem, roundsToChoose } from '../../../src/view/rounds.ts';
import { withoutEntry } from '../../../src/texts/withoutEntry.ts';
import { createTranslate } from '../../../webview/l10n.ts';
import { named, nodeContent, wholeExecution } from '../../webview/inspectorContents.ts';
import { row } from '../../webview/treeRows.ts';

const t = createTranslate(null);
const content = (kept: readonly number[], parts: Partial<TreeRow> = {}) =>
  nodeContent({ input: kept.map((round) => named('x', `v${round}`, { round })) }, row('a', parts));
const failedItems = (items: readonly number[] | null, total: number | null = 5) => ({
  ...{ total, failed: items?.length ?? 1, items },
});

describe('rounds to choose', () => {
  it.each([
    ['none', [], {}, null],
    ['those that are kept', [0, 1, 2], {}, { count: 3, initial: 2, failed: [] }],
    [
      'those that failed, too, and one of these first',
      [0, 2, 3],
      { status: 'recovered', failedItems: failedItems([1, 4]) },
      { count: 5, initial: 1, failed: [1, 4] },
    ],
    [
      'none beyond the one that ended it',
      [0, 1],
      { status: 'failed', failedItems: failedItems([2]) },
      { count: 3, initial: 2, failed: [2] },
    ],
    [
      'those that are kept where nobody knows which failed',
      [0, 1, 2],
      { status: 'recovered', failedItems: failedItems(null) },
      { count: 3, initial: 2, failed: [] },
    ],
    [
      'entries where it was tried again: of an item that failed the last one',
      [0, 1, 2, 3, 4],
      {
        status: 'failed',
        failedItems: failedItems([2]),
        tried: { rounds: 3, attempts: 4, failed: [4] },
      },
      { count: 5, initial: 4, failed: [4] },
    ],
  ] as const)('are %s', (_name, kept, parts, expected) => {
    const shown = content(kept, parts);
    expect(roundsToChoose(shown, inspectorSections(shown))).toStrictEqual(expected);
  });
});

it.each<[string, Partial<TreeRow>, number]>([
  ['the round of its number', { failedItems: failedItems([1, 2]) }, 2],
  [
    'the last entry of it where it was tried again',
    {
      failedItems: failedItems([1, 2]),
      tried: { rounds: 3, attempts: null, failed: [2, 5] },
    },
    5,
  ],
])('an item that failed is shown by %s', (_name, parts, round) => {
  expect(roundOfItem(row('a', parts), 2)).toBe(round);
  expect(roundOfItem(row('a', parts), 9)).toBe(9);
  expect(roundOfItem(undefined, 2)).toBe(2);
});

describe('notes', () => {
  it.each<[string, Partial<TreeRow>, RegExp]>([
    [
      'which items failed',
      { status: 'recovered', failedItems: failedItems([1, 4]) },
      /^2 of 5 items failed\. Items 2, 5\. For a failed item/,
    ],
    [
      'that the record doesn’t say which',
      { status: 'recovered', failedItems: failedItems(null) },
      /^1 of 5 items failed\. The record doesn’t say which\./,
    ],
    [
      'of a round with entries of its own that it failed',
      { status: 'recovered', round: 1, failedItems: failedItems([1]) },
      /^Item 2 of 5 failed here\.$/,
    ],
    [
      'the same where nobody knows of how many',
      { status: 'recovered', round: 1, failedItems: failedItems([1], null) },
      /^Item 2 failed here\.$/,
    ],
    ['what the rounds are not', { isUnplaced: true }, /doesn’t say which ones/],
    ['that rounds are mixed', { mixesRounds: true }, /failed in a later round/],
    ['nothing of an ordinary one', {}, /^$/],
  ])('tell %s', (_name, parts, said) => {
    expect(roundNotes(content([0], parts), t).join(' ')).toMatch(said);
  });

  it('tell nothing of an execution', () => {
    expect(roundNotes(wholeExecution(), t)).toStrictEqual([]);
  });
});

describe('a step without an entry', () => {
  it.each<[string, Partial<TreeRow>, RegExp]>([
    ['did not run', { status: 'notRun' }, /is in the flow file/],
    [
      'most likely failed',
      { inferred: true, status: 'failed' },
      /^Most likely the execution failed/,
    ],
    ['has no name', { inferred: true, status: 'failed', nodeId: '' }, /doesn’t name it/],
    ['the flow went on', { inferred: true, status: 'recovered' }, /left no entry, but it ran/],
    ['was cut off', { inferred: true, status: 'cancelled' }, /^Most likely .* cut off/],
    ['holds others', { inferred: true, status: 'failed', expanded: true }, /for steps within it/],
  ])('%s', (_name, parts, said) => {
    const { what, why } = withoutEntry(row('a', parts));
    expect(what).toMatch(said);
    expect(why.length).toBeGreaterThan(0);
  });

  it('that failed is not said to be one that did not run', () => {
    const { why } = withoutEntry(row('a', { inferred: true, status: 'failed' }));
    expect(why.join(' ')).not.toContain('Another branch was taken');
  });
});
