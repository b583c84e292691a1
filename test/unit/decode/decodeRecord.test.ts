import { describe, expect, it } from 'vitest';

import type { JsonObject } from '../../../src/base/json.ts';
import { decodeRecord } from '../../../src/decode/decodeRecord.ts';
import { decodeExecution } from '../../support/decoded.ts';
import type { ConsumedRecord } from '../../../src/record/consumedRecord.ts';
import type { ExecutionSummary } from '../../../src/trace/execution.ts';
import { aRecord } from '../../support/builders.ts';
import { recordOf, recordsOf, recordWith } from '../../support/fixtures.ts';
import { usualRules } from '../../support/usualRules.ts';

const sid = 'spf00970001@hf1a2094e36ee0009782';
const begin = 1_795_452_450_542;

function aRoot(parts: JsonObject = {}): JsonObject {
  return {
    sid,
    sub: 'workflow',
    log_caller: 'chat_sse',
    answer: 'done',
    start_time: begin,
    end_time: begin + 10,
    duration: 10,
    status: { code: 0, message: '' },
    trace: [],
    ...parts,
  };
}

function summaryOf(value: ConsumedRecord | JsonObject, timestampMs: number | null = null) {
  const record = 'topic' in value && 'value' in value ? value : recordWith(value, { timestampMs });
  const decoded = decodeRecord(record as ConsumedRecord, usualRules);
  if (!decoded.ok) throw new Error(`${decoded.error.reason} ${decoded.error.detail}`);
  return decoded.value.summary;
}

function rejectionOf(value: Uint8Array | string | null) {
  const record =
    typeof value === 'string' ? recordWith(value) : aRecord({ value, timestampMs: null });
  const decoded = decodeRecord(record, usualRules);
  return decoded.ok ? 'accepted' : `${decoded.error.reason} ${decoded.error.detail}`.trim();
}

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('a record that is none', () => {
  const whole = JSON.stringify(aRoot());
  it.each<[string, Uint8Array | string | null, string]>([
    ['a tombstone', null, 'tombstone'],
    ['nothing', new Uint8Array(), 'empty'],
    ['white space', ' \n', 'empty'],
    ['a BOM alone', new Uint8Array([0xef, 0xbb, 0xbf]), 'empty'],
    ['bytes', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), 'notUtf8 byte 2'],
    ['a character cut in two', utf8('{"a": "中').subarray(0, 9), 'notUtf8 byte 9'],
    ['words', 'hello', 'notJson position 0'],
    ['cut off in a value', whole.slice(0, 40), 'truncatedJson position 40'],
    ['cut off in a word', '{"a": tru', 'truncatedJson position 9'],
    ['cut off behind a name', '{"a"', 'truncatedJson position 4'],
    ['more behind the end', '{"a": 1} x', 'notJson position 9'],
    ['a comma too many', '{"a": 1,}', 'notJson position 8'],
    ['two values', '{"a": 1 2}', 'notJson position 8'],
    ['a list', '[1]', 'notAnObject list'],
    ['a number', '17', 'notAnObject number'],
    ['an order', '{"order": 17}', 'notATrace no sid'],
    ['half a trace', `{"sid": "${sid}"}`, 'notATrace no status and no trace'],
    ['100,000 open lists', '['.repeat(100_000), 'truncatedJson position 100000'],
  ])('%s', (_name, value, rejection) => {
    expect(rejectionOf(value)).toBe(rejection);
  });

  it('shows its beginning, masked', () => {
    const decoded = decodeRecord(
      recordWith(`{"apiKey": "EXAMPLE-API-KEY", ${'x'.repeat(9_000)}`),
      usualRules,
    );
    expect(decoded).toMatchObject({ ok: false, error: { bytes: 9_030 } });
    if (decoded.ok) return;
    expect(decoded.error.preview).toHaveLength(2_048);
    expect(decoded.error.preview).toContain('{"apiKey": "••••-KEY", xxx');
  });
});

describe('JSON as it comes', () => {
  it.each<[string, string]>([
    ['with a BOM', `\ufeff${JSON.stringify(aRoot())}`],
    ['encoded twice', JSON.stringify(JSON.stringify(aRoot()))],
    ['with NaN', JSON.stringify(aRoot({ first_frame_duration: '@' })).replace('"@"', 'NaN')],
    ['with infinities', JSON.stringify(aRoot({ x: ['@'] })).replace('"@"', '-Infinity, Infinity')],
    [
      '100,000 deep',
      JSON.stringify(aRoot({ x: '@' })).replace('"@"', `${'['.repeat(1e5)}${']'.repeat(1e5)}`),
    ],
    ['with __proto__', JSON.stringify(aRoot()).replace('{', '{"__proto__": {"sid": 1}, ')],
  ])('%s', (_name, text) => {
    expect(summaryOf(recordWith(text)).sid).toBe(sid);
    expect(decodeExecution(recordWith(text)).summary.sid).toBe(sid);
  });
});

describe('times', () => {
  const rpa = (parts: JsonObject) =>
    aRoot({
      sub: 'rpa-server',
      duration: 0,
      trace: [],
      start_time: begin + 2_003,
      end_time: begin,
      ...parts,
    });
  const tool = (parts: JsonObject = {}) =>
    aRoot({ sub: 'aitools', duration: 0, start_time: begin, end_time: begin - 1, ...parts });
  const entry = { id: 'a', node_id: 'x::1', start_time: begin, end_time: begin + 70 };
  type Row = [
    string,
    JsonObject,
    number | null,
    number | null,
    number | null,
    number | null,
    string,
  ];
  it.each<Row>([
    ['as they say', aRoot(), null, begin, begin + 10, 10, 'record'],
    ['duration in a list', aRoot({ duration: [9] }), null, begin, begin + 10, 9, 'record'],
    ['duration [0]', aRoot({ duration: [0] }), null, begin, begin + 10, 10, 'record'],
    ['a duration of ages', aRoot({ duration: 1e15 }), null, begin, begin + 10, 10, 'record'],
    ['a duration of 1e308', aRoot({ duration: 1e308 }), null, begin, begin + 10, 10, 'record'],
    ['as text', aRoot({ start_time: String(begin) }), null, begin, begin + 10, 10, 'record'],
    ['swapped', rpa({}), null, begin, begin + 2_003, 2_003, 'swapped'],
    ['at once', rpa({ start_time: begin }), null, begin, begin, 0, 'record'],
    [
      'not swapped',
      rpa({ start_time: begin, end_time: begin + 5 }),
      null,
      begin,
      begin + 5,
      5,
      'record',
    ],
    ['tool, by the broker', tool(), begin + 900, begin, begin + 900, 900, 'recordTimestamp'],
    ['tool, from a file', tool(), null, begin, null, null, 'record'],
    ['tool, replayed later', tool(), begin + 1e9, begin, null, null, 'record'],
    ['tool, stamped with its begin', tool(), begin, begin, null, null, 'record'],
    [
      'tool that knows',
      tool({ end_time: begin + 7, duration: 7 }),
      begin + 900,
      begin,
      begin + 7,
      7,
      'record',
    ],
    ['by the sid', aRoot({ start_time: 0, end_time: 0 }), null, 0x1a2094e36ee, null, null, 'sid'],
    [
      'sid to end',
      aRoot({ start_time: null }),
      null,
      0x1a2094e36ee,
      begin + 10,
      begin + 10 - 0x1a2094e36ee,
      'sid',
    ],
    ['none', aRoot({ sid: 'x', start_time: -1, end_time: null }), null, null, null, null, 'none'],
    [
      'only the broker',
      aRoot({ sid: 'x', start_time: 0, end_time: 0 }),
      5_000,
      null,
      5_000,
      null,
      'recordTimestamp',
    ],
    [
      'end before begin',
      aRoot({ end_time: begin - 9, duration: 3, trace: [entry] }),
      null,
      begin,
      begin + 70,
      70,
      'record',
    ],
    [
      'going on',
      aRoot({ srv: { execution_state: 'running' }, end_time: begin + 4 }),
      null,
      begin,
      null,
      null,
      'record',
    ],
  ])('%s', (_name, root, timestampMs, beginMs, endMs, durationMs, timeSource) => {
    const summary = summaryOf(root, timestampMs);
    expect(summary).toMatchObject({ beginMs, endMs, durationMs, timeSource });
  });
});

it('one that goes on tells until when its steps ran', () => {
  const trace = [4, 368, 17].map((took) => ({
    ...{ id: String(took), node_id: `rpa::${String(took)}` },
    ...{ start_time: begin, end_time: begin + took },
  }));
  expect(summaryOf(aRoot({ srv: { execution_state: 'running' }, trace }))).toMatchObject({
    ...{ beginMs: begin, endMs: null, reachedMs: begin + 368 },
  });
  expect(summaryOf(aRoot({ trace }))).not.toHaveProperty('reachedMs');
  const running = { id: 'r', node_id: 'rpa::r', start_time: begin + 900, end_time: begin - 1 };
  const further = aRoot({ srv: { execution_state: 'running' }, trace: [...trace, running] });
  expect(summaryOf(further)).toMatchObject({ reachedMs: begin + 900 });
  // Of a large one that is known from the table of its runs; what tells no time is no latest one.
  const silent = { id: 's', node_id: 'rpa::s' };
  const many = Array.from({ length: 2_000 }, (_, at) => ({
    ...{ id: `m${String(at)}`, node_id: `ifly-code::${String(at)}`, text: 'x'.repeat(200) },
    ...{ start_time: begin + at, end_time: begin + at + 1 },
  }));
  const large = aRoot({ srv: { execution_state: 'running' }, trace: [...many, silent, running] });
  expect(summaryOf(large)).toMatchObject({ reachedMs: begin + 2_000 });
});

describe('outcome', () => {
  const end = { id: 'e', node_id: 'node-end::1', node_type: '基础节点' };
  it.each<[string, JsonObject, ExecutionSummary['outcome']]>([
    ['code 0', {}, 'succeeded'],
    ['code as text', { status: { code: '22302', message: '' } }, 'failed'],
    ['cut off', { answer: '' }, 'cancelled'],
    ['an empty answer at its end', { answer: '', trace: [end] }, 'succeeded'],
    ['a failure without an answer', { answer: '', status: { code: 20100 } }, 'failed'],
    ['build', { log_caller: 'build', answer: '' }, 'unreported'],
    ['no code', { status: {} }, 'unreported'],
    ['snapshot', { srv: { execution_state: 'running' }, answer: '' }, 'running'],
    ['snapshot, srv as JSON', { srv: '{"execution_state": "running"}' }, 'running'],
    ['snapshot, srv as Python', { srv: "{'execution_state': 'running'}" }, 'running'],
    ['finished', { srv: { execution_state: 'finished' } }, 'succeeded'],
    ['a robot without an answer', { sub: 'rpa-server', answer: '' }, 'succeeded'],
  ])('%s', (_name, parts, outcome) => {
    const decoded = decodeRecord(recordWith(aRoot(parts)), usualRules);
    expect(decoded).toMatchObject({
      ok: true,
      value: { final: outcome !== 'running', summary: { outcome } },
    });
  });
});

describe('kind and subject', () => {
  it.each<[JsonObject, string, string]>([
    [{ flow_id: '737', service_id: '8' }, 'workflow', '737'],
    [{ log_caller: 'build', flow_id: '737' }, 'build', '737'],
    [
      {
        sub: 'rpa-server',
        question: 'sid:x, access_token:k, project_id:19exec_position:E, params:{}',
      },
      'rpa',
      '19',
    ],
    [
      {
        sub: 'rpa-server',
        question:
          'sid:x, access_token:a, b, project_id:19, version: None, phone_number: None, exec_position:E, params:{}',
      },
      'rpa',
      '19',
    ],
    [{ sub: 'spark-link', service_id: 'tool@8f21c3' }, 'link', 'tool@8f21c3'],
    [{ sub: 'aitools', log_caller: 'ocr' }, 'aitools', 'ocr'],
    [{ sub: 'spl', log_caller: 'ocr' }, 'aitools', 'ocr'],
    [{ sub: 'Agent', bot_id: 'b' }, 'agent', 'b'],
    [{ sub: 'newcomer', service_id: 's' }, 'other', 's'],
    [{ sub: 'newcomer', log_caller: '' }, 'other', 'newcomer'],
  ])('%j', (parts, kind, subject) => {
    expect(summaryOf(aRoot(parts))).toMatchObject({ kind, subject });
  });
});

describe('key', () => {
  it('is the same for snapshots, builds sent twice and a record sent twice', () => {
    for (const name of ['28-snapshots-then-final.g3.jsonl', '30-build-twice.jsonl']) {
      expect(new Set(recordsOf(name).map((record) => summaryOf(record).key)).size).toBe(1);
    }
    expect(summaryOf(recordOf('01-')).key).toBe(summaryOf(recordOf('01-')).key);
  });

  it('tells the calls of one robot apart that carry the sid of their workflow', () => {
    const records = recordsOf('31-robot-called-three-times.jsonl');
    expect(new Set(records.map((record) => summaryOf(record).key)).size).toBe(4);
  });
});

describe('usage', () => {
  it('counts each run once', () => {
    const usage = {
      question_tokens: '0',
      prompt_tokens: '2',
      completion_tokens: '1',
      total_tokens: '3',
    };
    const entry = { id: 'a', node_id: 'spark-llm::1', data: { usage } };
    const summary = summaryOf(aRoot({ usage: { total_tokens: 9 }, trace: [entry, entry, entry] }));
    expect(summary).toMatchObject({ runCount: 1, usage: { promptTokens: 2, totalTokens: 3 } });
  });
});

it('a shape that nobody foresaw is told by its kind alone, for its words may hold the record’s', () => {
  const record = recordWith(aRoot());
  for (const fault of [new TypeError('password=hunter2'), new RangeError('hunter2')]) {
    const decoded = decodeRecord(record, usualRules, () => {
      throw fault;
    });
    expect(decoded).toMatchObject({ ok: false, error: { reason: 'undecodable' } });
    expect(decoded.ok ? '' : decoded.error.detail).toMatch(/^(?:Type|Range)Error$/);
  }
});
