import { describe, expect, test } from 'vitest';
import { recordWith } from '../../support/fixtures.ts';
import { engineParts, listQuery, treeQuery } from './world.ts';

const sid = 'spf00970001@hf1a2094e36ee0009782';
const begin = 1_795_452_450_000;

/** An entry of a node that ran for a second, from `at` seconds on. */
const entry = (id: string, nodeId: string, at: number) => ({
  ...{ id, sid, node_id: nodeId, node_name: id, node_type: '工具', next_log_ids: [] },
  ...{ start_time: begin + at * 1_000, end_time: begin + at * 1_000 + 1_000, duration: 1_000 },
  ...{ running_status: true, data: { input: {}, output: { a: '1' }, config: {} }, logs: [] },
});

const workflow = recordWith({
  ...{ sid, sub: 'workflow', flow_id: 'f', service_id: 'f', question: '{}', answer: '{"a":1}' },
  ...{ start_time: begin, end_time: begin + 9_000, duration: 9_000 },
  ...{ status: { code: 0, message: '' }, srv: {} },
  trace: [
    ...[entry('start', 'node-start::1', 0), entry('robot', 'rpa::1', 0)],
    ...[entry('tool', 'plugin::1', 2), entry('mcp', 'mcp::1', 4), entry('agent', 'agent::1', 6)],
    ...[entry('robot', 'rpa::1', 7), entry('end', 'node-end::1', 8)],
  ],
});

/** A service's own record under the workflow's sid; of rpa and link the two times are swapped, and the end comes first. */
const envelope = (sub: string, at: number, answer = 'done') =>
  recordWith({
    ...{ sid, sub, service_id: `${sub}-1`, log_caller: 'x', question: 'q', answer, trace: [] },
    ...{ start_time: begin + at * 1_000 + 900, end_time: begin + at * 1_000 + 100, duration: 0 },
    ...{ status: { code: 0, message: 'Success' }, srv: {}, usage: {} },
  });

const services = [
  ['rpa-server', 7, 'robot'],
  ['spark-link', 2, 'tool'],
  ['spark-link', 4, 'mcp'],
  ['aitools', 2, 'tool'],
  ['spl', 6, 'agent'],
  ['SparkAgent', 6, 'agent'],
] as const;

async function callerOf(records: readonly ReturnType<typeof recordWith>[]) {
  const parts = engineParts();
  for (const record of records) parts.take([record]);
  const listed = parts.list.window(listQuery()).rows;
  const { rows } = await parts.tree.window(treeQuery(`workflow/${sid}`));
  const callers = rows.flatMap(({ execution }, index) => {
    const parent = rows.slice(0, index).findLast(({ level }) => level === 1);
    return execution === null ? [] : [parent?.name];
  });
  return {
    listed: listed.map(({ service, subExecutionCount }) => [service, subExecutionCount]),
    callers,
  };
}

describe('a record of a service with the sid of a workflow stands under its node, and in no list', () => {
  test.each(services)('%s at %d s under %s, before the workflow', async (service, at, node) => {
    const { listed, callers } = await callerOf([envelope(service, at), workflow]);
    expect(listed).toEqual([['workflow', 1]]);
    expect(callers).toEqual([node]);
  });

  test.each(services)('%s at %d s under %s, behind the workflow', async (service, at, node) => {
    const { listed, callers } = await callerOf([workflow, envelope(service, at)]);
    expect(listed).toEqual([['workflow', 1]]);
    expect(callers).toEqual([node]);
  });
});

test('several calls of one node each have a row', async () => {
  const calls = [envelope('rpa-server', 0, 'first'), envelope('rpa-server', 7, 'second')];
  const { listed, callers } = await callerOf([calls[0]!, workflow, calls[1]!]);
  expect(listed).toEqual([['workflow', 2]]);
  expect(callers).toEqual(['robot', 'robot']);
});

test('without its workflow such a record is listed for itself', () => {
  const parts = engineParts();
  parts.take([envelope('rpa-server', 0)]);
  expect(parts.list.window(listQuery()).rows.map(({ service }) => service)).toEqual(['rpa-server']);
});
