import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { looksLikeFlow } from '../../../src/flow/looksLikeFlow.ts';
import { piecesOfFlows } from '../../support/hostileTexts.ts';

const textOf = (name: string) =>
  readFileSync(new URL(`../../fixtures/flows/${name}`, import.meta.url), 'utf8');

test.each([
  ['invoice-entry.yaml', true],
  ['invoice-entry.core.json', true],
  ['with-manifest.yml', true],
  ['n8n-workflow.json', true],
  ['node-red-flows.json', true],
  ['astronrpa-process.json', true],
  ['camunda-invoice.bpmn', true],
  ['uipath-Main.xaml', true],
])('%s looks like a flow: %s', (file, expected) => {
  expect(looksLikeFlow(textOf(file), file)).toBe(expected);
});

test.each([
  ['flowMeta:\n  name: x', 'a.yml'],
  ['id: f\ndata:\n  nodes:\n  - id: rpa::3f9d2b1a-6c41-4c0e-a8f7-2b8b4a9a1c33', 'core.yaml'],
  ['{"flowData": {}}', 'a.json'],
  ['{"data": "{\\"nodes\\": [{\\"id\\": \\"rpa::3f9d2b1a-6c41-4c0e-a8f7\\"}]}"}', 'answer.json'],
  ['{"data": "[{\\"inputList\\": [], \\"outputList\\": []}]"}', 'process.JSON'],
  [
    '{"nodes": [{"name": "a", "type": "@acme/n8n-nodes-x.call", "typeVersion": 1}]}',
    'n8n-of-other-packages.json',
  ],
])('%j in %s looks like a flow', (text, fileName) => {
  expect(looksLikeFlow(text, fileName)).toBe(true);
});

test.each([
  ['{"scripts": {"build": "x"}}', 'package.json'],
  ['services:\n  web:\n    image: x', 'docker-compose.yml'],
  ['flowData: x', 'notes.md'],
  ['{"nodes": [{"id": "a"}], "edges": []}', 'graph.json'],
  ['{"wires": 3}', 'cable.json'],
  ['not xml', 'a.xaml'],
])('%j in %s does not', (text, fileName) => {
  expect(looksLikeFlow(text, fileName)).toBe(false);
});

test.each(piecesOfFlows)('a large file of %j alone is none', (piece) => {
  // A pattern that goes back over it takes minutes, which no test has: all extensions would wait.
  const text = `"nodes": ${piece.repeat(2_000_000)}`;
  for (const name of ['a.json', 'a.yaml', 'a.bpmn']) expect(looksLikeFlow(text, name)).toBe(false);
});
