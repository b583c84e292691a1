import { expect, test, vi } from 'vitest';

import { wordFinder } from '../../../src/find/finder.ts';

const at = {
  place: { section: 'output', entry: 'a', path: '', part: 'value' },
  ...{ name: 'a', most: 3 },
} as const;

test.each([
  ['anything', { matchCase: false, wholeWord: false }, 'aAaAaA', [0, 1, 2]],
  ['its case', { matchCase: true, wholeWord: false }, 'AaAaAaAa', [1, 3, 5]],
  ['whole words', { matchCase: false, wholeWord: true }, 'aa a A aa a a', [3, 5, 10]],
])('%s is found as often as is wanted, and looked for no further', (_, options, begin, places) => {
  const text = begin + 'a '.repeat(1_000);
  const looks = ['startsWith', 'indexOf', 'codePointAt'] as const;
  const spies = looks.map((name) => vi.spyOn(String.prototype, name));
  const spans = wordFinder('a', options)(text, at);
  const looked = spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  for (const spy of spies) spy.mockRestore();
  expect(spans.map(({ offset }) => offset)).toEqual(places);
  expect(looked).toBeLessThan(50);
});
