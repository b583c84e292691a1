import { describe, expect, it } from 'vitest';

import { jsonOf } from '../../../src/decode/deepJson.ts';
import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { decodeRecord } from '../../../src/decode/decodeRecord.ts';
import { maskedRecordText } from '../../../src/decode/maskedRecord.ts';
import { createRedactionRules } from '../../../src/masking/createRedactionRules.ts';
import { revealValue } from '../../../src/decode/revealValue.ts';
import { recordWith } from '../../support/fixtures.ts';
import { usualRules } from '../../support/usualRules.ts';

const depth = 30_000;
const shapes = {
  lists: '['.repeat(depth) + ']'.repeat(depth),
  objects: `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`,
};
const python = `${"{'a': ".repeat(depth)}1${'}'.repeat(depth)}`;
const asText = (text: string) => JSON.stringify(text);

/** A record with these fields in its only entry, and these in itself. */
function record(entry: string, root = ''): string {
  const status = '"status":{"code":1,"message":"it failed"}';
  const own = '"id":"a","node_id":"x::1","node_name":"n","running_status":false';
  return `{"sid":"spf1@x","sub":"workflow",${status}${root},"trace":[{${own}${entry}}]}`;
}

type Place = [string, (value: string) => string];

/** Where a record may hold a value of any depth. */
const places: Place[] = [
  [
    'a log as text',
    (value) => record(`,"logs":[${asText(`{"level":"ERROR","message":${value}}`)}]`),
  ],
  ['a log', (value) => record(`,"logs":[{"level":"ERROR","message":${value}}]`)],
  ['a log without a message', (value) => record(`,"logs":[{"level":"ERROR","x":${value}}]`)],
  ['a log that is a list', (value) => record(`,"logs":[[${value}]]`)],
  ['a log of plain text', (value) => record(`,"logs":[${asText(value)}]`)],
  ...['input', 'output', 'config', 'usage'].flatMap((side): Place[] => [
    [side, (value) => record(`,"data":{"${side}":${value}}`)],
    [`${side} as text`, (value) => record(`,"data":{"${side}":${asText(value)}}`)],
    [`a text in ${side}`, (value) => record(`,"data":{"${side}":{"x":${asText(value)}}}`)],
    [
      `a variable of ${side} as text`,
      (value) => record(`,"data":{"${side}_vars":[${asText(`{"name":"x","value":${value}}`)}]}`),
    ],
    [
      `rounds of ${side}`,
      (value) =>
        record(`,"data":{"${side}":${value}}},{"id":"a","node_id":"x::1","data":{"${side}":1}`),
    ],
  ]),
  ['data', (value) => record(`,"data":${value}`)],
  ['another field', (value) => record(`,"foo":${value}`)],
  ['what a model wrote', (value) => record(`,"llm_output":${asText(value)}`)],
  ['what follows', (value) => record(`,"next_log_ids":${value}`)],
  ...['question', 'answer', 'srv', 'usage', 'foo'].flatMap((field): Place[] => [
    [`the record's ${field}`, (value) => record('', `,"${field}":${value}`)],
    [`the record's ${field} as text`, (value) => record('', `,"${field}":${asText(value)}`)],
  ]),
  ['the status', (value) => `{"sid":"a","sub":"workflow","status":${value},"trace":[]}`],
  [
    'parameters of a called workflow',
    (value) =>
      record('', '').replace(
        '"id":"a","node_id":"x::1"',
        `"id":"a","node_id":"flow::1","data":{"config":{"flow_id":"1","req_body":{"parameters":${value}}}}`,
      ),
  ],
  ['an entry', (value) => `{"sid":"a","sub":"workflow","status":{"code":1},"trace":[${value}]}`],
];

describe.each(Object.entries(shapes))(`${String(depth)} %s in one another`, (_, value) => {
  it.each(places)('in %s are listed, opened, saved and revealed', (_place, write) => {
    const bytes = recordWith(write(value));
    const rules = createRedactionRules();
    expect(decodeRecord(bytes, rules)).toMatchObject({ ok: true });
    const opened = openRecord(bytes, rules);
    const parts = [opened.execution(), opened.nodeData('a'), opened.executionData()];
    const more = [opened.flowCalls(), opened.questionDigest(), maskedRecordText(bytes, rules)];
    const revealed = (['input', 'output', 'config', 'other', 'logs'] as const).flatMap((section) =>
      ['a', null].map((key) => revealValue(bytes, rules, key, { section, index: 0 })),
    );
    // As it goes to the panel.
    expect(() => structuredClone([...parts, ...more, ...revealed])).not.toThrow();
  });
});

it('a deep log keeps its text', () => {
  const bytes = recordWith(record(`,"logs":[{"level":"ERROR","message":${shapes.objects}}]`));
  expect(openRecord(bytes, usualRules).nodeData('a')?.logs[0]?.message).toBe(shapes.objects);
});

it('a deep Python literal stays text', () => {
  const bytes = recordWith(record(`,"data":{"input":{"x":${asText(python)}}}`));
  expect(openRecord(bytes, usualRules).nodeData('a')?.input[0]).toMatchObject({
    form: 'text',
    value: python,
  });
});

it.each<[string]>([
  ['{"a":[1,-2.5,null,true,"x\\n"],"__proto__":{"b":{}},"":[]}'],
  ['[]'],
  ['"a"'],
  ['null'],
])('JSON of any depth is written as ever: %s', (text) => {
  const deep = '['.repeat(300) + text + ']'.repeat(300);
  expect(jsonOf(JSON.parse(deep) as never)).toBe(deep);
  expect(jsonOf(JSON.parse(text) as never)).toBe(text);
});
