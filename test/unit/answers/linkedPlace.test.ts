import { expect, test } from 'vitest';

import { inOneGo } from '../../../src/base/steps.ts';
import { linkedPlace } from '../../../src/answers/linkedPlace.ts';
import type { LinkedValue } from '../../../src/protocol/handOn.ts';
import { longKey, longRun, type LongStep } from '../../support/longRun.ts';
import { engineParts } from '../engine/world.ts';

const nodeId = 'ifly-code::1';
const anywhere = { run: null, at: null };
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
  const found = await engine.handlers.linkedPlace({ key: longKey, nodeId, path, ...anywhere });
  if (match === null) expect(found).toBeNull();
  else expect(found).toMatchObject({ row, path, match });
});

const rounds: readonly LongStep[] = [
  { nodeId, input: { order: 1, sum: 1 }, output: { order: 2 } },
  { nodeId, input: { order: 3 } },
];

test.each<[string, Pick<LinkedValue, 'run' | 'path' | 'at'>, object | null]>([
  ['the run that was meant', { run: 'run0', path: 'order', at: null }, { section: 'output' }],
  [
    'the section that was meant',
    { run: 'run0', path: 'order', at: { section: 'input', entry: 0 } },
    { section: 'input', entry: 'input:order:' },
  ],
  [
    'another one where that does not hold it',
    { run: 'run0', path: 'order', at: { section: 'config', entry: 4 } },
    { section: 'output' },
  ],
  ['the run itself', { run: 'run0', path: null, at: null }, null],
])('a link leads to %s', async (_, wanted, match) => {
  const engine = engineParts();
  engine.take([longRun(rounds)]);
  const found = await engine.handlers.linkedPlace({ key: longKey, nodeId, ...wanted });
  expect(found).toMatchObject({ row: 'run0', match });
});

test.each<[string, number, object | null]>([
  ['log.row.no', 1, { section: 'logs', entry: '1', path: '', part: 'value', length: 20 }],
  ['log.row.name', 1, null],
  ['log.row.no', 0, null],
  ['log.row.no', 9, null],
])('a link leads to JSON in a log: %s in line %i', async (path, entry, match) => {
  const engine = engineParts();
  engine.take([longRun([{ nodeId, logs: ['begun', '{"row": {"no": 128}}'] }])]);
  const at = { section: 'logs', entry } as const;
  const found = await engine.handlers.linkedPlace({ key: longKey, nodeId, run: null, path, at });
  if (match === null) expect(found).toBeNull();
  else expect(found).toMatchObject({ row: 'run0', match });
});

test('where the run is gone the value is looked for in others', async () => {
  const engine = engineParts();
  engine.take([longRun(rounds)]);
  const value = { key: longKey, nodeId, run: 'gone' };
  const found = await engine.handlers.linkedPlace({ ...value, path: 'order', at: null });
  expect(found).toMatchObject({ row: 'run1' });
  expect(await engine.handlers.linkedPlace({ ...value, path: null, at: null })).toBeNull();
});

test('others have their turn between the runs of a step and the values that are looked into', () => {
  const value = { name: 'result', form: 'json', round: null, value: { a: 1 } };
  const rows = Array.from({ length: 100 }, (_, n) => ({
    node: { nodeId, run: { key: `run${String(n)}` } },
  }));
  const opened = { tree: [], shown: new Map([['[]', rows]]) };
  const data = { output: [value, value], input: [], config: [], llmOutput: '' };
  const steps = linkedPlace(opened as never, { nodeData: () => data } as never, {
    nodeId,
    path: 'result.no',
    ...anywhere,
  });
  expect([...steps]).toHaveLength(300);
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
  const wanted = { nodeId, path: 'result.no', ...anywhere };
  expect(inOneGo(linkedPlace(opened as never, record as never, wanted))).toBeNull();
  expect(looked).toEqual(['result']);
});
