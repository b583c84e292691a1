import { describe, expect, it } from 'vitest';

import { hash, hashEnds } from '../../../src/base/hash.ts';

const long = 'x'.repeat(100);

describe('the hash of how texts end', () => {
  it.each([
    ['nothing', []],
    ['one piece', ['1795452700000']],
    ['times and a code', ['1795452700000', ' ', '1795452700412', ' ', '0']],
    ['empty pieces', ['', ' ', '', ' ', 'undefined']],
    ['more than is looked at', [long, 'and', long]],
    ['an end that is looked at in part', ['begins', `${long}so`, 'ends']],
  ])('is the same of a text in pieces: %s', (_, pieces) => {
    expect(hashEnds(['a', pieces, 'b'], 64)).toBe(hashEnds(['a', pieces.join(''), 'b'], 64));
  });

  it.each([
    ...[0, -0, 7, 10, 99_999_999, 100_000_000, 123_456_789, 1_795_452_700_412],
    ...[999_999_999_999_999, 1e15, 1e16 + 2, 1e21, -1, 0.5, 1795452700.25, Number.NaN],
  ])('is the same of a number as of how it is written: %s', (number) => {
    const of = (piece: string | number) => hashEnds([[piece, ' ', piece], 'b'], 12);
    expect(of(number)).toBe(of(String(number)));
  });

  it('is written in eight digits, as those that are kept are', () => {
    expect(['', 'a', 'foobar', 'key-100'].map(hash)).toStrictEqual([
      '811c9dc5',
      'e40c292c',
      'bf9cf968',
      '00e20bf6',
    ]);
  });

  it('tells where one text ends and the next begins', () => {
    expect(hashEnds(['ab', 'c'], 64)).not.toBe(hashEnds(['a', 'bc'], 64));
  });
});
