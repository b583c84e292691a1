import { expect, test } from 'vitest';
import { type FlowShapeNode, runsInRounds } from '../../../src/trace/flowShape.ts';

const nodes = new Map<string, FlowShapeNode>(
  (
    [
      ['loop', 'Code.ForList', null],
      ['if', 'Code.If', 'loop'],
      ['click', 'BrowserElement.click', 'if'],
      ['try', 'TRY', null],
      ['log', 'keyword', 'try'],
      ['each', 'ui:ForEachRow', null],
      ['row', 'Click', 'each'],
      ['inner', 'llm', 'iteration::gone'],
      ['a', 'If', 'b'],
      ['b', 'If', 'a'],
    ] as const
  ).map(([id, type, parentId]) => [id, { id, type, parentId, name: '' }]),
);

test.each([
  ['loop', false],
  ['if', true],
  ['click', true],
  ['log', false],
  ['row', true],
  ['inner', true],
  ['a', false],
])('%s runs in rounds: %s', (id, expected) => {
  const node = nodes.get(id);
  expect(node && runsInRounds(node, nodes)).toBe(expected);
});
