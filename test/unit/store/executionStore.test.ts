import { expect, test } from 'vitest';
import { ExecutionStore, type GoodInOrder } from '../../../src/store/executionStore.ts';
import type { StoredExecution } from '../../../src/store/storedExecution.ts';
import { aRecord, aSummary } from '../../support/builders.ts';

const roomy = { maxBytes: 1_000_000, maxSummaryBytes: 1_000_000, maxExecutions: 1_000 };

/** Room for so many bytes of payloads beside three summaries of these tests. */
const roomFor = (bytes: number) => ({ ...roomy, maxBytes: bytes + 4_500 });

const payloadBytes = (store: ExecutionStore) =>
  store.oldestFirst.reduce((bytes, entry) => bytes + (store.held.of(entry)?.byteLength ?? 0), 0);

const heldOf = (store: ExecutionStore, key: string) => store.held.of(theOne(store, key));

const theOne = (store: ExecutionStore, key: string): StoredExecution => {
  const found = store.get(key);
  if (found === undefined) throw new Error(`no ${key}`);
  return found;
};

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

test.each([
  ['a snapshot of what ended', true, false, 'unchanged'],
  ['an earlier end of what ended', true, true, 'unchanged'],
  ['an earlier snapshot of what goes on', false, false, 'unchanged'],
  ['the end of what a late snapshot told of', false, true, 'replaced'],
] as const)('asked for as an older record: %s', (_, knownFinal, final, expected) => {
  const store = new ExecutionStore(roomy);
  store.put(aSummary({ key: 'x' }), knownFinal, aRecord({ offset: '9' }), 0);
  const change = store.put(aSummary({ key: 'x' }), final, aRecord({ offset: '1' }), 0, 'older');
  expect([change, store.size]).toEqual([expected, 1]);
});

test('older executions take no room of newer ones, and what left is told', () => {
  const store = new ExecutionStore({ ...roomy, maxExecutions: 3 });
  const put = (key: string, age: 'next' | 'older') => {
    const record = aRecord({ offset: key, value: new Uint8Array(10) });
    store.put(aSummary({ key, beginMs: key.charCodeAt(0) }), true, record, 0, age);
  };
  put('x', 'next');
  put('y', 'next');
  put('w', 'older');
  expect([keysOldestFirst(store), store.leftUntilMs]).toEqual([['w', 'x', 'y'], null]);
  put('v', 'older');
  expect(keysOldestFirst(store)).toEqual(['w', 'x', 'y']);
  expect(store.leftUntilMs).toBe('v'.charCodeAt(0));
  put('z', 'next');
  expect(keysOldestFirst(store)).toEqual(['x', 'y', 'z']);
  expect(store.leftUntilMs).toBe('w'.charCodeAt(0));
  store.clear();
  expect(store.leftUntilMs).toBeNull();
});

test('beyond its bytes the oldest payloads leave, their summaries and positions stay', () => {
  const store = new ExecutionStore(roomFor(25_000));
  for (const key of ['a', 'b', 'c']) {
    const record = aRecord({ offset: key, value: new Uint8Array(10_000) });
    store.put(aSummary({ key, beginMs: key.charCodeAt(0) }), true, record, 0);
  }
  expect(store.get('a')).toMatchObject({ record: { offset: 'a' }, recordBytes: 10_000 });
  expect(heldOf(store, 'a')).toBeUndefined();
  expect(heldOf(store, 'b')).toHaveLength(10_000);
  expect(store).toMatchObject({ size: 3, droppedPayloads: 1 });
  expect(payloadBytes(store)).toBe(20_000);
});

test('a payload that is read again takes the room of the least recently used one', () => {
  const store = new ExecutionStore(roomFor(20_000));
  for (const key of ['a', 'b', 'c']) {
    const record = aRecord({ offset: key, value: new Uint8Array(10_000) });
    store.put(aSummary({ key, beginMs: key.charCodeAt(0) }), true, record, 0);
  }
  store.touch(theOne(store, 'b'));
  store.touch(theOne(store, 'a'), new Uint8Array(10_000));
  expect(heldOf(store, 'a')).toHaveLength(10_000);
  expect(heldOf(store, 'b')).toHaveLength(10_000);
  expect(heldOf(store, 'c')).toBeUndefined();
  expect(payloadBytes(store)).toBe(20_000);
});

test('a record larger than the whole window is held while it is looked at', () => {
  const store = new ExecutionStore(roomFor(5_000));
  store.put(aSummary({ key: 'huge' }), true, aRecord({ value: new Uint8Array(10_000) }), 0);
  expect(heldOf(store, 'huge')).toBeUndefined();
  store.touch(theOne(store, 'huge'), new Uint8Array(10_000));
  expect(heldOf(store, 'huge')).toHaveLength(10_000);
});

test('beyond its number the oldest executions leave', () => {
  const store = new ExecutionStore({ ...roomy, maxExecutions: 2 });
  for (const [index, key] of ['a', 'b', 'c'].entries()) {
    store.put(aSummary({ key, sid: key, beginMs: index }), true, aRecord({ offset: key }), 0);
  }
  expect(keysOldestFirst(store)).toEqual(['b', 'c']);
});

test('does not hold on to the buffer that a record was cut from', () => {
  const store = new ExecutionStore(roomy);
  const response = new Uint8Array(1_000_000);
  store.put(aSummary({ key: 'x' }), true, aRecord({ value: response.subarray(0, 10) }), 0);
  expect(heldOf(store, 'x')?.buffer.byteLength).toBe(10);
});

test('knows what is a part of a workflow, whichever of them comes or goes first', () => {
  const store = new ExecutionStore({ ...roomy, maxExecutions: 3 });
  const put = (key: string, kind: 'workflow' | 'rpa' | 'build', beginMs: number, sid = 's') =>
    store.put(aSummary({ key, kind, sid, beginMs }), true, aRecord({ offset: key }), 0);
  const parts = () =>
    store.oldestFirst
      .filter(({ isSubExecution }) => isSubExecution)
      .map(({ summary }) => summary.key);
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
  expect(store.subExecutionCount).toBe(0);
  put('w', 'workflow');
  put('b', 'build');
  put('alone', 'workflow', 't');
  expect(store.subExecutionCount).toBe(1);
  const subExecutionsOf = (key: string) =>
    [...store.subExecutionsOf(store.get(key)!)].map(({ summary }) => summary.key);
  expect([subExecutionsOf('w'), subExecutionsOf('r'), subExecutionsOf('alone')]).toEqual([
    ['r'],
    [],
    [],
  ]);
  store.setLimits({ ...roomy, maxExecutions: 1 });
  expect(store.subExecutionCount).toBe(0);
});

test('masked by other rules, executions keep their places, payloads and parts', () => {
  const store = new ExecutionStore(roomFor(25_000));
  for (const [key, kind] of [
    ['a', 'workflow'],
    ['b', 'rpa'],
    ['c', 'workflow'],
  ] as const) {
    const record = aRecord({ offset: key, value: new Uint8Array(10_000) });
    const beginMs = key.charCodeAt(0);
    const sid = key === 'c' ? 'other' : 'one';
    store.put(aSummary({ key, kind, sid, beginMs, flowId: 'f' }), true, record, 0);
  }
  const before = { bytes: payloadBytes(store), dropped: store.droppedPayloads };
  store.redecode(({ summary }) => ({ ...summary, key: `${summary.key}2`, message: '••••' }));
  expect(keysOldestFirst(store)).toEqual(['a2', 'b2', 'c2']);
  expect(store.subExecutionCount).toBe(1);
  expect({ bytes: payloadBytes(store), dropped: store.droppedPayloads }).toEqual(before);
  expect(heldOf(store, 'c2')).toHaveLength(10_000);
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

test('what is read again of a record that a later one replaced is not put under that', () => {
  const store = new ExecutionStore(roomFor(5_000));
  const record = (offset: string) => aRecord({ offset, value: new Uint8Array(10_000) });
  store.put(aSummary({ key: 'x', outcome: 'running' }), false, record('1'), 0);
  const before = theOne(store, 'x');
  store.put(aSummary({ key: 'x' }), true, record('2'), 0);
  store.touch(before, new Uint8Array(10_000));
  expect(store.get('x')?.record).toMatchObject({ offset: '2' });
  expect(heldOf(store, 'x')).toBeUndefined();
  expect(payloadBytes(store)).toBe(0);
});

test('other rules of masking let what is stalled stay so', () => {
  const store = new ExecutionStore(roomy);
  const summary = aSummary({ key: 'x', outcome: 'running' });
  store.put(summary, false, aRecord({}), 0);
  store.setOutcome('x', 'stalled');
  store.redecode(() => ({ ...summary, message: '••••' }));
  expect(store.get('x')?.summary).toMatchObject({ outcome: 'stalled', message: '••••' });
});

test('lists of names that look alike when they are joined are kept apart', () => {
  const store = new ExecutionStore(roomy);
  const lists = [['A\nB'], ['A', 'B'], [], ['']];
  for (const [index, nodeNames] of lists.entries()) {
    const key = String(index);
    store.put(aSummary({ key, sid: key, nodeNames }), true, aRecord({ offset: key }), 0);
  }
  expect(lists.map((_, index) => store.get(String(index))?.summary.nodeNames)).toEqual(lists);
});

test('what left entirely leaves with or without its payload, and cannot be touched', () => {
  const store = new ExecutionStore({ ...roomFor(15_000), maxExecutions: 2 });
  let gone: StoredExecution | undefined;
  for (const [index, key] of ['a', 'b', 'c'].entries()) {
    const record = aRecord({ offset: key, value: new Uint8Array(10_000) });
    store.put(aSummary({ key, beginMs: index }), true, record, 0);
    gone ??= theOne(store, key);
  }
  // The payload of `a` left before `a` did, and that of `b` is gone too.
  expect(store).toMatchObject({ size: 2, droppedPayloads: 1 });
  expect(payloadBytes(store)).toBe(10_000);
  store.touch(gone!, new Uint8Array(10_000));
  expect(store).toMatchObject({ size: 2, droppedPayloads: 1 });
  expect(payloadBytes(store)).toBe(10_000);
});

test('a payload that was dropped and could not be read again stays away', () => {
  const store = new ExecutionStore(roomFor(5_000));
  store.put(aSummary({ key: 'x' }), true, aRecord({ value: new Uint8Array(10_000) }), 0);
  store.touch(theOne(store, 'x'));
  expect(heldOf(store, 'x')).toBeUndefined();
  expect(store.droppedPayloads).toBe(1);
  expect(payloadBytes(store)).toBe(0);
});

test('a record without a value takes no room', () => {
  const store = new ExecutionStore(roomy);
  store.put(aSummary({ key: 'x' }), true, aRecord({ value: null }), 0);
  expect(store.get('x')).toMatchObject({ recordBytes: 0 });
  expect(heldOf(store, 'x')).toEqual(new Uint8Array());
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

test('those of a flow that went well are gone through from either end, and no other of it', () => {
  const store = new ExecutionStore(roomy);
  for (const [key, flowId, beginMs, outcome] of [
    ['a', 'f', 100, 'succeeded'],
    ['b', '', 200, 'succeeded'],
    ['later', 'f', 250, 'running'],
    ['failed', 'f', 260, 'failed'],
    ['c', 'f', 300, 'succeeded'],
  ] as const) {
    const summary = aSummary({ key, flowId, beginMs, outcome });
    store.put(summary, outcome !== 'running', aRecord({ offset: key }), 0);
  }
  const keysOf = (flowId: string, toMs = 1_000, order: GoodInOrder['order'] = 'newestFirst') =>
    [...store.goodOfFlow(flowId, { fromMs: 0, toMs, order })].map(({ summary }) => summary.key);
  expect([keysOf('f'), keysOf('f', 200), keysOf(''), keysOf('unknown')]).toEqual([
    ...[['c', 'a'], ['a'], ['b'], []],
  ]);
  expect(keysOf('f', 1_000, 'oldestFirst')).toEqual(['a', 'c']);
  store.put(aSummary({ key: 'later', flowId: 'f', beginMs: 250 }), true, aRecord(), 0);
  expect(keysOf('f', 1_000, 'oldestFirst')).toEqual(['a', 'later', 'c']);
  store.redecode(({ summary }) => ({ ...summary, flowId: 'g' }));
  expect([keysOf('f'), keysOf('g')]).toEqual([[], ['c', 'later', 'b', 'a']]);
  store.clear();
  expect(keysOf('g')).toEqual([]);
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

test.each([
  ['with a sid', 's', 2],
  ['without any sid', '', 0],
])('calls %s', (_, sid, expected) => {
  const store = new ExecutionStore(roomy);
  for (const [key, kind] of [
    ['w', 'workflow'],
    ['a', 'rpa'],
    ['b', 'rpa'],
  ] as const) {
    store.put(aSummary({ key, kind, sid }), true, aRecord({ offset: key }), 0);
  }
  expect([store.subExecutionCount, store.get('w')?.subExecutionCount]).toEqual([
    expected,
    expected,
  ]);
});

test('of workflows that share a sid each has what ran while it did, and counts that alone', () => {
  const store = new ExecutionStore(roomy);
  const put = (key: string, kind: 'workflow' | 'rpa', beginMs: number, endMs: number | null) => {
    const parts = { key, kind, sid: 's', beginMs, endMs, flowId: key };
    store.put(aSummary(parts), true, aRecord({ offset: key }), 0);
  };
  put('a', 'workflow', 0, 1_000);
  put('b', 'workflow', 50_000, 60_000);
  put('stalled', 'workflow', 20_000, null);
  put('robot of a', 'rpa', 500, 600);
  put('robot of b', 'rpa', 51_000, 52_000);
  const under = (key: string) =>
    [...store.subExecutionsOf(theOne(store, key))].map(({ summary }) => summary.key);
  expect(['a', 'b', 'stalled'].map(under)).toEqual([['robot of a'], ['robot of b'], []]);
  const counts = ['a', 'b', 'stalled'].map((key) => theOne(store, key).subExecutionCount);
  expect(counts).toEqual([1, 1, 0]);
});

test('says of each execution of a sid that one of them changed, and of no other', () => {
  const store = new ExecutionStore(roomy);
  const put = (key: string, sid: string, offset: string) =>
    store.put(aSummary({ key, sid, outcome: 'running' }), false, aRecord({ offset }), 0);
  put('a', 's', '1');
  put('other', 't', '2');
  const revisions = () => ['a', 'other'].map((key) => store.get(key)?.revision);
  const seen = [revisions()];
  for (const change of [
    () => put('b', 's', '3'),
    () => put('b', 's', '4'),
    () => store.setOutcome('b', 'stalled'),
    () => store.setLimits({ ...roomy, maxExecutions: 1 }),
  ]) {
    change();
    seen.push(revisions());
  }
  expect(new Set(seen.map(([first]) => first)).size).toBe(5);
  expect(new Set(seen.slice(0, 4).map(([, other]) => other)).size).toBe(1);
});

/** How often the kind of a summary is looked at while so many of one sid come, and leave again. */
function looksAtKinds(count: number): number {
  let looks = 0;
  const none: readonly string[] = [];
  const store = new ExecutionStore({ maxBytes: 1e9, maxSummaryBytes: 1e9, maxExecutions: count });
  for (let n = 0; n < 2 * count; n++) {
    const summary = aSummary({ key: String(n), nodeIds: none, nodeNames: none, beginMs: 1 });
    const kind = n % 100 === 0 ? 'workflow' : 'rpa';
    Object.defineProperty(summary, 'kind', {
      enumerable: true,
      get: () => {
        looks++;
        return kind;
      },
    });
    store.put(summary, true, aRecord({ offset: String(n) }), 0);
  }
  expect(store.size).toBe(count);
  return looks;
}

test('many executions of one sid cost each the same', () => {
  expect(looksAtKinds(400) / looksAtKinds(200)).toBeLessThan(2.1);
});

test('summaries count as what they take, and a list that many share counts once', () => {
  const store = new ExecutionStore(roomy);
  const put = (key: string, message: string) => {
    const nodeIds = Array.from({ length: 100 }, (_, n) => `rpa::${String(n)}`);
    store.put(aSummary({ key, message, nodeIds }), true, aRecord({ offset: key }), 0);
    return store.storedBytes;
  };
  const one = put('a', '');
  const two = put('b', '');
  expect(two - one).toBeLessThan(one);
  expect(put('c', 'x'.repeat(5_000)) - two).toBeGreaterThan(5_000);
  store.clear();
  expect(store.storedBytes).toBe(0);
});

test('summaries leave, oldest first, before they take all room', () => {
  const store = new ExecutionStore({ ...roomy, maxBytes: 200_000, maxSummaryBytes: 100_000 });
  for (let n = 0; n < 50; n++) {
    const summary = aSummary({ key: String(n), beginMs: n, message: 'x'.repeat(4_000) });
    store.put(summary, true, aRecord({ offset: String(n), value: new Uint8Array(1_000) }), 0);
  }
  expect(store.size).toBeGreaterThan(5);
  expect(store.size).toBeLessThan(15);
  expect(heldOf(store, '49')).toHaveLength(1_000);
  expect(store.storedBytes).toBeLessThanOrEqual(200_000);
});

test('one summary larger than the whole window is kept all the same', () => {
  const store = new ExecutionStore({ ...roomy, maxSummaryBytes: 100 });
  store.put(aSummary({ key: 'a' }), true, aRecord({ offset: '1' }), 0);
  store.put(aSummary({ key: 'b', beginMs: 2_000 }), true, aRecord({ offset: '2' }), 0);
  expect(keysOldestFirst(store)).toEqual(['b']);
});

test.each([3, 200])('a list holds what stands under no workflow, with %i calls of it', (calls) => {
  const store = new ExecutionStore({ ...roomy, maxBytes: 1e9, maxSummaryBytes: 1e9 });
  const put = (key: string, kind: 'workflow' | 'rpa', offset = key) =>
    store.put(aSummary({ key, kind, sid: 's' }), false, aRecord({ offset }), 0);
  const listed = () => store.listed.map(({ summary }) => summary.key);
  const keys = Array.from({ length: calls }, (_, n) => `call ${String(n)}`);
  for (const key of keys) put(key, 'rpa');
  expect(listed()).toEqual(keys);
  put('w', 'workflow');
  put('late', 'rpa');
  expect(listed()).toEqual(['w']);
  put('w', 'workflow', 'newer');
  put('late', 'rpa', 'newer');
  expect([listed(), store.subExecutionCount]).toEqual([['w'], calls + 1]);
  // The workflow turns out to be something else, and its calls stand for themselves again.
  put('w', 'rpa', 'newest');
  expect(listed()).toEqual([...keys, 'w', 'late']);
  store.redecode(({ summary }) => ({ ...summary }));
  expect([listed(), store.subExecutionCount]).toEqual([[...keys, 'w', 'late'], 0]);
});

test.each<[string, (store: ExecutionStore) => void]>([
  ['was replaced', (store) => store.put(aSummary({ key: 'a' }), true, aRecord({ offset: '9' }), 0)],
  [
    'left',
    (store) => {
      store.setLimits({ ...roomy, maxExecutions: 1 });
    },
  ],
  [
    'lost its bytes',
    (store) => {
      store.setLimits({ ...roomy, maxBytes: 1 });
    },
  ],
  [
    'went with all others',
    (store) => {
      store.clear();
    },
  ],
])('a list that is still held keeps no bytes of what %s', (_, change) => {
  const store = new ExecutionStore(roomy);
  for (const key of ['a', 'b']) {
    const value = new Uint8Array(1_000);
    store.put(aSummary({ key, sid: key }), false, aRecord({ offset: key, value }), 0);
  }
  const held = [...store.oldestFirst];
  change(store);
  expect(store.held.of(held[0]!)).toBeUndefined();
});
