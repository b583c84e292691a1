import { describe, expect, it } from 'vitest';

import type { JsonObject } from '../../../src/base/json.ts';
import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { recordWith } from '../../support/fixtures.ts';
import { usualRules } from '../../support/usualRules.ts';

const sid = 'spf00970001@hf1a2094e36ee0009782';
const beginMs = 1_795_452_466_535;

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
    ['with entries as text', { trace: nodes.map((id) => JSON.stringify(entry(id, { id }))) }],
  ])('%s is read', (_, parts) => {
    expect(opened(parts).runs.map(({ nodeId }) => nodeId)).toEqual(nodes);
  });

  it('that is another text has no nodes', () => {
    expect(opened({ trace: 'none [1' }).runs).toEqual([]);
  });
});
