/** The records of the real services, told again through the library: not a byte may differ. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NodeLog } from '../../../src/telemetry/nodeLog.ts';
import { NodeTraceLog } from '../../../src/telemetry/nodeTraceLog.ts';
import { WorkflowLog } from '../../../src/telemetry/workflowLog.ts';
import { repositoryRoot } from '../../support/paths.ts';

interface Entry {
  readonly id: string;
  readonly sid: string;
  readonly node_id: string;
  readonly node_type: string;
  readonly node_name: string;
  readonly next_log_ids: readonly string[];
  readonly start_time: number;
  readonly end_time: number;
  readonly node_first_cost_time: number;
  readonly llm_output: string;
  readonly running_status: boolean;
  readonly data: {
    readonly input: Readonly<Record<string, string>>;
    readonly output: Readonly<Record<string, string>>;
    readonly input_vars?: readonly string[];
    readonly output_vars?: readonly string[];
    readonly config: Readonly<Record<string, unknown>>;
    readonly usage: Readonly<Record<string, number | string>>;
  };
  readonly logs: readonly string[];
}

interface Root {
  readonly service_id: string;
  readonly flow_id?: string;
  readonly sid: string;
  readonly app_id: string;
  readonly uid: string;
  readonly chat_id: string;
  readonly sub: string;
  readonly caller: string;
  readonly log_caller: string;
  readonly question: string;
  readonly answer: string;
  readonly start_time: number;
  readonly end_time: number;
  readonly srv: Readonly<Record<string, string>>;
  readonly status: { readonly code: number; readonly message: string };
  readonly trace: readonly Entry[];
}

const robots = [
  '01-rpa-server-success',
  '02-rpa-server-timeout-55003',
  '05-link-http-run-success',
  '05b-link-http-run-30403',
];
const workflows = [
  ['03-workflow-rpa-node-failed', 'g1'],
  ['03-workflow-rpa-node-failed', 'g3'],
  ['03c-workflow-success', 'g1'],
  ['03c-workflow-success', 'g3'],
  ['04-workflow-iteration', 'g1'],
  ['04-workflow-iteration', 'g3'],
] as const;

/** The bytes of a sample. */
function sample(name: string): string {
  return readFileSync(join(repositoryRoot, 'test/fixtures/records', `${name}.json`), 'utf8');
}

test.each(robots)('%s is written as the service wrote it', (name) => {
  const text = sample(name);
  const root = JSON.parse(text) as Root;
  let ms = root.end_time;
  const log = new NodeTraceLog({ ...optionsOf(root), sub: root.sub, mask: false, now: () => ms });
  log.serviceId = root.service_id;
  log.addQ(root.question);
  log.addA(root.answer);
  log.setStatus(root.status.code, root.status.message);
  // They set the start just before they send, and never the end.
  ms = root.start_time;
  log.setStart();
  expect(log.toJson()).toBe(text);
});

test.each(workflows)('%s of %s is written as the engine wrote it', (name, form) => {
  const text = sample(`${name}.${form}`);
  expect(retold(JSON.parse(text) as Root, form)).toBe(text);
});

test('a build is written as the engine wrote it', () => {
  const text = sample('06-workflow-build');
  expect(retold(JSON.parse(text) as Root, 'g3')).toBe(text);
});

function retold(root: Root, form: 'g1' | 'g3'): string {
  let ms = root.start_time;
  const now = () => ms;
  const flowId = root.flow_id ?? '';
  const workflow = new WorkflowLog({ ...optionsOf(root), flowId, form, mask: false, now });
  workflow.addQ(root.question);
  workflow.addA(root.answer);
  for (const [name, value] of Object.entries(root.srv)) workflow.addSrv(name, value);
  workflow.setStatus(root.status.code, root.status.message);
  // A node that ran again is one log that stands in the trace twice.
  const logs = new Map<string, NodeLog>();
  for (const entry of root.trace) {
    const log = logs.get(entry.id) ?? logOf(entry, form, now, (time) => (ms = time));
    logs.set(entry.id, log);
    workflow.addNodeLog([log]);
  }
  ms = root.end_time;
  workflow.setEnd();
  return workflow.toJson();
}

function logOf(
  entry: Entry,
  form: 'g1' | 'g3',
  now: () => number,
  setTime: (ms: number) => void,
): NodeLog {
  setTime(entry.start_time);
  const log = new NodeLog({
    mask: false,
    id: entry.id,
    sid: entry.sid,
    nodeId: entry.node_id,
    nodeType: entry.node_type,
    nodeName: entry.node_name,
    form,
    now,
  });
  log.setStart();
  for (const id of entry.next_log_ids) log.setNextNodeId(id);
  const { data } = entry;
  for (const [name, value] of valuesOf(data.input, data.input_vars)) {
    log.appendInputData(name, value);
  }
  for (const [name, value] of valuesOf(data.output, data.output_vars)) {
    log.appendOutputData(name, value);
  }
  log.appendConfigData(data.config);
  log.appendUsageData({
    questionTokens: Number(data.usage['question_tokens']),
    promptTokens: Number(data.usage['prompt_tokens']),
    completionTokens: Number(data.usage['completion_tokens']),
    totalTokens: Number(data.usage['total_tokens']),
  });
  log.setLlmOutput(entry.llm_output);
  log.runningStatus = entry.running_status;
  if (entry.node_first_cost_time >= 0) log.setNodeFirstCostTime(entry.node_first_cost_time);
  for (const line of entry.logs) {
    const { level, message, time } = JSON.parse(line) as Record<
      'level' | 'message' | 'time',
      string
    >;
    // Without a zone it is local time, as it was written.
    setTime(new Date(time.replace(' ', 'T')).getTime());
    if (level === 'ERROR') log.addErrorLog(message);
    else log.addInfoLog(message);
  }
  setTime(entry.end_time);
  log.setEnd();
  return log;
}

function valuesOf(
  values: Readonly<Record<string, string>>,
  vars: readonly string[] | undefined,
): (readonly [string, string])[] {
  if (vars === undefined) return Object.entries(values);
  return vars.map((text) => {
    const { name, value } = JSON.parse(text) as { name: string; value: string };
    return [name, value] as const;
  });
}

function optionsOf(root: Root) {
  return {
    sid: root.sid,
    appId: root.app_id,
    uid: root.uid,
    chatId: root.chat_id,
    caller: root.caller,
    logCaller: root.log_caller,
  };
}
