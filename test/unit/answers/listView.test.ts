import { expect, test } from 'vitest';
import { parseFlow } from '../../../src/flow/parseFlow.ts';
import { engineParts, flowFile, listQuery, rpaNode, startNode } from '../engine/world.ts';

/** Executions `a` (oldest) to the last, one second apart. */
function withExecutions(letters: string) {
  const parts = engineParts();
  for (const [index, sid] of letters.split('').entries())
    parts.put({ sid, beginMs: index * 1_000 });
  const sids = (query: Parameters<typeof listQuery>[0] = {}) =>
    parts.list
      .window(listQuery(query))
      .rows.map(({ sid }) => sid)
      .join('');
  return { ...parts, sids };
}

test.each([
  ['all, newest first', {}, 'hgfedcba'],
  ['a page', { offset: 2, limit: 3 }, 'fed'],
  ['a page beyond the end', { offset: 100, limit: 3 }, ''],
  ['from an anchor', { anchor: 'e', limit: 3 }, 'edc'],
  ['above an anchor', { anchor: 'e', offset: -2, limit: 3 }, 'gfe'],
  ['no further up than the newest', { anchor: 'e', offset: -100, limit: 2 }, 'hg'],
  ['from the newest where the anchor is gone', { anchor: 'x', limit: 2 }, 'hg'],
])('%s', (_, query, expected) => {
  expect(withExecutions('abcdefgh').sids(query)).toBe(expected);
});

test('rows stay under their anchor, whatever arrives above or below', () => {
  const { list, put, sids } = withExecutions('bdf');
  const query = listQuery({ anchor: 'd', limit: 2 });
  expect(list.window(query)).toMatchObject({ newer: 1, start: 1, total: 3 });
  put({ sid: 'g', beginMs: 9_000 });
  expect(list.window(query)).toMatchObject({ newer: 2, start: 2, total: 4 });
  expect(sids(query)).toBe('db');
  put({ sid: 'a', beginMs: -1 });
  expect(list.window(query)).toMatchObject({ newer: 2, start: 2, total: 5 });
  expect(sids(query)).toBe('db');
});

test('equal stamps mean equal windows', () => {
  const { list, put, clock } = withExecutions('ab');
  const query = listQuery();
  const ofNow = listQuery({ filter: 'time:15m' });
  const before = [list.stamp(query), list.stamp(ofNow)];
  expect([list.stamp(query), list.stamp(ofNow)]).toEqual(before);
  clock.advance(2_000);
  expect(list.stamp(query)).toBe(before[0]);
  expect(list.stamp(ofNow)).not.toBe(before[1]);
  put({ sid: 'c' });
  expect(list.stamp(query)).not.toBe(before[0]);
});

test.each([
  ['a word in the sid', 'SPF01', ['spf01']],
  ['a status code', '21300', ['spf02']],
  ['an outcome', 'failed', ['spf02']],
  ['the failing node', '录入', ['spf02']],
  ['a node that ran', 'ifly-code', ['spf01']],
  ['the subject', 'flow-9', ['spf02']],
  ['all words must occur', 'spf failed', ['spf02']],
  ['words that no execution has together', 'spf01 failed', []],
  ['blanks alone', '  ', ['spf02', 'spf01']],
])('filter: %s', (_, filter, expected) => {
  const { list, put } = engineParts();
  put({ sid: 'spf01', nodeIds: ['ifly-code::1'], beginMs: 1 });
  const failing = { nodeId: 'rpa::1', runKey: 'r', name: '录入ERP', inferred: false };
  put({
    ...{ sid: 'spf02', beginMs: 2, outcome: 'failed', code: 21_300, subject: 'flow-9' },
    failing: { ...failing, afterNodeId: null },
  });
  const { rows, total, totalAll } = list.window(listQuery({ filter }));
  expect(rows.map(({ sid }) => sid)).toEqual(expected);
  expect([total, totalAll]).toEqual([expected.length, 2]);
});

test.each([
  ['Asia/Shanghai', 'time:2026-05-05', true],
  ['Asia/Shanghai', 'time:2026-05-05T04:00..<2026-05-05T05:00', true],
  ['Asia/Shanghai', 'time:today', false],
  ['America/New_York', 'time:2026-05-05', false],
  ['America/New_York', 'time:2026-05-04T16:30', true],
  ['America/New_York', 'time:yesterday', true],
])('times are those of the reader’s clock: in %s, %s', (timeZone, filter, isFound) => {
  const { list, put, clock } = engineParts();
  clock.advance(Date.UTC(2026, 4, 5, 23) - clock.now());
  put({ sid: 'a', beginMs: Date.UTC(2026, 4, 4, 20, 30) });
  expect(list.window(listQuery({ filter, timeZone })).total).toBe(isFound ? 1 : 0);
  // Features that have no clock of their own have that of the page.
  expect(list.window(listQuery({ filter })).total).toBe(isFound ? 1 : 0);
});

test.each([
  ['status:failed', 'b'],
  ['-status:failed', 'ca'],
  ['node:录入', 'b'],
  ['node:提取', 'ca'],
  ['node:rpa::1', 'b'],
  ['提取', 'ca'],
  ['duration:>5s', 'b'],
  ['duration:<=5s', 'a'],
  ['-duration:>5s', 'ca'],
  ['code:21300', 'b'],
  ['code:>0', 'b'],
  ['service:work', 'cba'],
  ['sid:B', 'b'],
  ['flow:intake', 'c'],
  ['time:<00:16', 'a'],
  ['status:failed -node:录入', ''],
  ['statsu:failed node:提取', 'ca'],
])('filter by field: %s', (filter, expected) => {
  const { list, put, clock } = engineParts();
  // The clock's day in the machine's own time zone.
  const day = new Date(clock.now());
  const at = (minute: number) =>
    new Date(day.getFullYear(), day.getMonth(), day.getDate(), 0, minute).getTime();
  put({ sid: 'a', beginMs: at(15), durationMs: 5_000, nodeNames: ['开始', '提取发票'] });
  put({
    ...{ sid: 'b', beginMs: at(16), durationMs: 5_001, outcome: 'failed', code: 21_300 },
    ...{ nodeIds: ['rpa::1'], nodeNames: ['录入ERP'] },
  });
  put({
    ...{ sid: 'c', beginMs: at(17), durationMs: null, outcome: 'running' },
    ...{ subject: 'intake', nodeNames: ['提取发票'] },
  });
  const { rows } = list.window(listQuery({ filter }));
  expect(rows.map(({ sid }) => sid).join('')).toBe(expected);
});

test('a wrong word is told with the window, where it stands', () => {
  const { list } = engineParts();
  expect(list.window(listQuery({ filter: 'a statsu:failed' })).faults).toEqual([
    {
      ...{ reason: 'unknownField', range: { from: 2, to: 8 } },
      ...{ word: 'statsu', suggestion: 'status' },
    },
  ]);
});

test('the scope of a flow file is its executions, also those that ended at the first node', () => {
  const { list, flows, put } = engineParts();
  const { uri, fileName, text } = flowFile('invoice-entry.yaml');
  flows.set(uri, fileName, parseFlow(text, fileName));
  const flowId = 'f1';
  put({ sid: 'whole', flowId, beginMs: 1, nodeIds: [startNode, rpaNode] });
  put({ sid: 'stump', flowId, beginMs: 2, nodeIds: [startNode] });
  put({ sid: 'other', flowId: 'f2', beginMs: 3, nodeIds: ['rpa::other'] });
  const scope = { kind: 'flow', uri } as const;
  const { rows, total, totalAll } = list.window(listQuery({ scope }));
  expect(rows.map(({ sid, name }) => `${sid} ${name}`)).toEqual([
    'stump 发票录入',
    'whole 发票录入',
  ]);
  expect([total, totalAll]).toEqual([2, 3]);
  expect(list.figures(scope).executions).toBe(2);
  expect(list.figures({ kind: 'all' }).executions).toBe(3);
});

test('the executions of a scope follow a flow file that changes or goes', () => {
  const { list, flows, put } = engineParts();
  const { uri, fileName, text } = flowFile('invoice-entry.yaml');
  put({ sid: 's', nodeIds: [rpaNode] });
  const total = () => list.window(listQuery({ scope: { kind: 'flow', uri } })).total;
  expect(total()).toBe(0);
  flows.set(uri, fileName, parseFlow(text, fileName));
  expect(total()).toBe(1);
  flows.set(uri, fileName, parseFlow(text.replaceAll(rpaNode, 'rpa::renewed'), fileName));
  expect(total()).toBe(0);
  flows.set(uri, fileName, parseFlow(text, fileName));
  flows.remove(uri);
  expect(total()).toBe(0);
});

test("a robot's record stands under the workflow that called it, a lonely one for itself", () => {
  const { list, put } = engineParts();
  put({ sid: 's', key: 'workflow/s', beginMs: 1 });
  put({ sid: 's', key: 'rpa-server/s', kind: 'rpa', beginMs: 2 });
  put({ sid: 's', key: 'spark-link/s', kind: 'link', beginMs: 3 });
  put({ sid: 'alone', key: 'rpa-server/alone', kind: 'rpa', service: 'rpa-server', beginMs: 4 });
  const { rows, total } = list.window(listQuery());
  expect(rows.map(({ key, subExecutionCount }) => [key, subExecutionCount])).toEqual([
    ['rpa-server/alone', 0],
    ['workflow/s', 2],
  ]);
  expect(total).toBe(2);
  expect(list.figures({ kind: 'all' }).executions).toBe(2);
});

test('calls of tools that stand for themselves are listed, and counted where there is nothing else', () => {
  const { list, put } = engineParts();
  const all = { kind: 'all' } as const;
  put({ sid: 't1', kind: 'link', outcome: 'failed', beginMs: 1 });
  put({ sid: 't2', kind: 'aitools', beginMs: 2 });
  expect(list.figures(all)).toMatchObject({ executions: 2, successRate: 0.5, toolCallsApart: 0 });
  put({ sid: 'w', kind: 'workflow', beginMs: 3 });
  put({ sid: 'r', kind: 'rpa', beginMs: 4 });
  expect(list.window(listQuery()).total).toBe(4);
  expect(list.figures(all)).toMatchObject({ executions: 2, successRate: 1, toolCallsApart: 2 });
});

test('a workflow is counted with its robots, not with the build of its flow', () => {
  const { list, put } = engineParts();
  put({ sid: 's', key: 'workflow/s', beginMs: 1 });
  put({ sid: 's', key: 'workflow/s/build', kind: 'build', beginMs: 2 });
  expect(
    list.window(listQuery()).rows.map(({ key, subExecutionCount }) => [key, subExecutionCount]),
  ).toEqual([
    ['workflow/s/build', 0],
    ['workflow/s', 0],
  ]);
});

test.each([
  ['kind:tool', ['a']],
  ['-kind:tool', ['b']],
  ['kind:run', ['b']],
])('%s tells runs from calls of tools', (filter, expected) => {
  const { list, put } = engineParts();
  put({ sid: 'a', key: 'spark-link/a', kind: 'link', service: 'spark-link', beginMs: 2 });
  put({ sid: 'b', beginMs: 1 });
  expect(list.window(listQuery({ filter })).rows.map(({ sid }) => sid)).toEqual(expected);
});

test('without a flow file an execution is called by its subject, else by its service', () => {
  const { list, put } = engineParts();
  const named = put({ sid: 'a', subject: 'robot 7' });
  const nameless = put({ sid: 'b', subject: '', service: 'spark-link' });
  expect([list.nameOf(named), list.nameOf(nameless)]).toEqual(['robot 7', 'spark-link']);
});

test('the latest, the latest failed one, and the latest that ran a node', () => {
  const { list, flows, put } = engineParts();
  const { uri, fileName, text } = flowFile('invoice-entry.yaml');
  const scope = { kind: 'flow', uri } as const;
  flows.set(uri, fileName, parseFlow(text, fileName));
  const all = { kind: 'all' } as const;
  expect(list.latest(all, false)).toBeUndefined();
  put({ sid: 'ran', nodeIds: [startNode, rpaNode], outcome: 'failed', beginMs: 1 });
  put({ sid: 'stopped', nodeIds: [startNode], beginMs: 2 });
  put({ sid: 'other', nodeIds: ['x::1'], flowId: 'f2', beginMs: 3 });
  const sid = (found: ReturnType<typeof list.latest>) => found?.summary.sid;
  expect(sid(list.latest(all, false))).toBe('other');
  expect(sid(list.latest(all, true))).toBe('ran');
  expect(sid(list.latest(scope, false))).toBe('stopped');
  expect(sid(list.executionOfNode(uri, rpaNode, null))).toBe('ran');
  expect(sid(list.executionOfNode(uri, 'gone::1', null))).toBeUndefined();
});

test('the cause of a failure is looked for once a filter asks for it', async () => {
  const { takeFixture, list } = engineParts();
  takeFixture('failed');
  takeFixture('succeeded');
  const found = (filter: string) => list.window(listQuery({ filter })).total;
  const stamp = list.stamp(listQuery({ filter: 'cause:unknown' }));
  expect(found('cause:unknown')).toBe(1);
  await expect.poll(() => found('cause:elementNotFound')).toBe(1);
  expect(found('cause:ELEMENTNOTFOUND -status:succeeded')).toBe(1);
  expect(found('cause:unknown')).toBe(0);
  expect(list.stamp(listQuery({ filter: 'cause:unknown' }))).not.toBe(stamp);
});

test('the runs of a problem are found once a filter asks for it, and those that came meanwhile', async () => {
  const { takeFixture, list, problems } = engineParts();
  takeFixture('failed');
  takeFixture('succeeded');
  const query = { scope: { kind: 'all' }, group: 'unresolved' } as const;
  const id = (await problems.answer({ ...query, group: 'resolved' })).rows[0]?.id ?? '';
  problems.clear();
  const found = (filter: string) => list.window(listQuery({ filter })).total;
  await expect.poll(() => found(`problem:${id}`)).toBe(1);
  expect(found(`-problem:${id}`)).toBe(1);
  expect(found('problem:other')).toBe(0);
  takeFixture('missing');
  await expect.poll(() => found(`-problem:${id}`)).toBe(2);
});

test.each([
  ['failing:"录入"', 1],
  ['failing:rpa::3f9d', 1],
  // It ran, and did not fail.
  ['failing:node-start', 0],
])('%s finds what failed at a node', (filter, total) => {
  const { takeFixture, list } = engineParts();
  takeFixture('failed');
  takeFixture('succeeded');
  expect(list.window(listQuery({ filter })).total).toBe(total);
});
