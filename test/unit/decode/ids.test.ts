import { describe, expect, it } from 'vitest';

import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { decodeRecord } from '../../../src/decode/decodeRecord.ts';
import { maskedRecordText } from '../../../src/decode/maskedRecord.ts';
import { createRedactor } from '../../../src/masking/redact.ts';
import { createRedactionRules } from '../../../src/masking/createRedactionRules.ts';
import { recordWith } from '../../support/fixtures.ts';
import { usualRules } from '../../support/usualRules.ts';

function summaryOf(text: string) {
  const decoded = decodeRecord(recordWith(text), usualRules);
  if (!decoded.ok) throw new Error(decoded.error.reason);
  return decoded.value.summary;
}

/** A record as its text, so that numbers have all their digits. */
function recordText(number: string): string {
  return (
    `{"sid":${number},"sub":"workflow","flow_id":${number},"service_id":${number},` +
    `"status":"{\\"code\\":1,\\"message\\":${number}}","app_id":${number},` +
    `"question":"{\\"order\\":${number}}","answer":"[${number}]","trace":[{"id":${number},` +
    `"node_id":${number},"node_name":"a","running_status":false,"next_log_ids":["1"],` +
    `"data":{"input":{"n":${number},"list":[${number}],"text":"{\\"n\\":${number}}"},` +
    `"output":{"python":"{'n': ${number}}"},"config":"{\\"n\\":${number}}"},` +
    `"logs":["{\\"level\\":\\"ERROR\\",\\"message\\":{\\"n\\":${number}}}"]}]}`
  );
}

describe('numbers that a double can not hold', () => {
  it.each(['9007199254740993', '-9007199254740993', '73794502019239280661234'])(
    '%s is read digit by digit wherever it stands',
    (number) => {
      const rounded = String(Number(number));
      const record = recordWith(recordText(number));
      const summary = summaryOf(recordText(number));
      expect(summary).toMatchObject({ sid: number, flowId: number, nodeIds: [number] });
      expect(summary.key).toBe(`workflow/${number}`);
      expect(summary.message).toBe(number);
      const opened = openRecord(record, usualRules);
      const { runs, summary: again } = opened.execution();
      expect(again).toStrictEqual(summary);
      const all = [runs, opened.nodeData(runs[0]?.key ?? ''), opened.executionData()];
      const shown = JSON.stringify([...all, summary, maskedRecordText(record, usualRules)]);
      expect(shown).not.toContain(rounded);
      expect(runs[0]).toMatchObject({ key: number, nodeId: number });
      expect(runs[0]?.error).toBe(`{"n":"${number}"}`);
    },
  );

  it('are two executions where they differ in the last digit', () => {
    const keys = ['9007199254740993', '9007199254740992'].map(
      (sid) => summaryOf(recordText(sid)).key,
    );
    expect(new Set(keys).size).toBe(2);
  });

  it('are codes and times all the same', () => {
    const text =
      '{"sid":"a","sub":"workflow","status":{"code":9007199254740993,"message":""},"trace":[],' +
      '"start_time":1764000000000,"end_time":1764000001000}';
    expect(summaryOf(text)).toMatchObject({ code: 9007199254740992, durationMs: 1_000 });
  });
});

const jwt = (n: number) =>
  `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.SECRETsecret${String(n)}_SECRETsecretSAME`;

function withTokens(n: number): string {
  const token = jwt(n);
  return JSON.stringify({
    ...{ sid: token, sub: 'workflow', flow_id: token, service_id: token, app_id: token },
    ...{ bot_id: token, chat_id: token, uid: token, log_caller: token, caller: token },
    status: { code: 1, message: `${token} failed` },
    trace: [
      {
        ...{ id: token, node_id: `agent::${token}`, func_id: token, node_name: token },
        ...{ next_log_ids: [`${token}x`], running_status: true },
        data: { input: { a: 1 }, config: { parent_iteration_node_id: `iteration::${token}` } },
      },
      {
        ...{ id: `${token}x`, node_id: `flow::${token}`, node_name: 'call', sid: `${token}y` },
        data: { config: { flow_id: token, req_body: { flow_id: token, parameters: {} } } },
      },
    ],
  });
}

describe('ids that are tokens', () => {
  it.each([
    ...[
      jwt(1),
      `agent::${jwt(1)}`,
      `${jwt(1)}@hf1a`,
      'sk-abcdefghijklmnop1234',
      'ghp_0123456789abcdefghij0123',
    ],
    ...['AKIAIOSFODNN7EXAMPLE', 'node-start::sk-abcdefghijklmnop1234', 'xoxb-123456789012-abcdef'],
  ])('%s is masked, and told from others', (id) => {
    const redactor = createRedactor([], usualRules);
    const masked = redactor.id(id);
    expect(masked).toMatch(/••••.*~[\w-]{12}$/);
    expect(masked).not.toContain(id.slice(-12));
    expect(redactor.id(masked)).toBe(masked);
    expect(redactor.id(`${id}Z`)).not.toBe(masked);
    const salted = createRedactor([], createRedactionRules(undefined, undefined, 'salt'));
    expect(salted.id(id)).not.toBe(masked);
  });

  it.each([
    ...['node-start::d61b0f71-87ee-475e-93ba-f1607f0ce783', 'spf00090000@hf1a2094e57960009782'],
    ...['7379450201923928066', '3f9d2b1a6c414c0ea8f72b8b4a9a1c33', 'if-else', 'ModelGeneralStream'],
    ...['Click_1', 'tests/login.robot:12', '步骤一', 'sap:Activity', 'ifly-code::1-d61b0f71-87ee'],
  ])('%s is none', (id) => {
    expect(createRedactor([], usualRules).id(id)).toBe(id);
  });

  it('that a record itself has marked as masked are looked at all the same', () => {
    const id = 'https://x.example/••••?password=hunter22aa~abcdefghijkl';
    const masked = createRedactor([], usualRules).id(id);
    expect(masked).not.toContain('hunter22aa');
    expect(createRedactor([], usualRules).id(masked)).toBe(masked);
  });

  it('stand masked in all that is shown, and still join what belongs together', () => {
    const record = recordWith(withTokens(1));
    const opened = openRecord(record, usualRules);
    const execution = opened.execution();
    const summary = summaryOf(withTokens(1));
    const shown = [
      ...[
        summary,
        execution,
        opened.executionData(),
        opened.flowCalls(),
        maskedRecordText(record, usualRules),
      ],
      ...execution.runs.map(({ key }) => opened.nodeData(key)),
    ];
    expect(JSON.stringify(shown)).not.toMatch(/SECRETsecret\d/);
    const [first, second] = execution.runs;
    expect(execution.runs).toHaveLength(2);
    expect(first?.next).toHaveLength(1);
    expect(second).toMatchObject({ type: 'flow' });
    expect(opened.flowCalls()).toMatchObject([{ flowId: summary.flowId }]);
    expect(summary.nodeIds).toStrictEqual(execution.runs.map(({ nodeId }) => nodeId));
  });

  it('are two where they end the same', () => {
    const [a, b] = [summaryOf(withTokens(1)), summaryOf(withTokens(2))];
    for (const part of ['key', 'sid', 'flowId'] as const) expect(a[part]).not.toBe(b[part]);
    expect(a.nodeIds[0]).not.toBe(b.nodeIds[0]);
    expect(summaryOf(withTokens(1))).toStrictEqual(a);
  });

  it('are two in a saved file as well, and its entries find each other', () => {
    const saved = [1, 2].map((n) => maskedRecordText(recordWith(withTokens(n)), usualRules));
    expect(saved.join('')).not.toMatch(/SECRETsecret\d/);
    const [a, b] = saved.map(summaryOf);
    expect(a?.key).not.toBe(b?.key);
    const again = JSON.parse(saved[0] ?? '') as { trace: { id: string; next_log_ids: string[] }[] };
    expect(again.trace[0]?.next_log_ids).toStrictEqual([again.trace[1]?.id]);
  });
});
