import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseFlow } from '../../../src/flow/parseFlow.ts';
import { parseYamlTree } from '../../../src/flow/yamlTree.ts';
import { largeFlow } from '../../support/largeFlow.ts';

const textOf = (name: string) =>
  readFileSync(new URL(`../../fixtures/flows/${name}`, import.meta.url), 'utf8');

function flowOf(text: string, fileName: string) {
  const parsed = parseFlow(text, fileName);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  return parsed.value;
}

test.each([
  'invoice-entry.yaml',
  'with-manifest.core.json',
  'astronrpa-process.json',
  'camunda-invoice.bpmn',
  'uipath-Main.xaml',
])('%s cut off or damaged anywhere is read without an exception, and its places hold', (file) => {
  const text = textOf(file);
  const step = Math.ceil(text.length / 60);
  for (let at = 0; at < text.length; at += step) {
    for (const changed of [text.slice(0, at), `${text.slice(0, at)}"]}<${text.slice(at + 3)}`]) {
      const parsed = parseFlow(changed, file);
      if (!parsed.ok) continue;
      for (const { id, idRange, range } of parsed.value.nodes) {
        const raw = changed.slice(idRange.start, idRange.end);
        // Where the damage hit an id, its text may be more than its value.
        if (!raw.includes('"]}<')) expect(raw, `at ${String(at)}`).toBe(id);
        expect(range.end).toBeLessThanOrEqual(changed.length);
      }
    }
  }
});

test.each([
  'invoice-entry.yaml',
  'invoice-entry.core.json',
  'astronrpa-process.json',
  'camunda-invoice.bpmn',
  'n8n-workflow.json',
  'uipath-Main.xaml',
])('%s with a conflict that git left in it has all nodes of both sides', (file) => {
  const text = textOf(file);
  const whole = flowOf(text, file);
  const ids = whole.nodes.map(({ id }) => id);
  for (const lineEnd of ['\n', '\r\n']) {
    const lines = text.split('\n');
    for (const at of [1, 2, 3].map((part) => Math.floor((lines.length * part) / 4))) {
      const line = lines[at] ?? '';
      const base = ['||||||| base', line, '======='];
      const sides = ['<<<<<<< HEAD', line, ...base, '>>>>>>> a branch'];
      const changed = lines.toSpliced(at, 1, ...sides).join(lineEnd);
      const flow = flowOf(changed, file);
      expect(flow).toMatchObject({ format: whole.format, isPartial: true });
      expect(flow.nodes.map(({ id }) => id)).toEqual(ids);
      for (const { id, idRange } of flow.nodes) {
        expect(changed.slice(idRange.start, idRange.end)).toBe(id);
      }
    }
  }
});

test.each([
  ['the base between them is in neither', ['||||||| base', '    Old', '    Older', '======='], []],
  ['a base without its end is read', ['||||||| base', '    Old'], ['Old']],
  ['a base without its begin is read', ['=======', '    Old', '||||||| base'], ['Old']],
])('of a conflict both sides have their steps: %s', (_, base, inBase) => {
  const lines = ['*** Tasks ***', 'Main', '    Open', '<<<<<<< HEAD', '    Read', ...base];
  for (const lineEnd of ['\n', '\r\n']) {
    const text = [...lines, '    Write', '>>>>>>> other', '    Close', ''].join(lineEnd);
    const { nodes } = flowOf(text, 'a.robot');
    expect(nodes.map(({ name }) => name)).toEqual([
      ...['Main', 'Open', 'Read', ...inBase, 'Write', 'Close'],
    ]);
    expect(nodes.at(-1)?.id).toBe(`a.robot:${String(lines.length + 3)}`);
    for (const { name, idRange } of nodes) {
      expect(text.slice(idRange.start, idRange.end)).toBe(name);
    }
  }
});

test('aliases of aliases cost no more than they are long', () => {
  const levels = Array.from(
    { length: 30 },
    (_, level) =>
      `l${String(level + 1)}: &l${String(level + 1)} [${`*l${String(level)}, `.repeat(9)}]`,
  );
  const text = ['l0: &l0 {id: step}', ...levels, 'own: &own [*own]'].join('\n');
  expect(flowOf(text, 'a.yaml').nodes.map(({ id }) => id)).toEqual(['step']);
});

test.each([
  ['what a node of the console is given', 'flowData', 'nodes', 'data', 'nodeParam'],
  ['what a node of the console gives', 'flowData', 'nodes', 'data', 'outputs'],
  ['the parameters of n8n', 'parameters'],
  ['the inputs of an action', 'inputs'],
  ['actions in actions', 'actions'],
])('aliases of aliases in %s are no more than a text may hold', (_, ...path) => {
  const levels = Array.from(
    { length: 30 },
    (__, level) =>
      `l${String(level + 1)}: &l${String(level + 1)} {${Array.from({ length: 9 }, (___, n) => `a${String(n)}: {actions: *l${String(level)}}`).join(', ')}}`,
  );
  const [key = ''] = path.slice(-1);
  const bomb = `${key}: *l30`;
  const flows = {
    nodeParam: `flowData: {nodes: [{id: 'a::1', data: {${bomb}}}]}`,
    outputs: `flowData: {nodes: [{id: 'a::1', data: {${bomb}}}]}`,
    parameters: `nodes: [{id: a, name: a, type: n, typeVersion: 1, ${bomb}}]`,
    inputs: `definition: {actions: {A: {runAfter: {}, ${bomb}}}}`,
    actions: `definition: {actions: {A: {runAfter: {}, ${bomb}}}}`,
  };
  const flow = flows[key as keyof typeof flows];
  const text = ['l0: &l0 {text: "{{a}} @{body(\'A\')}"}', ...levels, flow].join('\n');
  expect(flowOf(text, 'a.yaml').nodes.length).toBeGreaterThan(0);
});

test('values that aliases repeat beyond what is read are a fault', () => {
  const template = Array.from({ length: 1_000 }, (_, n) => `  k${String(n)}: v`).join('\n');
  const aliased = (count: number) => {
    const nodes = Array.from({ length: count }, (_, n) => `  - id: n${String(n)}\n    base: *a`);
    return `base: &a\n${template}\nnodes:\n${nodes.join('\n')}\n`;
  };
  expect(parseYamlTree(aliased(900)).fault).toBeNull();
  expect(flowOf(aliased(900), 'a.yaml').isPartial).toBeUndefined();
  const text = aliased(1_200);
  const missing = text.indexOf('*a', text.indexOf('id: n999'));
  expect(parseYamlTree(text).fault).toEqual({
    detail: 'its aliases repeat more than 1000000 values',
    offset: missing,
  });
  const flow = flowOf(text, 'a.yaml');
  expect([flow.nodes.length, flow.isPartial]).toEqual([1_200, true]);
});

test('an export of 400 KB is read', () => {
  const large = largeFlow(65);
  expect(large.length).toBeGreaterThan(400_000);
  expect(flowOf(large, 'a.yaml').nodes).toHaveLength(390);
});

test('a list of hundreds of thousands is read, also where all have one id', () => {
  const text = `[${'{"id":"a","x":1},'.repeat(130_000)}{"id":"b"}]`;
  expect(flowOf(text, 'a.json').nodes).toHaveLength(130_001);
});

const nested = (open: string, levels: number, inner: string, close: string) =>
  open.repeat(levels) + inner + close.repeat(levels);

test.each<[string, string, (levels: number) => string, number]>([
  ['XML', 'a.bpmn', (levels) => nested('<a>', levels, '<b id="x" />', '</a>'), 201],
  ['XML that breaks off', 'a.bpmn', (levels) => nested('<a>', levels, '<b id="x" />', ''), 201],
  ['JSON', 'a.json', (levels) => nested('[', levels, '{"id":"x"}', ']'), 200],
  ['YAML', 'a.yaml', (levels) => nested('[', levels, '{id: x}', ']'), 200],
  [
    'JSON in a text of JSON',
    'a.json',
    (levels) => JSON.stringify({ data: nested('[', levels, '{"id":"x"}', ']') }),
    200,
  ],
])(
  '%s in %s is read down to the depth of any flow, and refused below',
  (_, file, textOf, first) => {
    expect(flowOf(textOf(first - 1), file).nodes.map(({ id }) => id)).toEqual(['x']);
    for (const levels of [first, 50_000]) {
      const parsed = parseFlow(textOf(levels), file);
      expect(parsed.ok ? undefined : parsed.error.reason, String(levels)).toBe('tooDeep');
    }
  },
);

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
