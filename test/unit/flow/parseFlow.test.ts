import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { looksLikeFlow } from '../../../src/flow/looksLikeFlow.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';

const textOf = (name: string) =>
  readFileSync(new URL(`../../fixtures/flows/${name}`, import.meta.url), 'utf8');

function flowOf(text: string, fileName: string) {
  const parsed = parseFlow(text, fileName);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  return parsed.value;
}

describe.each([
  ['invoice-entry.yaml', 'astronYaml', '发票录入', '', 6],
  ['invoice-entry.core.json', 'astronJson', '发票录入', '7379450201923928066', 6],
  ['batch-orders.yaml', 'astronYaml', '批量录单', '', 6],
  ['batch-orders.core.json', 'astronJson', '批量录单', '7379450201923928067', 6],
  ['with-manifest.yml', 'astronYaml', undefined, '', 8],
  ['with-manifest.core.json', 'astronJson', undefined, undefined, 8],
  ['n8n-workflow.json', 'generic', undefined, undefined, undefined],
  ['node-red-flows.json', 'generic', undefined, undefined, undefined],
] as const)('%s', (file, format, name, flowId, nodeCount) => {
  const text = textOf(file);
  const flow = flowOf(text, file);

  test('is read as what it is', () => {
    expect(flow.format).toBe(format);
    if (name !== undefined) expect(flow.name).toBe(name);
    if (flowId !== undefined) expect(flow.flowId).toBe(flowId);
    if (nodeCount !== undefined) expect(flow.nodes).toHaveLength(nodeCount);
  });

  test('each node stands where it says, inside its own object', () => {
    for (const { id, idRange, range } of flow.nodes) {
      expect(text.slice(idRange.start, idRange.end)).toBe(id);
      expect(range.start).toBeLessThan(idRange.start);
      expect(range.end).toBeGreaterThan(idRange.end);
    }
    expect(new Set(flow.nodes.map(({ idRange }) => idRange.start)).size).toBe(flow.nodes.length);
  });
});

test.each(['batch-orders.yaml', 'batch-orders.core.json'])(
  "%s: an iteration's body has it as parent",
  (file) => {
    const flow = flowOf(textOf(file), file);
    const iteration = flow.nodes.find(({ type }) => type === 'iteration');
    const body = flow.nodes.filter(({ parentId }) => parentId === iteration?.id);
    expect(body.map(({ type }) => type)).toEqual([
      'iteration-node-start',
      'rpa',
      'iteration-node-end',
    ]);
  },
);

test('the name is the label in the export and the alias in the core protocol', () => {
  for (const file of ['invoice-entry.yaml', 'invoice-entry.core.json']) {
    const { nodes } = flowOf(textOf(file), file);
    expect(nodes.find(({ type }) => type === 'rpa')?.name).toBe('录入ERP');
  }
});

test('the edge of a failure is told from the others', () => {
  const { edges } = flowOf(textOf('invoice-entry.yaml'), 'invoice-entry.yaml');
  expect(edges.filter(({ kind }) => kind === 'fail').map(({ target }) => target)).toEqual([
    'node-end::cda617af-551e-462e-b3b8-3bb9a041bf88',
  ]);
});

test('the manifest above the nodes names their ids too and is not taken for them', () => {
  const text = textOf('with-manifest.yml');
  const plugin = flowOf(text, 'a.yml').nodes.find(({ type }) => type === 'plugin');
  expect(plugin?.idRange.start).toBeGreaterThan(text.indexOf('flowData:'));
  expect(text.indexOf(plugin?.id ?? '?')).toBeLessThan(text.indexOf('flowData:'));
});

test.each([
  ['with Windows line ends', (text: string) => text.replaceAll('\n', '\r\n')],
  [
    'with an emoji before the nodes',
    (text: string) => text.replace("description: ''", 'description: 🤖🤖'),
  ],
  ['with quoted ids', (text: string) => text.replaceAll(/id: (\S+::\S+)/g, 'id: "$1"')],
  ['cut off in the middle', (text: string) => text.slice(0, text.indexOf('- id: message::') + 60)],
  ['with a line that makes no sense', (text: string) => text.replace('  edges:', '  ][ : edges:')],
])('an export %s still gives its nodes', (_, change) => {
  const text = change(textOf('invoice-entry.yaml'));
  const { nodes } = flowOf(text, 'a.yaml');
  expect(nodes.length).toBeGreaterThanOrEqual(4);
  for (const { id, idRange } of nodes) expect(text.slice(idRange.start, idRange.end)).toBe(id);
});

test('a core protocol on one long line has its places', () => {
  const text = JSON.stringify(JSON.parse(textOf('invoice-entry.core.json')));
  const { nodes } = flowOf(text, 'a.json');
  for (const { id, idRange } of nodes) expect(text.slice(idRange.start, idRange.end)).toBe(id);
});

test('ids beyond 2^53 keep every digit', () => {
  const text = 'id: 7379450201923928066\nname: x\ndata:\n  nodes:\n    - id: rpa::1-a\n';
  expect(flowOf(text, 'a.yaml').flowId).toBe('7379450201923928066');
});

test.each([
  ['', 'a.yaml'],
  ['', 'a.json'],
  ['just words', 'a.yaml'],
  ['{"name": "x"}', 'a.json'],
  ['[]', 'a.json'],
  ['{{{{', 'a.json'],
  ['&a [*a]', 'a.yaml'],
  ['['.repeat(5_000), 'a.yaml'],
  ['['.repeat(5_000), 'a.json'],
])('%j in %s is no flow, and no exception', (text, fileName) => {
  expect(parseFlow(text, fileName).ok).toBe(false);
});

test.each([
  ['invoice-entry.yaml', true],
  ['invoice-entry.core.json', true],
  ['with-manifest.yml', true],
  ['n8n-workflow.json', false],
])('%s looks like a flow: %s', (file, expected) => {
  expect(looksLikeFlow(textOf(file), file)).toBe(expected);
});

test.each([
  ['{"scripts": {"build": "x"}}', 'package.json'],
  ['services:\n  web:\n    image: x', 'docker-compose.yml'],
  ['flowData: x', 'notes.md'],
])('%j in %s does not', (text, fileName) => {
  expect(looksLikeFlow(text, fileName)).toBe(false);
});
