import { Data } from './data.ts';
import { logLine } from './logLine.ts';
import type { LogLevel } from './logLine.ts';
import { maskFrom } from './mask.ts';
import type { Mask } from './mask.ts';
import { newId } from './newId.ts';
import { dumps, pythonFloat, quoteJson } from './pythonText.ts';
import type { TextWriter } from './storedTexts.ts';
import type { UsageParts } from './usage.ts';
import type { WireForm } from './wireForm.ts';
import { toWireValue } from './wireValue.ts';
import type { WireValue } from './wireValue.ts';

/** What a node's log is made with; names of `func` that are missing are those of `node`. */
export interface NodeLogOptions {
  readonly sid: string;
  readonly id?: string | undefined;
  readonly nodeId?: string | undefined;
  readonly nodeType?: string | undefined;
  readonly nodeName?: string | undefined;
  readonly funcId?: string | undefined;
  readonly funcType?: string | undefined;
  readonly funcName?: string | undefined;
  /** Default: `g3`, the workflow engine's of today. */
  readonly form?: WireForm | undefined;
  /** Default: the usual secrets are hidden; false for none. */
  readonly mask?: Mask | false | undefined;
  /** Milliseconds since the epoch. */
  readonly now?: (() => number) | undefined;
}

/** A longer line is left out of a brief entry; the last one is that of the error, if there was one. */
const longestBrief = 1_000;

/** One entry of a trace: what a node did. Times are milliseconds since the epoch. */
export class NodeLog {
  readonly id: string;
  readonly sid: string;
  readonly nodeId: string;
  readonly nodeType: string;
  readonly nodeName: string;
  readonly funcId: string;
  readonly funcType: string;
  readonly funcName: string;
  /** Ids of the logs of all nodes that may follow. */
  readonly nextLogIds = new Set<string>();
  startTime: number;
  endTime: number;
  /** Milliseconds; undefined until the node has ended. */
  duration: number | undefined;
  /** Milliseconds from the start to the first part of an answer; -1 for none. */
  firstFrameDuration = -1;
  llmOutput = '';
  runningStatus = true;
  readonly data: Data;
  readonly logs: string[] = [];
  /** Where it was traced in the robot's source, `file:line`; a field of our own. */
  source: string | undefined;
  private nodeFirstCostTime: number | undefined;
  private annotations: Map<string, WireValue> | undefined;
  private readonly form: WireForm;
  private readonly mask: Mask | undefined;
  private readonly now: () => number;

  constructor(options: NodeLogOptions) {
    const { nodeId = '', nodeType = '', nodeName = '', now = Date.now } = options;
    this.id = options.id ?? newId();
    this.sid = options.sid;
    this.nodeId = nodeId;
    this.nodeType = nodeType;
    this.nodeName = nodeName;
    this.funcId = options.funcId || nodeId;
    this.funcType = options.funcType || nodeType;
    this.funcName = options.funcName || nodeName;
    this.form = options.form ?? 'g3';
    this.mask = maskFrom(options.mask);
    this.now = now;
    this.startTime = now();
    this.endTime = this.startTime;
    this.data = new Data(this.form, this.mask ?? false);
  }

  setNextNodeId(logId: string): void {
    this.nextLogIds.add(logId);
  }

  setStart(): void {
    this.startTime = this.now();
  }

  setEnd(): void {
    this.endTime = this.now();
    this.duration = this.endTime - this.startTime;
  }

  setFirstFrameDuration(): void {
    this.firstFrameDuration = this.now() - this.startTime;
  }

  /** How long a model took to its first word, in seconds. */
  setNodeFirstCostTime(seconds: number): void {
    this.nodeFirstCostTime = seconds;
  }

  setLlmOutput(output: string): void {
    this.llmOutput = this.masked(output);
  }

  appendInputData(name: string, value: unknown): void {
    this.data.appendInput(name, value);
  }

  appendOutputData(name: string, value: unknown): void {
    this.data.appendOutput(name, value);
  }

  /** Adds an output that is written as it is, unmasked. */
  appendAttachment(name: string, text: string): void {
    this.data.appendAttachment(name, text);
  }

  appendConfigData(config: Readonly<Record<string, unknown>>): void {
    this.data.appendConfig(config);
  }

  appendUsageData(usage: UsageParts): void {
    this.data.usage.set(usage);
  }

  addInfoLog(message: string): void {
    this.addLog('INFO', message);
  }

  addErrorLog(message: string): void {
    this.addLog('ERROR', message);
  }

  /** Adds a field of our own behind those of upstream, whose readers pass over it. */
  annotate(name: string, value: unknown): void {
    this.annotations ??= new Map();
    this.annotations.set(name, toWireValue(value, this.mask, name));
  }

  /**
   * The entry as JSON; `text` writes those texts that may lie in a store instead. A brief one says what ran and
   * how, without what it got, gave and said.
   */
  toJson(text: TextWriter = quoteJson, isBrief = false): string {
    const data = isBrief ? new Data(this.form, false) : this.data;
    const logs = isBrief
      ? this.logs.slice(-1).filter((line) => line.length < longestBrief)
      : this.logs;
    const more = [...(this.annotations ?? [])].map(([name, value]) => {
      return `, ${quoteJson(name)}: ${dumps(value, text)}`;
    });
    const source = this.source === undefined ? '' : `, "source": ${quoteJson(this.source)}`;
    return (
      `{"id": ${text(this.id)}, "sid": ${text(this.sid)}, ` +
      `"node_id": ${text(this.nodeId)}, "node_type": ${text(this.nodeType)}, "node_name": ${text(this.nodeName)}, ` +
      `"func_id": ${text(this.funcId)}, "func_type": ${text(this.funcType)}, "func_name": ${text(this.funcName)}, ` +
      `"next_log_ids": ${listOf(this.nextLogIds, text)}, ` +
      `"start_time": ${this.startTime}, "end_time": ${this.endTime}, "duration": ${this.writtenDuration()}, ` +
      `"first_frame_duration": ${this.firstFrameDuration}, "node_first_cost_time": ${this.writtenFirstCost()}, ` +
      `"llm_output": ${text(isBrief ? '' : this.llmOutput)}, "running_status": ${String(this.runningStatus)}, ` +
      `"data": ${data.toJson(text)}, "logs": ${listOf(logs, text)}${source}${more.join('')}}`
    );
  }

  private addLog(level: LogLevel, message: string): void {
    this.logs.push(logLine(level, this.masked(message), this.now()));
  }

  private masked(text: string): string {
    return this.mask === undefined ? text : this.mask.text(text);
  }

  /** The shared library of 2025 sets a tuple by mistake, and a list with one number arrives. */
  private writtenDuration(): string {
    if (this.duration !== undefined) return String(this.duration);
    return this.form === 'common' ? '[0]' : '0';
  }

  /** The engine of 2025 leaves its default an integer. */
  private writtenFirstCost(): string {
    if (this.nodeFirstCostTime !== undefined) return pythonFloat(this.nodeFirstCostTime);
    return this.form === 'g3' ? '-1.0' : '-1';
  }
}

function listOf(texts: Iterable<string>, text: TextWriter): string {
  let list = '';
  for (const item of texts) list += list === '' ? text(item) : `, ${text(item)}`;
  return `[${list}]`;
}
