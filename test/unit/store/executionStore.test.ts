import { expect, test } from 'vitest';
import { ExecutionStore } from '../../../src/store/executionStore.ts';
import { aRecord, aSummary } from '../../support/builders.ts';

const roomy = { maxBytes: 1_000_000, maxExecutions: 1_000 };

const keysOldestFirst = (store: ExecutionStore) =>
  store.oldestFirst.map(({ summary }) => summary.key);

test('keeps executions in the order of their begin, whatever order they arrive in', () => {
  const store = new ExecutionStore(roomy);
  for (const [key, beginMs] of [
    ['b', 200],
    ['a', 100],
    ['d', 400],
    ['c', 300],
  ] as const) {
    store.put(aSummary({ key, beginMs }), true, aRecord({ offset: String(beginMs) }), 0);
  }
  expect(keysOldestFirst(store)).toEqual(['a', 'b', 'c', 'd']);
});

test('an execution without any time stands where it arrived', () => {
  const store = new ExecutionStore(roomy);
  store.put(aSummary({ key: 'old', beginMs: 100 }), true, aRecord({ offset: '1' }), 0);
  const timeless = aRecord({ offset: '2', timestampMs: null });
  store.put(aSummary({ key: 'timeless', beginMs: null }), true, timeless, 500);
  expect(keysOldestFirst(store)).toEqual(['old', 'timeless']);
});

test.each([
  ['the same record again', true, '1', true, 'unchanged'],
  ['a newer snapshot', false, '2', false, 'replaced'],
  ['the final record after a snapshot', false, '2', true, 'replaced'],
  ['a late snapshot after the final record', true, '2', false, 'unchanged'],
] as const)('%s', (_, knownFinal, offset, final, expected) => {
  const store = new ExecutionStore(roomy);
  store.put(aSummary({ key: 'x' }), knownFinal, aRecord({ offset: '1' }), 0);
  expect(store.put(aSummary({ key: 'x' }), final, aRecord({ offset }), 0)).toBe(expected);
  expect(store.size).toBe(1);
});

test('beyond its bytes the oldest payloads leave, their summaries and positions stay', () => {
  const store = new ExecutionStore({ ...roomy, maxBytes: 25 });
  for (const key of ['a', 'b', 'c']) {
    const record = aRecord({ offset: key, value: new Uint8Array(10) });
    store.put(aSummary({ key, beginMs: key.charCodeAt(0) }), true, record, 0);
  }
  expect(store.get('a')).toMatchObject({ record: { value: null, offset: 'a' }, recordBytes: 10 });
  expect(store.get('b')?.record.value).toHaveLength(10);
  expect(store).toMatchObject({ size: 3, storedBytes: 20, droppedPayloads: 1 });
});

test('a payload that is read again takes the room of the least recently used one', () => {
  const store = new ExecutionStore({ ...roomy, maxBytes: 20 });
  for (const key of ['a', 'b', 'c']) {
    const record = aRecord({ offset: key, value: new Uint8Array(10) });
    store.put(aSummary({ key, beginMs: key.charCodeAt(0) }), true, record, 0);
  }
  store.touch('b');
  store.touch('a', new Uint8Array(10));
  expect(store.get('a')?.record.value).toHaveLength(10);
  expect(store.get('b')?.record.value).toHaveLength(10);
  expect(store.get('c')?.record.value).toBeNull();
  expect(store.storedBytes).toBe(20);
});

test('a record larger than the whole window is held while it is looked at', () => {
  const store = new ExecutionStore({ ...roomy, maxBytes: 5 });
  store.put(aSummary({ key: 'huge' }), true, aRecord({ value: new Uint8Array(10) }), 0);
  expect(store.get('huge')?.record.value).toBeNull();
  store.touch('huge', new Uint8Array(10));
  expect(store.get('huge')?.record.value).toHaveLength(10);
});

test('beyond its number the oldest executions leave', () => {
  const store = new ExecutionStore({ ...roomy, maxExecutions: 2 });
  for (const [index, key] of ['a', 'b', 'c'].entries()) {
    store.put(aSummary({ key, sid: key, beginMs: index }), true, aRecord({ offset: key }), 0);
  }
  expect(keysOldestFirst(store)).toEqual(['b', 'c']);
  expect(store.ofSid('a')).toEqual([]);
});

test('does not hold on to the buffer that a record was cut from', () => {
  const store = new ExecutionStore(roomy);
  const response = new Uint8Array(1_000_000);
  store.put(aSummary({ key: 'x' }), true, aRecord({ value: response.subarray(0, 10) }), 0);
  expect(store.get('x')?.record.value?.buffer.byteLength).toBe(10);
});

test('finds all executions of one sid', () => {
  const store = new ExecutionStore(roomy);
  store.put(aSummary({ key: 'rpa-server/s', sid: 's' }), true, aRecord({ offset: '1' }), 0);
  store.put(aSummary({ key: 'workflow/s', sid: 's' }), true, aRecord({ offset: '2' }), 0);
  expect(store.ofSid('s').map(({ summary }) => summary.key)).toEqual([
    'rpa-server/s',
    'workflow/s',
  ]);
});

test('knows what is a part of a workflow, whichever of them comes or goes first', () => {
  const store = new ExecutionStore({ ...roomy, maxExecutions: 3 });
  const put = (key: string, kind: 'workflow' | 'rpa' | 'build', beginMs: number, sid = 's') =>
    store.put(aSummary({ key, kind, sid, beginMs }), true, aRecord({ offset: key }), 0);
  const parts = () =>
    store.oldestFirst.filter(({ isPart }) => isPart).map(({ summary }) => summary.key);
  put('robot', 'rpa', 2);
  expect(parts()).toEqual([]);
  put('workflow', 'workflow', 1);
  expect(parts()).toEqual(['robot']);
  put('second robot', 'rpa', 3);
  expect(parts()).toEqual(['robot', 'second robot']);
  // The fourth takes the room of the oldest, which is the workflow.
  put('other', 'rpa', 4, 'other sid');
  expect(parts()).toEqual([]);
});

test('counts what stands under a workflow, and gives it', () => {
  const store = new ExecutionStore(roomy);
  const put = (key: string, kind: 'workflow' | 'rpa' | 'build', sid = 's') =>
    store.put(aSummary({ key, kind, sid }), true, aRecord({ offset: key }), 0);
  put('r', 'rpa');
  expect(store.partCount).toBe(0);
  put('w', 'workflow');
  put('b', 'build');
  put('alone', 'workflow', 't');
  expect(store.partCount).toBe(1);
  const partsOf = (key: string) => store.partsOf(store.get(key)!).map(({ summary }) => summary.key);
  expect([partsOf('w'), partsOf('r'), partsOf('alone')]).toEqual([['r'], [], []]);
  store.setLimits({ ...roomy, maxExecutions: 1 });
  expect(store.partCount).toBe(0);
});

test('masked by other rules, executions keep their places, payloads and parts', () => {
  const store = new ExecutionStore({ ...roomy, maxBytes: 25 });
  for (const [key, kind] of [
    ['a', 'workflow'],
    ['b', 'rpa'],
    ['c', 'workflow'],
  ] as const) {
    const record = aRecord({ offset: key, value: new Uint8Array(10) });
    const beginMs = key.charCodeAt(0);
    const sid = key === 'c' ? 'other' : 'one';
    store.put(aSummary({ key, kind, sid, beginMs, flowId: 'f' }), true, record, 0);
  }
  const before = { bytes: store.storedBytes, dropped: store.droppedPayloads };
  store.redecode(({ summary }) => ({ ...summary, key: `${summary.key}2`, message: '••••' }));
  expect(keysOldestFirst(store)).toEqual(['a2', 'b2', 'c2']);
  expect(store.partCount).toBe(1);
  expect({ bytes: store.storedBytes, dropped: store.droppedPayloads }).toEqual(before);
  expect(store.get('c2')?.record.value).toHaveLength(10);
  expect(store.get('a')).toBeUndefined();
  expect(store.ofFlow('f', 0, 1_000).map(({ summary }) => summary.message)).toEqual([
    '••••',
    '••••',
    '••••',
  ]);
});

test('only what goes on is stalled', () => {
  const store = new ExecutionStore(roomy);
  store.put(aSummary({ key: 'x', outcome: 'running' }), false, aRecord({ offset: '1' }), 0);
  store.put(aSummary({ key: 'done' }), true, aRecord({ offset: '2' }), 0);
  const revision = store.revision;
  store.setOutcome('x', 'stalled');
  expect(store.get('x')?.summary.outcome).toBe('stalled');
  store.setOutcome('done', 'stalled');
  store.setOutcome('nobody', 'stalled');
  expect(store.revision).toBe(revision + 1);
});

test('what left entirely leaves with or without its payload, and cannot be touched', () => {
  const store = new ExecutionStore({ maxBytes: 15, maxExecutions: 2 });
  for (const [index, key] of ['a', 'b', 'c'].entries()) {
    const record = aRecord({ offset: key, value: new Uint8Array(10) });
    store.put(aSummary({ key, beginMs: index }), true, record, 0);
  }
  // The payload of `a` left before `a` did, and that of `b` is gone too.
  expect(store).toMatchObject({ size: 2, storedBytes: 10, droppedPayloads: 1 });
  store.touch('a', new Uint8Array(10));
  expect(store).toMatchObject({ size: 2, storedBytes: 10, droppedPayloads: 1 });
});

test('a payload that was dropped and could not be read again stays away', () => {
  const store = new ExecutionStore({ ...roomy, maxBytes: 5 });
  store.put(aSummary({ key: 'x' }), true, aRecord({ value: new Uint8Array(10) }), 0);
  store.touch('x');
  expect(store.get('x')?.record.value).toBeNull();
  expect(store).toMatchObject({ storedBytes: 0, droppedPayloads: 1 });
});

test('a record without a value takes no room', () => {
  const store = new ExecutionStore(roomy);
  store.put(aSummary({ key: 'x' }), true, aRecord({ value: null }), 0);
  expect(store.get('x')).toMatchObject({ recordBytes: 0, record: { value: new Uint8Array() } });
});

test('executions of no flow are found under none, whatever becomes of them', () => {
  const store = new ExecutionStore({ ...roomy, maxExecutions: 1 });
  for (const offset of ['1', '2', '3']) {
    const summary = aSummary({ key: offset === '3' ? 'other' : 'x', flowId: '' });
    store.put(summary, false, aRecord({ offset }), 0);
  }
  expect(keysOldestFirst(store)).toEqual(['other']);
  expect(store.ofFlow('', 0, 10_000)).toEqual([]);
});

test('of executions that began at the same moment the one that is replaced leaves its flow', () => {
  const store = new ExecutionStore(roomy);
  for (const key of ['a', 'b', 'c']) {
    store.put(aSummary({ key, flowId: 'f' }), false, aRecord({ offset: key }), 0);
  }
  store.put(aSummary({ key: 'b', flowId: 'g' }), false, aRecord({ offset: 'newer' }), 0);
  const keysOf = (flowId: string) =>
    store.ofFlow(flowId, 0, 10_000).map(({ summary }) => summary.key);
  expect([keysOf('f'), keysOf('g')]).toEqual([['a', 'c'], ['b']]);
});
