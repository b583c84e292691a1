import type { JsonObject } from '../../base/json.ts';
import { NodeLog } from '../../telemetry/nodeLog.ts';
import { NodeTraceLog } from '../../telemetry/nodeTraceLog.ts';
import { dumps } from '../../telemetry/pythonText.ts';
import { WorkflowLog } from '../../telemetry/workflowLog.ts';

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
  /** The names of its outputs, where a run may end without them. */
  readonly outputs?: readonly string[];
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
  /** When it is sent, where that isn't at its end. */
  readonly sentMs?: number;
  readonly status: { readonly code: number; readonly message: string };
}

/** What a record holds, before it is written. */
export type WireRecord = WireExecution | WireCall;

/** The JSON text of a record, as its service writes it. */
export function written(record: WireRecord): string {
  return 'runs' in record ? writeExecution(record) : writeCall(record);
}

/** Of the workflow engine. */
function writeExecution(execution: WireExecution): string {
  const { flowId, sid, appId, chatId, generation: form, status } = execution;
  const clock = new StoryClock(execution.beginMs);
  const logCaller = execution.released ? 'chat_sse' : 'chat_sse_debug';
  const options = { flowId, sid, appId, chatId, uid: '1001', logCaller, form };
  const workflow = new WorkflowLog({ ...options, mask: false, now: clock.now });
  workflow.addSrv('workflow_version', execution.version);
  if (execution.running) workflow.addSrv('execution_state', 'running');
  workflow.addQ(dumps(execution.question));
  workflow.addA(execution.answer === null ? '' : dumps(execution.answer));
  workflow.setStatus(status.code, status.message);
  // A node has one log: the entries of one that ran again are the same and say what it did last.
  const logs = new Map<string, NodeLog>();
  for (const run of execution.runs) {
    const log = logs.get(run.logId) ?? newLog(execution, run, clock);
    logs.set(run.logId, log);
    addRun(log, run, execution, clock);
    workflow.addNodeLog([log]);
  }
  clock.ms = execution.endMs;
  workflow.setEnd();
  if (execution.running) {
    workflow.endTime = 0;
    workflow.duration = 0;
  }
  return workflow.toJson();
}

/** Of the rpa, link or aitools service: no trace, and its times the wrong way round. */
function writeCall(call: WireCall): string {
  const { service: sub, serviceId, sid, appId, logCaller, status } = call;
  const clock = new StoryClock(call.beginMs);
  const options = { sub, serviceId, sid, appId, chatId: sid, logCaller };
  const log = new NodeTraceLog({ ...options, mask: false, now: clock.now });
  log.addQ(call.question);
  log.addA(call.answer);
  log.setStatus(status.code, status.message);
  // Their begin is overwritten when they send, their end stays what it was at construction.
  clock.ms = call.endMs;
  log.setStart();
  return log.toJson();
}

/** The time of a story that is told: each thing happens when the story says so. */
class StoryClock {
  ms: number;
  readonly now = (): number => this.ms;

  constructor(ms: number) {
    this.ms = ms;
  }
}

function newLog(execution: WireExecution, { logId, node }: WireRun, { now }: StoryClock): NodeLog {
  const log = new NodeLog({
    // Reading masks, and an upstream service hides nothing.
    mask: false,
    id: logId,
    sid: execution.sid,
    nodeId: node.id,
    nodeType: node.category,
    nodeName: node.name,
    form: execution.generation,
    now,
  });
  for (const id of node.next) log.setNextNodeId(execution.logIdOf(id));
  return log;
}

function addRun(log: NodeLog, run: WireRun, execution: WireExecution, clock: StoryClock): void {
  clock.ms = run.beginMs;
  log.setStart();
  for (const [name, value] of Object.entries(run.input)) log.appendInputData(name, value);
  for (const [name, value] of Object.entries(run.output)) log.appendOutputData(name, value);
  log.appendConfigData(execution.generation === 'g1' ? configOf(run) : configG3(run));
  const { promptTokens = 0, completionTokens = 0, logs = [], endMs } = run;
  const totalTokens = promptTokens + completionTokens;
  log.appendUsageData({ promptTokens, completionTokens, totalTokens });
  if (run.llmOutput !== undefined) log.setLlmOutput(run.llmOutput);
  if (run.firstFrameMs !== undefined) log.setNodeFirstCostTime(run.firstFrameMs / 1_000);
  // Never set back: a run that failed before stays visible here.
  if (!run.ok) log.runningStatus = false;
  clock.ms = endMs ?? run.beginMs;
  for (const { level, message } of logs) {
    if (level === 'ERROR') log.addErrorLog(message);
    else log.addInfoLog(message);
  }
  if (endMs === null) {
    log.endTime = 0;
    log.duration = 0;
  } else log.setEnd();
}

function configOf({ node, config }: WireRun): JsonObject {
  return config ?? node.config;
}

/** The whole node stands in the config: its parameters, and what the engine keeps beside them. */
function configG3(run: WireRun): JsonObject {
  const { node, input, output } = run;
  const outputs = node.outputs ?? Object.keys(output);
  return {
    input_identifier: Object.keys(input),
    output_identifier: [...outputs, ...outputs],
    ...configOf(run),
    node_type: node.category,
    alias_name: node.name,
    node_id: node.id,
    remarkVisible: false,
    remark: '',
  };
}
