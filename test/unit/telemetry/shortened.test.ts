import { expect, test } from 'vitest';
import { shortened } from '../../../src/telemetry/shortened.ts';

const token = `eyJ${'a'.repeat(600)}.${'b'.repeat(2_000)}.c`;

test.each([
  ['what fits', 'one two', 7, 'one two'],
  ['a word that would be cut', 'one two three', 9, 'one two …'],
  ['a token of any length', `Bearer ${token}`, 2_500, 'Bearer …'],
  ['a text that is one word', 'x'.repeat(20), 10, `${'x'.repeat(10)}…`],
  ['between two words', 'one two', 3, 'one…'],
  ['Chinese', '找不到元素保存按钮', 5, '找不到元素…'],
  ['a key in Chinese', '密码是abcdef已过期', 6, '密码是…'],
])('%s', (_name, text, longest, short) => {
  expect(shortened(text, longest)).toBe(short);
});
