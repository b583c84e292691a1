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

test("the flow's own id decides between files that hold the same nodes", () => {
  const [start] = ids;
  const bound = bindFlows([start ?? ''], '7379450201923928066', files);
  expect(bound[0]?.uri).toBe('invoice.core.json');
  expect(bound).toHaveLength(3);
});

test('a few shared template nodes are no match', () => {
  const strangers = [ids[0] ?? '', 'a::1', 'b::2'];
  expect(bindFlows(strangers, '', files)).toEqual([]);
  expect(bindFlows([], '', files)).toEqual([]);
});
