import type { Clock } from '../base/clock.ts';
import { withoutCredentials } from '../base/shownAddress.ts';
import type { SendOptions } from './kafkaProducerService.ts';
import { Execution } from './execution.ts';
import type { ExecutionOptions } from './execution.ts';
import { createKafkaProducerService, kafkaTopic } from './kafkaProducerFactory.ts';
import type { LargeFieldStore } from './largeFieldStore.ts';
import { createMask } from './mask.ts';
import type { MaskOptions } from './mask.ts';
import { Meter } from './meter.ts';
import type { Instruments } from './meter.ts';
import { newId } from './newId.ts';
import { createSidGenerator } from './sid.ts';
import { systemClock } from './systemClock.ts';
import { stderrLog } from './telemetryLog.ts';
import type { TelemetryLog } from './telemetryLog.ts';
import { NodeOrder } from './nodeOrder.ts';
import { scopes } from './traceContext.ts';
import type { TracerSettings } from './tracerSettings.ts';
import type { WorkflowLog } from './workflowLog.ts';

/** Takes records; `KafkaProducerService` is one. */
export interface RecordSender {
  send(topic: string, value: string, options: SendOptions): boolean;
}

/** What a robot says of itself. Only the flow has to be named. */
export interface TracerOptions {
  /** The id of the flow that is run; with its file open, the panel shows its runs. */
  readonly flowId: string;
  readonly appId?: string;
  readonly version?: string;
  readonly logCaller?: string;
  readonly form?: 'g1' | 'g3';
  /** Default: a service as the environment has it, closed with the tracer. */
  readonly producer?: RecordSender;
  /** Default: KAFKA_TOPIC, else `spark-agent-builder`. */
  readonly topic?: string;
  /** The key of the records. Default: the id of the flow; null for none, as upstream. */
  readonly key?: string | null;
  /** Default: the usual names of secrets are hidden. */
  readonly mask?: MaskOptions | false;
  readonly largeFieldStore?: LargeFieldStore;
  /** Counts each execution under its code. */
  readonly metrics?: Instruments;
  /** Records what nodes and executions used of the machine. Default: no. */
  readonly resources?: boolean;
  /** Milliseconds between two snapshots of an execution, at least 100; false for none. Default: 1,000. */
  readonly snapshotMs?: number | false;
  /** OpenTelemetry spans, if the process has a tracer. Default: yes. */
  readonly spans?: boolean;
  /** Default: 1,000, which makes about a megabyte, the most that a broker takes. */
  readonly maxNodes?: number;
  readonly log?: TelemetryLog;
  readonly clock?: Clock;
  readonly newId?: () => string;
  readonly newSid?: () => string;
}

/** Records the executions of one flow. */
export interface Tracer {
  /** Runs the code as one execution and sends its record. Answers or throws what the code answers or throws. */
  run<T>(options: ExecutionOptions, body: (sid: string) => T): T;
  /** Sends what is left, at most so long. */
  close(timeoutMs?: number): Promise<void>;
}

const leastSnapshotMs = 100;

export function createTracer(options: TracerOptions): Tracer {
  const log = options.log ?? stderrLog();
  const settings = settingsOf(options, log);
  const own = options.producer === undefined ? createKafkaProducerService({ log }) : undefined;
  const producer = options.producer ?? own;
  const topic = options.topic ?? kafkaTopic();
  const key = options.key === undefined ? options.flowId : (options.key ?? undefined);
  const storing = new Set<Promise<void>>();

  const send = (value: string, record: WorkflowLog, isFinal: boolean) => {
    const options = { replaces: record.sid, ...(key !== undefined && { key }) };
    producer?.send(topic, value, {
      ...options,
      onDelivery(report) {
        if (report.ok || report.reason !== 'tooLarge' || !isFinal) return;
        // That it ran, and how, is worth more than nothing.
        record.addSrv('dropped_data', 'too large');
        producer.send(topic, record.toBriefJson(), options);
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
      const stored = record
        .toJson(options.largeFieldStore)
        .then((value) => {
          // The final record may have overtaken it.
          if (isFinal || !execution.isOver) send(value, record, isFinal);
        })
        .catch((error: unknown) => log('error', `a record was not written: ${hidden(error)}`))
        .finally(() => storing.delete(stored));
      storing.add(stored);
    } catch (error) {
      log('error', `a record was not written: ${String(error)}`);
    }
  };

  return {
    run(executionOptions, body) {
      const execution = new Execution(settings, executionOptions, write);
      const meter = options.metrics && newMeter(options.metrics, settings);
      return runIn(execution, body, () => meter?.inErrorCount(execution.log.status.code));
    },
    async close(timeoutMs) {
      await Promise.all(storing);
      await own?.close(timeoutMs);
    },
  };
}

function runIn<T>(execution: Execution, body: (sid: string) => T, onEnd: () => void): T {
  const { span } = execution;
  const outside = { nodeId: undefined, logId: undefined, round: undefined };
  const scope = { execution, ...outside, span, order: new NodeOrder() };
  const run = () => scopes().run(scope, body, execution.log.sid);
  const succeed = (value: unknown) => {
    execution.safely(() => execution.succeed(value));
    execution.safely(onEnd);
  };
  const fail = (error: unknown) => {
    execution.safely(() => execution.fail(error));
    execution.safely(onEnd);
  };
  let result: T;
  try {
    result = span === undefined ? run() : span.run(run);
  } catch (error) {
    fail(error);
    throw error;
  }
  if (!(result instanceof Promise)) {
    succeed(result);
    return result;
  }
  return result.then(
    (value: unknown) => {
      succeed(value);
      return value;
    },
    (error: unknown) => {
      fail(error);
      throw error;
    },
  ) as T;
}

function newMeter(metrics: Instruments, settings: TracerSettings) {
  const meter = new Meter(metrics, { func: 'workflow', appId: settings.appId, retAsText: true });
  meter.setLabel('flow_id', settings.flowId);
  return meter;
}

function settingsOf(options: TracerOptions, log: TelemetryLog): TracerSettings {
  const { clock = systemClock, snapshotMs = 1_000 } = options;
  const now = () => clock.now();
  return {
    flowId: options.flowId,
    appId: options.appId ?? '',
    version: options.version ?? '',
    logCaller: options.logCaller ?? 'chat_sse',
    form: options.form ?? 'g3',
    mask: options.mask === false ? undefined : createMask(options.mask),
    spans: options.spans ?? true,
    resources: options.resources ?? false,
    snapshotMs: snapshotMs === false ? undefined : Math.max(leastSnapshotMs, snapshotMs),
    maxNodes: options.maxNodes ?? 1_000,
    clock,
    now,
    newId: options.newId ?? newId,
    newSid: options.newSid ?? createSidGenerator({ sub: process.env['SERVICE_SUB'] || 'spf', now }),
    onError: (error) => log('warn', `a part of a trace was not recorded: ${String(error)}`),
    onStoreError: (error) =>
      log('warn', `a large text stays in its record, it could not be stored: ${hidden(error)}`),
  };
}

/** What a store of large texts says may hold its address with all that is in it. */
function hidden(error: unknown): string {
  return withoutCredentials(String(error));
}
