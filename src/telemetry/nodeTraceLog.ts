import { HiddenNames } from './hiddenNames.ts';
import type { LargeFieldStore } from './largeFieldStore.ts';
import { shownName } from './mask.ts';
import type { Mask } from './mask.ts';
import { maskFrom } from './maskFrom.ts';
import type { NodeLog } from './nodeLog.ts';
import { dumps, pythonFloat, quoteJson, str } from './pythonText.ts';
import { Status } from './status.ts';
import { writeStored } from './storedTexts.ts';
import type { TextWriter } from './storedTexts.ts';
import { Usage } from './usage.ts';
import { toWireValue } from './wireValue.ts';

/** What an execution's log is made with. */
export interface NodeTraceLogOptions {
  /** Names the execution. */
  readonly sid: string;
  /** The service that runs it: `rpa-server`, `spark-link`, … */
  readonly sub: string;
  /** What was called: a flow, a tool. */
  readonly serviceId?: string | undefined;
  /** The application it was called for. */
  readonly appId?: string | undefined;
  /** Who asked. */
  readonly uid?: string | undefined;
  /** The conversation it belongs to. */
  readonly chatId?: string | undefined;
  /** Who called the service. */
  readonly caller?: string | undefined;
  /** How it was called. */
  readonly logCaller?: string | undefined;
  /** Default: the usual secrets are hidden; false for none. */
  readonly mask?: Mask | false | undefined;
  /** Milliseconds since the epoch. */
  readonly now?: (() => number) | undefined;
  /** Told when a large text could not be stored; it stays in the record. */
  readonly onStoreError?: ((error: unknown) => void) | undefined;
  /** Addresses of texts that are stored already: those of an earlier snapshot. */
  readonly storedTexts?: Map<string, string> | undefined;
}

/** A longer text is cut in a brief record. */
const longestBrief = 1_000;

/** The record of one execution of a service: one message on the topic. Times are milliseconds since the epoch. */
export class NodeTraceLog {
  /** Names the execution. */
  readonly sid: string;
  /** The service that runs it. */
  readonly sub: string;
  /** The application it was called for. */
  readonly appId: string;
  /** The conversation it belongs to. */
  readonly chatId: string;
  /** What was called: a flow, a tool. */
  serviceId: string;
  /** Who asked. */
  uid: string;
  /** Who called the service. */
  caller: string;
  /** How it was called. */
  logCaller: string;
  /** What was asked, masked. */
  question = '';
  /** What was answered, masked. */
  answer = '';
  /** When it began, milliseconds since the epoch. */
  startTime: number;
  /** When it ended, milliseconds since the epoch; 0 in a snapshot. */
  endTime: number;
  /** How long it took, in milliseconds. */
  duration = 0;
  /** What else is known of it, by name. */
  readonly srv = new Map<string, string>();
  /** The same once more, as upstream has it. */
  readonly srvTag = new Map<string, string>();
  /** How it ended. */
  readonly status = new Status();
  /** Tokens of all of its nodes. */
  readonly usage = new Usage();
  /** The version of the form. */
  readonly version = 'v2.0.0';
  /** In the order in which nodes have ended; one that ran again stands here again. */
  readonly trace: NodeLog[] = [];
  /** Addresses of large texts by the text. */
  readonly storedTexts: Map<string, string>;
  /** Milliseconds; undefined while there was no first frame. */
  protected firstFrameDuration: number | undefined;
  private readonly srvNames = new HiddenNames();
  private readonly mask: Mask | undefined;
  private readonly now: () => number;
  private readonly onStoreError: ((error: unknown) => void) | undefined;
  private readonly judgesSid: boolean;

  /** `judgesSid` false: a tracer has judged the sid, or made it. */
  constructor(options: NodeTraceLogOptions, judgesSid = true) {
    this.mask = maskFrom(options.mask);
    this.judgesSid = judgesSid;
    // Numbers, often; a reader expects a text. Each may be an address, with a token in it.
    this.sid = judgesSid ? this.shown(options.sid) : options.sid;
    this.sub = this.shown(options.sub);
    this.serviceId = this.shown(options.serviceId);
    this.appId = this.shown(options.appId);
    this.uid = this.shown(options.uid);
    this.chatId = this.shown(options.chatId);
    this.caller = this.shown(options.caller);
    this.logCaller = this.shown(options.logCaller);
    this.now = options.now ?? Date.now;
    this.onStoreError = options.onStoreError;
    this.storedTexts = options.storedTexts ?? new Map<string, string>();
    this.startTime = this.now();
    this.endTime = this.startTime;
  }

  /** Takes over what was asked. */
  addQ(question: string): void {
    this.question = this.masked(question);
  }

  /** Takes over what was answered. */
  addA(answer: string): void {
    this.answer = this.masked(answer);
  }

  /** Adds an entry to `srv` and to `srv_tag`, as upstream does. */
  addSrv(name: string, value: string): void {
    const written = str(toWireValue(value, this.mask, name));
    const shown = this.srvNames.of(name, this.shown(name), this.srv);
    if (shown === undefined) return;
    this.srv.set(shown, written);
    this.srvTag.set(shown, written);
  }

  /** How long it took to the first part of an answer, in milliseconds. */
  addFirstFrameDuration(ms: number): void {
    this.firstFrameDuration = ms;
  }

  /** How it ended: 0 for well, else the code of the error. */
  setStatus(code: number, message: string): void {
    this.status.set(code, this.masked(message));
  }

  /** Adds entries of nodes. */
  addNodeLog(logs: readonly NodeLog[]): void {
    for (const log of logs) this.trace.push(log);
  }

  /** The same, under the name that tool services have for it. */
  addFuncLog(logs: readonly NodeLog[]): void {
    this.addNodeLog(logs);
  }

  /** It begins now. */
  setStart(): void {
    this.startTime = this.now();
  }

  /** Ends the execution and sums up what its nodes used: repeated entries count again, as upstream. */
  setEnd(): void {
    // A clock may be put back.
    this.endTime = Math.max(this.startTime, this.now());
    this.duration = this.endTime - this.startTime;
    this.usage.set({});
    for (const { data } of this.trace) this.usage.add(data.usage);
  }

  /** The record as upstream writes it. With a store, texts over 5,087 bytes lie there, and the answer has to be awaited. */
  toJson(): string;
  toJson(largeFieldStore: LargeFieldStore): Promise<string>;
  toJson(largeFieldStore: LargeFieldStore | undefined): string | Promise<string>;
  toJson(largeFieldStore?: LargeFieldStore): string | Promise<string> {
    if (largeFieldStore === undefined) return this.write(quoteJson);
    const write = (text: TextWriter) => this.write(text);
    return writeStored(largeFieldStore, write, this.storedTexts, this.onStoreError);
  }

  /** The record without what nodes got, gave and said, and with long texts cut: for one that no broker takes. */
  toBriefJson(): string {
    const cut = (text: string) =>
      quoteJson(text.length > longestBrief ? `${text.slice(0, longestBrief)}…` : text);
    return this.write(cut, true);
  }

  /** The fields that say whose execution it is, as JSON members. */
  protected identity(text: TextWriter, sid: string): string {
    return (
      `"service_id": ${text(this.serviceId)}, "sid": ${sid}, "app_id": ${text(this.appId)}, ` +
      `"uid": ${text(this.uid)}, "chat_id": ${text(this.chatId)}`
    );
  }

  protected writtenFirstFrame(): string {
    return pythonFloat(this.firstFrameDuration ?? -1);
  }

  private write(text: TextWriter, isBrief = false): string {
    let entries = '';
    for (const log of this.trace) {
      const entry = log.toJson(text, isBrief);
      entries += entries === '' ? entry : `, ${entry}`;
    }
    // What may be set later is looked at again.
    const head: TextWriter = (value) => text(this.shown(value));
    const sid = (this.judgesSid ? head : text)(this.sid);
    return (
      `{${this.identity(head, sid)}, "sub": ${head(this.sub)}, ` +
      `"caller": ${head(this.caller)}, "log_caller": ${head(this.logCaller)}, ` +
      `"question": ${text(this.question)}, "answer": ${text(this.answer)}, ` +
      `"start_time": ${this.startTime}, "end_time": ${this.endTime}, "duration": ${this.duration}, ` +
      `"first_frame_duration": ${this.writtenFirstFrame()}, ` +
      `"srv": ${dumps(this.srv, text)}, "srv_tag": ${dumps(this.srvTag, text)}, ` +
      `"status": ${this.status.toJson(text)}, "usage": ${this.usage.toJson()}, ` +
      `"version": ${text(this.version)}, "trace": [${entries}]}`
    );
  }

  /** A name or an id, as it may be written. */
  protected shown(name: unknown): string {
    return shownName(name ?? '', this.mask);
  }

  private masked(text: string): string {
    return this.mask === undefined ? text : this.mask.text(text);
  }
}
