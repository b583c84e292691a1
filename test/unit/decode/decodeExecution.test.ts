import { describe, expect, it } from 'vitest';

import { openRecord } from '../../../src/decode/decodeExecution.ts';
import type { NodeRun } from '../../../src/trace/execution.ts';
import { recordFixtures, recordOf, recordsOf } from '../../support/fixtures.ts';
import { usualRules } from '../../support/usualRules.ts';

const open = (start: string) => openRecord(recordOf(start), usualRules);

function runOf(start: string, type: string): NodeRun {
  const run = open(start)
    .execution()
    .runs.find((candidate) => candidate.type === type);
  if (run === undefined) throw new Error(`${start} has no ${type}`);
  return run;
}

function dataOf(start: string, type: string) {
  const data = open(start).nodeData(runOf(start, type).key);
  if (data === undefined) throw new Error(`${start}: no data of ${type}`);
  return data;
}

describe('values in all encodings', () => {
  const fields = { vendor: '合肥启明办公', amount: 1280.5, urgent: false };
  it.each([
    ['03c-workflow-success.g1', 'jsonText'],
    ['03c-workflow-success.g3', 'python'],
  ])('%s', (name, form) => {
    expect(dataOf(name, 'ifly-code').output).toStrictEqual([
      { name: 'fields', value: fields, form, round: null },
      { name: 'rows', value: [1, 2.5, true, null], form, round: null },
    ]);
  });

  it('gives each round of an iteration where the record keeps them', () => {
    const given = dataOf('04-workflow-iteration.g3', 'rpa').input;
    expect(given.map(({ name, value, round }) => [name, value, round])).toStrictEqual([
      ['order_no', 'SO-1001', 0],
      ['order_no', 'SO-1002', 1],
      ['order_no', 'SO-1003', 2],
    ]);
    const kept = dataOf('04-workflow-iteration.g1', 'rpa').input;
    expect(kept).toStrictEqual([{ name: 'order_no', value: 'SO-1003', form: 'text', round: null }]);
  });

  it('keeps what JSON has no words for, and every digit', () => {
    const { input, output } = dataOf('26-', 'ifly-code');
    expect(input.find(({ name }) => name === 'ratio')?.value).toBe('-Infinity');
    expect(output.find(({ name }) => name === 'big')?.value).toBe('12345678901234567890');
  });

  it('knows the address of a stored value', () => {
    expect(dataOf('33-', 'spark-llm').output[0]?.form).toBe('link');
    expect(open('33-').executionData().answer.form).toBe('link');
  });

  it('reads logs, usage and the first frame', () => {
    const data = dataOf('03c-workflow-success.g3', 'spark-llm');
    expect(data.usage.totalTokens).toBe(253);
    expect(data.logs).toHaveLength(3);
    expect(data.logs[0]).toMatchObject({ level: 'INFO', time: '2026-11-23 16:47:44' });
    expect(runOf('03c-workflow-success.g1', 'spark-llm').firstFrameMs).toBe(370);
    expect(runOf('03c-workflow-success.g3', 'spark-llm').firstFrameMs).toBeNull();
  });

  it('takes plain text for a log as it is', () => {
    const { execution, nodeData } = open('22-');
    const tool = execution().runs.find((run) => run.type === 'MCP');
    expect(nodeData(tool?.key ?? '')?.logs).toStrictEqual([
      { level: '', message: 'tool said: 500', time: '' },
    ]);
  });
});

describe('runs', () => {
  it('have keys of their own, whatever the ids', () => {
    for (const name of recordFixtures().filter((fixture) => !fixture.startsWith('34'))) {
      for (const record of recordsOf(name)) {
        const keys = openRecord(record, usualRules)
          .execution()
          .runs.map((run) => run.key);
        expect(new Set(keys).size, name).toBe(keys.length);
      }
    }
  });

  it('keep their keys and order while an execution grows', () => {
    const [two, four, all] = recordsOf('28-snapshots-then-final.g3.jsonl').map((record) =>
      openRecord(record, usualRules)
        .execution()
        .runs.map((run) => `${run.order} ${run.key}`),
    );
    expect(all?.slice(0, 4)).toStrictEqual(four);
    expect(four?.slice(0, 2)).toStrictEqual(two);
  });

  it.each([
    ['03-workflow-rpa-node-failed.g3', 'rpa', 'failed', 1],
    ['11-', 'rpa', 'failed', 4],
    ['12-', 'rpa', 'recovered', 3],
    ['13-', 'rpa', 'recovered', 2],
    ['17-', 'rpa', 'failed', 3],
    ['17-', 'node-end', 'succeeded', 1],
    ['18-', 'rpa', 'failed', 1],
    ['19-', 'rpa', 'recovered', 3],
    ['29-', 'rpa', 'running', 1],
    ['22-', 'MCP', 'recovered', 1],
  ])('%s: %s %s ×%d', (name, type, status, count) => {
    expect(runOf(name, type)).toMatchObject({ status, count });
  });

  it.each([
    ['10-', { nodeId: null, inferred: true, name: '', runKey: null }],
    ['11-', { name: '录入ERP', inferred: false }],
    ['17-', { name: '录入ERP', inferred: false }],
    ['18-', { name: '录入订单', inferred: false }],
    ['36-', { name: '录入ERP', inferred: false }],
  ])('%s failed at %j', (name, failing) => {
    expect(open(name).execution().summary.failing).toMatchObject(failing);
  });

  it('of a parallel iteration know their round, though ids repeat', () => {
    const robots = open('20-')
      .execution()
      .runs.filter((run) => run.type === 'rpa');
    expect(robots.map((run) => run.iterationIndex).sort()).toStrictEqual([0, 1, 2]);
    expect(robots.map((run) => run.count)).toStrictEqual([1, 1, 1]);
  });

  it('without an id are runs of their own', () => {
    const { runs } = open('22-').execution();
    expect(runs.map((run) => run.name)).toStrictEqual([
      'plan',
      'search',
      'plan',
      'search',
      'answer',
    ]);
    expect(runs.filter((run) => run.name === 'search').map((run) => run.nodeId)).toStrictEqual([
      'https://mcp.example/sse?token=••••OKEN~O8UHsW_L63Cm',
      'https://mcp.example/sse?token=••••OKEN~O8UHsW_L63Cm',
    ]);
  });
});

describe('what an execution got', () => {
  it('reads the line of a robot call', () => {
    expect(open('02-').executionData().question.value).toStrictEqual({
      sid: null,
      access_token: '••••-KEY',
      project_id: '1958443321',
      exec_position: 'EXECUTOR',
      params: { order_no: 'SO-1002' },
    });
  });

  it('unfolds what a tool call sends', () => {
    expect(open('24-').executionData().question.value).toMatchObject({
      payload: {
        message: {
          header: { Authorization: 'Bearer ••••-KEY', 'X-Shop': '77' },
          query: { from: 'USD', to: 'CNY' },
          body: { order: 'SO-1', password: '••••ter2' },
        },
      },
    });
    expect(open('24-').execution().summary.message).toContain('••••ter2 refused');
  });

  it('reads the Python text of a built-in tool', () => {
    expect(open('23-').executionData().question).toMatchObject({
      value: { image_url: 'https://img.example/1.png', token: '••••OKEN' },
      form: 'python',
    });
  });

  it('keeps fields without a name of ours', () => {
    const { fields } = open('25-').executionData();
    expect(fields.find(({ name }) => name === 'surprise')?.value).toStrictEqual({
      deep: [1, { token: '••••OKEN' }],
    });
  });
});

describe('secrets', () => {
  const planted = /EXAMPLE-[A-Z-]+|PLANTED-\w+-\d+|hunter2/;
  it.each(recordFixtures().filter((name) => !name.startsWith('34')))(
    'of %s stay inside',
    (name) => {
      for (const record of recordsOf(name)) {
        const opened = openRecord(record, usualRules);
        const execution = opened.execution();
        const all = [
          execution,
          opened.executionData(),
          ...execution.runs.map((run) => opened.nodeData(run.key)),
        ];
        expect(planted.exec(JSON.stringify(all))?.[0]).toBeUndefined();
      }
    },
  );
});
