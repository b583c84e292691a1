import { chances } from './knownPast.ts';

/** What a topic holds, and what is to be counted of it. */
export interface KnownRecords {
  /** Texts of records in the order in which they are written. */
  readonly records: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly truth: {
    readonly succeeded: number;
    readonly failed: number;
    readonly cutOff: number;
    readonly toolCalls: number;
    readonly succeededMs: number;
    readonly savedByRetry: number;
    /** By flow, durations of successful executions in ascending order, and how many executions there are. */
    readonly flows: ReadonlyMap<
      string,
      { readonly runs: number; readonly goodMs: readonly number[] }
    >;
    /** Failures by code. */
    readonly codes: ReadonlyMap<number, number>;
  };
}

const days = 14;
const flowCount = 20;
const day = 86_400_000;
const usage = { question_tokens: 0, prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 };
const failureCode = 21_300;

type Way = 'succeeded' | 'failed' | 'cutOff' | 'retried' | 'tool';

/** Records as services write them, of so many executions of 20 flows over 14 days; some are told of twice. */
export function knownRecords(count: number, fromMs: number, seed = 15): KnownRecords {
  const chance = chances(seed);
  const records: string[] = [];
  const flows = new Map<string, { runs: number; goodMs: number[] }>();
  const codes = new Map<number, number>();
  const truth = {
    succeeded: 0,
    failed: 0,
    cutOff: 0,
    toolCalls: 0,
    succeededMs: 0,
    savedByRetry: 0,
  };
  for (let index = 0; index < count; index++) {
    const beginMs = fromMs + Math.floor(((index + 0.5) / count) * days * day);
    const sid = `spf${hex(index, 8)}@hf${hex(beginMs, 11)}${hex(index * 7, 9)}`;
    const way = wayOf(chance());
    if (way === 'tool') {
      truth.toolCalls++;
      records.push(toolRecord(sid, beginMs));
      continue;
    }
    const flow = String(7_379_450_201_923_928_000 / 1_000 + Math.floor(chance() * flowCount));
    const durationMs = 100 + Math.round(200 * Math.exp(4 * chance()));
    const workflow = (isRunning: boolean) =>
      workflowRecord({ sid, flow, beginMs, durationMs, way, isRunning });
    const hasRobot = chance() < 0.15;
    const isBefore = chance() < 0.5;
    // It is told of while it runs.
    if (chance() < 0.1) records.push(workflow(true));
    if (hasRobot && isBefore) records.push(robotRecord(sid, beginMs));
    records.push(workflow(false));
    if (hasRobot && !isBefore) records.push(robotRecord(sid, beginMs));
    // Its record is written twice.
    if (chance() < 0.05) records.push(workflow(false));
    const known = flows.get(flow) ?? { runs: 0, goodMs: [] };
    flows.set(flow, known);
    known.runs++;
    if (way === 'failed') {
      truth.failed++;
      codes.set(failureCode, (codes.get(failureCode) ?? 0) + 1);
    } else if (way === 'cutOff') truth.cutOff++;
    else {
      truth.succeeded++;
      truth.succeededMs += durationMs;
      if (way === 'retried') truth.savedByRetry++;
      known.goodMs.push(durationMs);
    }
  }
  for (const { goodMs } of flows.values()) goodMs.sort((a, b) => a - b);
  return { records, fromMs, toMs: fromMs + days * day, truth: { ...truth, flows, codes } };
}

function wayOf(chance: number): Way {
  if (chance < 0.08) return 'failed';
  if (chance < 0.11) return 'cutOff';
  if (chance < 0.16) return 'retried';
  return chance < 0.22 ? 'tool' : 'succeeded';
}

function workflowRecord(of: {
  readonly sid: string;
  readonly flow: string;
  readonly beginMs: number;
  readonly durationMs: number;
  readonly way: Way;
  readonly isRunning: boolean;
}): string {
  const { sid, flow, beginMs, durationMs, way, isRunning } = of;
  const endMs = beginMs + durationMs;
  const step = Math.floor(durationMs / 4);
  const entry = (node: string, at: number, ms: number, isGood = true) => ({
    ...{ id: `${sid}-${node}-${String(at)}`, sid, node_id: node, node_name: node.split('::')[0] },
    ...{ node_type: '工具', start_time: beginMs + at, end_time: beginMs + at + ms, duration: ms },
    ...{ next_log_ids: [], running_status: isGood, first_frame_duration: -1, llm_output: '' },
    data: { input: {}, output: {}, config: {}, usage },
    logs: [],
  });
  const trace = [
    entry(`node-start::${flow}`, 0, 0),
    ...(way === 'retried' ? [entry(`rpa::${flow}`, 0, step, false)] : []),
    entry(`rpa::${flow}`, step, step, way !== 'failed'),
    ...(isRunning || way === 'failed' || way === 'cutOff'
      ? []
      : [entry(`node-end::${flow}`, 2 * step, durationMs - 2 * step)]),
  ];
  const isFailed = way === 'failed' && !isRunning;
  return JSON.stringify({
    ...{ service_id: flow, flow_id: flow, sid, sub: 'workflow', caller: 'workflow' },
    ...{ log_caller: 'chat_sse', question: '{}', version: 'v2.0.0', usage, trace },
    ...{ start_time: beginMs, end_time: endMs, duration: durationMs },
    answer: way === 'cutOff' ? '' : '{}',
    srv: { workflow_version: 'v1', ...(isRunning ? { execution_state: 'running' } : {}) },
    status: isFailed ? { code: failureCode, message: 'Not found' } : { code: 0, message: '' },
  });
}

/** The robot's record has its workflow's sid: it counts with it. */
function robotRecord(sid: string, beginMs: number): string {
  return JSON.stringify({
    ...{
      service_id: '',
      sid,
      sub: 'rpa-server',
      caller: '',
      log_caller: '',
      question: 'project_id:p',
    },
    ...{ answer: 'Success', start_time: beginMs + 50, end_time: beginMs + 20, duration: 0 },
    ...{ srv: {}, status: { code: 0, message: 'Success' }, usage, version: 'v2.0.0', trace: [] },
  });
}

function toolRecord(sid: string, beginMs: number): string {
  return JSON.stringify({
    ...{ service_id: 'tool@8f21c3', sid: sid.replace('spf', 'lnk'), sub: 'spark-link', caller: '' },
    ...{
      log_caller: 'third',
      question: '{}',
      answer: '{}',
      start_time: beginMs,
      end_time: beginMs + 9,
    },
    ...{
      duration: 9,
      srv: {},
      status: { code: 0, message: 'Success' },
      usage,
      version: 'v2.0.0',
      trace: [],
    },
  });
}

function hex(value: number, digits: number): string {
  return Math.abs(value).toString(16).padStart(digits, '0').slice(-digits);
}
