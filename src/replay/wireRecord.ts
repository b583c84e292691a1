import type { Json, JsonObject } from '../base/json.ts';
import { dumps, repr } from './pythonText.ts';

/** Values by name, as a node gets or gives them. */
export type Values = JsonObject;

/** A node of a flow as its log entries name it. */
export interface WireNode {
  readonly id: string;
  /** The console's category: `基础节点`, `工具`, `分支器`. */
  readonly category: string;
  readonly name: string;
  /** All static successors, the untaken ones too. */
  readonly next: readonly string[];
  /** What stands in `data.config`. */
  readonly config: JsonObject;
}

/** One line of a node's log. */
export interface WireLog {
  readonly level: 'INFO' | 'ERROR';
  readonly message: string;
}

/** One run of a node, in order of completion. A node of an iteration or a retried one has several. */
export interface WireRun {
  readonly node: WireNode;
  readonly logId: string;
  readonly beginMs: number;
  /** Null while it goes on. */
  readonly endMs: number | null;
  readonly ok: boolean;
  readonly input: Values;
  readonly output: Values;
  readonly config?: JsonObject;
  readonly logs?: readonly WireLog[];
  readonly llmOutput?: string;
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  readonly firstFrameMs?: number;
}

/** A workflow execution as it stands at one moment. */
export interface WireExecution {
  /** G1: values as objects of strings, one entry per completion with the last values. G3: lists that grow. */
  readonly generation: 'g1' | 'g3';
  readonly flowId: string;
  readonly version: string;
  readonly sid: string;
  readonly appId: string;
  readonly chatId: string;
  readonly released: boolean;
  readonly question: Values;
  readonly answer: Values | null;
  readonly beginMs: number;
  readonly endMs: number;
  readonly running: boolean;
  readonly status: { readonly code: number; readonly message: string };
  readonly runs: readonly WireRun[];
  /** The log id of each node, also of those that did not run: predecessors point to them. */
  readonly logIdOf: (nodeId: string) => string;
}

/** What a service other than the workflow engine says of one call. */
export interface WireCall {
  readonly service: 'rpa-server' | 'spark-link' | 'aitools';
  readonly serviceId: string;
  readonly sid: string;
  readonly appId: string;
  readonly logCaller: string;
  readonly question: string;
  readonly answer: string;
  readonly beginMs: number;
  readonly endMs: number;
  readonly status: { readonly code: number; readonly message: string };
}

/** The JSON text of a record of the workflow engine. */
export function writeExecution(execution: WireExecution): string {
  const { beginMs, endMs, status, sid, flowId } = execution;
  const srv = {
    workflow_version: execution.version,
    ...(execution.running && { execution_state: 'running' }),
  };
  const message = execution.runs.find(({ node }) => /^(message|node-end)::/.test(node.id));
  return dumps({
    service_id: flowId,
    flow_id: flowId,
    sid,
    app_id: execution.appId,
    uid: '1001',
    bot_id: '',
    chat_id: execution.chatId,
    sub: 'workflow',
    caller: 'workflow',
    log_caller: execution.released ? 'chat_sse' : 'chat_sse_debug',
    question: dumps(execution.question),
    answer: execution.answer === null ? '' : dumps(execution.answer),
    start_time: beginMs,
    end_time: execution.running ? 0 : endMs,
    duration: execution.running ? 0 : endMs - beginMs,
    first_frame_duration: message === undefined ? -1 : message.beginMs - beginMs,
    srv,
    srv_tag: srv,
    status,
    usage: usageOf(execution.runs),
    version: 'v2.0.0',
    trace: entriesOf(execution),
  });
}

/** The JSON text of a record of the rpa, link or aitools service: no trace, and its times the wrong way round. */
export function writeCall(call: WireCall): string {
  // Their begin is overwritten when they send, their end stays what it was at construction.
  return dumps({
    service_id: call.serviceId,
    sid: call.sid,
    app_id: call.appId,
    uid: '',
    chat_id: call.sid,
    sub: call.service,
    caller: '',
    log_caller: call.logCaller,
    question: call.question,
    answer: call.answer,
    start_time: call.endMs,
    end_time: call.beginMs,
    duration: 0,
    first_frame_duration: -1,
    srv: {},
    srv_tag: {},
    status: call.status,
    usage: usageOf([]),
    version: 'v2.0.0',
    trace: [],
  });
}

/** The session id of a service: it holds the time of its making. */
export function sidOf(service: 'spf' | 'rpa' | 'link' | 'spl', index: number, ms: number): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  return `${service}009c${hex(index & 0xffff, 4)}@hf${hex(ms, 11)}0009782`;
}

/** One entry per completed run, each a copy of what its node's log holds at the end: so they repeat. */
function entriesOf(execution: WireExecution): Json[] {
  const runsOf = new Map<string, WireRun[]>();
  for (const run of execution.runs) {
    const runs = runsOf.get(run.logId) ?? [];
    runs.push(run);
    runsOf.set(run.logId, runs);
  }
  return execution.runs.map((run) => {
    const runs = runsOf.get(run.logId) ?? [run];
    return entryOf(execution, runs, runs.at(-1) ?? run);
  });
}

function entryOf(execution: WireExecution, runs: readonly WireRun[], last: WireRun): JsonObject {
  const { node } = last;
  const logs = runs.flatMap((run) => (run.logs ?? []).map((log) => logText(log, run)));
  return {
    id: last.logId,
    sid: execution.sid,
    node_id: node.id,
    node_type: node.category,
    node_name: node.name,
    func_id: node.id,
    func_type: node.category,
    func_name: node.name,
    next_log_ids: node.next.map((id) => execution.logIdOf(id)),
    start_time: last.beginMs,
    end_time: last.endMs ?? 0,
    duration: last.endMs === null ? 0 : last.endMs - last.beginMs,
    first_frame_duration: -1,
    node_first_cost_time: last.firstFrameMs === undefined ? -1 : last.firstFrameMs / 1000,
    llm_output: last.llmOutput ?? '',
    // Never set back: a run that failed before stays visible here.
    running_status: runs.every(({ ok }) => ok),
    data: execution.generation === 'g1' ? dataG1(last) : dataG3(runs, last),
    logs,
  };
}

function dataG1(run: WireRun): JsonObject {
  const texts = (values: Values) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, textG1(value)]));
  return {
    input: texts(run.input),
    output: texts(run.output),
    config: run.config ?? run.node.config,
    usage: usageOf([run]),
  };
}

function textG1(value: Json): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? dumps(value) : repr(value);
}

function dataG3(runs: readonly WireRun[], last: WireRun): JsonObject {
  const vars = (values: Values) =>
    Object.entries(values).map(([name, value]) =>
      dumps({ name, value: typeof value === 'string' ? value : repr(value) }),
    );
  const usage = Object.entries(usageOf([last])).map(([name, count]) => [name, String(count)]);
  return {
    input: {},
    output: {},
    input_vars: runs.flatMap((run) => vars(run.input)),
    output_vars: runs.flatMap((run) => vars(run.output)),
    config: configG3(last),
    usage: Object.fromEntries(usage) as JsonObject,
  };
}

/** The whole node stands in the config: its parameters, and what the engine keeps beside them. */
function configG3({ node, input, output, config }: WireRun): JsonObject {
  const all: JsonObject = {
    ...(config ?? node.config),
    input_identifier: Object.keys(input),
    output_identifier: [...Object.keys(output), ...Object.keys(output)],
    node_type: node.category,
    alias_name: node.name,
    node_id: node.id,
    remarkVisible: false,
    remark: '',
  };
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => {
      if (typeof value === 'string') return [name, value];
      return [name, typeof value === 'object' && value !== null ? dumps(value) : repr(value)];
    }),
  );
}

function logText({ level, message }: WireLog, { endMs, beginMs }: WireRun): string {
  const time = new Date(endMs ?? beginMs);
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  const hours = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
  return dumps({ level, message, time: `${date} ${hours}` });
}

function usageOf(runs: readonly WireRun[]) {
  const sum = (count: (run: WireRun) => number | undefined) =>
    runs.reduce((total, run) => total + (count(run) ?? 0), 0);
  const prompt = sum((run) => run.promptTokens);
  const completion = sum((run) => run.completionTokens);
  return {
    question_tokens: 0,
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
  };
}
