import { describe, expect, it } from 'vitest';

import type { Json, JsonObject } from '../../../src/base/json.ts';
import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { decodeExecution, decodeExecutionData, decodeNodeData } from '../../support/decoded.ts';
import { collectSecrets, secretsEchoedIn } from '../../../src/masking/knownSecrets.ts';
import { createNameJudge } from '../../../src/masking/secretNames.ts';
import { TooCostly } from '../../../src/masking/work.ts';
import { recordWith } from '../../support/fixtures.ts';
import { usualRules } from '../../support/usualRules.ts';

const sid = 'spf00970001@hf1a2094e36ee0009782';

function record(parts: JsonObject) {
  return recordWith({ sid, sub: 'workflow', status: { code: 0, message: '' }, ...parts });
}

function entry(parts: JsonObject): JsonObject {
  return { id: 'a', node_id: 'ifly-code::1', running_status: true, ...parts };
}

const executionOf = (...trace: Json[]) => decodeExecution(record({ trace, answer: 'x' }));

function dataOf(...trace: JsonObject[]) {
  const opened = openRecord(record({ trace }), usualRules);
  const data = opened.nodeData(opened.execution().runs[0]?.key ?? '');
  if (data === undefined) throw new Error('no run');
  return data;
}

/** A moment of our time; what lies before the year 2000 is none. */
const at = 1_795_452_466_000;

describe('entries of odd shapes', () => {
  it.each<[string, JsonObject, JsonObject]>([
    [
      'no node id',
      { node_id: '', func_id: 'rpa::7', func_name: 'f' },
      { nodeId: 'rpa::7', type: 'rpa', name: 'f' },
    ],
    ['an id without type', { node_id: 'x', node_type: 'LLM' }, { type: 'LLM', category: 'LLM' }],
    ['type of the function', { node_id: 'x', func_type: 'MCP' }, { type: 'MCP', category: '' }],
    ['next as the text of a set', { next_log_ids: "{'b', 'c', 'b'}" }, { next: ['b', 'c'] }],
    ['next as a number', { next_log_ids: 7 }, { next: [] }],
    ['next with holes', { next_log_ids: [null, '', 'b'] }, { next: ['b'] }],
    ['failed as text', { running_status: 'False' }, { status: 'recovered' }],
    ['an id like ours', { id: 'flow:1' }, { key: 'log:flow:1' }],
    ['another sid', { sid: 'other' }, { key: 'a@other' }],
    ['first frame in milliseconds', { first_frame_duration: 29.0 }, { firstFrameMs: 29 }],
    [
      'a log as an object',
      { logs: [{ level: 'error', message: { a: 1 } }] },
      { error: '{"a":1}', logCount: 1 },
    ],
    ['a log of a level alone', { logs: [{ level: 'ERROR' }] }, { error: '{"level":"ERROR"}' }],
    [
      'an ERROR in plain text',
      { logs: ['ERROR: no', '{ERROR', '{"ERROR": 1}', 7] },
      { error: null, logCount: 4 },
    ],
    ['a begin alone', { start_time: at + 5 }, { beginMs: at + 5, endMs: null, durationMs: null }],
  ])('%s', (_name, parts, expected) => {
    expect(executionOf(entry(parts)).runs[0]).toMatchObject(expected);
  });

  it.each<[string, Json]>([
    ['nothing', null],
    ['text', 'plain'],
    ['a number', 7],
    ['a list', [1]],
  ])('a trace that holds %s beside entries', (_name, odd) => {
    expect(executionOf(odd, entry({})).runs).toHaveLength(1);
  });

  it.each<[string, Json, boolean]>([
    ['text', 'done', true],
    ['empty text', '', false],
    ['a list', ['x'], true],
    ['an empty list', [], false],
    ['an object', { a: 1 }, true],
    ['nothing', null, false],
  ])('an output of %s tells whether a failed entry was made good', (_name, output, isRecovered) => {
    const status = { code: 1, message: 'other' };
    const failed = entry({ running_status: false, data: { output } });
    const [run] = decodeExecution(record({ status, trace: [failed] })).runs;
    expect(run?.status).toBe(isRecovered ? 'recovered' : 'failed');
  });

  it('a failed attempt in a run that goes on is failed, until the run goes on behind it', () => {
    const srv = { execution_state: 'running' };
    const failed = entry({
      running_status: false,
      start_time: at + 5,
      end_time: at + 9,
      next_log_ids: ['b'],
    });
    const next = entry({ id: 'b', node_id: 'b::1', start_time: at + 9, end_time: 0 });
    const statuses = (...trace: JsonObject[]) =>
      decodeExecution(record({ srv, trace })).runs.map((run) => run.status);
    expect(statuses(failed)).toStrictEqual(['failed']);
    expect(statuses(failed, next)).toStrictEqual(['recovered', 'running']);
  });
});

describe('values of odd shapes', () => {
  it.each<[string, JsonObject, [string, Json, string, number | null][]]>([
    ['text', { input: 'hello' }, [['input', 'hello', 'text', null]]],
    ['a list', { input: [1] }, [['input', [1], 'json', null]]],
    ['nothing', { input: null }, []],
    ['variables as objects', { input_vars: [{ name: 'a', value: 1 }] }, [['a', 1, 'json', null]]],
    [
      'variables that are none',
      { input_vars: ['x', 7, '{"b": 1}', '{"name": "c"}'] },
      [
        ['', 'x', 'text', 0],
        ['', 7, 'json', 1],
        ['', { b: 1 }, 'jsonText', 2],
        ['c', null, 'json', null],
      ],
    ],
    [
      'both encodings',
      { input_vars: [{ name: 'a', value: '1' }], input: { b: '[2]' } },
      [
        ['a', '1', 'text', null],
        ['b', [2], 'jsonText', null],
      ],
    ],
    [
      'what only looks like JSON',
      { input: { a: '{x}', b: '[1', c: '(1)', d: '{1, 2}' } },
      [
        ['a', '{x}', 'text', null],
        ['b', '[1', 'text', null],
        ['c', '(1)', 'text', null],
        ['d', [1, 2], 'python', null],
      ],
    ],
  ])('%s', (_name, data, expected) => {
    const { input } = dataOf(entry({ data }));
    expect(input.map(({ name, value, form, round }) => [name, value, form, round])).toStrictEqual(
      expected,
    );
  });

  it('entries that differ are rounds', () => {
    const round = (order: string) => entry({ data: { input: { order }, output: {} } });
    const { input, output } = dataOf(round('SO-1'), round('SO-2'));
    expect(input.map(({ value, round: index }) => [value, index])).toStrictEqual([
      ['SO-1', 0],
      ['SO-2', 1],
    ]);
    expect(output).toStrictEqual([]);
  });

  it('what has no place of its own is kept', () => {
    const odd = entry({ sid: 'child', surprise: 1, func_id: 'other', data: { extra: [2] } });
    expect(dataOf(odd).other.map(({ name, value }) => [name, value])).toStrictEqual([
      ['sid', 'child'],
      ['surprise', 1],
      ['func_id', 'other'],
      ['extra', [2]],
    ]);
    expect(dataOf(entry({ data: [1] })).other).toMatchObject([{ name: 'data', value: [1] }]);
  });

  it.each<[string, string, Json]>([
    ['aitools', 'plain', 'plain'],
    ['aitools', '"broken', '"broken'],
    ['aitools', '"just text"', 'just text'],
    ['spark-link', 'no JSON', 'no JSON'],
    [
      'spark-link',
      '["eyJhIjoxfQ==", 1, "eyJicm9rZW4gYmFzZTY0"]',
      [{ a: 1 }, 1, 'eyJicm9rZW4gYmFzZTY0'],
    ],
    ['rpa-server', 'what?', 'what?'],
    ['rpa-server', 'sid:s, params:[no', { sid: 's', params: '[no' }],
  ])('a question of %s: %s', (sub, question, value) => {
    expect(decodeExecutionData(record({ sub, question })).question.value).toStrictEqual(value);
  });
});

describe('reading one part', () => {
  it('gives undefined for a run that is not there, and throws for a record that is none', () => {
    expect(decodeNodeData(record({ trace: [entry({})] }), 'gone')).toBeUndefined();
    expect(decodeNodeData(record({ trace: [entry({})] }), 'a')).toMatchObject({ input: [] });
    expect(() => openRecord(recordWith('hello'), usualRules)).toThrow('notJson');
  });
});

describe('a failed run', () => {
  const failed = (...trace: JsonObject[]) => {
    const status = { code: 7, message: 'it broke' };
    return decodeExecution(record({ status, trace })).summary.failing;
  };
  const error = (message: string) => ({ logs: [JSON.stringify({ level: 'ERROR', message })] });

  it.each<[string, JsonObject[], JsonObject | null]>([
    ['without entries', [], null],
    [
      'an entry with the very message',
      [entry({ ...error('it broke') }), entry({ id: 'b', node_id: 'b::1', running_status: false })],
      { runKey: 'a' },
    ],
    [
      'the innermost of those that say so',
      [
        entry({ running_status: false, ...error('x: it broke') }),
        entry({ id: 'b', running_status: false, ...error('x: it broke') }),
      ],
      { runKey: 'a' },
    ],
    [
      'another error before none',
      [
        entry({ running_status: false, ...error('odd') }),
        entry({ id: 'b', running_status: false }),
      ],
      { runKey: 'a' },
    ],
    [
      'the last of those without words',
      [entry({ running_status: false }), entry({ id: 'b', running_status: false })],
      { runKey: 'b' },
    ],
    [
      'not the end',
      [
        entry({ running_status: false }),
        entry({ id: 'b', node_id: 'node-end::1', running_status: false }),
      ],
      { runKey: 'a' },
    ],
    [
      'behind the last gap',
      [
        entry({ next_log_ids: ['gone'] }),
        entry({ id: 'b', node_id: 'b::1', next_log_ids: ['gone2'] }),
        entry({ id: 'c', node_id: 'c::1' }),
      ],
      { afterNodeId: 'b::1', inferred: true },
    ],
    [
      'behind a partial gap',
      [entry({ next_log_ids: ['b', 'gone'] }), entry({ id: 'b', node_id: 'b::1' })],
      { afterNodeId: 'ifly-code::1' },
    ],
    ['no gap', [entry({})], null],
  ])('%s', (_name, trace, expected) => {
    if (expected === null) expect(failed(...trace)).toBeNull();
    else expect(failed(...trace)).toMatchObject(expected);
  });
});

describe('secrets of a record', () => {
  const text =
    '{"apiKey": "Bearer EXAMPLE-API-KEY", "pwd": "abc", "password": "word", "token": "s3cret:other9"}';

  const echoedIn = (shown: string, record: string, encoded = '') =>
    secretsEchoedIn(shown, [shown], { around: record }, () => encoded, createNameJudge());

  it('are collected where they are telling', () => {
    expect(collectSecrets(text, usualRules.names)).toStrictEqual([
      'EXAMPLE-API-KEY',
      's3cret:other9',
      's3cret',
      'other9',
    ]);
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => `"password": "secret-${index}-x"`).join();
    expect(collectSecrets(many(300), usualRules.names)).toHaveLength(300);
    // Nobody knows which of them a sentence repeats: then none is shown.
    expect(() => collectSecrets(many(600), usualRules.names)).toThrow(TooCostly);
  });

  it('are found by their echo, in base64 too', () => {
    expect(echoedIn('key EXAMPLE-API-KEY refused', text)).toStrictEqual(['EXAMPLE-API-KEY']);
    expect(echoedIn('nothing here', text)).toStrictEqual([]);
    const encoded = Buffer.from(text).toString('base64');
    expect(echoedIn('EXAMPLE-API-KEY', '', encoded)).toStrictEqual(['EXAMPLE-API-KEY']);
    const long = Array.from({ length: 90 }, (_, index) => `word-${index}`).join(' ');
    expect(echoedIn(`${long} EXAMPLE-API-KEY`, text)).toContain('EXAMPLE-API-KEY');
  });
});
