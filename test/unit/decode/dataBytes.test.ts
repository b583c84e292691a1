import { expect, test } from 'vitest';

import { dataBytes } from '../../../src/decode/bytes/dataBytes.ts';

const told = (entry: string) =>
  dataBytes(new TextEncoder().encode(entry))?.map((part) => new TextDecoder().decode(part).trim());

test.each<[string, string, readonly string[] | undefined]>([
  [
    'as the services write it',
    '{"id": "1", "llm_output": "a", "next": ["data"], "data": {"input": {"data": 1}}, "logs": []}',
    ['"a"', '{"input": {"data": 1}}'],
  ],
  [
    'with quotes and braces in texts',
    '{"llm_output":"\\"}{","data":{"a":"],\\\\"}}',
    ['"\\"}{"', '{"a":"],\\\\"}'],
  ],
  ['without one of them', '{"data":{}}', undefined],
  ['with one twice', '{"data":{},"llm_output":"","data":{}}', undefined],
  ['within others alone', '{"a":{"data":1,"llm_output":2}}', undefined],
])('%s', (_, entry, expected) => {
  expect(told(entry)).toEqual(expected);
});
