import { expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import type { Execution, LogLine, NodeRun } from '../../../src/trace/execution.ts';
import type { FlowShape } from '../../../src/trace/flowShape.ts';
import { aNodeData, aRun, aSummary } from '../../support/builders.ts';

function diagnosed(
  code: number,
  message: string,
  {
    service = 'workflow',
    run,
    logs = [],
  }: { service?: string; run?: NodeRun; logs?: LogLine[] } = {},
) {
  const execution: Execution = {
    summary: aSummary({ service, code, message, outcome: code === 0 ? 'succeeded' : 'failed' }),
    runs: run === undefined ? [] : [run],
  };
  const failing = run?.status === 'failed' ? failingAt(run) : null;
  return diagnose(execution, { failing, flow: null, nodeData: () => aNodeData({ logs }) });
}

function failingAt({ nodeId, key, name }: NodeRun) {
  return { nodeId, runKey: key, name, inferred: false, afterNodeId: null };
}

test.each([
  [1, 'unknown'],
  [2, 'timeout'],
  [3, 'resource'],
  [4, 'permission'],
  [5, 'configuration'],
])("the product's status %d is %s", (code, category) => {
  const [finding] = diagnosed(code, '');
  expect(finding).toMatchObject({ rule: 'productStatus', category, severity: 'error' });
});

test.each([
  ['workflow', 22303, 'NODE_RUN_TIMEOUT_ERROR', 'timeout'],
  ['rpa-server', 55101, 'CREATE_URL_INVALID', 'configuration'],
  ['spark-link', 30403, 'THIRD_API_REQUEST_FAILED_ERR', 'network'],
])('%s %d is looked up in its own table', (service, code, name, category) => {
  const [finding] = diagnosed(code, 'no words we know', { service });
  expect(finding).toMatchObject({ rule: 'serviceCode', category, code: { code, name } });
});

test('the same code means something else for another service', () => {
  const [agent] = diagnosed(10_001, '', { service: 'Agent' });
  const [knowledge] = diagnosed(10_001, '', { service: 'knowledge' });
  expect(agent?.code?.name).not.toBe(knowledge?.code?.name);
});

test('a code that no table has is said as it stands', () => {
  const [finding] = diagnosed(99_999, 'odd');
  expect(finding).toMatchObject({ category: 'unknown', code: { code: 99_999, name: '' } });
});

test('an attempt that failed of something else earlier does not count', () => {
  const run = aRun({ status: 'failed', error: 'element not found', count: 4 });
  const [finding] = diagnosed(22_302, 'Node execution failed', {
    run,
    logs: [
      { level: 'ERROR', message: 'element not found', time: '' },
      { level: 'error', message: '403 Forbidden', time: '' },
    ],
  });
  expect(finding?.cause).toBe('forbidden');
  expect(finding?.evidence.map(({ field, value }) => `${field} = ${value}`)).toEqual([
    'logs[1].message = 403 Forbidden',
    'status.code = 22302',
    'running_status = false',
    // Four entries: the first attempt, two more, and the engine giving up.
    'attempts = 3',
    'status.message = Node execution failed',
  ]);
});

test('in a body the count is rounds, not attempts', () => {
  const run = aRun({ status: 'failed', count: 4 });
  const flow = {
    nodes: [{ id: run.nodeId, name: '', type: 'rpa', parentId: 'iteration::1' }],
    edges: [],
  };
  const failing = failingAt(run);
  const [finding] = diagnose(
    { summary: aSummary({ outcome: 'failed', code: 1 }), runs: [run] },
    { failing, flow, nodeData: () => undefined },
  );
  expect(finding?.evidence).toContainEqual({ field: 'count', value: '×4', runKey: run.key });
});

test('a traceback tells by its end', () => {
  const message = `Traceback (most recent call last):\n${'  File "x.py"\n'.repeat(900)}MemoryError`;
  const [finding] = diagnosed(21_600, message);
  expect(finding?.cause).toBe('outOfMemory');
  expect(finding?.evidence[0]?.value).toMatch(/^Traceback .*….*MemoryError$/s);
});

test('the wall of 60 seconds shows the time beside the empty detail', () => {
  const [finding] = diagnosed(55_004, 'Task exec failed: ', { service: 'rpa-server' });
  expect(finding?.cause).toBe('sixtySecondWall');
  expect(finding?.evidence.map(({ field }) => field)).toContain('duration');
});

test('a node that never logged is told by the one before it', () => {
  const before = aRun();
  const failing = {
    ...{ nodeId: 'plugin::1', runKey: null, name: '查询', inferred: true },
    afterNodeId: before.nodeId,
  };
  const [finding] = diagnose(
    { summary: aSummary({ outcome: 'failed', code: 23_400 }), runs: [before] },
    { failing, flow: null, nodeData: () => undefined },
  );
  expect(finding?.node).toEqual({ nodeId: 'plugin::1', runKey: null, name: '查询' });
  expect(finding?.evidence).toContainEqual({
    ...{ field: 'next_log_ids', value: before.name, runKey: before.key },
  });
});

test('all clues to one failure are one finding, with the words before the code', () => {
  const run = aRun({ status: 'failed', error: 'element not found: #btnSave', count: 3 });
  const findings = diagnosed(21_300, 'RPA node request failed', {
    run,
    logs: [
      { level: 'INFO', message: 'start', time: '' },
      { level: 'ERROR', message: 'element not found: #btnSave', time: '' },
    ],
  });
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({
    rule: 'messagePattern',
    cause: 'elementNotFound',
    code: { code: 21_300, name: 'RPA_REQUEST_ERROR' },
    node: { nodeId: run.nodeId, runKey: run.key },
  });
  expect(findings[0]?.evidence.map(({ field, value }) => `${field} = ${value}`)).toEqual([
    'logs[1].message = element not found: #btnSave',
    'status.code = 21300',
    'running_status = false',
    'attempts = 2',
    'status.message = RPA node request failed',
  ]);
});

test('a success has no findings', () => {
  expect(diagnosed(0, '', { run: aRun() })).toEqual([]);
});

const rpa = aRun({ status: 'recovered', count: 2 });
const next = aRun({ nodeId: 'message::1', name: '通知' });
const fallback = aRun({ nodeId: 'node-end::1', name: '结束' });
const edge = (target: NodeRun, kind: 'normal' | 'fail') => ({
  ...{ source: rpa.nodeId, target: target.nodeId, kind },
});
const flowWith = (parentId: string | null) => ({
  nodes: [{ id: rpa.nodeId, name: '', type: 'rpa', parentId }],
  edges: [edge(next, 'normal'), edge(fallback, 'fail')],
});

test.each([
  ['retried', 'output', flowWith(null), [rpa, next]],
  ['retried', 'output', null, [rpa, next]],
  ['recovered', '', null, [rpa, next]],
  ['recovered', '', flowWith(null), [rpa, next, fallback]],
  ['failBranchTaken', '', flowWith(null), [rpa, fallback]],
  ['roundsFailed', 'output', flowWith('iteration::1'), [rpa, next]],
] as const)('a step that failed and was got over: %s (%s)', (cause, output, flow, runs) => {
  const value = { name: 'x', value: 1, form: 'json', round: null } as const;
  const [finding, ...others] = diagnose(
    { summary: aSummary(), runs },
    {
      ...{ failing: null, flow },
      nodeData: () => aNodeData({ output: output === '' ? [] : [value] }),
    },
  );
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ rule: 'recovered', severity: 'info', cause });
});

test('many steps that were retried are not a list of their own', () => {
  const runs = Array.from({ length: 50 }, (_, index) =>
    aRun({ nodeId: `rpa::${String(index)}`, status: 'recovered' }),
  );
  const context = { failing: null, flow: null, nodeData: () => undefined };
  expect(diagnose({ summary: aSummary(), runs }, context)).toHaveLength(5);
});

test('a run that was cut off is a warning, at the node that was at work', () => {
  const summary = aSummary({ outcome: 'cancelled' });
  const runs = [aRun({ nodeId: 'node-start::1', name: '开始', type: 'node-start' })];
  const at = (flow: FlowShape | null) =>
    diagnose({ summary, runs }, { failing: null, flow, nodeData: () => undefined })[0];
  const cut = { rule: 'cutOff', severity: 'warning', category: 'cancelled', cause: null };
  expect(at(null)).toMatchObject({ ...cut, node: { nodeId: 'node-start::1', name: '开始' } });
  const flow: FlowShape = {
    nodes: [{ id: rpa.nodeId, name: '录入', type: 'rpa', parentId: null }],
    edges: [{ source: 'node-start::1', target: rpa.nodeId, kind: 'normal' }],
  };
  expect(at(flow)).toMatchObject({ ...cut, node: { nodeId: rpa.nodeId, runKey: null } });
});

test('a run whose snapshots stopped is a warning of its own', () => {
  const running = aRun({ status: 'running' });
  const [finding] = diagnose(
    { summary: aSummary({ outcome: 'stalled' }), runs: [running, aRun({ nodeId: 'later::1' })] },
    { failing: null, flow: null, nodeData: () => undefined },
  );
  expect(finding).toMatchObject({ cause: 'stalled', node: { runKey: running.key } });
});

test.each(['running', 'unreported', 'succeeded'] as const)('%s says nothing', (outcome) => {
  const context = { failing: null, flow: null, nodeData: () => undefined };
  expect(diagnose({ summary: aSummary({ outcome, code: 7 }), runs: [] }, context)).toEqual([]);
});

test('evidence of any length is short', () => {
  const [finding] = diagnosed(22_302, 'x'.repeat(10_000));
  for (const { value } of finding?.evidence ?? []) expect(value.length).toBeLessThanOrEqual(500);
});
