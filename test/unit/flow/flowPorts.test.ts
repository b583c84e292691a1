import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { withMaskedIds } from '../../../src/answers/maskedFlow.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';
import { repositoryRoot } from '../../support/paths.ts';

test.each(['invoice-entry.yaml', 'invoice-entry.core.json'])(
  'what nodes of %s are given and give',
  (name) => {
    const parsed = parseFlow(
      readFileSync(join(repositoryRoot, 'test/fixtures/flows', name), 'utf8'),
      name,
    );
    if (!parsed.ok) throw new Error('it is no flow');
    const { nodes } = parsed.value;
    const ids = new Set(nodes.map(({ id }) => id));
    const references = nodes.flatMap(({ ports }) => ports?.references ?? []);
    expect(references.length).toBeGreaterThan(0);
    expect(references.every(({ source, path }) => ids.has(source) && path !== '')).toBe(true);
    const masked = withMaskedIds(parsed.value, (id) => `masked ${id}`);
    const sources = masked.nodes.flatMap(({ ports }) => ports?.references ?? []);
    expect(sources.every(({ source }) => source.startsWith('masked '))).toBe(true);
  },
);

test('texts name the inputs that they are made of, and nothing of the engine', () => {
  const node = (nodeParam: object) => ({
    flowData: { nodes: [{ id: 'message::1', data: { nodeParam } }], edges: [] },
  });
  const text = JSON.stringify(
    node({ template: '{{ total.sum }} of {{rows[0]}} {{__input__}}', prompts: ['{{total}}', 7] }),
  );
  const parsed = parseFlow(text, 'f.json');
  expect(parsed.ok && parsed.value.nodes[0]?.ports?.inTexts.toSorted()).toEqual(['rows', 'total']);
});

test('inputs have the types that the file declares, in both forms', () => {
  const input = (name: string, schema: object) => ({ id: name, name, schema });
  const node = { id: 'rpa::1', data: { inputs: [] as object[], nodeMeta: {} } };
  node.data.inputs = [
    input('rows', { type: 'array-string' }),
    input('more', { type: 'array', items: { type: 'string' } }),
    input('total', { type: 'number', value: { type: 'literal', content: 7 } }),
    input('odd', { type: 'money' }),
    input('', { type: 'string' }),
  ];
  const types = [
    { name: 'rows', type: 'array' },
    { name: 'more', type: 'array' },
    { name: 'total', type: 'number' },
    { name: 'odd', type: null },
  ];
  for (const flow of [{ flowData: { nodes: [node], edges: [] } }, { data: { nodes: [node] } }]) {
    const parsed = parseFlow(JSON.stringify(flow), 'f.json');
    expect(parsed.ok && parsed.value.nodes[0]?.ports?.inputs).toEqual(types);
  }
});
