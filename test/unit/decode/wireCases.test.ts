import { describe, expect, it } from 'vitest';

import type { JsonObject } from '../../../src/base/json.ts';
import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { decodeRecord } from '../../../src/decode/decodeRecord.ts';
import { recordOf, recordWith } from '../../support/fixtures.ts';
import { usualRules } from '../../support/usualRules.ts';

const sid = 'spf00970001@hf1a2094e36ee0009782';
const address = 'http://minio:9000/workflow/3f9d2b1a6c414c0ea8f72b8b4a9a1c33.txt';

function workflow(parts: JsonObject) {
  return recordWith({
    sid,
    sub: 'workflow',
    status: { code: 0, message: '' },
    answer: 'x',
    ...parts,
  });
}

function nodeOf(entry: JsonObject) {
  const opened = openRecord(
    workflow({ trace: [{ id: 'a', node_id: 'spark-llm::1', ...entry }] }),
    usualRules,
  );
  const [run] = opened.execution().runs;
  return { run, data: opened.nodeData(run?.key ?? '') };
}

describe('a message of success', () => {
  it.each([
    ['workflow', ''],
    ['workflow', 'success'],
    ['rpa-server', 'Success'],
    ['spark-link', 'success'],
  ])('of %s: "%s"', (sub, message) => {
    const decoded = decodeRecord(workflow({ sub, status: { code: 0, message } }), usualRules);
    expect(decoded).toMatchObject({ value: { summary: { outcome: 'succeeded', message } } });
  });
});

describe('a large value (section 2.4)', () => {
  it('of 5,087 bytes is kept, whatever its length in characters', () => {
    const text = `${'中'.repeat(1_695)}xy`;
    expect(new TextEncoder().encode(text)).toHaveLength(5_087);
    const { data } = nodeOf({ data: { input: { text } } });
    expect(data?.input).toStrictEqual([{ name: 'text', value: text, form: 'text', round: null }]);
  });

  it('of 5,088 is an address, in any field', () => {
    const value = { value: address, form: 'link', round: null };
    const { data } = nodeOf({
      data: { input: { a: address }, output_vars: [JSON.stringify({ name: 'b', value: address })] },
      llm_output: address,
    });
    expect(data?.input).toStrictEqual([{ name: 'a', ...value }]);
    expect(data?.output).toStrictEqual([{ name: 'b', ...value }]);
    expect(data?.llmOutput).toBe(address);
    const execution = openRecord(
      workflow({ question: address, answer: `${address}?sign=a1b2c3d4e5f6` }),
      usualRules,
    ).executionData();
    expect(execution.question.form).toBe('link');
    expect(execution.answer).toMatchObject({ form: 'link', value: `${address}?sign=••••e5f6` });
  });

  it('may stand in place of a log, which then is no JSON', () => {
    const error = JSON.stringify({
      level: 'ERROR',
      message: 'it broke',
      time: '2026-11-23 16:47:33',
    });
    const { run, data } = nodeOf({ logs: [address, error] });
    expect(data?.logs[0]).toStrictEqual({ level: '', message: address, time: '' });
    expect(run).toMatchObject({ error: 'it broke', logCount: 2 });
  });
});

describe('code 0', () => {
  it('over a failed tool is a success with a tool that the flow went on', () => {
    const trace = [
      { id: '', node_id: sid, node_name: 'plan', running_status: true },
      {
        id: 'tool1',
        node_id: 'search',
        node_type: 'MCP',
        running_status: false,
        logs: ['tool said: 500'],
      },
      { id: '', node_id: sid, node_name: 'answer', running_status: true },
    ];
    const { summary, runs } = openRecord(workflow({ sub: 'Agent', trace }), usualRules).execution();
    expect(summary).toMatchObject({ outcome: 'succeeded', failing: null, runCount: 3 });
    expect(runs.map(({ key, status }) => [key, status])).toStrictEqual([
      [`entry:${sid}#0`, 'succeeded'],
      ['tool1', 'recovered'],
      [`entry:${sid}#1`, 'succeeded'],
    ]);
  });
});

describe('an entry that mixes rounds', () => {
  it('of an iteration whose second item failed says so', () => {
    const { runs } = openRecord(recordOf('18-'), usualRules).execution();
    expect(
      runs.filter(({ mixesRounds }) => mixesRounds === true).map(({ type }) => type),
    ).toStrictEqual(['rpa']);
  });

  it.each(['03-workflow-rpa-node-failed.g3', '11-', '12-', '17-', '19-', '20-', '21-'])(
    'is not in %s',
    (name) => {
      const { runs } = openRecord(recordOf(name), usualRules).execution();
      expect(runs.some(({ mixesRounds }) => mixesRounds === true)).toBe(false);
    },
  );
});

describe('a retry', () => {
  it('has the times of its last attempt alone: what earlier ones took is the gap before it', () => {
    const before = { id: 'b', node_id: 'node-start::1', start_time: 1e12, end_time: 1e12 };
    const attempt = (start: number, ok: boolean) => ({
      ...{ id: 'a', node_id: 'rpa::1', running_status: ok, duration: 900 },
      ...{ start_time: start, end_time: start + 900 },
    });
    const last = attempt(1e12 + 5_000, false);
    const trace = [before, attempt(1e12, false), { ...last, data: { output: { ok: '1' } } }];
    const { runs } = openRecord(workflow({ trace }), usualRules).execution();
    expect(runs).toMatchObject([
      { type: 'node-start', endMs: 1e12 },
      { type: 'rpa', count: 2, status: 'recovered', beginMs: 1e12 + 5_000, durationMs: 900 },
    ]);
  });
});
