import { expect, it } from 'vitest';
import { replaceEscapedLiterals } from '../../../src/masking/escapedLiterals.ts';

const marked = (text: string) => replaceEscapedLiterals(text, (literal) => `<${literal}>`);

it.each([
  ['', ''],
  ['no quote \\n', 'no quote \\n'],
  ['"no escape"', '"no escape"'],
  ['"a\\n"', '<"a\\n">'],
  ['{"a": "b\\n", "c": "d"}', '{"a": <"b\\n">, "c": "d"}'],
  ['["\\"a\\"", "b", "\\\\"]', '[<"\\"a\\"">, "b", <"\\\\">]'],
  ['"\\\\" and "\\\\\\""', '<"\\\\"> and <"\\\\\\"">'],
  // A quote that follows a backslash outside of any text begins none.
  ['\\"a\\"', '\\"a\\"'],
  ['\\"a\\" "', '\\"a\\" "'],
  ['\\"a "b\\n"', '\\"a <"b\\n">'],
  ['"breaks off\\n', '"breaks off\\n'],
  ['"breaks off\\"', '"breaks off\\"'],
  ['"breaks off\\', '"breaks off\\'],
  ['"a\\n" "breaks off\\" ', '<"a\\n"> "breaks off\\" '],
])('%s', (text, expected) => {
  expect(marked(text)).toBe(expected);
});

it('finds what an expression finds, in every text of four signs', () => {
  const expression = /(?<!\\)"[^"\\]*\\.(?:[^"\\]|\\.)*"/g;
  const signs = ['"', '\\', 'a', ' '];
  for (let n = 0; n < 4 ** 8; n++) {
    const text = Array.from({ length: 8 }, (_, at) => signs[(n >> (2 * at)) & 3]).join('');
    const expected = text.replace(expression, (literal) => `<${literal}>`);
    expect(marked(text) === expected, text).toBe(true);
  }
});
