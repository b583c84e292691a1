import { describe, expect, it } from 'vitest';

import { inOneGo } from '../../../src/base/steps.ts';
import { longestRun, matchSequences } from '../../../src/compare/sequence.ts';

/** Both as letters; what is the same belongs together. */
function matched(before: string, after: string) {
  const keys = (text: string) => (index: number) => text[index] ?? null;
  const sizes = { before: before.length, after: after.length };
  const passes = [{ before: keys(before), after: keys(after), work: 1 }];
  const { partners, moved, left } = inOneGo(matchSequences(sizes, passes, () => true));
  return { partners: partners.join(' '), moved: [...moved], left };
}

describe('two sequences', () => {
  it.each([
    ['', '', '', [], []],
    ['abc', 'abc', '0 1 2', [], []],
    ['abc', 'xabc', '-1 0 1 2', [], []],
    ['abc', 'ac', '0 2', [], [1]],
    // What differs stands between what is the same.
    ['abc', 'axc', '0 1 2', [], []],
    ['abcd', 'dabc', '3 0 1 2', [0], []],
    // One more of many that are the same shifts none.
    ['aaab', 'aaaab', '0 1 2 -1 3', [], []],
    ['abab', 'baba', '1 0 3 2', [0, 2], []],
  ])('%s and %s', (before, after, partners, moved, left) => {
    expect(matched(before, after)).toEqual({ partners, moved, left });
  });

  it.each([
    [[], []],
    [
      [3, 1, 2],
      [1, 2],
    ],
    [
      [0, 1, 2],
      [0, 1, 2],
    ],
    [[2, 1, 0], [2]],
  ])('of %j the longest run that grows is at %j', (values, places) => {
    expect([...longestRun(values)].sort()).toEqual(places);
  });
});
