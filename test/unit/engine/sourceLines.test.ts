/** From a robot that traces itself to the line of its source: record, tree, and the way to a step. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { composeEngine } from '../../../src/engine/compose.ts';
import { noFlowKeys } from '../../../src/flow/genericFlow.ts';
import { traced } from '../../../src/telemetry/traced.ts';
import { tracedWorld } from '../telemetry/tracedWorld.ts';
import { asked } from '../../support/asked.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { listQuery, treeQuery } from './world.ts';

let engine: ReturnType<typeof composeEngine>;
let key: string;

beforeEach(async () => {
  engine = composeEngine({ clock: new ManualClock(), emit: () => undefined, salt: '' });
  const { tracer, sent } = tracedWorld({ sources: true });
  expect(() =>
    tracer.run({ sid: 's1' }, () => {
      traced({ id: 'open', name: 'Open' }, {}, () => undefined);
      traced('login', {}, () => {
        throw new Error('no such user');
      });
    }),
  ).toThrow();
  const json = sent.map((each) => each.json).join('\n');
  const files = [{ name: 'trace.jsonl', bytes: new TextEncoder().encode(json) }];
  await engine.handlers.openSource({ spec: { kind: 'contents', files }, keep: false });
  await expect.poll(() => engine.store.size).toBe(1);
  key = (await asked(engine.handlers, 'list', listQuery())).rows[0]?.key ?? '';
});
afterEach(async () => {
  await engine.close();
});

const here = /^test\/unit\/engine\/sourceLines\.test\.ts:\d+$/;

test('each row of the tree knows the line that traced it', async () => {
  const { rows } = await asked(engine.handlers, 'tree', treeQuery(key));
  expect(rows.map(({ nodeId }) => nodeId)).toEqual(['open', 'login']);
  for (const { source = '' } of rows) expect(source).toMatch(here);
  expect(rows[0]?.source).not.toBe(rows[1]?.source);
});

test.each([{ nodeId: 'login', name: '' }, 'failing', 'flow'] as const)(
  'the way to %s leads there where no flow file holds it',
  async (target) => {
    const { rows } = await asked(engine.handlers, 'tree', treeQuery(key));
    expect(await engine.handlers.locate({ key, target })).toEqual({
      kind: 'source',
      source: rows[1]?.source,
    });
  },
);

test('a flow file that holds the step is better, and a step without a line has none', async () => {
  const flow = {
    flowMeta: { name: 'Login' },
    flowData: { nodes: [{ id: 'login', data: { label: 'Log in' } }], edges: [] },
  };

  await engine.handlers.setFlow({
    ...{ uri: 'file:///w/login.json', fileName: 'login.json' },
    text: JSON.stringify(flow),
    keys: noFlowKeys,
  });
  expect(await engine.handlers.locate({ key, target: 'failing' })).toMatchObject({ kind: 'found' });
  const other = { nodeId: 'nobody', name: '' };
  expect((await engine.handlers.locate({ key, target: other })).kind).not.toBe('source');
});
