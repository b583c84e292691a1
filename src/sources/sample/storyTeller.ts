import type { JsonObject } from '../../base/json.ts';
import type { Random } from './random.ts';
import type { SampleFlow } from './sampleFlows.ts';
import { dumps, repr } from '../../telemetry/pythonText.ts';
import { sidOf } from './storySid.ts';
import type { Values, WireCall, WireExecution, WireRun } from './wireRecord.ts';

/** An execution from begin to end, all of it known beforehand: what is sent of it depends on the moment. */
export interface Story {
  readonly flow: SampleFlow;
  readonly sid: string;
  readonly chatId: string;
  readonly released: boolean;
  readonly question: Values;
  readonly answer: Values | null;
  readonly status: { readonly code: number; readonly message: string };
  readonly beginMs: number;
  readonly endMs: number;
  readonly runs: readonly WireRun[];
  readonly calls: readonly WireCall[];
  readonly logIdOf: (nodeId: string) => string;
}

/** What one run of a node was like, beside its time. */
export type RunDetails = Partial<Omit<WireRun, 'node' | 'logId' | 'beginMs' | 'endMs'>>;

/** How a story ends. */
export interface Ending {
  readonly answer: Values | null;
  readonly code?: number;
  readonly message?: string;
}

/** Tells a story node by node; its clock runs with the runs. */
export class StoryTeller<Name extends string> {
  readonly random: Random;
  readonly sid: string;
  readonly chatId: string;
  nowMs: number;
  private readonly flow: SampleFlow<Name>;
  private readonly index: number;
  private readonly beginMs: number;
  private readonly logIdOf: (nodeId: string) => string;
  private readonly runs: WireRun[] = [];
  private readonly calls: WireCall[] = [];

  constructor(flow: SampleFlow<Name>, random: Random, index: number, beginMs: number) {
    this.flow = flow;
    this.random = random;
    this.index = index;
    this.beginMs = beginMs;
    this.nowMs = beginMs + 1;
    this.sid = sidOf('spf', index, beginMs);
    this.chatId = `chat-${random.hex(8)}`;
    this.logIdOf = logIds(flow, random);
  }

  /** Runs a node for `ms` milliseconds. */
  run(name: Name, ms: number, details: RunDetails): void {
    this.runSince(name, this.nowMs, ms, details);
  }

  /** Ends a node that began at `beginMs`, before the ones told since: an iteration around its body. */
  runSince(name: Name, beginMs: number, ms: number, details: RunDetails): void {
    const node = this.flow.nodes[name];
    this.nowMs += ms;
    this.runs.push({
      ok: true,
      input: {},
      output: {},
      ...details,
      node,
      logId: this.logIdOf(node.id),
      beginMs,
      endMs: this.nowMs,
    });
    this.nowMs += this.random.int(0, 3);
  }

  /** What the rpa service says of a call that took the last `ms` milliseconds; the robot shares our sid. */
  rpaCall(project: string, params: JsonObject, ms: number, code: number, message: string): void {
    this.calls.push({
      service: 'rpa-server',
      serviceId: '',
      sid: this.sid,
      appId: 'defappid',
      logCaller: '',
      question: `sid:${this.sid}, access_token:EXAMPLE-RPA-KEY, project_id:${project}, version: None, phone_number: 13800138000, exec_position:EXECUTOR, params:${repr(params)}`,
      answer: message,
      beginMs: this.nowMs - ms,
      endMs: this.nowMs,
      status: { code, message },
    });
  }

  /** What the tool service says of a call that took the last `ms` milliseconds; it has a sid of its own. */
  linkCall(toolId: string, query: JsonObject, ms: number, answer: string, code = 0): void {
    const header = { Authorization: 'Bearer EXAMPLE-LINK-TOKEN' };
    this.calls.push({
      service: 'spark-link',
      serviceId: toolId,
      sid: sidOf('link', this.index, this.nowMs - ms),
      appId: 'a1b2c3d4',
      logCaller: 'third',
      question: dumps({
        header: { app_id: 'a1b2c3d4' },
        parameter: { tool_id: toolId, operation_id: 'checkVat-xY12', version: 'V1.0' },
        payload: { message: { header: base64(header), query: base64(query) } },
      }),
      answer,
      beginMs: this.nowMs - ms,
      endMs: this.nowMs,
      status: { code, message: code === 0 ? 'Success' : answer },
    });
  }

  /** What the AI tools say of a call: its times are a millisecond apart, whatever it took. */
  ocrCall(request: JsonObject, ms: number, answer: string): void {
    const atMs = this.nowMs - ms;
    this.calls.push({
      service: 'aitools',
      serviceId: '',
      sid: sidOf('spl', this.index, atMs),
      appId: 'a1b2c3d4',
      logCaller: 'ocr',
      question: dumps(repr(request)),
      answer,
      beginMs: atMs,
      endMs: atMs + 1,
      sentMs: this.nowMs,
      status: { code: 0, message: 'success' },
    });
  }

  end(question: Values, { answer, code = 0, message = '' }: Ending): Story {
    return {
      flow: this.flow,
      sid: this.sid,
      chatId: this.chatId,
      released: this.random.int(0, 3) > 0,
      question,
      answer,
      status: { code, message },
      beginMs: this.beginMs,
      endMs: this.nowMs + 1,
      runs: this.runs,
      calls: this.calls,
      logIdOf: this.logIdOf,
    };
  }
}

/** The final record of a story. */
export function finalRecord(story: Story): WireExecution {
  return { ...execution(story), running: false, runs: story.runs };
}

/** The record of a story while it goes on: what has ended by `nowMs`, and what is under way. */
export function snapshotRecord(story: Story, nowMs: number): WireExecution {
  const runs = story.runs
    .filter(({ beginMs }) => beginMs <= nowMs)
    .map((run) => ((run.endMs ?? 0) <= nowMs ? run : underWay(run)));
  return {
    ...execution(story),
    status: { code: 0, message: '' },
    answer: null,
    running: true,
    // What is under way stands last, as its completion would.
    runs: [...runs].sort((a, b) => Number(a.endMs === null) - Number(b.endMs === null)),
  };
}

function underWay(run: WireRun): WireRun {
  const { node, logId, beginMs, input } = run;
  return { node, logId, beginMs, input, endMs: null, ok: true, output: {} };
}

function execution(story: Story) {
  const { flow, ...told } = story;
  return {
    ...told,
    generation: flow.generation,
    flowId: flow.id,
    version: flow.version,
    appId: 'a1b2c3d4',
  };
}

/**
 * The log ids of the nodes of one execution. The engine of 2025 is built once and kept, so that they come
 * again in each execution; the later one is built for each.
 */
function logIds(flow: SampleFlow, random: Random): (nodeId: string) => string {
  const ids = new Map<string, string>();
  return (nodeId) => {
    const known = ids.get(nodeId);
    if (known !== undefined) return known;
    const id =
      flow.generation === 'g1' ? nodeId.replace(/^.*::/, '').replaceAll('-', '') : random.hex(32);
    ids.set(nodeId, id);
    return id;
  };
}

function base64(value: JsonObject): string {
  return Buffer.from(dumps(value)).toString('base64');
}
