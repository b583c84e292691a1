import { expect, test } from 'vitest';
import type { ConsumedRecord } from '../../../src/record/consumedRecord.ts';
import { recordsOf } from '../../support/fixtures.ts';
import { engineParts, fixtures, listQuery, treeQuery } from '../engine/world.ts';

const snapshots = recordsOf(fixtures.snapshots);
const [snapshot, later] = snapshots as [ConsumedRecord, ConsumedRecord];
const end = snapshots.find(({ value }) => {
  return !new TextDecoder().decode(value ?? undefined).includes('"execution_state":"running"');
})!;

/** A snapshot that came now, by a broker that stamps it so unless told otherwise. */
function withSnapshot(stampMs: number | null = null) {
  const parts = engineParts();
  parts.stalled.setDelay(60_000);
  parts.take([{ ...snapshot, timestampMs: stampMs }]);
  const [row] = parts.list.window(listQuery()).rows;
  const key = row?.key ?? '';
  const outcome = () => parts.list.window(listQuery()).rows[0]?.outcome;
  return { ...parts, key, outcome };
}

test('an execution whose snapshots stop is stalled when the time is over, not before', () => {
  const { clock, outcome } = withSnapshot();
  clock.advance(59_999);
  expect(outcome()).toBe('running');
  clock.advance(1);
  expect(outcome()).toBe('stalled');
});

test('each snapshot gives it the whole time again, and the end ends it', () => {
  const { clock, outcome, take } = withSnapshot();
  clock.advance(50_000);
  take([{ ...later, timestampMs: null }]);
  clock.advance(50_000);
  expect(outcome()).toBe('running');
  take([end]);
  clock.advance(1_000_000);
  expect(outcome()).toBe('succeeded');
});

test('a later record lets it run again, and then it may stall again', () => {
  const { clock, outcome, take } = withSnapshot();
  clock.advance(60_000);
  expect(outcome()).toBe('stalled');
  take([{ ...later, timestampMs: null }]);
  expect(outcome()).toBe('running');
  clock.advance(60_000);
  expect(outcome()).toBe('stalled');
  take([end]);
  expect(outcome()).toBe('succeeded');
});

test('what stopped long before it was read is stalled soon, after its end had time to come', () => {
  const { clock, outcome } = withSnapshot(1_000);
  expect(outcome()).toBe('running');
  clock.advance(2_000);
  expect(outcome()).toBe('stalled');
});

test('a broker whose clock goes ahead delays nothing', () => {
  const { clock, outcome } = withSnapshot(9e15);
  clock.advance(60_000);
  expect(outcome()).toBe('stalled');
});

test('another setting counts at once, for those that are stalled too', () => {
  const { clock, outcome, stalled } = withSnapshot();
  clock.advance(60_000);
  stalled.setDelay(100_000);
  expect(outcome()).toBe('running');
  clock.advance(40_000);
  expect(outcome()).toBe('stalled');
});

test('the panel is told: list, figures, tree and finding follow', async () => {
  const { clock, events, handlers, list, tree, key } = withSnapshot();
  await handlers.watch({ watcher: 'w', id: 'l', kind: 'list', query: listQuery() });
  await handlers.watch({ watcher: 'w', id: 't', kind: 'tree', query: treeQuery(key) });
  const running = await tree.window(treeQuery(key));
  expect(running.findings).toEqual([]);
  expect(running.rows.some(({ status }) => status === 'running')).toBe(true);
  events.length = 0;
  clock.advance(60_000);
  const kinds = () =>
    events.flatMap(([name, pushed]) => (name === 'pushed' ? [pushed.answered.kind] : []));
  await expect.poll(kinds).toContain('tree');
  expect(kinds()).toContain('list');
  const scope = { kind: 'all' } as const;
  expect(list.figures(scope)).toMatchObject({ running: 0, stalled: 1, successRate: null });
  const window = await tree.window(treeQuery(key));
  expect(window.summary.outcome).toBe('stalled');
  const stopped = window.rows.filter(({ status }) => status === 'stalled');
  expect(stopped.map(({ key: row }) => row)).toEqual(
    running.rows.filter(({ status }) => status === 'running').map(({ key: row }) => row),
  );
  expect(window.findings).toMatchObject([
    {
      ...{ rule: 'cutOff', cause: 'stalled' },
      evidence: [
        { source: { kind: 'executionState' }, value: 'running' },
        { source: { kind: 'snapshot' }, value: new Date(1_000_000).toISOString() },
        { source: { kind: 'runningNode' }, value: stopped[0]?.name, runKey: stopped[0]?.key },
      ],
    },
  ]);
});

test('of a flood of executions that go on, the watch holds little more than the store', () => {
  const parts = engineParts({ maxBytes: 1e9, maxExecutions: 50 });
  let looks = 0;
  const { get } = parts.store;
  parts.store.get = (key) => {
    looks++;
    return get.call(parts.store, key);
  };
  const text = new TextDecoder().decode(snapshot.value ?? undefined);
  const { sid } = JSON.parse(text) as { sid: string };
  const flood = Array.from({ length: 2_000 }, (_, n) => ({
    ...snapshot,
    timestampMs: null,
    value: new TextEncoder().encode(text.replaceAll(sid, `${sid}${String(n)}`)),
  }));
  parts.take(flood);
  looks = 0;
  parts.clock.advance(10_000_000);
  expect(looks).toBeLessThan(200);
  expect(parts.list.window(listQuery()).rows.every(({ outcome }) => outcome === 'stalled')).toBe(
    true,
  );
});
