import { expect, test } from 'vitest';

import type { JsonObject } from '../../../src/base/json.ts';
import { indexOfRecord } from '../../../src/decode/bytes/indexer.ts';
import { dataBytesOfEntry, viewOfRecord } from '../../../src/decode/bytes/recordView.ts';

function told(entry: string): readonly string[] | undefined {
  const index = indexOfRecord(new TextEncoder().encode(`{"sid":"a","trace":[${entry}]}`));
  const [view] = (index && (viewOfRecord(index)['trace'] as readonly JsonObject[])) ?? [];
  const parts = view === undefined ? undefined : dataBytesOfEntry(view);
  return parts?.map((part) => new TextDecoder().decode(part));
}

test.each<[string, string, readonly string[] | undefined]>([
  [
    'as the services write it',
    '{"id": "1", "llm_output": "a", "next": ["data"], "data": {"input": {"data": 1}}, "logs": []}',
    ['"a", "next": ["data"], "data": ', '{"input": {"data": 1}}, "logs": '],
  ],
  [
    'with quotes and braces in texts',
    '{"llm_output":"\\"}{","data":{"a":"],\\\\"}}',
    ['"\\"}{","data":', '{"a":"],\\\\"}}'],
  ],
  [
    'in another order',
    '{"data":{"input":{},"output":{}},"id":"1","llm_output":""}',
    ['""}', '{"input":{},"output":{}},"id":'],
  ],
  ['without one of them', '{"data":{}}', ['', '{}}']],
  ['within others alone', '{"a":{"data":1,"llm_output":2}}', ['', '']],
  ['with one twice, which nobody can tell', '{"data":{},"llm_output":"","data":{}}', undefined],
])('%s', (_, entry, expected) => {
  expect(told(entry)).toEqual(expected);
});
