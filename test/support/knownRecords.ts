import { chances } from './knownPast.ts';

/** How a run went. */
type Way = 'succeeded' | 'failed' | 'cutOff' | 'retried';

/** A run of which all is known. */
export interface KnownRun {
  readonly flow: string;
  readonly beginMs: number;
  readonly durationMs: number;
  readonly way: Way;
  /** Of its record. */
  readonly bytes: number;
}

/** What a topic holds, and what ran. */
export interface KnownRecords {
  /** Texts of records in the order in which they are written. */
  readonly records: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  /** In the order of their begin. */
  readonly runs: readonly KnownRun[];
  /** Begins of calls of tools. */
  readonly toolCalls: readonly number[];
}

const days = 14;
const flowCount = 20;
const day = 86_400_000;
/** Of each failure. */
export const failureCode = 21_300;
/** Of each entry of a record. */
export const knownTokens = 7;
const usageOf = (entries: number) => ({
  ...{ question_tokens: 0, prompt_tokens: 3 * entries, completion_tokens: 4 * entries },
  total_tokens: knownTokens * entries,
});

/** Records as services write them, of so many executions of 20 flows over 14 days; some are told of twice. */
export function knownRecords(count: number, fromMs: number, seed = 15): KnownRecords {
  const chance = chances(seed);
  const records: string[] = [];
  const runs: KnownRun[] = [];
  const toolCalls: number[] = [];
  for (let index = 0; index < count; index++) {
    const beginMs = fromMs + Math.floor(((index + 0.5) / count) * days * day);
    const sid = `spf${hex(index, 8)}@hf${hex(beginMs, 11)}${hex(index * 7, 9)}`;
    const way = wayOf(chance());
    if (way === 'tool') {
      toolCalls.push(beginMs);
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
    runs.push({ flow, beginMs, durationMs, way, bytes: Buffer.byteLength(workflow(false)) });
  }
  return { records, fromMs, toMs: fromMs + days * day, runs, toolCalls };
}

function wayOf(chance: number): Way | 'tool' {
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
  const idOf = (node: string) => `${sid}-${node}`;
  const entry = (node: string, at: number, ms: number, next: readonly string[]) => ({
    ...{ id: idOf(node), sid, node_id: `${node}::${flow}`, node_name: node },
    ...{ node_type: '工具', start_time: beginMs + at, end_time: beginMs + at + ms, duration: ms },
    next_log_ids: next.map(idOf),
    // Once an attempt failed it stays so, also of a node that went well then.
    running_status: node !== 'rpa' || way === 'succeeded' || way === 'cutOff',
    ...{ first_frame_duration: -1, llm_output: '' },
    data: {
      ...{ input: {}, output: way === 'failed' ? {} : { done: true }, config: {} },
      usage: usageOf(1),
    },
    logs: [],
  });
  const hasEnd = !isRunning && (way === 'succeeded' || way === 'retried');
  const robot = entry('rpa', step, step, hasEnd ? ['node-end'] : []);
  const trace = [
    entry('node-start', 0, 0, ['rpa']),
    // Each attempt leaves the same entry, with the times of the last.
    ...(way === 'retried' ? [robot, robot] : [robot]),
    ...(hasEnd ? [entry('node-end', 2 * step, durationMs - 2 * step, [])] : []),
  ];
  const isFailed = way === 'failed' && !isRunning;
  return JSON.stringify({
    ...{ service_id: flow, flow_id: flow, sid, sub: 'workflow', caller: 'workflow' },
    ...{ log_caller: 'chat_sse', question: '{}', version: 'v2.0.0', trace },
    ...{ start_time: beginMs, end_time: endMs, duration: durationMs },
    usage: usageOf(trace.length),
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
    ...{
      srv: {},
      status: { code: 0, message: 'Success' },
      usage: usageOf(0),
      version: 'v2.0.0',
      trace: [],
    },
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
      usage: usageOf(0),
      version: 'v2.0.0',
      trace: [],
    },
  });
}

function hex(value: number, digits: number): string {
  return Math.abs(value).toString(16).padStart(digits, '0').slice(-digits);
}
