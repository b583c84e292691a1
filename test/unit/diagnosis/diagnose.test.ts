import { expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import type { Execution, LogLine, NodeRun, Outcome } from '../../../src/trace/execution.ts';
import { evidenceField } from '../../../src/texts/findingTexts.ts';
import { aNodeData, aRun, aSummary } from '../../support/builders.ts';

function diagnosed(
  code: number,
  message: string,
  {
    service = 'workflow',
    run,
    logs = [],
    outcome = code === 0 ? 'succeeded' : 'failed',
  }: { service?: string; run?: NodeRun; logs?: LogLine[]; outcome?: Outcome } = {},
) {
  const execution: Execution = {
    suspectTypes: [],
    summary: aSummary({ service, code, message, outcome }),
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
  [
    2,
    "locator.click: Timeout 1500ms exceeded.\nCall log:\n - waiting for getByRole('button')",
    'elementNotFound',
  ],
  [3, '找不到元素：#btnSave', 'elementNotFound'],
  [4, 'Read timed out', 'timedOut'],
])("the product's status %d gives way to words that say more: %s", (code, words, cause) => {
  const [finding] = diagnosed(code, words);
  expect(finding).toMatchObject({ rule: 'messagePattern', cause, code: { code } });
});

test.each([
  ['workflow', 22303, 'NODE_RUN_TIMEOUT_ERROR', 'timeout'],
  ['rpa-server', 55101, 'CREATE_URL_INVALID', 'configuration'],
  ['spark-link', 30403, 'THIRD_API_REQUEST_FAILED_ERR', 'network'],
])('%s %d is looked up in its own table', (service, code, name, category) => {
  const [finding] = diagnosed(code, 'no words we know', { service });
  expect(finding).toMatchObject({ rule: 'serviceCode', category, code: { code, name } });
});

test.each([
  [20_380, 'Error code: 402 - Insufficient Balance', 'quota'],
  [20_380, 'Error code: 404 - The model `x` does not exist', 'model'],
  [20_303, 'max_tokens must be between 1 and 8192', 'model'],
  [20_371, '输入内容审核不通过', 'contentAudit'],
  [21_812, '401 Unauthorized', 'permission'],
  [21_500, 'Read timed out', 'timeout'],
  [20_380, 'something else', 'network'],
])(
  'a code of the network, %d, gives way to words that say otherwise: %s',
  (code, words, category) => {
    expect(diagnosed(code, words)[0]?.category).toBe(category);
  },
);

test('who was refused what is told of what was refused, and of nothing else', () => {
  const text = '403 Forbidden: user rpa_service may not run project 2041775512';
  const [finding] = diagnosed(21_300, text);
  const access = { account: 'rpa_service', resource: 'project 2041775512' };
  expect(finding?.access).toEqual(access);
  expect(diagnosed(21_300, 'Read timed out for user rpa_service')[0]?.access).toBeUndefined();
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
  expect(
    finding?.evidence.map(({ source, value }) => `${evidenceField(source)} = ${value}`),
  ).toEqual([
    'logs[1].message = 403 Forbidden',
    'status.code = 22302',
    'running_status = false',
    // Four entries: the first attempt, two more, and the engine giving up.
    'attempts = 3',
    'status.message = Node execution failed',
  ]);
});

test('the last errors of one attempt all count', () => {
  const errors = Array.from({ length: 7 }, (_, index) => ({
    ...{ level: 'ERROR', message: `error ${String(index)}`, time: '' },
  }));
  const run = aRun({ status: 'failed', error: 'error 0' });
  const [finding] = diagnosed(22_302, '', { run, logs: errors });
  expect(finding?.evidence.map(({ source }) => evidenceField(source))).toEqual([
    'status.code',
    ...[2, 3, 4, 5, 6].map((index) => `logs[${String(index)}].message`),
    'running_status',
  ]);
});

test('without the flow file a count beside a body may be rounds', () => {
  const run = aRun({ status: 'failed', count: 4 });
  const start = aRun({ nodeId: 'iteration-node-start::1', type: 'iteration-node-start' });
  const [finding] = diagnose(
    { suspectTypes: [], summary: aSummary({ outcome: 'failed', code: 1 }), runs: [start, run] },
    { failing: failingAt(run), flow: null, nodeData: () => undefined },
  );
  expect(finding?.evidence.map(({ source }) => evidenceField(source))).toContain('count');
});

test.each([
  ['workflow', 22_302, 'likely'],
  ['rpa-server', 55_000, 'possible'],
  ['newcomer', 99_999, 'possible'],
])('what the code %s %d means is %s', (service, code, confidence) => {
  expect(diagnosed(code, '', { service })[0]).toMatchObject({ confidence, code: { code } });
});

test('a code of a service without a table keeps its name', () => {
  expect(diagnosed(99_999, '', { service: 'newcomer' })[0]?.code?.service).toBe('newcomer');
});

test('in a body the count is rounds, not attempts', () => {
  const run = aRun({ status: 'failed', count: 4 });
  const flow = {
    nodes: [{ id: run.nodeId, name: '', type: 'rpa', parentId: 'iteration::1' }],
    edges: [],
  };
  const failing = failingAt(run);
  const [finding] = diagnose(
    { suspectTypes: [], summary: aSummary({ outcome: 'failed', code: 1 }), runs: [run] },
    { failing, flow, nodeData: () => undefined },
  );
  expect(finding?.evidence).toContainEqual({
    source: { kind: 'count', count: 4 },
    value: '×4',
    runKey: run.key,
  });
});

test('a traceback tells by its end', () => {
  const message = `Traceback (most recent call last):\n${'  File "x.py"\n'.repeat(900)}MemoryError`;
  const [finding] = diagnosed(21_600, message);
  expect(finding?.cause).toBe('outOfMemory');
  expect(finding?.evidence[0]?.value).toMatch(/^Traceback .*….*MemoryError$/s);
});

test.each([
  ['ifly-code', 'codeRaised'],
  ['rpa', 'codeRaised'],
  ['plugin', 'serviceFailed'],
  ['mcp', 'serviceFailed'],
])('what the code behind a node of type %s raised is %s', (type, cause) => {
  const message = 'java.lang.NullPointerException: Cannot invoke "Order.getNo()"';
  const run = aRun({ status: 'failed', error: message, type });
  const [finding] = diagnosed(23_400, message, { run });
  expect(finding?.cause).toBe(cause);
  expect(finding?.remedies.includes('fixCode')).toBe(cause === 'codeRaised');
});

test('a failure under code 0 rests on the node alone', () => {
  const [finding] = diagnosed(0, '', { run: aRun({ status: 'failed' }), outcome: 'failed' });
  expect(finding).toMatchObject({ rule: 'failingNode', code: null, confidence: 'certain' });
  expect(diagnosed(0, '', { outcome: 'failed' })).toEqual([]);
});

test('the wall of 60 seconds shows the time beside the empty detail', () => {
  const [finding] = diagnosed(55_004, 'Task exec failed: ', { service: 'rpa-server' });
  expect(finding?.cause).toBe('sixtySecondWall');
  expect(finding?.evidence.map(({ source }) => evidenceField(source))).toContain('duration');
});

test('the wall of 60 seconds is told without a time as well', () => {
  const summary = aSummary({
    ...{ service: 'rpa-server', outcome: 'failed', code: 55_004, durationMs: null },
    message: 'Task exec failed: ',
  });
  const [finding] = diagnose(
    { suspectTypes: [], summary, runs: [] },
    { failing: null, flow: null, nodeData: () => undefined },
  );
  expect(finding?.cause).toBe('sixtySecondWall');
  expect(finding?.evidence.map(({ source }) => evidenceField(source))).not.toContain('duration');
});

test.each([
  ['whose logs are not at hand', { error: 'element not found' }],
  ['that said nothing', { error: null }],
])('a failed node %s is told by its entry', (_, { error }) => {
  const run = aRun({ status: 'failed', error });
  const [finding] = diagnose(
    { suspectTypes: [], summary: aSummary({ outcome: 'failed', code: 0 }), runs: [run] },
    { failing: failingAt(run), flow: null, nodeData: () => undefined },
  );
  expect(finding?.evidence).toEqual([
    { source: { kind: 'runningStatus' }, value: 'false', runKey: run.key },
  ]);
});

test('a node that never logged, with none before it, is named without evidence', () => {
  const failing = {
    ...{ nodeId: 'plugin::1', runKey: null, name: '查询', inferred: true },
    afterNodeId: 'gone::1',
  };
  const [finding] = diagnose(
    { suspectTypes: [], summary: aSummary({ outcome: 'failed', code: 23_400 }), runs: [aRun()] },
    { failing, flow: null, nodeData: () => undefined },
  );
  expect(finding?.node?.nodeId).toBe('plugin::1');
  expect(finding?.evidence.map(({ source }) => evidenceField(source))).not.toContain(
    'next_log_ids',
  );
});

test('a node that never logged is told by the one before it', () => {
  const before = aRun();
  const failing = {
    ...{ nodeId: 'plugin::1', runKey: null, name: '查询', inferred: true },
    afterNodeId: before.nodeId,
  };
  const [finding] = diagnose(
    { suspectTypes: [], summary: aSummary({ outcome: 'failed', code: 23_400 }), runs: [before] },
    { failing, flow: null, nodeData: () => undefined },
  );
  expect(finding?.node).toEqual({ nodeId: 'plugin::1', runKey: null, name: '查询' });
  expect(finding?.evidence).toContainEqual({
    ...{ source: { kind: 'next' }, value: before.name, runKey: before.key },
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
  expect(
    findings[0]?.evidence.map(({ source, value }) => `${evidenceField(source)} = ${value}`),
  ).toEqual([
    'logs[1].message = element not found: #btnSave',
    'status.code = 21300',
    'running_status = false',
    'attempts = 2',
    'status.message = RPA node request failed',
  ]);
});

test.each([
  [500, 500],
  [501, 499],
])('of %d characters evidence has %d', (length, expected) => {
  const message = `${'a'.repeat(length - 1)}z`;
  const [finding] = diagnosed(22_302, message);
  const value = finding?.evidence.find(({ source }) => source.kind === 'message')?.value;
  expect(value).toHaveLength(expected);
  expect(value).toMatch(/z$/);
});

test('evidence of any length is short', () => {
  const [finding] = diagnosed(22_302, 'x'.repeat(10_000));
  for (const { value } of finding?.evidence ?? []) expect(value.length).toBeLessThanOrEqual(500);
});
