import { describe, expect, it } from 'vitest';

import { inOneGo } from '../../../src/base/steps.ts';
import { LikenessRoom, longestRun, matchSequences } from '../../../src/compare/sequence.ts';

/** Both as letters; what is the same belongs together. */
function matched(before: string, after: string, byLikeness = false) {
  const keys = (text: string) => (index: number) => text[index] ?? null;
  const sizes = { before: before.length, after: after.length };
  const passes = [{ before: keys(before), after: keys(after), work: 1 }];
  const likeness = {
    of: (one: number, other: number) => Number(before[one]?.toUpperCase() === after[other]),
    room: new LikenessRoom(),
  };
  const { partners, moved, left } = inOneGo(
    matchSequences(sizes, passes, () => true, byLikeness ? likeness : undefined),
  );
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

  /** What is between those that are the same belongs to what it is most like: a letter to its capital. */
  it.each([
    ['abc', 'xABC', '-1 0 1 2'],
    ['abc', 'AC', '0 2'],
    ['ab', 'xA', '-1 0'],
    ['ab', 'xy', '0 1'],
    ['ab', 'xyz', '0 1 -1'],
    ['abmc', 'xAmyC', '-1 0 2 -1 3'],
  ])('of %s and %s what is alike', (before, after, partners) => {
    expect(matched(before, after, true).partners).toBe(partners);
  });

  it('of many that differ go in order', () => {
    const [before, after] = ['a'.repeat(600), `x${'A'.repeat(600)}`];
    expect(matched(before, after, true).partners).toMatch(/^0 1 2 .* 599 -1$/);
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
