import type { Clock } from '../base/clock.ts';
import { withoutCredentials } from '../base/shownAddress.ts';
import { survivesClosedStderr } from './closedStderr.ts';
import { EventLoopDelays } from './eventLoopDelay.ts';
import { Execution } from './execution.ts';
import type { ExecutionOptions } from './execution.ts';
import { kafkaTopic } from './kafkaProducerFactory.ts';
import type { LargeFieldStore } from './largeFieldStore.ts';
import { KnownNodes } from './knownNodes.ts';
import { learningMask } from './learningMask.ts';
import type { LearningMask } from './learningMask.ts';
import { shownName } from './mask.ts';
import type { MaskOptions } from './mask.ts';
import { Meter } from './meter.ts';
import type { Instruments } from './meter.ts';
import { createIds } from './newId.ts';
import { createSidGenerator } from './sid.ts';
import { steadyClock, systemClock } from './systemClock.ts';
import { stderrLog } from './telemetryLog.ts';
import type { TelemetryLog } from './telemetryLog.ts';
import { needFunction } from './forgotten.ts';
import { settled } from './nodeRun.ts';
import { fieldOf } from './fieldOf.ts';
import { printedError } from './printedError.ts';
import { guardedLog, guardedSender } from './guardedSender.ts';
import { guardedClock, guardedIds, saidOnce } from './guardedWorld.ts';
import { parentHere, parentOf } from './carriedContext.ts';
import type { ParentContext } from './carriedContext.ts';
import { CallSites } from './callSite.ts';
import { inlineLimits, storedLimits } from './attachment.ts';
import { senderOf } from './defaultSender.ts';
import type { RecordSender } from './recordSender.ts';
import { startedExecution, untracedExecution } from './startedExecution.ts';
import type { StartedExecution } from './startedExecution.ts';
import { TracerEnd } from './tracerEnd.ts';
import type { TracerSettings } from './tracerSettings.ts';
import { tracerSids } from './tracerSids.ts';
import type { WorkflowLog } from './workflowLog.ts';
import { textOf } from './wireValue.ts';
import { WrittenFields } from './writtenFields.ts';

/** What a robot says of itself. Only the flow has to be named. */
export interface TracerOptions {
  /** The id of the flow that is run; with its file open, the panel shows its runs. */
  readonly flowId: string;
  /** The application that the robot runs for. */
  readonly appId?: string | undefined;
  /** The version of the robot or its flow. */
  readonly version?: string | undefined;
  /** How it was called, as the services have it. Default: `chat_sse`. */
  readonly logCaller?: string | undefined;
  /** The form of the workflow engine of 2026, or `g1`, that of 2025. Default: `g3`. */
  readonly form?: 'g1' | 'g3' | undefined;
  /** Default: a service as the environment has it, closed with the tracer. */
  readonly producer?: RecordSender | undefined;
  /** Default: KAFKA_TOPIC, else `spark-agent-builder`. */
  readonly topic?: string | undefined;
  /** The key of the records. Default: the id of the flow; null for none, as upstream. */
  readonly key?: string | null | undefined;
  /** Default: the usual names of secrets are hidden. */
  readonly mask?: MaskOptions | false | undefined;
  /** Where texts and attachments go that are too large for a record. Default: none. */
  readonly largeFieldStore?: LargeFieldStore | undefined;
  /** Counts each execution under its code. */
  readonly metrics?: Instruments | undefined;
  /** Records what nodes and executions used of the machine. Default: no. */
  readonly resources?: boolean | undefined;
  /** Milliseconds between two snapshots of an execution, at least 100; false for none. Default: 1,000. */
  readonly snapshotMs?: number | false | undefined;
  /**
   * Milliseconds after which a snapshot is sent though nothing happened: the panel takes an execution that is
   * silent for five minutes for one that stopped. False for never. Default: 60,000.
   */
  readonly heartbeatMs?: number | false | undefined;
  /** OpenTelemetry spans, if the process has a tracer. Default: yes. */
  readonly spans?: boolean | undefined;
  /** Default: 1,000, which makes about a megabyte, the most that a broker takes. */
  readonly maxNodes?: number | undefined;
  /** Whether each node says where in the robot's source it was traced, `file:line`. Default: yes. */
  readonly sources?: boolean | undefined;
  /** Stand in `srv` of each record: an environment, a machine, a customer. */
  readonly tags?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** Share of the executions that are recorded, from 0 to 1; those that fail are recorded all the same. Default: 1. */
  readonly sampling?: number | undefined;
  /**
   * Whether executions that go on are ended and sent when the process is: by a signal, `process.exit` or an error
   * nobody caught. Default: yes.
   */
  readonly endWithProcess?: boolean | undefined;
  /** Where a file is made for records that could not be sent. Default: RPA_TRACE_UNSENT, else a temporary folder. */
  readonly unsentFolder?: string | undefined;
  /** Takes what the library has to say. Default: warnings and errors to stderr. */
  readonly log?: TelemetryLog | undefined;
  /** For tests. */
  readonly clock?: Clock | undefined;
  /** Makes the ids of entries; for tests. */
  readonly newId?: (() => string) | undefined;
  /** Makes the sids of executions; for tests, or for ids of one's own. */
  readonly newSid?: (() => string) | undefined;
}

/** Records the executions of one flow. */
export interface Tracer {
  /** Runs the code as one execution and sends its record. Answers or throws what the code answers or throws. */
  run<T>(options: ExecutionOptions, body: (sid: string) => T): T;
  run<T>(body: (sid: string) => T): T;
  /** Begins an execution that somebody ends by hand. */
  start(options?: ExecutionOptions): StartedExecution;
  /** Sends what is left, at most so long. */
  close(timeoutMs?: number): Promise<void>;
}

const leastSnapshotMs = 100;
/** A store that has not answered by then is one that hangs: the records that wait for it would fill the memory. */
const storeMs = 30_000;
/** A label each; who gives more means something else. */
const mostTags = 100;

/** Makes the tracer of a flow; a robot has one for each flow that it runs. */
export function createTracer(given: TracerOptions): Tracer {
  const options = optionsIn(given);
  if (options.log === undefined) survivesClosedStderr();
  const log = guardedLog(options.log ?? stderrLog());
  // In JavaScript it may be missing; a robot that is traced under no flow is better than one that ends.
  if (!hasFlow(options)) {
    const given = options.flowId as unknown;
    const fault =
      given === undefined || given === null || given === ''
        ? 'createTracer() lacks flowId'
        : `createTracer: flowId is ${textOf(given)}, which is no text`;
    log(
      'error',
      `${fault}. It is the id of the flow that is run: the panel can’t assign the runs.`,
    );
  }
  const settings = settingsOf(options, log);
  const isOwn = options.producer == null;
  const producer =
    options.producer == null ? senderOf(process.env, log) : senderIn(options.producer, log);
  const topic = options.topic ?? kafkaTopic();
  const own = hasFlow(options) ? settings.flowId : undefined;
  const key = options.key === undefined ? own : (options.key ?? undefined);
  const watches = options.endWithProcess ?? true;
  const end = new TracerEnd(producer, log, { watches, folder: options.unsentFolder });

  const send = (value: string, record: WorkflowLog, isFinal: boolean) => {
    const options = {
      replaces: record.sid,
      ...(key !== undefined && { key }),
      ...(!isFinal && { isSnapshot: true }),
    };
    producer.send(topic, value, {
      ...options,
      onDelivery(report) {
        if (report.ok || report.reason !== 'tooLarge' || !isFinal) return;
        // That it ran, and how, is worth more than nothing.
        try {
          record.addSrv('dropped_data', 'too large');
          producer.send(topic, record.toBriefJson(), options);
        } catch (error) {
          log('error', `a record was not written: ${hidden(error)}`);
        }
      },
    });
  };
  const write = (execution: Execution, record: WorkflowLog, isFinal: boolean) => {
    // Whatever goes wrong here must not reach the robot.
    try {
      if (options.largeFieldStore === undefined) {
        send(record.toJson(), record, isFinal);
        return;
      }
      let isSent = false;
      const sendAsItIs = () => {
        if (!isFinal || isSent) return;
        isSent = true;
        send(record.toJson(), record, isFinal);
      };
      const stored = record
        .toJson(options.largeFieldStore)
        .then((value) => {
          // The final record may have overtaken it.
          if (isSent || (!isFinal && execution.isOver)) return;
          isSent = true;
          send(value, record, isFinal);
        })
        .catch((error: unknown) => {
          log('error', `a record was not written: ${hidden(error)}`);
        });
      const limited = settledIn(storeMs, settings.newClock(), stored).then((isSettled) => {
        if (isSettled) return;
        settings.onStoreError(new Error(`the store gave no answer in ${String(storeMs)} ms`));
        sendAsItIs();
      });
      end.stores(limited, sendAsItIs);
    } catch (error) {
      log('error', `a record was not written: ${hidden(error)}`);
    }
  };
  const writeFailed = (execution: Execution, record: WorkflowLog, isFinal: boolean) => {
    if (isFinal && record.status.code !== 0) write(execution, record, isFinal);
  };

  const parentOfProcess = parentOf(process.env);
  const start = (executionOptions: ExecutionOptions): StartedExecution => {
    // A clock, an id or metrics of the robot's own may throw.
    try {
      return startRecorded(executionOptions);
    } catch (error) {
      log('error', `an execution is not recorded: ${hidden(error)}`);
      return untracedExecution;
    }
  };
  const startRecorded = (given: ExecutionOptions): StartedExecution => {
    const executionOptions = readOptions(given);
    const isKept = settings.sampling === 1 || Math.random() < settings.sampling;
    const writeIt = isKept ? write : writeFailed;
    const execution = new Execution(settings, executionOptions, writeIt);
    const { onError } = settings;
    const tags = { ...tagsIn(options.tags, onError), ...tagsIn(executionOptions.tags, onError) };
    for (const [name, value] of Object.entries(tags)) execution.log.addSrv(name, tagText(value));
    const parent = parentHere() ?? parentOfProcess;
    if (parent !== undefined) addParent(execution.log, parent);
    const meter = options.metrics && newMeter(options.metrics, settings);
    const started = startedExecution(execution, () => {
      end.ended(execution);
      meter?.inErrorCount(execution.log.status.code);
    });
    end.began(execution, started.fail);
    return started;
  };

  return {
    run<T>(
      optionsOrBody: ExecutionOptions | ((sid: string) => T),
      bodyIfOptions?: (sid: string) => T,
    ): T {
      const isAlone = typeof optionsOrBody === 'function';
      const executionOptions = isAlone ? {} : optionsOrBody;
      const body = isAlone ? optionsOrBody : bodyIfOptions;
      needFunction(body, 'tracer.run(options, …)');
      const { sid, run, end, fail } = start(executionOptions);
      return settled(() => run(() => (body as (sid: string) => T)(sid)), end, fail);
    },
    start: (executionOptions = {}) => start(executionOptions),
    close: (timeoutMs) => end.close(timeoutMs, isOwn),
  };
}

/** Whether the work, which never rejects, is done within that time. */
function settledIn(ms: number, clock: Clock, work: Promise<void>): Promise<boolean> {
  return new Promise((resolve) => {
    const limit = clock.after(ms, () => {
      resolve(false);
    });
    void work.then(() => {
      limit.dispose();
      resolve(true);
    });
  });
}

/** The sender that was given, where it is one. */
function senderIn(producer: RecordSender, log: TelemetryLog): RecordSender {
  if (typeof fieldOf(producer, 'send') === 'function') return guardedSender(producer, log);
  log(
    'error',
    'createTracer: producer has no function send(topic, value, options). No traces are sent.',
  );
  return { send: () => false };
}

/** Names the execution that began this process or thread, and the entry of its node. */
function addParent(log: WorkflowLog, { sid, logId }: ParentContext): void {
  log.addSrv('parent_sid', sid);
  if (logId !== '') log.addSrv('parent_log_id', logId);
}

function newMeter(metrics: Instruments, settings: TracerSettings) {
  const meter = new Meter(metrics, { func: 'workflow', appId: settings.appId, retAsText: true });
  meter.setLabel('flow_id', settings.flowId);
  return meter;
}

/** Each by itself: what can't be read must not cost the rest. */
function readOptions(given: ExecutionOptions): ExecutionOptions {
  const text = (name: keyof ExecutionOptions) => {
    const value = fieldOf(given, name) ?? undefined;
    return value === undefined ? undefined : textOf(value);
  };
  return {
    question: fieldOf(given, 'question'),
    uid: text('uid'),
    chatId: text('chatId'),
    sid: text('sid'),
    tags: fieldOf(given, 'tags') as ExecutionOptions['tags'],
  };
}

function tagsIn(
  tags: unknown,
  onError: (error: unknown) => void,
): Readonly<Record<string, unknown>> {
  if (typeof tags !== 'object' || tags === null) return {};
  const read: Record<string, unknown> = {};
  try {
    const names = Object.keys(tags);
    if (names.length > mostTags)
      onError(
        new RangeError(
          `of ${String(names.length)} tags the first ${String(mostTags)} are recorded`,
        ),
      );
    for (const name of names.slice(0, mostTags)) read[name] = fieldOf(tags, name);
  } catch {
    // A proxy that names nothing.
  }
  return read;
}

function tagText(value: unknown): string {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : textOf(value);
}

/** In JavaScript there may be none at all. */
function optionsIn(given: unknown): Partial<TracerOptions> {
  return typeof given === 'object' && given !== null ? given : {};
}

function hasFlow(
  options: Partial<TracerOptions>,
): options is Partial<TracerOptions> & { readonly flowId: string } {
  return typeof options.flowId === 'string' && options.flowId !== '';
}

function settingsOf(options: Partial<TracerOptions>, log: TelemetryLog): TracerSettings {
  const once = saidOnce(log);
  const onFault = (what: string, error: unknown) => {
    once(
      'warn',
      `${what} threw or gave nothing of use, the robot goes on without it: ${hidden(error)}`,
    );
  };
  const given = options.clock && guardedClock(options.clock, onFault);
  const number = <T extends number | false>(
    name: keyof TracerOptions,
    value: T,
    usual: number,
    most = Infinity,
  ) => {
    if (value === false || (typeof value === 'number' && value >= 0 && value <= most)) return value;
    const range = most === Infinity ? 'of at least 0' : `from 0 to ${String(most)}`;
    log(
      'warn',
      `createTracer: ${name} is ${textOf(value)}, which is no number ${range}. ${String(usual)} is used.`,
    );
    return usual;
  };
  const snapshotMs = number('snapshotMs', options.snapshotMs ?? 1_000, 1_000);
  const heartbeatMs = number('heartbeatMs', options.heartbeatMs ?? 60_000, 60_000);
  const now = () => (given ?? systemClock).now();
  const forget = () => {
    nodes.clear();
    fields.clear();
  };
  const mask = options.mask === false ? undefined : maskIn(options.mask, forget, log);
  const fields = new WrittenFields(mask?.showsNumbers);
  const nodes = new KnownNodes(mask);
  const ownSid = createSidGenerator({ sub: process.env['SERVICE_SUB'] || 'spf', now });
  const givenSid = options.newSid && guardedIds('newSid', options.newSid, ownSid, onFault);
  const sids = tracerSids(mask, ownSid, givenSid);
  return {
    flowId: hasFlow(options) ? shownName(options.flowId, mask) : '',
    appId: shownName(options.appId ?? '', mask),
    version: options.version ?? '',
    logCaller: options.logCaller ?? 'chat_sse',
    form: options.form ?? 'g3',
    mask,
    nodes,
    fields,
    spans: options.spans ?? true,
    resources: options.resources ?? false,
    eventLoopDelays: new EventLoopDelays(),
    snapshotMs: snapshotMs === false ? undefined : Math.max(leastSnapshotMs, snapshotMs),
    heartbeatMs: heartbeatMs === false ? undefined : Math.max(leastSnapshotMs, heartbeatMs),
    sampling: number('sampling', options.sampling ?? 1, 1, 1),
    maxNodes: number('maxNodes', options.maxNodes ?? 1_000, 1_000),
    callSites: options.sources === false ? undefined : new CallSites(),
    attachmentLimits: options.largeFieldStore === undefined ? inlineLimits : storedLimits,
    newClock: () => given ?? steadyClock(),
    newId: guardedIds('newId', options.newId, createIds(), onFault),
    ...sids,
    onFault,
    onError: (error) => once('warn', `a part of a trace was not recorded: ${faultText(error)}`),
    onStoreError: (error) =>
      once('warn', `a large text stays in its record, it could not be stored: ${hidden(error)}`),
  };
}

/** What can't be read may name secrets: then nothing is shown. */
function maskIn(
  options: MaskOptions | undefined,
  forget: () => void,
  log: TelemetryLog,
): LearningMask {
  try {
    return learningMask(options, forget, log);
  } catch (error) {
    log(
      'error',
      `createTracer: mask can’t be read, so every text is hidden: ${printedError(error)}`,
    );
    return learningMask({ patterns: [/[^]+/] }, forget, log);
  }
}

/** Of a stack that is at its end an expression says that it is invalid, and a function nothing of where. */
function faultText(error: unknown): string {
  const said = hidden(error);
  return /stack (?:size|overflow)/i.test(said)
    ? 'its nodes call each other deeper than the stack has room for. They ran all the same; node --stack-size makes room for more.'
    : said;
}

/** What a store of large texts says may hold its address with all that is in it. */
function hidden(error: unknown): string {
  return withoutCredentials(printedError(error));
}
