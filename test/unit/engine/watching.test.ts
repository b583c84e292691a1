import { expect, test } from 'vitest';
import type { EngineMethods } from '../../../src/protocol/engineProtocol.ts';
import { recordsOf, recordWith } from '../../support/fixtures.ts';
import { engineParts, fixtures, flowFile, listQuery, treeQuery } from './world.ts';

/** The engine, with one watcher, and what it was told since the last look. */
async function watching() {
  const parts = engineParts();
  await parts.opened;
  const { handlers, events, clock } = parts;
  const watch = (id: string, kind: string, query: unknown) => {
    const asked = { watcher: 'w', id, kind, query } as EngineMethods['watch']['params'];
    return handlers.watch(asked);
  };
  const pushes = () =>
    events.splice(0).flatMap(([name, pushed]) => (name === 'pushed' ? [pushed] : []));
  /** Longer than any pulse; answers are made in a few promises' time. */
  const pass = async (ms = 1_000) => {
    clock.advance(ms);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    ...parts,
    watch,
    pass,
    told: () => pushes().map(({ answered }) => answered.kind),
    pushes,
  };
}

test('nothing is told that nobody watches', async () => {
  const { put, changed, told, pass } = await watching();
  put({ sid: 'a' });
  changed();
  await pass();
  expect(told()).toEqual([]);
});

test('a change is told at once, a flood once per frame, and figures more rarely', async () => {
  const { watch, put, changed, told, pass, pushes } = await watching();
  await watch('l', 'list', listQuery());
  await watch('f', 'figures', { scope: { kind: 'all' } });
  await watch('s', 'status', null);
  put({ sid: 'a' });
  changed();
  await pass(0);
  expect(told()).toEqual(['list', 'figures', 'status']);
  for (let n = 0; n < 100; n++) {
    put({ sid: `s${String(n)}` });
    changed();
  }
  await pass(0);
  expect(told()).toEqual([]);
  await pass(16);
  expect(pushes()).toMatchObject([{ answered: { result: { answer: { total: 101 } } } }]);
  await pass();
  expect(told()).toEqual(['figures', 'status']);
});

test('the opened tree and what is inspected are told when they changed, and only then', async () => {
  const { watch, handlers, takeFixture, put, changed, told, take, pass, list } = await watching();
  const [first] = recordsOf(fixtures.snapshots);
  take(first === undefined ? [] : [first]);
  const key = list.window(listQuery()).rows[0]?.key ?? '';
  await watch('t', 'tree', treeQuery(key));
  await watch('i', 'inspect', { key, row: null });
  put({ sid: 'other' });
  changed();
  await pass();
  expect(told()).toEqual([]);
  takeFixture('snapshots');
  changed();
  await pass();
  expect(told()).toEqual(['tree', 'inspect']);
  await handlers.unwatch({ watcher: 'w', id: 't' });
  takeFixture('snapshots');
  changed();
  await pass();
  expect(told()).toEqual(['inspect']);
});

test('a query that is malformed stands in nobody’s way', async () => {
  const { watch, handlers } = await watching();
  const malformed = { ...listQuery(), scope: null };
  const asked = { watcher: 'x', id: 'l', kind: 'list', query: malformed } as never;
  await expect((async () => handlers.watch(asked))()).rejects.toThrow(TypeError);
  expect(await watch('s', 'status', null)).toMatchObject({ result: { ok: true } });
});

test('two watchers of one execution close rows each for itself', async () => {
  const { watch, handlers, takeFixture } = await watching();
  const { key } = takeFixture('iteration');
  const rowsOf = async (collapsed: readonly string[], watcher: string) => {
    const query = treeQuery(key, { collapsed });
    const { result } = await handlers.watch({ watcher, id: 't', kind: 'tree', query });
    return result.ok && 'findings' in result.answer ? result.answer : undefined;
  };
  const open = await rowsOf([], 'a');
  const box = open?.rows.find(({ expanded }) => expanded)?.key ?? '';
  const closed = await rowsOf([box], 'b');
  expect(closed?.totalRows).toBeLessThan(open?.totalRows ?? 0);
  expect((await rowsOf([], 'a'))?.totalRows).toBe(open?.totalRows);
  await watch('i', 'inspect', { key, row: open?.rows.at(-1)?.key ?? null });
});

test('an opened execution that is gone is told with the reason', async () => {
  const { watch, takeFixture, store, changed, pass, pushes } = await watching();
  const { key } = takeFixture('failed');
  await watch('t', 'tree', treeQuery(key));
  store.clear();
  changed();
  await pass();
  expect(pushes()).toMatchObject([
    { answered: { kind: 'tree', result: { ok: false, failure: { reason: 'notFound' } } } },
  ]);
});

test('one that is asked for before it is read is told once it is there', async () => {
  const { watch, takeFixture, changed, pass, pushes, store } = await watching();
  const { key } = takeFixture('failed');
  store.clear();
  const { result } = await watch('t', 'tree', treeQuery(key));
  expect(result).toMatchObject({ ok: false, failure: { reason: 'notFound' } });
  takeFixture('failed');
  changed();
  await pass();
  expect(pushes()).toMatchObject([{ answered: { result: { ok: true } } }]);
});

test('a list of the last quarter of an hour goes on with the clock, and only such a list', async () => {
  const { watch, handlers, put, clock, pass, pushes, told } = await watching();
  put({ sid: 'a', beginMs: clock.now() });
  await watch('l', 'list', listQuery({ filter: 'time:15m' }));
  for (let minute = 0; minute < 14; minute++) await pass(60_000);
  expect(pushes().at(-1)).toMatchObject({ answered: { result: { answer: { total: 1 } } } });
  for (let second = 0; second < 65; second++) await pass(1_000);
  expect(pushes().at(-1)).toMatchObject({ answered: { result: { answer: { total: 0 } } } });
  await handlers.setVisible({ watcher: 'w', visible: false });
  await pass(60_000);
  expect(told()).toEqual([]);
  await handlers.setVisible({ watcher: 'w', visible: true });
  await watch('l', 'list', listQuery({ filter: 'status:failed' }));
  await pass();
  told();
  await pass(60_000);
  expect(told()).toEqual([]);
});

test('the state of a flow file follows its executions', async () => {
  const { watch, handlers, takeFixture, pass, pushes } = await watching();
  const flow = flowFile('invoice-entry.yaml');
  const before = await watch('f', 'flow', { uri: flow.uri });
  expect(before.result).toMatchObject({ answer: { info: { kind: 'notAFlow' }, latest: null } });
  await handlers.setFlow(flow);
  const { key } = takeFixture('failed');
  await handlers.setFlow(flow);
  await pass();
  expect(pushes().at(-1)?.answered.result).toMatchObject({
    answer: {
      info: { kind: 'flow', uri: flow.uri },
      figures: { executions: 1, failed: 1 },
      latest: { key },
      latestFailed: { key },
    },
  });
});

test('a source that is opened begins another generation', async () => {
  const { watch, handlers } = await watching();
  const first = await watch('s', 'status', null);
  await handlers.openSource({ spec: { kind: 'sample' }, keep: false });
  const second = await watch('s', 'status', null);
  expect(second.stamp.generation).toBeGreaterThan(first.stamp.generation);
});

test('all is quiet after the engine has closed', async () => {
  const { watch, put, changed, told, pass, close } = await watching();
  await watch('l', 'list', listQuery());
  await close();
  put({ sid: 'a' });
  changed();
  await pass();
  expect(told()).toEqual([]);
});

test('what is clicked on next does not wait until all secrets of a large record are found', async () => {
  const { watch, take, list, handlers } = await watching();
  const record = { sub: 'workflow', status: { code: 0, message: 'Success' } };
  take([
    recordWith({ sid: 'large', ...record, trace: largeTrace() }),
    recordWith({ sid: 'small', ...record, trace: [] }),
  ]);
  const keys = new Map(list.window(listQuery()).rows.map(({ sid, key }) => [sid, key]));
  const done: string[] = [];
  const key = keys.get('large') ?? '';
  await handlers.ask({ kind: 'tree', query: treeQuery(key) });
  const inspect = async () => {
    await watch('i', 'inspect', { key, row: null });
    done.push('inspected');
  };
  const clickOn = async () => {
    // As a message of the page comes: in a turn of the loop of its own.
    await new Promise((resolve) => setImmediate(resolve));
    await watch('t', 'tree', treeQuery(keys.get('small') ?? ''));
    done.push('opened');
  };
  await Promise.all([inspect(), clickOn()]);
  expect(done).toEqual(['opened', 'inspected']);
});

/** Several pieces of what is looked through at once. */
function largeTrace(): object[] {
  return Array.from({ length: 10_000 }, (_, index) => ({
    ...{ id: String(index), node_id: `spark-llm::${String(index)}`, running_status: true },
    logs: ['x'.repeat(100)],
  }));
}
