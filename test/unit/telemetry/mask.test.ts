import { describe, expect, it, test } from 'vitest';
import { createMask } from '../../../src/telemetry/mask.ts';
import { NodeLog } from '../../../src/telemetry/nodeLog.ts';
import { dumps } from '../../../src/telemetry/pythonText.ts';
import { toWireValue } from '../../../src/telemetry/wireValue.ts';
import { WorkflowLog } from '../../../src/telemetry/workflowLog.ts';

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
  ['passwordHint', false],
  ['name', false],
])('a field named %s is hidden: %s', (name, hidden) => {
  expect(mask.hides(name)).toBe(hidden);
});

/** Texts that robots log, and what is left of them. */
test.each([
  ['password=s3cret&user=ada', 'password=***&user=ada'],
  ['token: abc123, next', 'token: ***, next'],
  ['Authorization: Bearer abc.def.ghi', 'Authorization: ***'],
  ['{"apiKey": "k-1", "n": 1}', '{"apiKey": "***", "n": 1}'],
  [String.raw`{"apiKey": "a\"b", "n": 1}`, '{"apiKey": "***", "n": 1}'],
  ["{'password': 'p w', 'n': 1}", "{'password': '***', 'n': 1}"],
  [String.raw`{\"token\": \"a b\", \"n\": 1}`, String.raw`{\"token\": \"***\", \"n\": 1}`],
  [String.raw`{\"token\": \"a\\\"b\", \"n\": 1}`, String.raw`{\"token\": \"***\", \"n\": 1}`],
  ['key sk-abcdefgh12 leaked', 'key *** leaked'],
  ['typed hunter"2! into it', 'typed *** into it'],
  [String.raw`{"typed": "hunter\"2!"}`, '{"typed": "***"}'],
  ['{"token": {"count": 3}}', '{"token": {"count": 3}}'],
  ['the token is missing', 'the token is missing'],
  ['total_tokens: 253', 'total_tokens: 253'],
])('%s', (text, masked) => {
  expect(mask.text(text)).toBe(masked);
});

test('values are hidden by the names around them', () => {
  const value = {
    user: 'ada',
    login: { password: 'p', tokens: ['a'] },
    headers: [
      { name: 'Cookie', value: 'c=1' },
      { name: 'Accept', value: '*/*' },
    ],
    token: null,
  };
  expect(dumps(toWireValue(value, mask))).toBe(
    '{"user": "ada", "login": {"password": "***", "tokens": ["a"]}, ' +
      '"headers": [{"name": "Cookie", "value": "***"}, {"name": "Accept", "value": "*/*"}], "token": ""}',
  );
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
      expect(json).toContain('q ***');
    }
  });

  it('masks the end of a long text too', () => {
    // A pattern that goes back over it takes minutes, which no test has.
    const words = 'password '.repeat(20_000) + '\\'.repeat(20_000);
    const text = `${words}${'token="x" '.repeat(5_000)}pwd=hunter2`;
    expect(mask.text(text)).toBe(`${words}${'token="***" '.repeat(5_000)}pwd=***`);
  });
});
