import type { Finding } from '../../src/diagnosis/finding.ts';
import type { InspectorContent } from '../../src/protocol/inspector.ts';
import type { LogLine, NamedValue } from '../../src/trace/execution.ts';
import { invoiceRows, row } from './treeRows.ts';

type NodeContent = Extract<InspectorContent, { kind: 'node' }>;

/** A value; JSON without a round where nothing is said. */
export function named(
  name: string,
  value: NamedValue['value'],
  parts: Partial<NamedValue> = {},
): NamedValue {
  return { name, value, form: 'json', round: null, ...parts };
}

/** What a node got and gave; nothing where nothing is said. */
export function nodeContent(
  parts: Partial<NodeContent['data']> = {},
  of = row('save'),
): NodeContent {
  const usage = { questionTokens: 0, promptTokens: 0, completionTokens: 0, totalTokens: 0 };
  return {
    kind: 'node',
    row: of,
    firstFrameMs: null,
    data: {
      input: [],
      output: [],
      ...{ config: [], onItemError: null, mayRetry: false },
      ...{ logs: [], streams: [] },
      llmOutput: '',
      usage,
      other: [],
      ...parts,
    },
  };
}

/** A failing robot step with values of every form. */
export function failingStep(): NodeContent {
  const save = invoiceRows().find(({ key }) => key === 'save')!;
  return nodeContent(
    {
      input: [
        named('selector', '#btnSave', { form: 'text' }),
        named('attempt', 1),
        named('dry_run', false),
        named(
          'invoice',
          {
            vendor: '合肥启明办公',
            amount: 1280.5,
            paid: false,
            no: 'INV-20391',
            note: null,
            lines: [
              { item: 'Paper A4', count: 20, price: 24.9, tags: ['office', 'paper'] },
              { item: 'Toner', count: 2, price: 391.25, tags: [] },
            ],
            address: { street: '望江西路 666 号', city: '合肥', geo: { lat: 31.82, lon: 117.14 } },
          },
          { form: 'jsonText' },
        ),
        named(
          'letter',
          Array.from(
            { length: 60 },
            (_, line) =>
              `Line ${line + 1}: please enter the invoice into the system before the end of the month.`,
          ).join('\n'),
          { form: 'text' },
        ),
      ],
      output: [
        named(
          'result',
          { ok: false, code: -1, message: 'element not found: #btnSave' },
          { form: 'python' },
        ),
        named('screenshot', 'http://minio:9000/workflow/3f1d5ab0c2de4c57a3f09b7d1f2e4c61.txt', {
          form: 'link',
        }),
        named('answer', '{"status": "failed", "retry": true}', { form: 'text' }),
        named('comment', ''),
      ],
      config: [
        named('projectId', '1972194586231918592', { form: 'text' }),
        named('header', { apiKey: '••••9f3c', 'Content-Type': 'application/json' }),
        named('Authorization', 'Bearer ••••a81d', { form: 'text' }),
        named('rpaParams', { execPosition: 'EXECUTOR' }),
      ],
      logs: logLines(12),
      other: [named('log_version', '2.1.0', { form: 'text' })],
    },
    save,
  );
}

/** Log lines, one error among them. */
export function logLines(count: number): LogLine[] {
  return Array.from({ length: count }, (_, index) => ({
    level: index === 7 ? 'ERROR' : index % 5 === 3 ? 'WARN' : index % 6 === 5 ? 'DEBUG' : 'INFO',
    message:
      index === 7
        ? 'Node execution failed(element not found: #btnSave)'
        : index % 4 === 0
          ? `{"id": "chatcmpl-${index}", "choices": [{"index": 0, "delta": {"role": "assistant", "content": "amount"}}], "usage": null}`
          : `step ${index} of the robot: moved the pointer to (${index * 7}, ${index * 3}) and waited for the page`,
    time: `2026-11-23 16:47:${String(10 + (index % 50))}`,
  }));
}

/** An execution with its question, answer and fields. */
export function wholeExecution(): InspectorContent {
  return {
    kind: 'execution',
    summary: {
      key: 'workflow spf1',
      sid: 'spf009c0001@hf1a2094e57960009782',
      service: 'workflow',
      kind: 'workflow',
      flowId: '7379450201923928066',
      subject: '7379450201923928066',
      outcome: 'failed',
      code: 21300,
      message: 'RPA node request failed(Task execution failed: -1-element not found: #btnSave)',
      beginMs: 1795452458903,
      endMs: 1795452460863,
      durationMs: 1960,
      timeSource: 'record',
      failing: null,
      runCount: 9,
      usage: { questionTokens: 0, promptTokens: 212, completionTokens: 41, totalTokens: 253 },
    },
    data: {
      question: named(
        'question',
        { AGENT_USER_INPUT: '附件是启明办公的发票，金额 1280.5 元', attempt: 1 },
        { form: 'jsonText' },
      ),
      answer: named('answer', '', { form: 'text' }),
      fields: [
        named('app_id', 'a1b2c3d4', { form: 'text' }),
        named('uid', '1001', { form: 'text' }),
        named('log_caller', 'chat_sse_debug', { form: 'text' }),
        named('srv', { workflow_version: '' }),
      ],
    },
    position: { topic: 'spark-agent-builder', partition: 3, offset: '18446' },
  };
}

/** Why the failing step failed. */
export const failingFinding: Finding = {
  rule: 'messagePattern',
  severity: 'error',
  category: 'robotTask',
  cause: 'elementNotFound',
  node: { nodeId: 'rpa::save', runKey: 'save', name: 'Click save' },
  code: { service: 'workflow', code: 21300, name: 'RPA_REQUEST_ERROR' },
  evidence: [{ source: { kind: 'message' }, value: 'element not found: #btnSave', runKey: 'save' }],
  remedies: ['checkSelector'],
  confidence: 'certain',
};
