import { expect, test } from 'vitest';

import { linkedPlace } from '../../../src/answers/linkedPlace.ts';
import { longKey, longRun, type LongStep } from '../../support/longRun.ts';
import { engineParts } from '../engine/world.ts';

const nodeId = 'ifly-code::1';
const steps: readonly LongStep[] = [
  { nodeId, input: { order: 1 }, output: { result: { rows: [{ 'unit price': 7 }, 'x'] } } },
  { nodeId: 'ifly-code::2', input: { result: 'elsewhere' } },
  {
    nodeId,
    input: { order: { no: 'A-1' } },
    output: { raw: '{"deep":[{"total":12}],"text":"{\\"total\\":12}"}', a: '' },
  },
];

test.each<[string, string, object | null]>([
  ['result', 'run0', { section: 'output', entry: 'output:result:', path: '', part: 'name' }],
  [
    'result.rows[0]["unit price"]',
    'run0',
    { path: '/rows/0/unit price', part: 'value', length: 1 },
  ],
  ['result.rows[0]', 'run0', { path: '/rows/0', part: 'key' }],
  ['result.rows[9]', '', null],
  ['resul', '', null],
  ['raw.deep[0].total', 'run2', { section: 'output', path: '/deep/0/total', part: 'value' }],
  ['raw.text.total', 'run2', { path: '/text', part: 'value', offset: 0, length: 12 }],
  ['order.no', 'run2', { section: 'input', path: '/no', part: 'value', length: 3 }],
  ['order', 'run2', { section: 'input', path: '', part: 'name' }],
])('where the value of a link stands: %s', async (path, row, match) => {
  const engine = engineParts();
  engine.take([longRun(steps)]);
  const found = await engine.handlers.linkedPlace({ key: longKey, nodeId, path });
  if (match === null) expect(found).toBeNull();
  else expect(found).toMatchObject({ row, path, match });
});

test('nothing is looked into that is called something else', () => {
  const looked: string[] = [];
  const value = (name: string) => ({
    ...{ name, form: 'json', round: null },
    value: new Proxy({}, { ownKeys: () => (looked.push(name), []) }),
  });
  const node = { nodeId, run: { key: 'run0' } };
  const opened = { tree: [], shown: new Map([['[]', [{ node }]]]) };
  const output = ['a', 'result', 'resulting'].map(value);
  const record = { nodeData: () => ({ output, input: [], config: [], llmOutput: '' }) };
  expect(linkedPlace(opened as never, record as never, { nodeId, path: 'result.no' })).toBeNull();
  expect(looked).toEqual(['result']);
});
