import { describe, expect, test } from 'vitest';

import { pathOf } from '../../../src/flow/expressionPorts.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';

/** What a node is given, in lines: `input ← source: path`. */
function given(flow: unknown, id: string): readonly string[] {
  const read = parseFlow(JSON.stringify(flow), 'flow.json');
  if (!read.ok) throw new Error('no flow');
  const [node] = read.value.nodesById.get(id) ?? [];
  const references = node?.ports?.references ?? [];
  return references.map(({ input, source, path }) => `${input} ← ${source}: ${path}`);
}

const n8n = (parameters: unknown, before: readonly string[] = ['Get mail']) => ({
  name: 'Invoices',
  nodes: ['Get mail', '提取 字段', 'Enter ERP'].map((name, index) => ({
    ...{ id: `n${String(index)}`, name, type: 'n8n-nodes-base.set', typeVersion: 1 },
    parameters: name === 'Enter ERP' ? parameters : {},
  })),
  connections: Object.fromEntries(
    before.map((name) => [name, { main: [[{ node: 'Enter ERP', type: 'main', index: 0 }]] }]),
  ),
});

describe('a workflow of n8n names what it is given', () => {
  test.each<[string, unknown, readonly string[]]>([
    ['of the node before', { total: '={{ $json.total }}' }, ['total ← n0: total']],
    ['in brackets', { a: '={{ $json["net total"][0] }}' }, ['a ← n0: net total[0]']],
    ['as input', { a: '={{ $input.first().json.total }}' }, ['a ← n0: total']],
    ['whole', { a: '={{ $json }}' }, ['a ← n0: ']],
    ['of a node by its name', { a: `={{ $('提取 字段').item.json.总额 }}` }, ['a ← n1: 总额']],
    ['the old way', { a: '={{ $node["提取 字段"].json["总额"] }}' }, ['a ← n1: 总额']],
    ['by items', { a: `={{ $items("提取 字段")[0].json.rows[2].no }}` }, ['a ← n1: rows[2].no']],
    [
      'within a text',
      { a: '=No. {{ $json.no }} of {{ $json.day }}' },
      ['a ← n0: no', 'a ← n0: day'],
    ],
    [
      'in a field, under both names',
      { values: { string: [{ name: 'x', value: '={{ $json.no }}' }] } },
      ['values ← n0: no', 'value ← n0: no'],
    ],
    ['of nobody where it is no expression', { a: '{{ $json.no }}' }, []],
    ['of nobody of that name', { a: `={{ $('Gone').item.json.no }}` }, []],
    ['of no variable', { a: '={{ $vars.no }}' }, []],
  ])('%s', (_, parameters, expected) => {
    expect(given(n8n(parameters), 'n2')).toEqual(expected);
  });

  test('and not of one of several before it', () => {
    const flow = n8n({ a: '={{ $json.no }}' }, ['Get mail', '提取 字段']);
    expect(given(flow, 'n2')).toEqual([]);
  });
});

const cloudFlow = (inputs: unknown, triggers: unknown = { 当收到邮件: { type: 'Request' } }) => ({
  definition: {
    $schema: 'https://schema.management.azure.com/2016-06-01/workflowdefinition.json#',
    triggers,
    actions: {
      Extract: { type: 'Http', inputs: {}, runAfter: {} },
      Enter: { type: 'Http', inputs, runAfter: { Extract: ['Succeeded'] } },
    },
  },
});

describe('a cloud flow names what it is given', () => {
  test.each<[string, unknown, readonly string[]]>([
    ['of outputs', { a: "@outputs('Extract')?['body/total']" }, ['a ← Extract: body.total']],
    ['of a body', { a: "@body('Extract')?['rows']?[0]?['no']" }, ['a ← Extract: body.rows[0].no']],
    ['within a text', { a: "No. @{outputs('Extract')['no']}" }, ['a ← Extract: no']],
    ['of its trigger', { a: "@triggerBody()?['mail']" }, ['a ← 当收到邮件: body.mail']],
    ['of all outputs', { a: '@triggerOutputs()' }, ['a ← 当收到邮件: ']],
    ['composed', "@outputs('Extract')", ['inputs ← Extract: ']],
    [
      'in a field',
      { body: { 总额: "@{outputs('Extract')?['总额']}" } },
      ['body ← Extract: 总额', '总额 ← Extract: 总额'],
    ],
    ['of nobody in plain words', { a: "outputs('Extract')" }, []],
    ['of no variable', { a: "@variables('total')" }, []],
  ])('%s', (_, inputs, expected) => {
    expect(given(cloudFlow(inputs), 'Enter')).toEqual(expected);
  });

  test('and not of one of several triggers', () => {
    const triggers = { A: { type: 'Request' }, B: { type: 'Request' } };
    expect(given(cloudFlow({ a: '@triggerBody()' }, triggers), 'Enter')).toEqual([]);
  });
});

test.each([
  ['', ''],
  ['.a.b', 'a.b'],
  ['?.a?.["b c"][0]', 'a.b c[0]'],
  ["?['body/total']", 'body.total'],
])('%j names %j', (written, path) => {
  expect(pathOf(written)).toBe(path);
});
