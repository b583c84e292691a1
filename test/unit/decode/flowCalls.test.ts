import { expect, test } from 'vitest';
import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { recordWith } from '../../support/fixtures.ts';
import { usualRules } from '../../support/usualRules.ts';

const callOf = (config: unknown, nodeId = 'flow::1') =>
  openRecord(
    recordWith(
      JSON.stringify({
        ...{ sid: 's', sub: 'workflow', status: { code: 0, message: '' } },
        trace: [{ id: 'a', node_id: nodeId, data: { config } }],
      }),
    ),
    usualRules,
  ).flowCalls();

const askedWith = (question: unknown) =>
  openRecord(
    recordWith(JSON.stringify({ sid: 's', sub: 'workflow', status: { code: 0 }, question })),
    usualRules,
  ).questionDigest();

test.each([
  ['in the body as text', { req_body: '{"flow_id": "7", "parameters": {"a": 1}}' }],
  ['in the body', { req_body: { flow_id: '7', parameters: { a: 1 } } }],
])('a flow node called, %s', (_name, config) => {
  expect(callOf(config)).toEqual([{ runKey: 'a', flowId: '7', parameters: askedWith({ a: 1 }) }]);
});

test.each([
  ['flow_id beside the body', { flow_id: '7' }],
  ['flowId', { flowId: '7' }],
])('%s names it as well, without parameters', (_name, config) => {
  expect(callOf(config)).toMatchObject([{ flowId: '7', parameters: null }]);
});

test.each([
  ['another type of node', { flow_id: '7' }, 'rpa::1'],
  ['no flow', { req_body: { parameters: {} } }, 'flow::1'],
  ['no config', null, 'flow::1'],
])('no call: %s', (_name, config, nodeId) => {
  expect(callOf(config, nodeId)).toEqual([]);
});

test('no data at all is no call', () => {
  const trace = [{ id: 'a', node_id: 'flow::1' }];
  const record = { sid: 's', sub: 'workflow', status: { code: 0 }, trace };
  expect(openRecord(recordWith(JSON.stringify(record)), usualRules).flowCalls()).toEqual([]);
});

test('parameters are the same however they are written', () => {
  const digest = askedWith({ b: [1, { c: null }], a: 'x' });
  expect(askedWith('{"a":"x", "b":[1,{"c":null}]}')).toBe(digest);
  expect(askedWith({ b: [{ c: null }, 1], a: 'x' })).not.toBe(digest);
});

const deep = (open: string, close: string) => `{"a":${open.repeat(150)}1${close.repeat(150)}}`;

test.each([
  ['a text', 'hello'],
  ['text that begins like an object', '{"a": '],
  ['a list', [1]],
  ['lists beyond measure', deep('[', ']')],
  ['objects beyond measure', deep('{"a":', '}')],
])('what is no object can’t be compared: %s', (_name, question) => {
  expect(askedWith(question)).toBeNull();
});
