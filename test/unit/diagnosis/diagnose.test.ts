import { expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import type { Execution, LogLine, NodeRun } from '../../../src/trace/execution.ts';
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
  const failing =
    run?.status === 'failed'
      ? { nodeId: run.nodeId, runKey: run.key, name: run.name, inferred: false, afterNodeId: null }
      : null;
  return diagnose(execution, { failing, flow: null, nodeData: () => aNodeData({ logs }) });
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
    'count = ×3',
    'status.message = RPA node request failed',
  ]);
});

test('a success has no findings, a step that failed first is worth a word', () => {
  expect(diagnosed(0, '', { run: aRun() })).toEqual([]);
  const [finding] = diagnosed(0, '', { run: aRun({ status: 'recovered' }) });
  expect(finding).toMatchObject({ rule: 'recovered', severity: 'info' });
});

test('a run that was cut off is a warning', () => {
  const summary = aSummary({ outcome: 'cancelled' });
  const [finding] = diagnose(
    { summary, runs: [] },
    { failing: null, flow: null, nodeData: () => undefined },
  );
  expect(finding).toMatchObject({ rule: 'cutOff', severity: 'warning', category: 'cancelled' });
});

test('evidence of any length is short', () => {
  const [finding] = diagnosed(22_302, 'x'.repeat(10_000));
  for (const { value } of finding?.evidence ?? []) expect(value.length).toBeLessThanOrEqual(500);
});
