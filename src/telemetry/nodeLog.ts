import { Data } from './data.ts';
import { logLine } from './logLine.ts';
import type { LogLevel } from './logLine.ts';
import { shownName } from './mask.ts';
import type { Mask } from './mask.ts';
import { maskFrom } from './maskFrom.ts';
import { HiddenNames } from './hiddenNames.ts';
import { newId } from './newId.ts';
import { NodeHead } from './nodeHead.ts';
import type { NodeNames } from './nodeHead.ts';
import { dumps, pythonFloat, quoteJson } from './pythonText.ts';
import type { TextWriter } from './storedTexts.ts';
import type { TextRoom } from './textRoom.ts';
import type { UsageParts } from './usage.ts';
import type { WireForm } from './wireForm.ts';
import { toWireValue } from './wireValue.ts';
import type { WireValue } from './wire.ts';
import type { WrittenFields } from './writtenFields.ts';

/** What a node's log is made with; names of `func` that are missing are those of `node`. */
export interface NodeLogOptions {
  /** The execution it belongs to. */
  readonly sid: string;
  /** Names the entry. Default: one is made. */
  readonly id?: string | undefined;
  /** The node of the flow. */
  readonly nodeId?: string | undefined;
  /** What kind of node it is. */
  readonly nodeType?: string | undefined;
  /** What people call the node. */
  readonly nodeName?: string | undefined;
  /** The function behind the node. */
  readonly funcId?: string | undefined;
  /** What kind of function that is. */
  readonly funcType?: string | undefined;
  /** What people call it. */
  readonly funcName?: string | undefined;
  /** Default: `g3`, the workflow engine's of today. */
  readonly form?: WireForm | undefined;
  /** Default: the usual secrets are hidden; false for none. */
  readonly mask?: Mask | false | undefined;
  /** Milliseconds since the epoch. */
  readonly now?: (() => number) | undefined;
}

/** What the entries of one tracer share. */
export interface SharedByNodes {
  readonly head: NodeHead;
  readonly fields: WrittenFields;
  readonly room: TextRoom;
}

/** A longer line is left out of a brief entry; the last one is that of the error, if there was one. */
const longestBrief = 1_000;

const noFirstCost = '-1.0';
/** The engine of 2025 leaves its default an integer. */
const noFirstCostBefore = '-1';
/** Nothing of a model, and no failure: so are nearly all nodes. A bundle without nodes leaves it out. */
const usualAnswer = /* @__PURE__ */ answerWithout(noFirstCost);
const usualAnswerBefore = /* @__PURE__ */ answerWithout(noFirstCostBefore);

function answerWithout(firstCost: string): string {
  return `"first_frame_duration": -1, "node_first_cost_time": ${firstCost}, "llm_output": "", "running_status": true, `;
}

/** One entry of a trace: what a node did. Times are milliseconds since the epoch. */
export class NodeLog {
  /** Names the entry; entries with the same id are rounds or attempts of one node. */
  readonly id: string;
  /** The execution it belongs to. */
  readonly sid: string;
  /** When it began, milliseconds since the epoch. */
  startTime: number;
  /** When it ended, milliseconds since the epoch; 0 while it runs. */
  endTime: number;
  /** Milliseconds; undefined until the node has ended. */
  duration: number | undefined;
  /** Milliseconds from the start to the first part of an answer; -1 for none. */
  firstFrameDuration = -1;
  /** What a model has answered. */
  llmOutput = '';
  /** False once it has failed. */
  runningStatus = true;
  /** What it got, gave and was set up with. */
  readonly data: Data;
  /** Its log, each line as JSON. */
  readonly logs: string[] = [];
  /** Where it was traced in the robot's source, `file:line`; a field of our own. */
  source: string | undefined;
  private nodeFirstCostTime: number | undefined;
  private next: Set<string> | undefined;
  private ownIds = '';
  private annotations: Map<string, WireValue> | undefined;
  private readonly annotationNames = new HiddenNames();
  private readonly judgesIds: boolean;
  private readonly head: NodeHead;
  private readonly form: WireForm;
  private readonly mask: Mask | undefined;
  private readonly now: () => number;

  /** `shared` is what a tracer knows already of the node and its values. */
  constructor(options: NodeLogOptions, shared?: SharedByNodes) {
    const { now = Date.now } = options;
    this.form = options.form ?? 'g3';
    // A tracer's own mask does not throw; it has judged the names already, and made the ids.
    const { mask } = options;
    this.mask = shared === undefined || mask === false ? maskFrom(mask) : mask;
    this.judgesIds = shared === undefined;
    this.id = options.id === undefined ? newId() : this.shownId(options.id);
    this.sid = this.shownId(options.sid);
    this.head = shared?.head ?? new NodeHead(this.shownNames(options));
    this.now = now;
    this.startTime = now();
    this.endTime = this.startTime;
    this.data = new Data(this.form, this.mask ?? false, shared?.fields, shared?.room);
  }

  /** The node of the flow. */
  get nodeId(): string {
    return this.head.nodeId;
  }

  /** What kind of node it is. */
  get nodeType(): string {
    return this.head.nodeType;
  }

  /** What people call the node. */
  get nodeName(): string {
    return this.head.nodeName;
  }

  /** The function behind the node; mostly the node itself. */
  get funcId(): string {
    return this.head.funcId;
  }

  /** What kind of function that is. */
  get funcType(): string {
    return this.head.funcType;
  }

  /** What people call it. */
  get funcName(): string {
    return this.head.funcName;
  }

  /** Ids of the logs of all nodes that may follow. */
  get nextLogIds(): Set<string> {
    return (this.next ??= new Set());
  }

  /** Adds the log of a node that may follow. */
  setNextNodeId(logId: string): void {
    this.nextLogIds.add(logId);
  }

  /** It begins now. */
  setStart(): void {
    this.startTime = this.now();
  }

  /** It ends now. */
  setEnd(): void {
    // A clock may be put back; no reader expects what ends before it begins.
    this.endTime = Math.max(this.startTime, this.now());
    this.duration = this.endTime - this.startTime;
  }

  /** The first part of an answer is here now. */
  setFirstFrameDuration(): void {
    this.firstFrameDuration = Math.max(0, this.now() - this.startTime);
  }

  /** How long a model took to its first word, in seconds. */
  setNodeFirstCostTime(seconds: number): void {
    this.nodeFirstCostTime = seconds;
  }

  /** What a model has answered, masked. */
  setLlmOutput(output: string): void {
    const masked = this.masked(output);
    if (this.data.takes(masked.length, 'llm_output')) this.llmOutput = masked;
  }

  /** Adds something that the node got. */
  appendInputData(name: string, value: unknown): void {
    this.data.appendInput(name, value);
  }

  /** Adds something that the node gave. */
  appendOutputData(name: string, value: unknown): void {
    this.data.appendOutput(name, value);
  }

  /** Adds an output that is written as it is, unmasked. */
  appendAttachment(name: string, text: string): void {
    this.data.appendAttachment(name, text);
  }

  /** Adds settings of the node; of one name the last counts. */
  appendConfigData(config: Readonly<Record<string, unknown>>): void {
    this.data.appendConfig(config);
  }

  /** Takes over the tokens that a model has taken and given. */
  appendUsageData(usage: UsageParts): void {
    this.data.usage.set(usage);
  }

  /** Adds a line to its log. */
  addInfoLog(message: string): void {
    this.addLine('INFO', this.masked(message));
  }

  /** Adds an error to its log. */
  addErrorLog(message: string): void {
    this.addLine('ERROR', this.masked(message));
  }

  /** Adds a line in which nothing is to be hidden any more. */
  addLine(level: LogLevel, message: string): void {
    this.logs.push(logLine(level, message, this.now()));
  }

  /** Adds a field of our own behind those of upstream, whose readers pass over it. */
  annotate(name: string, value: unknown): void {
    this.annotations ??= new Map();
    const shown = this.annotationNames.of(name, shownName(name, this.mask), this.annotations);
    if (shown !== undefined) this.annotations.set(shown, toWireValue(value, this.mask, name));
  }

  /** The same for an id that the library made itself: there is nothing in it to hide. */
  annotateId(name: string, id: string): void {
    this.ownIds += `, ${quoteJson(name)}: ${quoteJson(id)}`;
  }

  /** Where in the flow it runs: within the entry of a node, in a round of it. */
  setPlace(place: Readonly<Record<string, string | number>>): void {
    this.data.setPlace(place);
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
    const source = this.source === undefined ? '' : `, "source": ${quoteJson(this.source)}`;
    const writeId: TextWriter = this.judgesIds ? (id) => text(this.shownId(id)) : text;
    const next = this.next === undefined ? '[]' : listOf(this.next, writeId);
    return (
      `{"id": ${text(this.id)}, "sid": ${text(this.sid)}, ${this.head.members(text)}, "next_log_ids": ${next}, ` +
      `"start_time": ${this.startTime}, "end_time": ${this.endTime}, "duration": ${this.writtenDuration()}, ` +
      `${this.answered(isBrief ? '' : this.llmOutput, text)}"data": ${data.toJson(text)}, "logs": ${listOf(logs, text)}${source}${this.ownIds}${this.annotated(text)}}`
    );
  }

  /** What a model answered and when, and whether it went well. */
  private answered(llmOutput: string, text: TextWriter): string {
    const isUsual =
      this.runningStatus &&
      llmOutput === '' &&
      this.firstFrameDuration === -1 &&
      this.nodeFirstCostTime === undefined;
    // One piece instead of eight: a record is put together of what its nodes are.
    if (isUsual) return this.form === 'g3' ? usualAnswer : usualAnswerBefore;
    return (
      `"first_frame_duration": ${this.firstFrameDuration}, "node_first_cost_time": ${this.writtenFirstCost()}, ` +
      `"llm_output": ${text(llmOutput)}, "running_status": ${String(this.runningStatus)}, `
    );
  }

  private annotated(text: TextWriter): string {
    let members = '';
    for (const [name, value] of this.annotations ?? [])
      members += `, ${quoteJson(name)}: ${dumps(value, text)}`;
    return members;
  }

  private shownId(id: string): string {
    return this.judgesIds ? shownName(id, this.mask) : id;
  }

  private shownNames(names: NodeNames): NodeNames {
    const shown = (name: string | undefined) => shownName(name ?? '', this.mask);
    return {
      nodeId: shown(names.nodeId),
      nodeType: shown(names.nodeType),
      nodeName: shown(names.nodeName),
      funcId: shown(names.funcId),
      funcType: shown(names.funcType),
      funcName: shown(names.funcName),
    };
  }

  private masked(text: string): string {
    return this.mask === undefined ? text : this.mask.text(text);
  }

  /** The shared library of 2025 sets a tuple by mistake, and a list with one number arrives. */
  private writtenDuration(): string {
    if (this.duration !== undefined) return String(this.duration);
    return this.form === 'common' ? '[0]' : '0';
  }

  private writtenFirstCost(): string {
    if (this.nodeFirstCostTime !== undefined) return pythonFloat(this.nodeFirstCostTime);
    return this.form === 'g3' ? noFirstCost : noFirstCostBefore;
  }
}

function listOf(texts: Iterable<string>, text: TextWriter): string {
  let list = '';
  for (const item of texts) list += list === '' ? text(item) : `, ${text(item)}`;
  return `[${list}]`;
}
