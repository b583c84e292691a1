import { expect, test } from 'vitest';
import { findJsonFault } from '../../../src/base/jsonFault.ts';

test.each<[string, string, string]>([
  ['a bare line break in a text', '{"a":"x\ny"}', 'invalid 7: control sign U+000A in a text'],
  ['a tab', '{"a":"\t"}', 'invalid 6: control sign U+0009 in a text'],
  ['a zero', '{"a\u0000":1}', 'invalid 3: control sign U+0000 in a text'],
  ['a Windows path', '{"path":"C:\\data\\x"}', 'invalid 11: \\d is no escape'],
  ['half an escape', '{"a":"\\u12"}', 'invalid 6: \\u is no escape'],
  [
    'a good escape before a bad one',
    '{"a":"\\\\ \\n \\u00e9 \\q"}',
    'invalid 19: \\q is no escape',
  ],
  ['a fault of structure before one in a text', '{"a" 1,"b":"\t"}', 'invalid 5'],
  ['a text that breaks off', '{"a":"x', 'truncated 7'],
  ['a trailing comma', '{"a":1,}', 'invalid 7'],
  ['nothing', '', 'truncated 0'],
])('%s', (_, text, expected) => {
  const { kind, position, what } = findJsonFault(text) ?? { kind: 'none', position: 0 };
  expect(`${kind} ${position}${what === undefined ? '' : `: ${what}`}`).toBe(expected);
});

test('good JSON has no fault', () => {
  expect(findJsonFault('{"a":["\\u00e9 \\\\ \\"", 1, null, NaN]}')).toBeUndefined();
});
