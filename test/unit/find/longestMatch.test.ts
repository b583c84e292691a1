import { expect, test } from 'vitest';
import { mayMatchMore } from '../../../src/find/longestMatch.ts';

test.each<[string, boolean]>([
  ['total: 12', false],
  [String.raw`\d{4}-\d{2}`, false],
  ['[*+]{3}', false],
  [String.raw`\*\+\{1,}`, false],
  ['a{2}b{3,4}', false],
  ['a*', true],
  ['begin[^]+end', true],
  ['a{3,}', true],
  ['a{5000}', true],
  ['(?:a{100}){100}', true],
  ['a'.repeat(5_000), true],
])('%s may find more than 4096 signs: %s', (pattern, isMore) => {
  expect(mayMatchMore(pattern, 4_096)).toBe(isMore);
});
