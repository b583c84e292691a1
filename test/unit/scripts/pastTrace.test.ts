import { expect, test } from 'vitest';

import { pastTrace } from '../../../scripts/pastTrace.ts';
import { recordsOf, recordWith } from '../../support/fixtures.ts';

const named = async (name: string) => {
  const { executions } = await pastTrace(recordsOf(name));
  return executions[0]?.nodes.map((node) => [node.name, node] as const) ?? [];
};

test('an end node that waits for others has what comes after them, and they are no part of it', async () => {
  const nodes = new Map(await named('04-workflow-iteration.g3.json'));
  expect(nodes.get('逐单处理')?.ownMs).toBeLessThan((nodes.get('逐单处理')?.durationMs ?? 0) / 10);
  expect(nodes.get('结束_1')?.ownMs).toBeLessThan((nodes.get('结束_1')?.durationMs ?? 0) / 10);
});

test('what an iteration took is shared out among all rounds of its nodes and itself, no more and no less', async () => {
  const nodes = await named('04-workflow-iteration.g3.json');
  const of = (names: readonly string[]) =>
    nodes.filter(([name]) => names.includes(name)).map(([, node]) => node);
  const own = of(['录入订单', '结束', '逐单处理']).reduce(
    (sum, { ownMs }) => sum + (ownMs ?? 0),
    3,
  );
  expect(own).toBe(of(['逐单处理'])[0]?.durationMs);
  const [order] = of(['录入订单']);
  expect([order?.count, order?.ownMs]).toEqual([3, 3 * (order?.durationMs ?? 0)]);
});

test('rounds that were shorter than the one that is told of take no more than their iteration', async () => {
  const records = recordsOf('04-workflow-iteration.g3.json').map((record) => {
    const text = Buffer.from(record.value ?? [])
      .toString()
      .replaceAll(/("duration": ?)901\b/g, '$12901');
    return { ...record, value: Buffer.from(text) };
  });
  const { executions } = await pastTrace(records);
  const own = new Map(executions[0]?.nodes.map(({ name, ownMs }) => [name, ownMs]));
  // The rest is that of the start of the round.
  expect([own.get('录入订单'), own.get('逐单处理')]).toEqual([2_711, 0]);
});

test('where it failed and of what stands with it', async () => {
  const { executions } = await pastTrace(recordsOf('03-workflow-rpa-node-failed.g3.json'));
  expect(executions[0]).toMatchObject({
    ...{ outcome: 'failed', code: 21300, flow: '7379450201923928066' },
    failure: { name: '录入ERP', cause: 'elementNotFound' },
  });
});

test('what a robot’s process used, its revision and what stands elsewhere are read of the record', async () => {
  const used = { cpu_ms: 12.5, memory_bytes: 5e7, event_loop_utilization: 0.25 };
  const entry = { id: '1', node_id: 'a::1', running_status: true, data: {}, logs: [] };
  const record = recordWith({
    ...{ sid: 's', sub: 'workflow', flow_id: 'f', status: { code: 0, message: 'Success' } },
    answer: 'see http://store/b/0123456789abcdef0123456789abcdef.txt',
    srv: { workflow_version: 'v7', cpu_ms: '20', memory_bytes: '6e7', event_loop_delay_ms: '4.5' },
    trace: [
      { ...entry, resources: used },
      { ...entry, id: '2', resources: { cpu_ms: 'many' } },
    ],
  });
  const { executions } = await pastTrace([record]);
  const [past] = executions;
  expect(past).toMatchObject({ revision: 'v7', storedValues: 1 });
  expect(past?.resources).toEqual({
    ...{ cpuMs: 20, memoryBytes: 6e7, eventLoopUtilization: 0, eventLoopDelayMs: 4.5 },
  });
  expect(past?.nodes.map(({ resources }) => resources)).toEqual([
    { cpuMs: 12.5, memoryBytes: 5e7, eventLoopUtilization: 0.25, eventLoopDelayMs: null },
    null,
  ]);
});
