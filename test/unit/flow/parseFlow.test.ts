import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseFlow } from '../../../src/flow/parseFlow.ts';

const textOf = (name: string) =>
  readFileSync(new URL(`../../fixtures/flows/${name}`, import.meta.url), 'utf8');

const windows = (text: string) => text.replaceAll('\n', '\r\n');

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
  ['with-manifest.yml', 'astronYaml', '发票录入助手', '', 8],
  ['with-manifest.core.json', 'astronJson', '发票录入助手', '7370012345678901248', 8],
  ['n8n-workflow.json', 'n8n', 'Invoice entry', 'Ab3dEf6hIj9kLm2n', 5],
  ['node-red-flows.json', 'nodeRed', 'Invoice entry', '', 5],
  ['astronrpa-process.json', 'astronRpa', '', '', 17],
  ['camunda-invoice.bpmn', 'bpmn', '', 'Process_Invoice', 3],
  ['uipath-Main.xaml', 'xaml', 'Main', '', 10],
] as const)('%s', (file, format, name, flowId, nodeCount) => {
  const text = textOf(file);
  const flow = flowOf(text, file);

  test('is read as what it is', () => {
    expect(flow).toMatchObject({ format, name, flowId });
    expect(flow.nodes).toHaveLength(nodeCount);
    expect([...flow.nodesById.values()].flat()).toHaveLength(nodeCount);
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

test.each([
  ['""', 'normal'],
  ['"branch_one_of::1"', 'branch'],
  ['"intent-one-of::1"', 'branch'],
  ['"option-one-of::1"', 'branch'],
  ['"fail_one_of::1"', 'fail'],
  ['"intent_chain|fail_one_of::1"', 'fail'],
  ['"intent_chain|intent-one-of::1"', 'branch'],
  ['null', 'normal'],
])('an edge from the handle %s is %s', (handle, kind) => {
  const core = `{"data": {"nodes": [{"id": "a", "data": {}}], "edges": [{"sourceNodeId": "a", "targetNodeId": "b", "sourceHandle": ${handle}}]}}`;
  expect(flowOf(core, 'a.json').edges).toEqual([{ source: 'a', target: 'b', kind }]);
  const console = `flowData: {nodes: [{id: a}], edges: [{source: a, target: b, sourceHandle: ${handle}}]}`;
  expect(flowOf(console, 'a.yaml').edges).toEqual([{ source: 'a', target: 'b', kind }]);
});

test('the manifest above the nodes names their ids too and is not taken for them', () => {
  const text = textOf('with-manifest.yml');
  const plugin = flowOf(text, 'a.yml').nodes.find(({ type }) => type === 'plugin');
  expect(plugin?.idRange.start).toBeGreaterThan(text.indexOf('flowData:'));
  expect(text.indexOf(plugin?.id ?? '?')).toBeLessThan(text.indexOf('flowData:'));
});

test.each([
  ['with Windows line ends', windows],
  ['with a byte order mark', (text: string) => `\uFEFF${windows(text)}`],
  [
    'with a folded text that Windows ended',
    (text: string) => windows(text.replace("description: ''", 'description: "one\\\n  \\ two"')),
  ],
  [
    'with an emoji before the nodes',
    (text: string) => text.replace("description: ''", 'description: 🤖🤖'),
  ],
  ['with quoted ids', (text: string) => text.replaceAll(/id: (\S+::\S+)/g, 'id: "$1"')],
  [
    'with ids in blocks',
    (text: string) => text.replaceAll(/- id: (\S+::\S+)/g, '- id: >-\n      $1'),
  ],
  [
    'with ids in blocks that Windows ended',
    (text: string) => windows(text.replaceAll(/- id: (\S+::\S+)/g, '- id: |-\n      $1')),
  ],
  [
    'with ids on the next line',
    (text: string) => text.replaceAll(/- id: (\S+::\S+)/g, '- id:\n      $1'),
  ],
  ['with anchored ids', (text: string) => text.replaceAll(/- id: (\S+::\S+)/g, '- id: &n $1')],
  ['cut off in the middle', (text: string) => text.slice(0, text.indexOf('- id: message::') + 60)],
  ['with a line that makes no sense', (text: string) => text.replace('  edges:', '  ][ : edges:')],
])('an export %s still gives its nodes', (_, change) => {
  const text = change(textOf('invoice-entry.yaml'));
  const { nodes } = flowOf(text, 'a.yaml');
  expect(text).not.toBe(textOf('invoice-entry.yaml'));
  expect(nodes.length).toBeGreaterThanOrEqual(4);
  for (const { id, idRange } of nodes) expect(text.slice(idRange.start, idRange.end)).toBe(id);
});

/** A JSON file as other ways of saving it write it. */
const savings: readonly (readonly [string, (value: unknown) => string])[] = [
  ['on one long line', (value) => JSON.stringify(value)],
  ['with a byte order mark', (value) => `\uFEFF${JSON.stringify(value, null, 2)}`],
  ['in an answer', (value) => JSON.stringify({ code: 0, data: value })],
  ['as a text in an answer', (value) => JSON.stringify({ code: 0, data: JSON.stringify(value) })],
  [
    'as a text with other escapes',
    (value) =>
      JSON.stringify({ msg: '😀', data: JSON.stringify(value, null, '\t') })
        .replaceAll('点', '\\u70b9')
        .replaceAll('/', '\\/'),
  ],
  [
    'with its data as a text',
    (value) => {
      const { data, ...flow } = value as { data?: unknown };
      return JSON.stringify(data === undefined ? value : { ...flow, data: JSON.stringify(data) });
    },
  ],
];

describe.each([
  ['invoice-entry.core.json', 'astronJson'],
  ['with-manifest.core.json', 'astronJson'],
  ['astronrpa-process.json', 'astronRpa'],
  ['n8n-workflow.json', 'n8n'],
])('%s', (file, format) => {
  const value: unknown = JSON.parse(textOf(file));
  const expected = flowOf(textOf(file), file).nodes.map(({ id, name }) => `${id} ${name}`);

  test.each(savings)('has its places %s', (_, save) => {
    const text = save(value);
    const flow = flowOf(text, file);
    expect(flow.format).toBe(format);
    expect(flow.nodes.map(({ id, name }) => `${id} ${name}`)).toEqual(expected);
    for (const { id, idRange } of flow.nodes)
      expect(text.slice(idRange.start, idRange.end)).toBe(id);
  });
});

test('the data of a core protocol is one as well, without a name', () => {
  const { data } = JSON.parse(textOf('invoice-entry.core.json')) as { data: unknown };
  expect(flowOf(JSON.stringify(data), 'a.json')).toMatchObject({ format: 'astronJson', name: '' });
});

test('a JSON file that is being written gives the nodes before the cursor', () => {
  const text = textOf('invoice-entry.core.json');
  const at = text.indexOf('"id": "message::') + 20;
  const { nodes } = flowOf(text.slice(0, at), 'a.json');
  expect(nodes.at(-2)?.id).toMatch(/^rpa::/);
  const last = nodes.at(-1);
  expect(text.slice(last?.idRange.start, last?.idRange.end)).toBe(last?.id);
});

test('ids beyond 2^53 keep every digit', () => {
  const text = 'id: 7379450201923928066\nname: x\ndata:\n  nodes:\n    - id: rpa::1-a\n';
  expect(flowOf(text, 'a.yaml').flowId).toBe('7379450201923928066');
});

test.each([
  ['flowData: {nodes: [', 'a.yaml', { reason: 'syntax', offset: 19 }],
  ['{"data" "x"}', 'a.json', { reason: 'syntax', offset: 8 }],
  ['<a><b></a>', 'a.bpmn', { reason: 'syntax', offset: 10 }],
  ['a: 1', 'a.yaml', { reason: 'notAFlow' }],
])('%j in %s is told apart', (text, fileName, problem) => {
  const parsed = parseFlow(text, fileName);
  expect(parsed.ok ? undefined : parsed.error).toMatchObject(problem);
});

test('the body of a loop that leads back to its start is walked once', () => {
  const node = (id: string, start?: string) => ({
    id,
    data: { nodeMeta: {}, nodeParam: { IterationStartNodeId: start } },
  });
  const edge = (sourceNodeId: string, targetNodeId: string) => ({ sourceNodeId, targetNodeId });
  const flow = {
    nodes: [node('loop::1', 'a::1'), node('a::1'), node('b::1'), node('after::1')],
    edges: [
      ...[edge('a::1', 'b::1'), edge('b::1', 'a::1'), edge('b::1', 'loop::1')],
      edge('loop::1', 'after::1'),
    ],
  };
  const { nodes } = flowOf(JSON.stringify({ id: 'f', data: flow }), 'a.json');
  expect(nodes.map(({ id, parentId }) => `${id} in ${String(parentId)}`)).toEqual([
    'loop::1 in null',
    'a::1 in loop::1',
    'b::1 in loop::1',
    'after::1 in null',
  ]);
});

test('a parent that the core protocol names comes before the one that is concluded', () => {
  const text =
    '{"data": {"nodes": [{"id": "a::1", "data": {"nodeMeta": {}, "parentId": "loop::1"}}]}}';
  expect(flowOf(text, 'a.json').nodes[0]?.parentId).toBe('loop::1');
});

test('a shared value stands where its anchor is', () => {
  const text =
    'flowData:\n  nodes:\n  - id: rpa::1\n    data: &d {label: 😀x}\n  - {id: rpa::2, data: *d}\n';
  expect(flowOf(text, 'a.yaml').nodes.map(({ id, name }) => `${id} ${name}`)).toEqual([
    'rpa::1 😀x',
    'rpa::2 😀x',
  ]);
});
