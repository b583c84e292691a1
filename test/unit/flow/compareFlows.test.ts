import { describe, expect, test } from 'vitest';
import { compareFlows } from '../../../src/flow/compareFlows.ts';
import type { FlowDocument } from '../../../src/flow/flowDocument.ts';
import { outOfOrder } from '../../../src/flow/outOfOrder.ts';
import { parseFlow } from '../../../src/flow/parseFlow.ts';

function read(text: string, fileName: string): FlowDocument {
  const parsed = parseFlow(text, fileName);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  return parsed.value;
}

/** `a:Name` are nodes of n8n, `a>b` its edges. */
function graph(written: string): FlowDocument {
  const parts = written.split(' ');
  const nodes = parts.filter((part) => !part.includes('>')).map((part) => part.split(':'));
  const nameOf = (id: string) => nodes.find(([own]) => own === id)?.[1] ?? id;
  const connections: Record<string, { main: { node: string }[][] }> = {};
  for (const part of parts.filter((one) => one.includes('>'))) {
    const [source = '', target = ''] = part.split('>');
    const outputs = (connections[nameOf(source)] ??= { main: [[]] });
    outputs.main[0]?.push({ node: nameOf(target) });
  }
  const text = JSON.stringify({
    nodes: nodes.map(([id, name = id]) => ({ id, name, type: 'n8n.set', typeVersion: 1 })),
    connections,
  });
  return read(text, 'a.json');
}

const atoms = (ids: string) =>
  read(
    JSON.stringify(
      ids.split(' ').map((part) => {
        const [id, key = 'Excel.open'] = part.split('=');
        return { key, version: '1', id, alias: id, inputList: [], outputList: [] };
      }),
    ),
    'process.json',
  );

const robot = (...lines: string[]) =>
  read(`*** Tasks ***\nPost\n${lines.map((line) => `    ${line}\n`).join('')}`, 'a.robot');

function told({ added, gone, renamed, moved }: ReturnType<typeof compareFlows>): string {
  const names = (nodes: readonly { readonly name: string }[]) => nodes.map(({ name }) => name);
  return [
    ...names(added).map((name) => `+${name}`),
    ...names(gone).map((name) => `-${name}`),
    ...renamed.map(({ node, was }) => `${was}=${node.name}`),
    ...names(moved).map((name) => `~${name}`),
  ].join(' ');
}

describe('what is different in a flow', () => {
  test.each<[string, FlowDocument, FlowDocument, string]>([
    ['nothing', graph('a b a>b'), graph('a b a>b'), ''],
    ['its order in a file with edges', graph('a b a>b'), graph('b a a>b'), ''],
    ['a step between two', graph('a b a>b'), graph('a x b a>x x>b'), '+x'],
    ['a step that is gone', graph('a x b a>x x>b'), graph('a b a>b'), '-x'],
    ['a name', graph('a:Save b a>b'), graph('a:Store b a>b'), 'Save=Store'],
    ['another edge', graph('a b c a>b b>c'), graph('a b c a>b a>c'), '~c'],
    [
      'two that changed places',
      graph('a b c d a>b b>c c>d'),
      graph('a b c d a>c c>b b>d'),
      '~b ~c ~d',
    ],
    ['the order of a list', atoms('a b c d'), atoms('a c d b'), '~b'],
    ['a list, with one between', atoms('a b c'), atoms('a x b c'), '+x'],
    [
      'the block it stands in',
      atoms('l=Code.ForStep a b e=Code.ForEnd'),
      atoms('l=Code.ForStep a e=Code.ForEnd b'),
      '~b',
    ],
    ['a block around it', atoms('a b'), atoms('l=Code.ForStep a b e=Code.ForEnd'), '+l +e'],
    ['lines', robot('Open', 'Save'), robot('Log    x', 'Open', 'Save'), '+Log'],
    [
      'lines of one name',
      robot('Log    1', 'Log    2'),
      robot('Log    1', 'Log    2', 'Log    3'),
      '+Log',
    ],
  ])('%s', (_name, before, now, difference) => {
    expect(told(compareFlows(before, now))).toBe(difference);
  });

  test('what moved is as little as it can be', () => {
    expect([...outOfOrder([1, 2, 3])]).toEqual([]);
    expect([...outOfOrder([9, 1, 2, 3])]).toEqual([0]);
    expect([...outOfOrder([2, 1])]).toHaveLength(1);
    expect([...outOfOrder([])]).toEqual([]);
    // A hundred thousand take no longer than a moment: it isn't each with each.
    expect(outOfOrder(Array.from({ length: 100_000 }, (_, n) => -n)).size).toBe(99_999);
  });
});
