import { expect, test } from 'vitest';

import type { Json } from '../../../src/base/json.ts';
import { jsonBytes, payloadBytesOf } from '../../../src/decode/payloadBytes.ts';

test.each<[Json | undefined]>([
  [undefined],
  [null],
  [true],
  [-12.5],
  ['单据'],
  [[]],
  [{}],
  [[1, [2, null], { a: 'b' }]],
  [{ invoice: { id: 'INV-1', 行: [1, 2, 3] }, total: 12 }],
])('%j is as large as its JSON', (value) => {
  const text = value === undefined ? '' : JSON.stringify(value);
  expect(jsonBytes(value)).toBe(Buffer.byteLength(text));
});

test('what is nested deeper than the stack is counted', () => {
  let deep: Json = [];
  for (let level = 0; level < 100_000; level++) deep = [deep];
  expect(jsonBytes(deep)).toBe(200_002);
});

test.each<[string, Json, number]>([
  ['inputs and outputs, whatever they are called', { input: {}, output_vars: { a: 1 } }, 9],
  ['neither configuration nor usage', { config: { a: 1 }, usage: { total_tokens: 4 } }, 0],
  ['no data', 'none', 0],
])('of an entry %s are counted', (_, data, bytes) => {
  expect(payloadBytesOf({ data })).toBe(bytes);
});
