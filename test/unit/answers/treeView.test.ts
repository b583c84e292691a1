import { describe, expect, test, vi } from 'vitest';
import { parseFlow } from '../../../src/flow/parseFlow.ts';
import { loopTurn } from '../../../src/engine/loopTurn.ts';
import type { TreeRow, TreeWindow } from '../../../src/protocol/tree.ts';
import { RequestError } from '../../../src/protocol/packet.ts';
import type { ConsumedRecord } from '../../../src/record/consumedRecord.ts';
import { recordOf, recordsOf, recordWith } from '../../support/fixtures.ts';
import { sampleRecord } from '../../support/sampleRecords.ts';
import { engineParts, fixtures, flowFile, listQuery, rpaNode, treeQuery } from '../engine/world.ts';

const roomy = { maxBytes: 10_000_000, maxExecutions: 1_000 };

function outline({ rows }: TreeWindow): string[] {
  return rows.map(
    ({ level, name, status, failing }: TreeRow) =>
      `${'  '.repeat(level - 1)}${name} ${status}${failing ? ' ←' : ''}`,
  );
}

test('an execution that two ask for at the same time is decoded once', async () => {
  const { takeFixture, tree } = engineParts();
  const { key } = takeFixture('failed');
  const [one, other] = await Promise.all([tree.opened(key), tree.opened(key)]);
  expect(one).toBe(other);
});

describe('what a large record needs before its data is shown', () => {
  const pieces = 8;
  const large = (n: number) => {
    const root = JSON.parse(sampleRecord('failed', n)) as { trace: object[] };
    const [entry] = root.trace;
    const more = Array.from({ length: pieces }, (_, index) => ({
      ...{ ...entry, id: `more ${String(index)}`, note: 'x'.repeat(70_000) },
    }));
    return recordWith({ ...root, trace: [...root.trace, ...more] });
  };
  const opened = async (tree: ReturnType<typeof engineParts>['tree'], key: string) => {
    await tree.window(treeQuery(key));
    return tree.recordOf(key, null);
  };
  const someTurns = async () => {
    for (let turn = 0; turn < 3 * pieces; turn++) await loopTurn();
  };
  const leftOf = (record: { prepare(): Iterable<undefined> }) => [...record.prepare()].length;

  test('is done while somebody looks at its tree', async () => {
    const { take, tree } = engineParts();
    const [key = ''] = take([large(1)]).finished.map(({ summary }) => summary.key);
    const record = await opened(tree, key);
    await someTurns();
    expect(leftOf(record)).toBe(0);
  });

  test('ends when he goes on to another', async () => {
    const { take, tree } = engineParts();
    const { finished } = take([large(1), large(2)]);
    const [first = '', second = ''] = finished.map(({ summary }) => summary.key);
    const record = await opened(tree, first);
    const other = await opened(tree, second);
    await someTurns();
    expect(leftOf(record)).toBeGreaterThan(pieces / 2);
    expect(leftOf(other)).toBe(0);
  });

  test('ends when he goes on to a small one', async () => {
    const { take, takeFixture, tree } = engineParts();
    const [key = ''] = take([large(1)]).finished.map(({ summary }) => summary.key);
    const record = await opened(tree, key);
    await opened(tree, takeFixture('failed').key);
    await someTurns();
    expect(leftOf(record)).toBeGreaterThan(pieces / 2);
  });

  test.each([true, false])(
    'stands behind what somebody waits for, until he has it: %s',
    async (isWaiting) => {
      const { take, takeFixture, tree, room, subscriptions, clock } = engineParts();
      const { key: small } = takeFixture('failed');
      const [key = ''] = take([large(1)]).finished.map(({ summary }) => summary.key);
      const record = await opened(tree, key);
      const read = Promise.withResolvers<Awaited<ReturnType<typeof room.read>>>();
      vi.spyOn(room, 'read').mockReturnValueOnce(read.promise);
      const asked = subscriptions.ask({ kind: 'inspect', query: { key: small, row: null } });
      await someTurns();
      if (!isWaiting) read.reject(new Error('out of reach'));
      await someTurns();
      expect(leftOf(record) > pieces / 2).toBe(isWaiting);
      read.reject(new Error('out of reach'));
      expect((await asked).result.ok).toBe(false);
      await someTurns();
      expect(clock.waiting).toBe(0);
    },
  );
});

describe('the window on a tree', () => {
  test('brings the failing row into its middle', async () => {
    const { takeFixture, tree, flows } = engineParts();
    const { key } = takeFixture('failed');
    const { uri, fileName, text } = flowFile('invoice-entry.yaml');
    flows.set(uri, fileName, parseFlow(text, fileName));
    const window = await tree.window(treeQuery(key, { at: { around: 'failing' }, limit: 3 }));
    expect(outline(window)).toEqual(['规整字段 succeeded', '录入ERP failed ←', '通知 notRun']);
    expect(window.rows[(window.focus ?? -1) - window.start]?.nodeId).toBe(rpaNode);
    expect(window).toMatchObject({ failing: { nodeId: rpaNode, inferred: false } });
    expect(window.findings[0]).toMatchObject({ node: { nodeId: rpaNode } });
  });

  test('with the flow file has the nodes that never ran, and its name', async () => {
    const { takeFixture, tree, flows } = engineParts();
    const { key } = takeFixture('failed');
    const { uri, fileName, text } = flowFile('invoice-entry.yaml');
    const before = await tree.window(treeQuery(key));
    flows.set(uri, fileName, parseFlow(text, fileName));
    const after = await tree.window(treeQuery(key));
    expect(outline(after)).toEqual([
      '开始 succeeded',
      '提取发票 succeeded',
      '规整字段 succeeded',
      '录入ERP failed ←',
      '通知 notRun',
      '结束 notRun',
    ]);
    expect([before.name, after.name]).toEqual(['7379450201923928066', '发票录入']);
    expect(after.rows.every(({ inFlow }) => inFlow)).toBe(true);
    expect(before.rows.some(({ inFlow }) => inFlow)).toBe(false);
  });

  test('names the node that failed and left no entry, once the flow file is known', async () => {
    const { takeFixture, tree, flows } = engineParts();
    const { key } = takeFixture('missing');
    const without = await tree.failingNode(key);
    expect(without).toMatchObject({ nodeId: null, inferred: true });
    const { uri, fileName, text } = flowFile('invoice-entry.yaml');
    flows.set(uri, fileName, parseFlow(text, fileName));
    expect(await tree.failingNode(key)).toMatchObject({
      inferred: true,
      nodeId: expect.any(String) as unknown,
    });
    const window = await tree.window(treeQuery(key, { at: { around: 'failing' } }));
    expect(window.rows.filter(({ failing }) => failing)).toMatchObject([
      { inferred: true, status: 'failed' },
    ]);
  });

  test('pages, and closes what the reader closed', async () => {
    const { takeFixture, tree } = engineParts();
    const { key } = takeFixture('iteration');
    const whole = await tree.window(treeQuery(key));
    const page = await tree.window(treeQuery(key, { at: { offset: 1 }, limit: 2 }));
    expect(page).toMatchObject({ start: 1, totalRows: whole.totalRows, focus: null });
    expect(outline(page)).toEqual(outline(whole).slice(1, 3));
    const parent = whole.rows.find(({ expanded }) => expanded === true);
    const closed = await tree.window(treeQuery(key, { collapsed: [parent?.key ?? ''] }));
    expect(closed.totalRows).toBeLessThan(whole.totalRows);
    expect(closed.rows.find(({ key: row }) => row === parent?.key)?.expanded).toBe(false);
    const reopened = await tree.window(treeQuery(key));
    expect(outline(reopened)).toEqual(outline(whole));
  });

  test.each([
    ['a node', { aroundNode: rpaNode }, '录入ERP'],
    ['nothing', { aroundNode: 'gone::1' }, undefined],
  ])('finds %s', async (_, at, expected) => {
    const { takeFixture, tree } = engineParts();
    const { key } = takeFixture('failed');
    const window = await tree.window(treeQuery(key, { at }));
    const focused = window.focus === null ? undefined : window.rows[window.focus - window.start];
    expect(focused?.name).toBe(expected);
  });

  test('finds a run by its key', async () => {
    const { takeFixture, tree } = engineParts();
    const { key } = takeFixture('succeeded');
    const { rows } = await tree.window(treeQuery(key));
    const wanted = rows[2]?.key ?? '';
    expect((await tree.window(treeQuery(key, { at: { aroundRow: wanted } }))).focus).toBe(2);
  });
});

describe('the inspector', () => {
  async function opened(name: keyof typeof fixtures) {
    const parts = engineParts();
    const file = flowFile(name === 'subExecutions' ? 'batch-orders.yaml' : 'invoice-entry.yaml');
    parts.flows.set(file.uri, file.fileName, parseFlow(file.text, file.fileName));
    const records = parts.take(recordsOf(fixtures[name])).finished;
    const workflow = records.find(({ summary }) => summary.kind === 'workflow');
    const key = workflow?.summary.key ?? '';
    const { rows } = await parts.tree.window(treeQuery(key));
    return { ...parts, key, rows };
  }

  test('shows what a node got and gave', async () => {
    const { tree, key, rows } = await opened('succeeded');
    const row = rows.find(({ nodeId }) => nodeId === rpaNode);
    const content = await tree.inspect(key, row?.key ?? '');
    expect(content).toMatchObject({ kind: 'node', row: { name: '录入ERP' } });
    if (content.kind !== 'node') return;
    expect(content.data.input.length).toBeGreaterThan(0);
    expect(content.data.output.length).toBeGreaterThan(0);
  });

  test('says of a node of the flow file that it never ran', async () => {
    const { tree, key, rows } = await opened('failed');
    const row = rows.find(({ status }) => status === 'notRun');
    expect(await tree.inspect(key, row?.key ?? '')).toMatchObject({
      ...{ kind: 'notRun', row: { name: '通知' } },
    });
  });

  test('shows the record of a robot under the node that called it', async () => {
    const { tree, key, rows } = await opened('subExecutions');
    const subs = rows.filter(({ execution }) => execution !== null);
    expect(subs).toHaveLength(3);
    expect(new Set(subs.map(({ execution }) => execution)).size).toBe(3);
    const content = await tree.inspect(key, subs[0]?.key ?? '');
    expect(content).toMatchObject({
      ...{ kind: 'execution', summary: { kind: 'rpa', key: subs[0]?.execution } },
    });
  });

  test('shows the execution itself', async () => {
    const { tree, key } = await opened('succeeded');
    expect(await tree.inspect(key, null)).toMatchObject({
      ...{ kind: 'execution', summary: { key }, position: { partition: 0, offset: '0' } },
    });
  });

  test('shows where a record that was dumped stood in Kafka', async () => {
    const { take, tree } = engineParts();
    const dumpedFrom = { partition: 3, offset: '41' };
    const { finished } = take(
      recordsOf(fixtures.succeeded).map((record) => ({ ...record, dumpedFrom })),
    );
    const key = finished[0]?.summary.key ?? '';
    expect(await tree.inspect(key, null)).toMatchObject({ position: dumpedFrom });
    // In the file it stands elsewhere, and is read again from there.
    expect(await tree.window(treeQuery(key))).toMatchObject({
      position: { partition: 0, offset: '0' },
    });
  });

  test('goes on with a row that stands below a closed one, and so does what is revealed and fetched of it', async () => {
    const { takeFixture, tree } = engineParts();
    const { key } = takeFixture('iteration');
    const { rows } = await tree.window(treeQuery(key));
    const parent = rows.find(({ expanded }) => expanded === true)?.key ?? '';
    const child = rows.find(({ level, type }) => level > 1 && type === 'rpa')?.key ?? '';
    const before = await tree.inspect(key, child);
    const closed = await tree.window(treeQuery(key, { collapsed: [parent] }));
    expect(closed.rows.map((row) => row.key)).not.toContain(child);
    expect(await tree.inspect(key, child)).toEqual(before);
    expect((await tree.sourceOf(key, child)).runKey).toBe(child);
    await expect(tree.recordOf(key, child)).resolves.toBeDefined();
  });

  test('misses a row that is gone', async () => {
    const { tree, key } = await opened('succeeded');
    await expect(tree.inspect(key, 'gone')).rejects.toMatchObject({ reason: 'notFound' });
  });
});

describe('a record that left the window', () => {
  test('is read again by its position, once', async () => {
    const { takeFixture, tree, fetched, store, room, opened } = engineParts({
      ...{ ...roomy, maxBytes: 19_000 },
    });
    await opened;
    const { key } = takeFixture('failed');
    takeFixture('succeeded');
    expect(room.isHeld(store.get(key)!)).toBe(false);
    await tree.window(treeQuery(key));
    expect(fetched).toMatchObject([{ partition: 0, offset: '0' }]);
    await tree.window(treeQuery(key));
    await tree.inspect(key, null);
    expect(fetched).toHaveLength(1);
  });

  test('and the topic is missed in words', async () => {
    const { takeFixture, tree, topic, opened } = engineParts({ ...roomy, maxBytes: 10 });
    await opened;
    const { key } = takeFixture('failed');
    topic.clear();
    const error = await tree.window(treeQuery(key)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RequestError);
    expect(error).toMatchObject({ message: 'The record is no longer on the topic' });
  });

  test.each<[string, (record: ConsumedRecord) => Partial<ConsumedRecord>]>([
    ['of another time', () => ({ timestampMs: 12_345 })],
    ['of another size', ({ value }) => ({ value: new Uint8Array([...(value ?? []), 0x20]) })],
    ['of another execution', ({ value }) => ({ value: withOtherSid(value) })],
    ['without a value', () => ({ value: null })],
  ])(
    'is told to be another one where its topic was recreated and has a record %s there',
    async (_name, other) => {
      const { takeFixture, tree, topic, opened } = engineParts({ ...roomy, maxBytes: 10 });
      await opened;
      const { key } = takeFixture('failed');
      const record = topic.get('0')!;
      topic.set('0', { ...record, ...other(record) });
      await expect(tree.window(treeQuery(key))).rejects.toMatchObject({
        reason: 'madeAnew',
      });
    },
  );

  test('is read once for all who ask for it at the same time', async () => {
    const { takeFixture, handlers, tree, redaction, fetched, store, opened } = engineParts({
      ...{ ...roomy, maxBytes: 10 },
    });
    await opened;
    const { key } = takeFixture('failed');
    redaction.configure({ patterns: [], names: [], allowReveal: true });
    const [window, content, slice, value] = await Promise.all([
      tree.window(treeQuery(key)),
      tree.inspect(key, null),
      handlers.saveSlice({ keys: [key] }),
      handlers.reveal({ key, row: null, place: { section: 'id', index: 0 } }),
    ]);
    expect(fetched).toHaveLength(1);
    expect(store.get(key)?.summary.key).toBe(window.summary.key);
    expect(content).toMatchObject({ kind: 'execution', summary: { key } });
    expect([slice, value]).toMatchObject([{ executions: 1 }, { value: window.summary.sid }]);
  });

  test('and another that came meanwhile is shown instead', async () => {
    const { take, tree, topic, store, room, opened } = engineParts({ ...roomy, maxBytes: 1 });
    await opened;
    const at = (state: string, name: string) =>
      recordWith({
        ...{ sid: 'w1', sub: 'workflow', flow_id: '1', execution_state: state },
        status: { code: 0, message: '' },
        trace: [{ id: 'a', node_id: 'ifly-code::1', node_name: name, data: {} }],
      });
    const [first] = take([at('running', 'one')]).reported;
    const key = first ?? '';
    const whole = topic.get('0');
    // The later record comes while the earlier one is read again.
    const opening = tree.window(treeQuery(key));
    take([at('finished', 'two')]);
    expect(outline(await opening)).toEqual(['two succeeded']);
    expect(outline(await tree.window(treeQuery(key)))).toEqual(['two succeeded']);
    expect(room.held(store.get(key)!)?.value).not.toEqual(whole?.value);
  });

  test('with its summary is missed as well', async () => {
    const { tree } = engineParts();
    await expect(tree.window(treeQuery('gone'))).rejects.toMatchObject({
      ...{ reason: 'notFound', message: 'This execution left the window on the topic' },
    });
  });
});

/** Takes so many executions whose bytes leave at once; answers their keys. */
async function manyRobots(count: number) {
  const parts = engineParts({ ...roomy, maxBytes: 10 });
  await parts.opened;
  const record = recordOf(fixtures.robot);
  const text = new TextDecoder().decode(record.value ?? undefined);
  const records = Array.from({ length: count }, (_, n) => ({
    ...record,
    value: new TextEncoder().encode(
      text.replaceAll('a2094e6dfa', `a2094e6d${String(n).padStart(2, '0')}`),
    ),
  }));
  const keys = parts.take(records).finished.map(({ summary }) => summary.key);
  expect(new Set(keys).size).toBe(count);
  return { ...parts, keys };
}

test('the last twenty-four executions that were opened stay open', async () => {
  const { keys, tree, fetched } = await manyRobots(25);
  for (const key of keys) await tree.window(treeQuery(key));
  expect(fetched).toHaveLength(25);
  for (const key of keys.slice(1)) await tree.window(treeQuery(key));
  expect(fetched).toHaveLength(25);
  await tree.window(treeQuery(keys[0] ?? ''));
  expect(fetched.at(-1)?.offset).toBe('0');
  expect(fetched).toHaveLength(26);
});

test('what stands in a node of one that is open is read from what it was opened from', async () => {
  const { keys, tree, fetched } = await manyRobots(7);
  const [first = '', ...others] = keys;
  const before = await tree.inspect(first, null);
  for (const key of others) await tree.window(treeQuery(key));
  const contents = await Promise.all([tree.inspect(first, null), tree.inspect(first, null)]);
  expect(contents).toEqual([before, before]);
  expect(fetched).toHaveLength(7);
});

test('what was opened counts as kept, payloads make room for it, and another source ends it', async () => {
  const { takeFixture, tree, store } = engineParts({ ...roomy, maxBytes: 60_000 });
  const keys = (['failed', 'succeeded', 'iteration'] as const).map((name) => takeFixture(name).key);
  const held = store.held.bytes;
  const without = store.storedBytes - held;
  for (const key of keys) await tree.window(treeQuery(key));
  const opened = store.storedBytes - store.held.bytes - without;
  expect(opened).toBeGreaterThan(10_000);
  expect(store.storedBytes).toBeLessThanOrEqual(60_000);
  expect(store.held.bytes).toBeLessThan(held);
  await tree.window(treeQuery(keys[0] ?? ''));
  expect(store.storedBytes - store.held.bytes - without).toBe(opened);
  tree.clear();
  expect(store.storedBytes - store.held.bytes).toBe(without);
});

test('a tree is stamped anew when its record, a record below it or a flow file changes', () => {
  const { take, takeFixture, tree, flows } = engineParts();
  const { key } = takeFixture('succeeded');
  const stamps = [tree.stamp(key)];
  takeFixture('iteration');
  stamps.push(tree.stamp(key));
  expect(stamps[1]).toBe(stamps[0]);
  // The robot that it called has its sid.
  take(recordsOf(fixtures.robot));
  stamps.push(tree.stamp(key));
  takeFixture('succeeded');
  stamps.push(tree.stamp(key));
  const { uri, fileName, text } = flowFile('invoice-entry.yaml');
  flows.set(uri, fileName, parseFlow(text, fileName));
  stamps.push(tree.stamp(key), tree.stamp('gone'));
  expect(new Set(stamps).size).toBe(5);
});

describe('a workflow that called its robot very often', () => {
  const often = (count: number) => {
    const parts = engineParts({ maxBytes: 1e9, maxExecutions: 100_000 });
    const { key, sid } = parts.takeFixture('failed');
    for (let n = 0; n < count; n++) {
      const outcome = n === count - 1 ? 'failed' : 'succeeded';
      parts.put({
        key: `rpa-server/${String(n)}`,
        kind: 'rpa',
        service: 'rpa-server',
        sid,
        outcome,
      });
    }
    return { ...parts, key };
  };

  test('shows a part of the calls, what failed among it, and how many there are besides', async () => {
    const { tree, list, key } = often(5_000);
    const window = await tree.window(treeQuery(key, { limit: 10_000 }));
    const calls = window.rows.filter(({ execution }) => execution !== null);
    expect(calls).toHaveLength(500);
    expect(window.moreSubExecutions).toBe(4_500);
    expect(calls.filter(({ status }) => status === 'failed')).toHaveLength(1);
    expect(list.window(listQuery()).rows[0]?.subExecutionCount).toBe(5_000);
  });

  test('says nothing of others where it shows all', async () => {
    const { tree, key } = often(20);
    expect(await tree.window(treeQuery(key))).not.toHaveProperty('moreSubExecutions');
  });

  test('is opened anew when one more came, and only then', () => {
    const { tree, put, key, store } = often(20);
    const stamp = tree.stamp(key);
    put({ key: 'other', sid: 'other' });
    expect(tree.stamp(key)).toBe(stamp);
    put({ key: 'one more', kind: 'rpa', sid: store.get(key)?.summary.sid ?? '' });
    expect(tree.stamp(key)).not.toBe(stamp);
  });
});

test('the inspector shows the whole message, of which the list keeps the beginning', async () => {
  const { take, tree, store } = engineParts();
  const message = 'Traceback (most recent call last): '.repeat(2_000);
  const root = JSON.parse(sampleRecord('failed', 1)) as { status: { message: string } };
  root.status.message = message;
  const key = take([recordWith(root)]).finished[0]?.summary.key ?? '';
  expect(store.get(key)?.summary.message).toHaveLength(2_000);
  expect(await tree.inspect(key, null)).toMatchObject({ kind: 'execution', summary: { message } });
  expect((await tree.window(treeQuery(key))).summary.message).toHaveLength(2_000);
});

/** A record of the same size whose execution is another. */
function withOtherSid(value: Uint8Array | null): Uint8Array {
  const text = new TextDecoder().decode(value ?? undefined);
  const other = text.replace(
    /"sid": ?"(.)/,
    (found, first: string) => found.slice(0, -1) + (first === 'x' ? 'y' : 'x'),
  );
  expect(other).not.toBe(text);
  return new TextEncoder().encode(other);
}

test('a flow file of another flow, and one that is typed into, decode nothing again', async () => {
  const parts = engineParts({ ...roomy, maxBytes: 10 });
  await parts.opened;
  const { key } = parts.takeFixture('failed');
  await parts.tree.window(treeQuery(key));
  expect(parts.fetched).toHaveLength(1);
  const stamp = parts.tree.stamp(key);
  await parts.handlers.setFlow(flowFile('uipath-Main.xaml'));
  expect(parts.tree.stamp(key)).toBe(stamp);
  await parts.handlers.setFlow(flowFile('invoice-entry.yaml'));
  expect(parts.tree.stamp(key)).not.toBe(stamp);
  expect((await parts.tree.window(treeQuery(key))).flow).not.toBeNull();
  const { text, ...file } = flowFile('invoice-entry.yaml');
  await parts.handlers.setFlow({ ...file, text: `${text}\n` });
  expect((await parts.tree.window(treeQuery(key))).flow?.uri).toBe(file.uri);
  expect(parts.fetched).toHaveLength(1);
});
