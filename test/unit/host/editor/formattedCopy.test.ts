import { expect, test } from 'vitest';
import { indented } from '../../../../src/host/editor/formattedCopy.ts';
import { flowFile } from '../../engine/world.ts';

test.each([
  ['{"a":1,"b":[1,2],"c":{}}', '{\n  "a": 1,\n  "b": [\n    1,\n    2\n  ],\n  "c": {}\n}\n'],
  ['[ ]', '[]\n'],
  // What a parser would write another way stays as it is.
  [
    '{"n":1.10,"big":12345678901234567890,"n":1}',
    '{\n  "n": 1.10,\n  "big": 12345678901234567890,\n  "n": 1\n}\n',
  ],
  [String.raw`{"a":"{\"x\":[1,2]}\\"}`, `{\n  "a": ${String.raw`"{\"x\":[1,2]}\\"`}\n}\n`],
  ['{"open":[1,', '{\n  "open": [\n    1,\n'],
])('%s', (text, expected) => {
  expect(indented(text)).toBe(expected);
});

test('a flow on one line is the same as one that was written in lines', () => {
  const { text } = flowFile('invoice-entry.core.json');
  const oneLine = JSON.stringify(JSON.parse(text));
  expect(indented(oneLine)).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
});
