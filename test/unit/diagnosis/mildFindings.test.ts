import { expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import type { NodeRun } from '../../../src/trace/execution.ts';
import type { FlowShape } from '../../../src/trace/flowShape.ts';
import { aNodeData, aRun, aSummary } from '../../support/builders.ts';

test('a success has no findings', () => {
  const context = { failing: null, flow: null, nodeData: () => undefined };
  expect(diagnose({ suspectTypes: [], summary: aSummary(), runs: [aRun()] }, context)).toEqual([]);
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
] as const)('a step that failed and the flow went on: %s (%s)', (cause, output, flow, runs) => {
  const value = { name: 'x', value: 1, form: 'json', round: null } as const;
  const [finding, ...others] = diagnose(
    { suspectTypes: [], summary: aSummary(), runs },
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
  expect(diagnose({ suspectTypes: [], summary: aSummary(), runs }, context)).toHaveLength(5);
});

test('a run that was cut off is a warning, at the node that was at work', () => {
  const summary = aSummary({ outcome: 'cancelled' });
  const runs = [aRun({ nodeId: 'node-start::1', name: '开始', type: 'node-start' })];
  const at = (flow: FlowShape | null) =>
    diagnose(
      { suspectTypes: [], summary, runs },
      { failing: null, flow, nodeData: () => undefined },
    )[0];
  const cut = {
    ...{ rule: 'cutOff', severity: 'warning', category: 'cancelled', cause: null },
    ...{
      confidence: 'likely',
      evidence: [{ source: { kind: 'code' } }, { source: { kind: 'answer' } }],
    },
  };
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
    {
      suspectTypes: [],
      summary: aSummary({ outcome: 'stalled' }),
      runs: [running, aRun({ nodeId: 'later::1' })],
    },
    { failing: null, flow: null, nodeData: () => undefined, reportedMs: 1_000 },
  );
  expect(finding).toMatchObject({
    ...{ cause: 'stalled', confidence: 'possible', node: { runKey: running.key } },
    evidence: [
      { source: { kind: 'executionState' }, value: 'running' },
      { source: { kind: 'snapshot', atMs: 1_000 }, value: '1970-01-01T00:00:01.000Z' },
      { source: { kind: 'runningNode' }, value: running.name, runKey: running.key },
    ],
  });
});

test.each(['running', 'unreported', 'succeeded'] as const)('%s says nothing', (outcome) => {
  const context = { failing: null, flow: null, nodeData: () => undefined };
  expect(
    diagnose({ suspectTypes: [], summary: aSummary({ outcome, code: 7 }), runs: [] }, context),
  ).toEqual([]);
});

test('what a step that the flow went on logged stands beside it', () => {
  const run = aRun({ status: 'recovered', error: 'busy' });
  const logs = [{ level: 'ERROR', message: 'busy', time: '' }];
  const [finding] = diagnose(
    { suspectTypes: [], summary: aSummary(), runs: [run] },
    { failing: null, flow: null, nodeData: () => aNodeData({ logs }) },
  );
  expect(finding?.evidence).toContainEqual({
    ...{ source: { kind: 'log', index: 0 }, value: 'busy', runKey: run.key },
  });
});

test('one that was stalled when it was opened has no time of a snapshot; a node without a name has its id', () => {
  const running = aRun({ nodeId: 'rpa::9', name: '', status: 'running' });
  const [finding] = diagnose(
    { suspectTypes: [], summary: aSummary({ outcome: 'stalled' }), runs: [running] },
    { failing: null, flow: null, nodeData: () => undefined },
  );
  expect(finding?.evidence).toEqual([
    { source: { kind: 'executionState' }, value: 'running', runKey: null },
    { source: { kind: 'runningNode' }, value: 'rpa::9', runKey: running.key },
  ]);
});
