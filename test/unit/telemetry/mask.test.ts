import { describe, expect, it, test } from 'vitest';
import { createMask } from '../../../src/telemetry/mask.ts';
import { maskMark } from '../../../src/trace/masked.ts';
import { NodeLog } from '../../../src/telemetry/nodeLog.ts';
import { dumps } from '../../../src/telemetry/pythonText.ts';
import { scopes } from '../../../src/telemetry/traceContext.ts';
import { traced } from '../../../src/telemetry/traced.ts';
import { toWireValue } from '../../../src/telemetry/wireValue.ts';
import { plantedCases } from '../../support/secretCorpus.ts';
import { WorkflowLog } from '../../../src/telemetry/workflowLog.ts';
import { tracedWorld } from './tracedWorld.ts';

const mask = createMask({
  patterns: [/sk-[a-z0-9]{8,}/],
  values: ['hunter"2!'],
});

test.each([
  ['password', true],
  ['RPA_API_KEY', true],
  ['access-token', true],
  ['Authorization', true],
  ['数据库密码', true],
  ['total_tokens', false],
  ['passwordPolicy', false],
  ['name', false],
])('a field named %s is hidden: %s', (name, hidden) => {
  expect(mask.value(name, 'abc')).toBe(hidden ? maskMark : 'abc');
});

test.each([
  [
    'beside the usual ones',
    { names: ['employeeNo'] },
    ['password', 'employee_no', 'HR-EMPLOYEE-NO'],
  ],
  ['instead of them', { only: ['employeeNo'] }, ['employee_no', 'HR-EMPLOYEE-NO']],
  ['both', { only: ['employeeNo'], names: ['pwd'] }, ['employee_no', 'HR-EMPLOYEE-NO', 'db_pwd']],
  ['none', { only: [] }, []],
])('names are hidden %s', (_name, options, hidden) => {
  const own = createMask(options);
  const names = ['password', 'employee_no', 'HR-EMPLOYEE-NO', 'employee', 'db_pwd'];
  // The usual names hide that one as well.
  const expected = 'only' in options ? hidden : [...hidden, 'db_pwd'];
  expect(names.filter((name) => own.value(name, 'abc') !== 'abc')).toEqual(expected);
  const inText = names.filter((name) => own.text(`${name}=abc def`) !== `${name}=abc def`);
  expect(inText).toEqual(expected);
});

/** Texts that robots log, and what is left of them. */
test.each([
  ['password=s3cret&user=ada', 'password=••••&user=ada'],
  ['token: abc123, next', 'token: ••••, next'],
  ['Authorization: Bearer abc.def.ghi', 'Authorization: Bearer ••••'],
  ['{"apiKey": "k-1", "n": 1}', '{"apiKey": "••••", "n": 1}'],
  [String.raw`{"apiKey": "a\"b", "n": 1}`, '{"apiKey": "••••", "n": 1}'],
  ["{'password': 'p w', 'n': 1}", "{'password': '••••', 'n': 1}"],
  [String.raw`{\"token\": \"a b\", \"n\": 1}`, String.raw`{\"token\": \"••••\", \"n\": 1}`],
  ['postgres://ada:hunter2@db/x', 'postgres://ada:••••@db/x'],
  ['https://erp/x?access_token=abc123', 'https://erp/x?access_token=••••'],
  ['密码：hunter3', '密码：••••'],
  ['登录密码 ： hunter3', '登录密码 ： ••••'],
  ['ｐａｓｓｗｏｒｄ：hunter3', 'ｐａｓｓｗｏｒｄ：••••'],
  ['key sk-abcdefgh12 leaked', 'key •••• leaked'],
  ['typed hunter"2! into it', 'typed •••• into it'],
  [String.raw`{"typed": "hunter\"2!"}`, '{"typed": "••••"}'],
  ['{"token": {"count": 3}}', '{"token": {"count": 3}}'],
  ['the token is missing', 'the token is missing'],
  ['total_tokens: 253', 'total_tokens: 253'],
])('%s', (text, masked) => {
  expect(mask.text(text)).toBe(masked);
});

test('values are hidden by the names around them, in their order', () => {
  const value = {
    user: 'ada',
    login: { password: 'p', tokens: ['a'] },
    headers: [
      { name: 'Cookie', value: 'c=1' },
      { name: 'Accept', value: '*/*' },
    ],
    rows: new Map<unknown, unknown>([
      [10, 'x'],
      [2, { pin: 1234n, count: 12345678901234567890n }],
    ]),
    token: null,
    'sk-abcdefghijklmnopqrst': 'the name itself',
  };
  expect(dumps(toWireValue(value, mask))).toBe(
    '{"user": "ada", "login": {"password": "••••", "tokens": ["a"]}, ' +
      '"headers": [{"name": "Cookie", "value": "••••"}, {"name": "Accept", "value": "*/*"}], ' +
      '"rows": {"10": "x", "2": {"pin": "••••", "count": 12345678901234567890}}, "token": null, ' +
      '"••••qrst": "the name itself"}',
  );
});

describe('what a robot names itself is hidden', () => {
  const own = createMask({ patterns: [/EMP-[0-9]+/, /\b1[3-9][0-9]{9}\b/], values: ['471199'] });

  it.each<[string, unknown, unknown]>([
    ['in numbers', 13812345678, maskMark],
    ['in what holds them', { a: [471199, 471198] }, { a: [maskMark, 471198] }],
    ['in whole numbers of any length', 13812345678n, maskMark],
    ['in names of fields', { 'EMP-17': { 'x 471199': true } }, { [maskMark]: { 'x ••••': true } }],
    ['whose other values stay', { password: 'p', n: 5 }, { password: maskMark, n: 5 }],
  ])('%s', (_, value, shown) => {
    expect(dumps(own.value('order', toWireValue(value)))).toBe(dumps(toWireValue(shown)));
  });

  it('wherever it stands in a record, before and after values of the same field', () => {
    const { tracer, last } = tracedWorld({ mask: { patterns: [/EMP-[0-9]+/, /1[3-9][0-9]{9}/] } });
    tracer.run({ question: { no: 13812345678, 'EMP-17': 1 } }, () => {
      for (const no of [5, 13812345679, 6]) {
        traced('a', { no }, (node) => {
          node.config({ no, 'EMP-18': [no] });
          return { no };
        });
      }
      return { no: 13812345670 };
    });
    expect(JSON.stringify(last())).not.toMatch(/EMP-|138123456/);
    expect(last().trace.map(({ data }) => data.input_vars)).toEqual(
      ['5', maskMark, '6'].map((value) => [`{"name": "no", "value": "${value}"}`]),
    );
  });

  it('in numbers as well once it was typed as a password', () => {
    const { tracer, last } = tracedWorld();
    tracer.run({}, () => {
      traced('a', { no: 471199 }, () => undefined);
      scopes().getStore()?.execution.hide('471199');
      traced('a', { no: 471199 }, () => ({ no: [471199], 'x 471199': 1 }));
      return { no: 471199 };
    });
    const { answer, trace } = last();
    expect(answer + JSON.stringify(trace.slice(1))).not.toContain('471199');
  });
});

test('a question and an answer are hidden once', () => {
  const { tracer, last } = tracedWorld({ mask: { patterns: [/"no": 17\b/] } });
  const given = {
    text: 'password%3DPLANTEDd93w%26user%3Dbob',
    password: 'p-1',
    'a "b"': 2,
    no: 17,
  };
  tracer.run({ question: given }, () => given);
  const shown = '"text": "password%3D••••%26user%3Dbob", "password": "••••", "a \\"b\\"": 2';
  expect(last().question).toBe(`{${shown}, ••••}`);
  expect(last().answer).toBe(last().question);
  tracer.run({ question: 'password=p-1' }, () => 'password=p-1');
  expect(last().question).toBe('password=••••');
  expect(last().answer).toBe('{"output": "password=••••"}');
});

test('what the panel hides the robot hides: its corpus of planted secrets', () => {
  const usual = createMask();
  const cases = plantedCases();
  const leaks = cases.filter(({ value, parts }) => {
    const shown = dumps(usual.value('value', toWireValue(value)));
    return parts.some((part) => shown.includes(part));
  });
  expect(cases.length).toBeGreaterThan(200);
  expect(leaks.length / cases.length).toBeLessThan(0.01);
});

describe('a record', () => {
  it('holds no secret in any of its fields', () => {
    const secret = 'Zq9-very-secret';
    const ours = createMask({ values: [secret] });
    for (const form of ['g1', 'g3'] as const) {
      const log = new WorkflowLog({ sid: 's', flowId: 'f', form, mask: ours });
      log.addQ(`q ${secret}`);
      log.addA(`a ${secret}`);
      log.addSrv('x', secret);
      log.addSrv('password', 'short');
      log.setStatus(1, `failed with ${secret}`);
      const node = new NodeLog({ sid: 's', form, mask: ours });
      node.appendInputData('x', { deep: [secret] });
      node.appendInputData('password', 'short');
      node.appendOutputData('x', secret);
      node.appendConfigData({ header: { x: secret, apiKey: 'short' } });
      node.addInfoLog(`log ${secret}`);
      node.addErrorLog(`password=short`);
      node.setLlmOutput(secret);
      node.annotate('x', secret);
      log.addNodeLog([node]);
      const json = log.toJson();
      expect(json).not.toContain(secret);
      expect(json).not.toContain('short');
      expect(json).toContain('q ••••');
    }
  });

  it('of the classes alone hides the usual secrets as well, unless told otherwise', () => {
    const write = (mask?: false) => {
      const log = new WorkflowLog({ sid: 's', flowId: 'f', mask });
      log.addQ('password=p-1');
      log.addSrv('token', 'p-1');
      const node = new NodeLog({ sid: 's', mask });
      node.appendInputData('password', 'p-1');
      node.addInfoLog('postgres://ada:p-1@db/x');
      log.addNodeLog([node]);
      return log.toJson().split('p-1').length - 1;
    };
    expect([write(), write(false)]).toEqual([0, 5]);
  });

  it('masks the end of a long text too', () => {
    // A pattern that goes back over it takes minutes, which no test has.
    const words = 'password '.repeat(20_000) + '\\'.repeat(20_000);
    const text = `${words}${'token="x" '.repeat(5_000)}pwd=hunter2`;
    expect(mask.text(text)).toBe(`${words}${'token="••••" '.repeat(5_000)}pwd=••••`);
  });
});
