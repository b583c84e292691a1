import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import type { NodePart } from '../../../src/flow/flowDocument.ts';
import { rangeIn } from '../../../src/flow/locateNode.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';

const fixture = (name: string) =>
  readFileSync(new URL(`../../fixtures/flows/${name}`, import.meta.url), 'utf8');
const sample = (name: string) =>
  readFileSync(new URL(`../../../media/sample-workspace/${name}`, import.meta.url), 'utf8');

/** What stands in a flow file at a setting of each node that has it, by the node's name. */
function settings(text: string, fileName: string, part: NodePart): readonly string[] {
  const parsed = parseFlow(text, fileName);
  const nodes = parsed.ok ? parsed.value.nodes : [];
  return nodes.flatMap((node) => {
    const range = rangeIn(node, { part });
    return range === undefined ? [] : [`${node.name}: ${text.slice(range.start, range.end)}`];
  });
}

/** The text from where each line of the only program begins, up to the end of a word. */
function codeLines(text: string, fileName: string): readonly string[] {
  const parsed = parseFlow(text, fileName);
  const node = parsed.ok ? parsed.value.nodes.find((one) => one.settings?.code) : undefined;
  if (node === undefined) return [];
  const many = node.settings?.code?.lines?.length ?? 0;
  return Array.from({ length: many }, (_, at) => {
    const { start = 0 } = rangeIn(node, { part: 'code', line: at + 1 }) ?? {};
    return /^ *\w*/.exec(text.slice(start))?.[0].trim() ?? '';
  });
}

describe('where settings of a node stand', () => {
  test.each<[string, string, NodePart, string]>([
    ['invoice-entry.yaml', sample('invoice-entry.yaml'), 'timeout', '录入 ERP: 8'],
    ['vendor-onboarding.json', sample('vendor-onboarding.json'), 'timeout', 'Check VAT number: 10'],
    ['invoice-entry.yaml', sample('invoice-entry.yaml'), 'retry', '录入 ERP: retryConfig'],
  ])('%s: the %3$s of %4$s', (name, text, part, expected) => {
    expect(settings(text, name, part)).toContain(expected);
  });

  test('of XML are attributes, of lists of pairs a pair', () => {
    const xaml = fixture('uipath-Main.xaml');
    expect(settings(xaml, 'Main.xaml', 'timeout').some((one) => one.endsWith(': 30000'))).toBe(
      true,
    );
    expect(settings(xaml, 'Main.xaml', 'selector').some((one) => one.includes("id='save'"))).toBe(
      true,
    );
    const rpa = fixture('astronrpa-process.json');
    expect(settings(rpa, 'process.json', 'timeout').length).toBeGreaterThan(0);
  });
});

test.each([
  ['invoice-entry.yaml', 'shouldRetry: true, maxRetries: 1'],
  ['invoice-entry.core.json', 'should_retry: true, max_retries: 1'],
])('%s: how often is tried again stands in a group of settings', (name, expected) => {
  const parsed = parseFlow(fixture(name), name);
  const values = parsed.ok ? parsed.value.nodes.map(({ settings: of }) => of?.retry?.value) : [];
  expect(values).toContain(expected);
});

const program = 'def main(a):\n    b = "x\\ny"\n\n    return b\n';
const flowOf = (code: string) => `flowData:
  nodes:
  - id: ifly-code::d0f640b2-3e71
    data:
      label: Check
      nodeParam:
        code: ${code}
  edges: []
`;
const core = JSON.stringify({
  id: '1',
  data: {
    nodes: [{ id: 'ifly-code::d0f640b2-3e71', data: { nodeParam: { code: program } } }],
    edges: [],
  },
});

describe('the lines of a program', () => {
  const lines = ['def', 'b', '', 'return'];
  test.each<[string, string, string, readonly string[]]>([
    ['in JSON', core, 'flow.json', lines],
    ['in a block', flowOf(`|\n${program.replace(/^(?=.)/gm, ' '.repeat(10))}`), 'f.yaml', lines],
    ['in double quotes', flowOf(JSON.stringify(program)), 'f.yaml', lines],
    [
      'in double quotes over several lines',
      flowOf('"def main(a):\\n\\\n          \\    b = 1\\n\\\n          \\    return b\\n"'),
      'f.yaml',
      ['', '', ''],
    ],
    ['of one line', flowOf('return 1'), 'f.yaml', ['return']],
    [
      'in single quotes, whose line ends mean something else',
      flowOf("'a\n\n          b\n\n          c'"),
      'f.yaml',
      [],
    ],
    [
      'in a text within a text: not told',
      JSON.stringify({ code: '000000', data: JSON.stringify(JSON.parse(core)) }),
      'flow.json',
      [],
    ],
  ])('%s', (_, text, fileName, expected) => {
    const found = codeLines(text, fileName);
    if (expected.every((line) => line === '')) expect(found).toHaveLength(expected.length);
    else expect(found).toEqual(expected);
  });
});
