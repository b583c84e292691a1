/** Names of values may hold secrets, of which one mark is left: no value may take the place of another for it, on either side. */
import { describe, expect, it, test } from 'vitest';
import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { createMask } from '../../../src/telemetry/mask.ts';
import { NodeLog } from '../../../src/telemetry/nodeLog.ts';
import { dumps } from '../../../src/telemetry/pythonText.ts';
import { toWireValue } from '../../../src/telemetry/wireValue.ts';
import { WorkflowLog } from '../../../src/telemetry/workflowLog.ts';
import type { NamedValue } from '../../../src/trace/execution.ts';
import { recordWith } from '../../support/fixtures.ts';
import { usualRules } from '../../support/usualRules.ts';

const login = (password: string) => `postgres://ada:${password}@db/orders`;
const shown = login('••••');
const values = { [login('aaa1')]: 'first', order: 'SO-17', [login('bbb2')]: 'second' };
const expected = [
  [shown, 'first'],
  ['order', 'SO-17'],
  [`${shown} 2`, 'second'],
];

/** What the panel makes of a record, by the sections of its one node. */
function shownData(form: 'g1' | 'g3', mask?: false) {
  const log = new WorkflowLog({ sid: 's', flowId: 'f', form, mask });
  const node = new NodeLog({ sid: 's', nodeId: 'rpa::1', form, mask });
  for (const [name, value] of Object.entries(values)) {
    node.appendInputData(name, value);
    node.appendOutputData(name, value);
    node.appendConfigData({ [name]: value });
    node.annotate(name, value);
    log.addSrv(name, value);
  }
  node.appendOutputData('steps', { ...values, 7: 1 });
  log.addNodeLog([node]);
  log.setEnd();
  const opened = openRecord(recordWith(JSON.parse(log.toJson())), usualRules);
  const [run] = opened.execution().runs;
  const data = opened.nodeData(run?.key ?? '');
  const { fields } = opened.executionData();
  if (data === undefined) throw new Error('there is no node');
  return { ...data, srv: fields.find(({ name }) => name === 'srv')?.value };
}

const pairs = (named: readonly NamedValue[]) => named.map(({ name, value }) => [name, value]);

describe.each(['g1', 'g3'] as const)(
  'values whose names become one mark, in the form %s',
  (form) => {
    it.each([
      ['hidden by the robot', undefined],
      ['by the panel', false as const],
    ])('stay those of several, %s', (_name, mask) => {
      const { input, output, config, other, srv } = shownData(form, mask);
      expect(pairs(input)).toEqual(expected);
      expect(pairs(output)).toEqual([
        ...expected,
        ['steps', { 7: 1, ...Object.fromEntries(expected) }],
      ]);
      expect(pairs(config)).toEqual(expected);
      expect(pairs(other)).toEqual(expected);
      expect(srv).toEqual(Object.fromEntries(expected));
      // Not as rounds of one value.
      expect(new Set([...input, ...output].map(({ round }) => round))).toEqual(new Set([null]));
    });
  },
);

test('what comes again under one name takes its place, of names that are hidden as well', () => {
  const node = new NodeLog({ sid: 's', form: 'g1' });
  for (const value of ['first', 'again']) {
    node.appendOutputData(login('aaa1'), value);
    node.appendConfigData({ [login('aaa1')]: value });
  }
  node.appendOutputData(login('bbb2'), 'second');
  node.appendOutputData(shown, 'a name like that mark');
  const { data } = JSON.parse(node.toJson()) as { data: { output: object; config: object } };
  expect(data).toMatchObject({
    output: { [shown]: 'again', [`${shown} 2`]: 'second', [`${shown} 3`]: 'a name like that mark' },
    config: { [shown]: 'again' },
  });
});

test('a mark that was there before is none of theirs', () => {
  const node = new NodeLog({ sid: 's', form: 'g1' });
  node.appendInputData(shown, 'a name like that mark');
  node.appendInputData(login('aaa1'), 'first');
  const { data } = JSON.parse(node.toJson()) as { data: object };
  expect(data).toMatchObject({
    input: { [shown]: 'a name like that mark', [`${shown} 2`]: 'first' },
  });
});

test('no such mark is taken for a round of theirs, whatever stands before it', () => {
  const node = new NodeLog({ sid: 's', form: 'g3' });
  const large = 'x'.repeat(70_000);
  node.appendInputData('order', 'SO-17');
  node.appendInputData(shown, large);
  node.appendInputData(shown, 'a name like that mark');
  node.appendInputData(login('aaa1'), 'first');
  node.appendInputData('order', 'SO-18');
  const { data } = JSON.parse(node.toJson()) as { data: { input_vars: string[] } };
  const named = data.input_vars.map((element) => (JSON.parse(element) as { name: string }).name);
  expect(named).toEqual(['order', shown, shown, `${shown} 2`, 'order']);
});

test('a name in the colors of a terminal keeps its value', () => {
  const mask = createMask();
  expect(dumps(mask.value('x', toWireValue({ [`\x1b[31m${login('aaa1')}`]: 'first' })))).toContain(
    '"first"',
  );
});

test('a mask of one’s own may answer an object, or hide all of the settings', () => {
  const config = (mask: Parameters<typeof createNode>[0]) => {
    const node = createNode(mask);
    node.appendConfigData({ host: 'erp' });
    return (JSON.parse(node.toJson()) as { data: { config: unknown } }).data.config;
  };
  const text = (same: string) => same;
  expect(config({ text, value: () => ({ host: 'hidden' }) })).toEqual({ host: 'hidden' });
  expect(config({ text, value: () => '••••' })).toEqual({ config: '••••' });
});

function createNode(mask: ConstructorParameters<typeof NodeLog>[0]['mask']) {
  return new NodeLog({ sid: 's', mask });
}

test('names that are too long, or equal but as texts, keep their values', () => {
  const long = 'x'.repeat(2_000);
  expect(dumps(toWireValue({ [`${long}a`]: 1, [`${long}b`]: 2 }))).toMatch(/: 1.*: 2/);
  const keys = new Map<unknown, number>([
    [1, 10],
    ['1', 20],
  ]);
  expect(dumps(toWireValue(keys))).toBe('{"1": 10, "1 2": 20}');
});
