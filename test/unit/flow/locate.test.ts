import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bindFlows } from '../../../src/flow/bindFlow.ts';
import type { FlowDocument } from '../../../src/flow/flowDocument.ts';
import { locateNode } from '../../../src/flow/locateNode.ts';
import { nodeAtOffset } from '../../../src/flow/nodeAtOffset.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';

const textOf = (name: string) =>
  readFileSync(new URL(`../../fixtures/flows/${name}`, import.meta.url), 'utf8');

function flowOf(text: string, fileName: string): FlowDocument {
  const parsed = parseFlow(text, fileName);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  return parsed.value;
}

const invoiceText = textOf('invoice-entry.yaml');
const invoice = flowOf(invoiceText, 'invoice-entry.yaml');
const invoiceCore = flowOf(textOf('invoice-entry.core.json'), 'invoice-entry.core.json');
const batch = flowOf(textOf('batch-orders.yaml'), 'batch-orders.yaml');
const ids = invoice.nodes.map(({ id }) => id);
const rpaId = ids[3] ?? '';

test('a node is found by its id', () => {
  expect(locateNode(invoice, { nodeId: rpaId, nodeName: '' })).toMatchObject({
    kind: 'found',
    node: { name: '录入ERP' },
  });
});

test('an id that is gone is found by a name that only one node has', () => {
  expect(locateNode(invoice, { nodeId: 'rpa::gone', nodeName: '录入ERP' }).kind).toBe('found');
});

test('the label comes before the name of the type', () => {
  const text = [
    'flowData:\n  nodes:',
    '  - {id: "a::1", data: {label: "大模型", nodeMeta: {aliasName: "x"}}}',
    '  - {id: "a::2", data: {label: "提取", nodeMeta: {aliasName: "大模型"}}}',
    '  - {id: "a::3", data: {label: "汇总", nodeMeta: {aliasName: "代码"}}}',
  ].join('\n');
  const document = flowOf(text, 'a.yaml');
  const byName = (nodeName: string) => {
    const result = locateNode(document, { nodeId: 'a::gone', nodeName });
    return result.kind === 'found' ? result.node.id : result.kind;
  };
  expect(byName('大模型')).toBe('a::1');
  expect(byName('代码')).toBe('a::3');
});

test('a step that logs know by its name alone is found', () => {
  const document = flowOf('[{"id": "1", "name": "Save"}]', 'a.json');
  expect(locateNode(document, { nodeId: 'Save', nodeName: '' }).kind).toBe('found');
});

test('an id that stands twice is left to the reader', () => {
  const document = flowOf('flowData: {nodes: [{id: a}, {id: a}]}', 'a.yaml');
  expect(locateNode(document, { nodeId: 'a', nodeName: '' }).kind).toBe('ambiguous');
});

test('of several names the one of the same rank comes first', () => {
  const all = locateNode(batch, { nodeId: 'x::gone', nodeName: '开始' });
  const second = locateNode(batch, { nodeId: 'x::gone', nodeName: '开始', occurrence: 1 });
  if (all.kind !== 'ambiguous' || second.kind !== 'ambiguous') throw new Error('not ambiguous');
  expect(second.candidates).toEqual([...all.candidates].reverse());
});

test.each(['edges', 'parentId', 'IterationStartNodeId'])(
  'a reference (%s) is never the node',
  (key) => {
    const text = `flowData:\n  nodes:\n  - {id: a, data: {label: A}, ${key}: "x::9"}\n  edges: [{source: "x::9", target: a}]\n`;
    expect(locateNode(flowOf(text, 'a.yaml'), { nodeId: 'x::9', nodeName: '' }).kind).toBe(
      'notFound',
    );
  },
);

test('a name that several nodes have is left to the reader', () => {
  const result = locateNode(batch, { nodeId: 'x::gone', nodeName: '开始' });
  expect(result.kind === 'ambiguous' && result.candidates.length).toBe(2);
});

test('what is not there is not found', () => {
  expect(locateNode(invoice, { nodeId: 'x::gone', nodeName: '' }).kind).toBe('notFound');
  expect(locateNode(invoice, { nodeId: 'x::gone', nodeName: 'nobody' }).kind).toBe('notFound');
});

test.each([
  ['录入ERP', rpaId],
  ['projectId', rpaId],
  ['flowMeta', undefined],
  ['  edges:', undefined],
])('the cursor on %j is on %s', (text, expected) => {
  expect(nodeAtOffset(invoice, invoiceText.indexOf(text))?.id).toBe(expected);
});

test('each line of a node is on it, the one of its dash included', () => {
  let expected: string | undefined;
  let offset = 0;
  const [from, to] = [invoiceText.indexOf('  nodes:\n') + 9, invoiceText.indexOf('  edges:')];
  for (const line of invoiceText.split(/(?<=\n)/)) {
    if (offset >= from && offset < to) {
      expected = /^ {2}- id: (\S+)/.exec(line)?.[1] ?? expected;
      expect(nodeAtOffset(invoice, offset)?.id).toBe(expected);
      expect(nodeAtOffset(invoice, offset + line.length - 1)?.id).toBe(expected);
    }
    offset += line.length;
  }
});

test('of nodes in each other the inner one; right behind it too', () => {
  const text = '{"s": {"id": "outer", "steps": [{"id": "inner", "n": 1}, {"id": "next"}]}}';
  const document = flowOf(text, 'a.json');
  const idAt = (part: string) => nodeAtOffset(document, text.indexOf(part))?.id;
  expect(idAt('"outer"')).toBe('outer');
  expect(idAt('"n": 1')).toBe('inner');
  expect(idAt(', {"id": "next')).toBe('outer');
  expect(nodeAtOffset(document, text.length - 1)?.id).toBe('outer');
  expect(nodeAtOffset(document, text.length)).toBeUndefined();
});

const files = [
  { uri: 'batch.yaml', document: batch },
  { uri: 'invoice.core.json', document: invoiceCore },
  { uri: 'invoice.yaml', document: invoice },
];

test('an execution belongs to the file with most of its nodes; both forms of a flow tie, the export first', () => {
  expect(bindFlows(ids, '', files)).toEqual([
    { uri: 'invoice.yaml', share: 1, tied: true },
    { uri: 'invoice.core.json', share: 1, tied: true },
  ]);
});

test('clones tie, in the order of their names whatever the order they were found in', () => {
  const clones = ['b.yaml', 'c.yaml', 'a.yaml'].map((uri) => ({ uri, document: batch }));
  const nodeIds = batch.nodes.map(({ id }) => id);
  expect(bindFlows(nodeIds, '', clones).map(({ uri, tied }) => [uri, tied])).toEqual([
    ['a.yaml', true],
    ['b.yaml', true],
    ['c.yaml', true],
  ]);
});

test('older revisions that fit alike tie with none that fits better', () => {
  const text = '{nodes: [{id: a}, {id: b}, {id: c}]}';
  const now = flowOf(`flowData: ${text}`, 'now.yaml');
  const before = flowOf(`flowData: ${text.replace('c', 'd')}`, 'before.yaml');
  const all = [
    { uri: 'before.yaml', document: before },
    { uri: 'earlier.yaml', document: before },
    { uri: 'now.yaml', document: now },
  ];
  const bound = bindFlows(['a', 'b', 'c'], '', all);
  expect(bound.map(({ uri, tied }) => [uri, tied])).toEqual([
    ['now.yaml', false],
    ['before.yaml', false],
    ['earlier.yaml', false],
  ]);
});

test("the flow's own id decides between files that hold the same nodes", () => {
  const [start] = ids;
  const bound = bindFlows([start ?? ''], '7379450201923928066', files);
  expect(bound[0]?.uri).toBe('invoice.core.json');
  expect(bound).toHaveLength(3);
});

test("the flow's own id is certain, also where another file holds more of the nodes", () => {
  const core = flowOf('{"id": "f1", "data": {"nodes": [{"id": "a", "data": {}}]}}', 'a.json');
  const clone = flowOf('flowData: {nodes: [{id: a}, {id: b}, {id: c}]}', 'b.yaml');
  const both = [
    { uri: 'b.yaml', document: clone },
    { uri: 'a.json', document: core },
  ];
  expect(bindFlows(['a', 'b', 'c'], 'f1', both).map(({ uri }) => uri)).toEqual([
    'a.json',
    'b.yaml',
  ]);
  expect(bindFlows(['a', 'b', 'c'], '', both).map(({ uri }) => uri)).toEqual(['b.yaml']);
  expect(bindFlows(['z'], 'f1', both)).toEqual([]);
});

test.each([
  [['a', 'b'], 1],
  [['a', 'x'], 0.5],
  [['a', 'a', 'x', 'x', 'x'], 0.5],
  [['a', 'x', 'y'], undefined],
  [['x'], undefined],
])('of the nodes %j the file holds %s', (nodeIds, share) => {
  const document = flowOf('flowData: {nodes: [{id: a}, {id: b}]}', 'b.yaml');
  const [bound] = bindFlows(nodeIds, '', [{ uri: 'b.yaml', document }]);
  expect(bound).toEqual(share === undefined ? undefined : { uri: 'b.yaml', share, tied: false });
});

test('a few shared template nodes are no match', () => {
  const strangers = [ids[0] ?? '', 'a::1', 'b::2'];
  expect(bindFlows(strangers, '', files)).toEqual([]);
  expect(bindFlows([], '', files)).toEqual([]);
});
