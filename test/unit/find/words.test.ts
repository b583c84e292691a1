import { describe, expect, test } from 'vitest';

import { wordsFinder, wordsOf } from '../../../src/find/words.ts';

test.each<[string, readonly string[]]>([
  ['', []],
  ['  two  words ', ['two', 'words']],
  ['twice twice', ['twice']],
  ['"a phrase" 词 “另 一个”', ['a phrase', '词', '另 一个']],
  // What stands in a record has quotes too.
  ['"total": 12', ['"total":', '12']],
  ['say "hi', ['say', '"hi']],
  ['" "', ['" "']],
  [
    Array.from({ length: 13 }, (_, n) => `w${String(n)}`).join(' '),
    ['w0 w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12'],
  ],
])('%j is %j', (typed, words) => {
  expect(wordsOf(typed)).toEqual(words);
});

describe('words in a text', () => {
  const at = {
    place: { section: 'output', entry: 'a', path: '/order/vendor', part: 'value' },
    ...{ name: 'result', most: 10, step: 'Click save' },
  } as const;
  const found = (typed: string, text: string, options = { matchCase: false, wholeWord: false }) =>
    wordsFinder(typed, options)(text, at).map(({ offset, length }) =>
      text.slice(offset, offset + length),
    );

  test.each<[string, string, readonly string[]]>([
    ['b a', 'a, b or a', ['a', 'b', 'a']],
    ['in invoice', 'an invoice in the mail', ['invoice', 'in']],
    ['invoice in', 'no invoice in it', ['invoice in']],
    ['SAVE vendor result it', 'it is', ['it']],
    ['save vendor', 'neither', []],
    ['it nowhere', 'it is', []],
  ])('%s in %s', (typed, text, expected) => {
    expect(found(typed, text)).toEqual(expected);
  });

  test('each is a whole one, in its case', () => {
    const options = { matchCase: true, wholeWord: true };
    expect(found('ab cd', 'cd abc ab', options)).toEqual(['cd', 'ab']);
    expect(found('ab cd', 'cd abc', options)).toEqual([]);
    expect(found('save cd', 'cd abc', options)).toEqual(['cd']);
    expect(found('Save cd', 'cd abc', options)).toEqual([]);
  });

  test('a key that has one of them is found by another above it', () => {
    const [name, key] = [
      { ...at.place, part: 'name' },
      { ...at.place, part: 'key' },
    ] as const;
    const finder = wordsFinder('order vendor');
    expect(finder('vendor', { ...at, place: key })).toHaveLength(1);
    // The name of a value stands above its keys.
    expect(finder('vendor', { ...at, place: name })).toEqual([]);
  });
});
