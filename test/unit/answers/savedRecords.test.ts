import { describe, expect, test } from 'vitest';

import { parseFlow } from '../../../src/flow/parseFlow.ts';
import type { SaveTarget } from '../../../src/protocol/savedExecutions.ts';
import { readRecords } from '../../../src/sources/files/readRecords.ts';
import { recordFixtures, recordsOf, recordWith } from '../../support/fixtures.ts';
import { engineParts, flowFile, listQuery, treeQuery } from '../engine/world.ts';
import { plantedSecret } from '../../support/plantedSecrets.ts';

type Parts = ReturnType<typeof engineParts>;

const everything: SaveTarget = { kind: 'list', scope: { kind: 'all' }, filter: '' };

/** Saves as the host does: slice by slice until all keys are dealt with. */
async function save({ handlers }: Parts, target: SaveTarget = everything) {
  const keys = [...(await handlers.saveKeys(target))];
  const slices = [];
  while (keys.length > 0) {
    const slice = await handlers.saveSlice({ keys });
    expect(slice.done).toBeGreaterThan(0);
    keys.splice(0, slice.done);
    slices.push(slice);
  }
  return {
    slices,
    text: slices.map(({ text }) => text).join(''),
    missing: slices.flatMap(({ missing }) => missing),
    executions: slices.reduce((sum, slice) => sum + slice.executions, 0),
    records: slices.reduce((sum, slice) => sum + slice.records, 0),
  };
}

/** Everything that list and trees show, with keys and positions left out: those are of the window, not of the trace. */
async function shown({ list, tree }: Parts) {
  const { rows } = list.window(listQuery());
  return Promise.all(
    rows.map(async ({ key, ...row }) => {
      const { rows: nodes, findings, extent, failing } = await tree.window(treeQuery(key));
      const plain = nodes.map(({ execution, key: rowKey, ...node }) => ({
        ...node,
        ...(execution === null ? { rowKey } : {}),
      }));
      return { ...row, nodes: plain, findings, extent, failing };
    }),
  );
}

function opened(text: string): Parts {
  const parts = engineParts();
  parts.take([...readRecords(new TextEncoder().encode(text), 'saved.jsonl')]);
  expect(parts.rejected.total).toBe(0);
  return parts;
}

describe('a saved file', () => {
  test.each(recordFixtures())('of %s opens as the same list and trees', async (name) => {
    const parts = engineParts();
    parts.take(recordsOf(name));
    const saved = await save(parts);
    expect(saved.missing).toEqual([]);
    expect(saved.text).not.toMatch(plantedSecret);
    const again = opened(saved.text);
    for (const file of ['invoice-entry.yaml', 'batch-orders.yaml']) {
      const { uri, fileName, text } = flowFile(file);
      for (const { flows } of [parts, again]) {
        flows.set(uri, fileName, parseFlow(text, fileName));
      }
    }
    expect(await shown(again)).toEqual(await shown(parts));
  });

  test('keeps the broker’s timestamp where times come from it', async () => {
    const parts = engineParts();
    const records = recordsOf('23-aitools.json').map((record) => {
      const root = JSON.parse(new TextDecoder().decode(record.value ?? undefined)) as {
        start_time: number;
      };
      return { ...record, timestampMs: root.start_time + 1_234 };
    });
    parts.take(records);
    const [row] = parts.list.window(listQuery()).rows;
    expect(row?.durationMs).toBe(1_234);
    const { text } = await save(parts);
    expect(opened(text).list.window(listQuery()).rows[0]?.durationMs).toBe(1_234);
    expect(Object.keys(JSON.parse(text) as object)).toEqual([
      ...['topic', 'partition', 'offset', 'timestamp', 'value'],
    ]);
  });

  test('holds records as their service wrote them where it does not need to', async () => {
    const parts = engineParts();
    parts.take(recordsOf('01-rpa-server-success.json').map((r) => ({ ...r, timestampMs: 5 })));
    const { text } = await save(parts);
    expect(JSON.parse(text)).toMatchObject({ sub: 'rpa-server' });
  });
});

describe('what is saved', () => {
  test('one execution, with the records of the services it called', async () => {
    const parts = engineParts();
    parts.takeFixture('failed');
    const { sid } = parts.takeFixture('subExecutions');
    const workflow = parts.store.oldestFirst.find(
      ({ summary, isSubExecution }) => summary.sid === sid && !isSubExecution,
    );
    const target = { kind: 'execution', key: workflow?.summary.key ?? '' } as const;
    expect(await save(parts, target)).toMatchObject({ executions: 1, records: 4 });
  });

  test('one execution, with the workflows that its nodes called', async () => {
    const parts = engineParts();
    parts.take(recordsOf('37-sub-workflows.g1.jsonl'));
    const all = await shown(parts);
    const index = all.findIndex(({ nodes }) => nodes.some(({ confidence }) => confidence !== null));
    const key = parts.list.window(listQuery()).rows[index]?.key ?? '';
    const saved = await save(parts, { kind: 'execution', key });
    expect(saved).toMatchObject({ executions: 3, records: 3, missing: [] });
    const again = await shown(opened(saved.text));
    expect(again.map(({ nodes }) => nodes)).toContainEqual(all[index]?.nodes);
  });

  test('what the list shows, oldest first', async () => {
    const parts = engineParts();
    parts.takeFixture('failed');
    parts.takeFixture('robot');
    const filtered: SaveTarget = { kind: 'list', scope: { kind: 'all' }, filter: 'rpa-server' };
    expect(await save(parts, filtered)).toMatchObject({ executions: 1, records: 1 });
    const keys = await parts.handlers.saveKeys(everything);
    const newestFirst = parts.list.window(listQuery()).rows.map(({ key }) => key);
    expect(keys).toEqual(newestFirst.toReversed());
  });

  test('nothing for an execution that is gone', async () => {
    expect(await save(engineParts(), { kind: 'execution', key: 'gone' })).toMatchObject({
      ...{ text: '', executions: 0, slices: [] },
    });
  });

  test('also what left the window: it is read again and not put back', async () => {
    const parts = engineParts({ maxBytes: 1, maxExecutions: 100 });
    await parts.opened;
    parts.takeFixture('failed');
    parts.takeFixture('succeeded');
    const before = parts.store.storedBytes;
    const saved = await save(parts);
    expect(saved).toMatchObject({ executions: 2, missing: [] });
    expect(parts.fetched.length).toBeGreaterThan(0);
    expect(parts.store.storedBytes).toBe(before);
  });

  test('what the topic no longer holds is named', async () => {
    const parts = engineParts({ maxBytes: 1, maxExecutions: 100 });
    await parts.opened;
    const lost = parts.takeFixture('failed');
    parts.takeFixture('succeeded');
    parts.topic.delete('0');
    const saved = await save(parts);
    expect(saved).toMatchObject({ executions: 1, missing: [{ sid: lost.sid, why: 'gone' }] });
  });

  test('so is what has another record in its place: the topic was recreated', async () => {
    const parts = engineParts({ maxBytes: 1, maxExecutions: 100 });
    await parts.opened;
    const lost = parts.takeFixture('failed');
    const other = parts.takeFixture('succeeded');
    parts.topic.set('0', { ...parts.topic.get('1')!, offset: '0' });
    const saved = await save(parts);
    expect(saved).toMatchObject({ executions: 1, missing: [{ sid: lost.sid, why: 'madeAnew' }] });
    expect(other.sid).not.toBe(lost.sid);
  });

  test('what left the store meanwhile is named', async () => {
    const { handlers } = engineParts();
    expect(await handlers.saveSlice({ keys: ['workflow/gone'] })).toMatchObject({
      ...{ done: 1, executions: 0, missing: [{ name: 'workflow/gone' }] },
    });
  });
});

describe('slices', () => {
  test('end by time, and never without one execution', async () => {
    const parts = engineParts();
    for (const name of ['failed', 'succeeded', 'iteration'] as const) parts.takeFixture(name);
    const { now } = parts.clock;
    // Each look at the clock is 60 ms later: each execution takes longer than a slice.
    parts.clock.now = () => {
      parts.clock.advance(60);
      return now.call(parts.clock);
    };
    const { slices } = await save(parts);
    expect(slices.map(({ done }) => done)).toEqual([1, 1, 1]);
  });

  test('end by size', async () => {
    const parts = engineParts();
    const large = { sub: 'workflow', status: { code: 0 }, trace: [], note: 'x'.repeat(600_000) };
    parts.take([1, 2, 3].map((n) => recordWith({ ...large, sid: `spf${String(n)}` })));
    const { slices } = await save(parts);
    expect(slices.map(({ done }) => done)).toEqual([2, 1]);
  });
});
