import { describe, expect, it, test } from 'vitest';
import { Data } from '../../../src/telemetry/data.ts';
import { NodeLog } from '../../../src/telemetry/nodeLog.ts';
import { NodeTraceLog } from '../../../src/telemetry/nodeTraceLog.ts';
import { dumps, pythonFloat, quoteJson, repr } from '../../../src/telemetry/pythonText.ts';
import { createSidGenerator } from '../../../src/telemetry/sid.ts';
import { toWireValue } from '../../../src/telemetry/wireValue.ts';
import { WorkflowLog } from '../../../src/telemetry/workflowLog.ts';

/** Each value, as `json.dumps(…, ensure_ascii=False)` and as `repr` write it; read off Python itself. */
test.each([
  [null, 'null', 'None'],
  [true, 'true', 'True'],
  [1280.5, '1280.5', '1280.5'],
  [0.00001, '1e-05', '1e-05'],
  [1.5e-7, '1.5e-07', '1.5e-07'],
  [1e21, '1e+21', '1e+21'],
  [12345678901234567890n, '12345678901234567890', '12345678901234567890'],
  [Number.NaN, '"NaN"', 'nan'],
  [-Infinity, '"-Infinity"', '-inf'],
  ['合肥 "启明"\n\u2028', '"合肥 \\"启明\\"\\n\u2028"', `'合肥 "启明"\\n\\u2028'`],
  ['a\u00a0b\u200b\u{e0001}', '"a\u00a0b\u200b\u{e0001}"', `'a\\xa0b\\u200b\\U000e0001'`],
  ["it's", `"it's"`, `"it's"`],
  [`it's "so"`, `"it's \\"so\\""`, `'it\\'s "so"'`],
  ['\u0001\t\u007f', '"\\u0001\\t\u007f"', `'\\x01\\t\\x7f'`],
  [[1, 2.5, true, null], '[1, 2.5, true, null]', '[1, 2.5, True, None]'],
  [{ b: { a: [] }, a: {} }, '{"b": {"a": []}, "a": {}}', `{'b': {'a': []}, 'a': {}}`],
])('%o as JSON and as Python', (value, json, python) => {
  const wire = toWireValue(value);
  expect([dumps(wire), repr(wire)]).toEqual([json, python]);
});

test.each([
  [-1, '-1.0'],
  [1007, '1007.0'],
  [0.37, '0.37'],
  [1e-7, '1e-07'],
])('the float %d is written %s', (value, text) => {
  expect(pythonFloat(value)).toBe(text);
});

describe('a value of a robot', () => {
  const circular: Record<string, unknown> = { name: 'a' };
  circular['self'] = circular;
  let deep: unknown = 'end';
  for (let level = 0; level < 100; level++) deep = [deep];

  test.each([
    ['a set', new Set(['b', 'a']), '["b", "a"]'],
    [
      'a map keeps its order',
      new Map<unknown, unknown>([
        [10, 'x'],
        [2, 'y'],
      ]),
      '{"10": "x", "2": "y"}',
    ],
    ['a date', new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ['an error', new RangeError('too far'), '"RangeError: too far"'],
    ['bytes', new Uint8Array(3), '"<3 bytes>"'],
    ['members without a value', { a: undefined, b: () => 1, c: 1 }, '{"c": 1}'],
    ['nothing', undefined, 'null'],
    ['itself within', circular, '{"name": "a", "self": "…"}'],
    [
      'a getter that throws',
      {
        get bad(): string {
          throw new Error('no');
        },
        ok: 1,
      },
      '{"bad": "<can’t be read>", "ok": 1}',
    ],
    ['own JSON', { toJSON: () => ({ x: 1 }) }, '{"x": 1}'],
    [
      'own JSON that throws',
      {
        ok: 1,
        toJSON() {
          throw new Error('no');
        },
      },
      '{"ok": 1}',
    ],
    ['headers', new Headers({ 'X-No': '1' }), '{"x-no": "1"}'],
    ['a query', new URLSearchParams('a=1&b=2&a=3'), '{"a": ["1", "3"], "b": "2"}'],
    ['an expression', /a+/gi, '"/a+/gi"'],
    ['a buffer', new ArrayBuffer(3), '"<3 bytes>"'],
    ['a date that is none', new Date(Number.NaN), '"Invalid Date"'],
    ['a symbol', { s: Symbol('x') }, '{"s": "Symbol(x)"}'],
    ['an object around a text', Object('s'), '"s"'],
    ['an object around a number', Object(5), '"5"'],
  ])('%s has a form', (_name, value, json) => {
    expect(dumps(toWireValue(value))).toBe(json);
  });

  it('is cut where it is too deep', () => {
    expect(dumps(toWireValue(deep))).toMatch(/^\[{64}"…"\]{64}$/);
  });

  it('is taken when it is given', () => {
    const data = new Data('g3');
    const row = { no: 1 };
    data.appendInput('row', row);
    row.no = 2;
    expect(data.toJson(quoteJson)).toContain(`{'no': 1}`);
  });
});

/** The same content in the three forms. */
test('a node is written as each release writes it', () => {
  const written = (['common', 'g1', 'g3'] as const).map((form) => {
    const data = new Data(form);
    data.appendInput('rows', [1, 2.5, true, null]);
    data.appendInput('urgent', false);
    data.appendInput('no', 'A1');
    data.appendInput('no', 'A2');
    data.appendConfig({ retry: { timeout: 60, on: false }, code: 'x', n: 1.5 });
    data.usage.set({ promptTokens: 2, totalTokens: 2 });
    return data.toJson(quoteJson);
  });
  expect(written).toEqual([
    '{"input": {"rows": [1, 2.5, true, null], "urgent": false, "no": "A2"}, "output": {}, ' +
      '"config": {"retry": {"timeout": 60, "on": false}, "code": "x", "n": 1.5}, ' +
      '"usage": {"question_tokens": 0, "prompt_tokens": 2, "completion_tokens": 0, "total_tokens": 2}}',
    '{"input": {"rows": "[1, 2.5, true, null]", "urgent": "False", "no": "A2"}, "output": {}, ' +
      '"config": {"retry": {"timeout": 60, "on": false}, "code": "x", "n": 1.5}, ' +
      '"usage": {"question_tokens": 0, "prompt_tokens": 2, "completion_tokens": 0, "total_tokens": 2}}',
    '{"input": {}, "output": {}, "input_vars": [' +
      String.raw`"{\"name\": \"rows\", \"value\": \"[1, 2.5, True, None]\"}", ` +
      String.raw`"{\"name\": \"urgent\", \"value\": \"False\"}", ` +
      String.raw`"{\"name\": \"no\", \"value\": \"A1\"}", "{\"name\": \"no\", \"value\": \"A2\"}"], "output_vars": [], ` +
      String.raw`"config": {"retry": "{\"timeout\": \"60\", \"on\": \"False\"}", "code": "x", "n": "1.5"}, ` +
      '"usage": {"question_tokens": "0", "prompt_tokens": "2", "completion_tokens": "0", "total_tokens": "2"}}',
  ]);
});

describe('a log', () => {
  it('has its defaults in the form of its release', () => {
    const entry = (form: 'common' | 'g1' | 'g3') =>
      /"duration": .*?"llm_output"/.exec(new NodeLog({ sid: 's', form }).toJson())?.[0];
    expect(entry('common')).toContain(
      '"duration": [0], "first_frame_duration": -1, "node_first_cost_time": -1,',
    );
    expect(entry('g1')).toContain(
      '"duration": 0, "first_frame_duration": -1, "node_first_cost_time": -1,',
    );
    expect(entry('g3')).toContain(
      '"duration": 0, "first_frame_duration": -1, "node_first_cost_time": -1.0,',
    );
  });

  it('takes times, frames and next ids from what happens', () => {
    let ms = 1_000;
    const log = new NodeLog({ sid: 's', nodeId: 'a::1', nodeName: 'A', now: () => ms });
    ms = 2_000;
    log.setStart();
    ms = 2_040;
    log.setFirstFrameDuration();
    log.setNodeFirstCostTime(2);
    log.setNextNodeId('n1');
    log.setNextNodeId('n1');
    log.setNextNodeId('n2');
    ms = 2_300;
    log.setEnd();
    log.annotate('span_id', 'abc');
    const json = log.toJson();
    expect(json).toContain(
      '"func_id": "a::1", "func_type": "", "func_name": "A", "next_log_ids": ["n1", "n2"]',
    );
    expect(json).toContain(
      '"start_time": 2000, "end_time": 2300, "duration": 300, "first_frame_duration": 40, "node_first_cost_time": 2.0',
    );
    expect(json).toMatch(/"logs": \[\], "span_id": "abc"\}$/);
    expect(log.id).toMatch(/^[0-9a-f]{32}$/);
  });

  it('sums up usage, repeated entries again, however often it ends', () => {
    const trace = new NodeTraceLog({ sid: 's', sub: 'rpa-server' });
    const node = new NodeLog({ sid: 's' });
    node.appendUsageData({ promptTokens: 2, totalTokens: 3 });
    trace.addNodeLog([node]);
    trace.addFuncLog([node]);
    trace.setEnd();
    trace.setEnd();
    expect(trace.usage).toMatchObject({ promptTokens: 4, totalTokens: 6 });
  });

  test.each([
    ['g1', ['spark-llm::1', 'message::1', 'node-end::1'], '20'],
    ['g3', ['spark-llm::1', 'message::1', 'node-end::1'], '20.0'],
    ['g3', ['spark-llm::1'], '-1.0'],
    ['g1', [], '-1.0'],
  ] as const)('of %s with %j has its first frame at %s', (form, nodes, text) => {
    let ms = 1_000;
    const now = () => ms;
    const workflow = new WorkflowLog({ sid: 's', flowId: 'f', form, now });
    for (const nodeId of nodes) {
      ms += 10;
      workflow.addNodeLog([new NodeLog({ sid: 's', nodeId, form, now })]);
    }
    expect(workflow.toJson()).toContain(`"first_frame_duration": ${text}, "srv"`);
  });
});

describe('a sid', () => {
  it('has the form of upstream', () => {
    const machine = { sub: 'spf', location: 'hf', port: 7_880, ip: '10.1.0.9', pid: 0x109 };
    const next = createSidGenerator({ ...machine, now: () => 0x1a2094e5796 });
    expect([next(), next()]).toEqual([
      'spf00090000@hf1a2094e57960009782',
      'spf00090001@hf1a2094e57960009782',
    ]);
  });

  it('comes once in a hundred thousand', () => {
    const next = createSidGenerator();
    const sids = new Set(Array.from({ length: 60_000 }, next));
    expect(sids.size).toBe(60_000);
    expect([...sids][0]).toMatch(/^svc[0-9a-f]{8}@hf[0-9a-f]{11}[0-9a-f]{4}782$/);
  });
});
