import { describe, expect, it } from 'vitest';

import type { Json, JsonObject } from '../../../src/base/json.ts';
import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { recordWith } from '../../support/fixtures.ts';
import { usualRules } from '../../support/usualRules.ts';

const sid = 'spf00970001@hf1a2094e36ee0009782';
const beginMs = 1_795_452_466_535;
/** What the sid says of its making. */
const sidMs = 0x1a2094e36ee;

function opened(parts: JsonObject) {
  const root = { sid, sub: 'workflow', status: { code: 0, message: '' }, answer: 'x', ...parts };
  return openRecord(recordWith(root), usualRules).execution();
}

const entry = (nodeId: string, more: JsonObject = {}): JsonObject => ({
  ...{ id: 'log1', node_id: nodeId, node_name: nodeId, running_status: true },
  ...more,
});

describe('times', () => {
  it.each<[string, number, number]>([
    ['milliseconds', beginMs, 1],
    ['seconds', beginMs / 1000, 1000],
    ['microseconds', beginMs * 1000, 0.001],
    ['nanoseconds', beginMs * 1_000_000, 0.000_001],
  ])('in %s are the same', (_, start, unit) => {
    const end = start + 2_000 / unit;
    const times = { start_time: start, end_time: end, duration: end - start };
    const { summary, runs } = opened({ ...times, trace: [entry('rpa::1', times)] });
    expect(summary).toMatchObject({ beginMs, endMs: beginMs + 2_000 });
    expect(Math.round(summary.durationMs ?? 0)).toBe(2_000);
    expect(runs[0]).toMatchObject({ beginMs, endMs: beginMs + 2_000 });
    expect(Math.round(runs[0]?.durationMs ?? 0)).toBe(2_000);
  });
});

describe('a moment', () => {
  it.each<[string, Json, number | null]>([
    ['in seconds, as text', String(beginMs / 1000), beginMs],
    ['in nanoseconds, as text', `${beginMs}000000`, beginMs],
    ['as a date', new Date(beginMs).toISOString(), beginMs],
    ['as a date elsewhere', '2026-11-24T00:47:46.535+08:00', beginMs],
    ['in minutes', beginMs / 60_000, sidMs],
    ['in days', beginMs / 86_400_000, sidMs],
    ['that was never set', 1_000, sidMs],
    ['that is no moment', 'yesterday', sidMs],
  ])('%s is never one of 1970', (_, start, expected) => {
    const { summary, runs } = opened({
      start_time: start,
      trace: [entry('a', { start_time: start })],
    });
    expect(summary.beginMs).toBe(expected);
    expect(runs[0]?.beginMs).toBe(expected === sidMs ? null : expected);
  });
});

describe('logs', () => {
  const log = { level: 'ERROR', message: 'no window', time: '12:00:01' };
  it.each<[string, Json]>([
    ['as a text of a list', JSON.stringify([JSON.stringify(log)])],
    ['as a text of objects', JSON.stringify([log])],
    ['as a text of one', JSON.stringify(log)],
    ['as lines', `${JSON.stringify(log)}\n`],
  ])('%s are read', (_, logs) => {
    const { runs } = opened({ trace: [entry('a', { logs })] });
    expect(runs[0]).toMatchObject({ logCount: 1, error: 'no window' });
  });
});

describe('a trace', () => {
  const nodes = ['start::1', 'code::2', 'end::3'];

  it('with one id for different nodes has an entry for each', () => {
    const trace = [...nodes.map((nodeId) => entry(nodeId)), entry('code::2')];
    const { runs } = opened({ trace });
    expect(runs.map(({ nodeId, count }) => [nodeId, count])).toEqual([
      ['start::1', 1],
      ['code::2', 2],
      ['end::3', 1],
    ]);
    expect(new Set(runs.map(({ key }) => key)).size).toBe(3);
  });

  it.each<[string, JsonObject]>([
    ['as text', { trace: JSON.stringify(nodes.map((id) => entry(id, { id }))) }],
    [
      'as a text of a text',
      { trace: JSON.stringify(JSON.stringify(nodes.map((id) => entry(id, { id })))) },
    ],
    ['as lines', { trace: nodes.map((id) => JSON.stringify(entry(id, { id }))).join('\n') }],
    [
      'as Python prints it',
      {
        trace: `[${nodes.map((id) => `{'id': '${id}', 'node_id': '${id}', 'running_status': True}`).join(', ')}]`,
      },
    ],
    ['with entries as text', { trace: nodes.map((id) => JSON.stringify(entry(id, { id }))) }],
  ])('%s is read', (_, parts) => {
    expect(opened(parts).runs.map(({ nodeId }) => nodeId)).toEqual(nodes);
  });

  it('that is another text has no nodes', () => {
    expect(opened({ trace: 'none [1' }).runs).toEqual([]);
  });
});
