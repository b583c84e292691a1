import type { Clock } from '../base/clock.ts';
import type {
  DeliveryReport,
  DropReason,
  OnDelivery,
  QueuedRecord,
  SendOptions,
} from './delivery.ts';
import { DeliveryError } from './deliveryError.ts';
import { KafkaPump } from './kafkaPump.ts';
import { createKafkaJsPort } from './kafkaJsPort.ts';
import type { KafkaParts } from './kafkaOptions.ts';
import type { KafkaPort, OnTrouble } from './kafkaPort.ts';
import { serversFault, serversIn } from './kafkaServers.ts';
import { RecordQueue } from './recordQueue.ts';
import type { UnsentRecord } from './recordSender.ts';
import { steadyClock, timerMs } from './systemClock.ts';
import { stderrLog } from './telemetryLog.ts';
import type { TelemetryLog } from './telemetryLog.ts';

/** What the service is made with; the factory fills this from the environment. */
export interface KafkaProducerServiceOptions extends KafkaParts {
  /** Makes the client; not called before the first record. Default: one of kafkajs, for `servers`. */
  readonly port?: ((onTrouble: OnTrouble) => KafkaPort) | undefined;
  /** False: every record is dropped silently. */
  readonly enabled?: boolean | undefined;
  /** How long `deliver`, `flush` and `close` wait at most. */
  readonly timeoutMs?: number | undefined;
  /** How long a record may wait for a broker. */
  readonly deliveryTimeoutMs?: number | undefined;
  /** How many records may wait. Default: 10,000. */
  readonly queueRecords?: number | undefined;
  /** How many bytes may wait. Default: 32 MiB. */
  readonly queueBytes?: number | undefined;
  /** The largest record that is sent. Default: 1,000,000 bytes, which brokers take. */
  readonly recordBytes?: number | undefined;
  /** Takes what the service has to say. Default: warnings and errors to stderr. */
  readonly log?: TelemetryLog | undefined;
  /** For tests. */
  readonly clock?: Clock | undefined;
}

/** What was left when a flush ended. */
export interface FlushResult {
  /** How many records wait still. */
  readonly left: number;
}

const defaultTimeoutMs = 10_000;
/** A restart of a broker takes less; a day's outage must not fill the memory with what nobody will look at. */
const defaultDeliveryTimeoutMs = 120_000;
/** Ten minutes of a busy robot: an execution each second with its snapshots. */
const defaultQueueRecords = 10_000;
/** A robot's machine has little to spare, and a record is some kilobytes. */
const defaultQueueBytes = 32 * 1024 * 1024;
/** The largest record that a broker takes unless told otherwise, less what goes around it. */
const defaultRecordBytes = 1_000_000;

/** Sends records to Kafka without ever holding up or failing the robot that gives them. */
export class KafkaProducerService {
  private readonly enabled: boolean;
  private readonly timeoutMs: number;
  private readonly recordBytes: number;
  private readonly log: TelemetryLog;
  private readonly clock: Clock;
  private readonly queue: RecordQueue;
  private readonly pump: KafkaPump;
  private readonly drops = new Map<DropReason, number>();
  private delivered = 0;
  private closed = false;
  private alive: NodeJS.Timeout | undefined;

  constructor(options: KafkaProducerServiceOptions) {
    this.log = options.log ?? stderrLog();
    const servers = serversIn(options.servers);
    const fault = options.port === undefined ? serversFault(servers, 'servers') : undefined;
    this.enabled = (options.enabled ?? true) && fault === undefined;
    if (options.enabled !== false && fault !== undefined) this.log('error', fault);
    this.timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
    this.recordBytes = options.recordBytes ?? defaultRecordBytes;
    this.clock = options.clock ?? steadyClock();
    this.queue = new RecordQueue({
      records: options.queueRecords ?? defaultQueueRecords,
      bytes: options.queueBytes ?? defaultQueueBytes,
    });
    this.pump = new KafkaPump({
      queue: this.queue,
      port:
        options.port ??
        ((onTrouble) => createKafkaJsPort({ ...options, servers }, this.log, onTrouble)),
      clock: this.clock,
      log: this.log,
      deliveryTimeoutMs: options.deliveryTimeoutMs ?? defaultDeliveryTimeoutMs,
      onReport: (record, report) => this.report(record.onDelivery, report),
      onIdle: () => this.letGo(),
    });
  }

  /** Records that wait or are on their way, and what became of all others. */
  get stats(): {
    readonly waiting: number;
    readonly waitingBytes: number;
    readonly delivered: number;
    readonly dropped: ReadonlyMap<DropReason, number>;
  } {
    const { waiting: sending, bytes } = this.pump.underWay;
    return {
      waiting: this.queue.records + sending,
      waitingBytes: this.queue.bytes + bytes,
      delivered: this.delivered,
      dropped: new Map(this.drops),
    };
  }

  /** Takes a record and returns at once; says whether it was taken. What becomes of it is told to `onDelivery`. */
  send(topic: string, value: string, options: SendOptions = {}): boolean {
    const { key, replaces, timestampMs, onDelivery } = options;
    const record: QueuedRecord = {
      topic,
      value,
      bytes: this.enabled ? Buffer.byteLength(value) : 0,
      key,
      replaces,
      timestampMs,
      onDelivery,
      atMs: this.clock.now(),
    };
    const refusal = this.refusal(record);
    if (refusal !== undefined) {
      this.drop(record, ...refusal);
      return false;
    }
    this.queue.push(record);
    this.hold();
    this.pump.wake();
    return true;
  }

  /** Sends a record and waits until a broker has it; rejects with a `DeliveryError` otherwise. */
  async deliver(topic: string, value: string, options: SendOptions = {}): Promise<DeliveryReport> {
    const { promise, resolve, reject } = withResolvers<DeliveryReport>();
    const limit = this.clock.after(this.timeoutMs, () => {
      const detail = `no broker took it within ${this.timeoutMs / 1_000} s; it is still tried`;
      reject(new DeliveryError(topic, 'timedOut', detail));
    });
    this.send(topic, value, {
      ...options,
      onDelivery: (report) => {
        options.onDelivery?.(report);
        if (report.ok) resolve(report);
        else reject(new DeliveryError(topic, report.reason, report.detail));
      },
    });
    try {
      return await awake(this.timeoutMs, promise);
    } finally {
      limit.dispose();
    }
  }

  /** Waits until nothing waits any more, at most so long; `isLast`: or until it is known why nothing can be sent. */
  async flush(timeoutMs = this.timeoutMs, isLast = false): Promise<FlushResult> {
    await awake(timeoutMs, this.pump.drain(timeoutMs, isLast));
    return { left: this.stats.waiting };
  }

  /** Sends what waits, at most so long, and says what was dropped. Takes no records afterwards. */
  async close(timeoutMs = this.timeoutMs): Promise<FlushResult> {
    if (this.closed) return { left: 0 };
    this.closed = true;
    const result = await this.flush(timeoutMs);
    await awake(this.timeoutMs, this.pump.close());
    this.letGo();
    const lost = [...this.drops].filter(
      ([reason]) => reason !== 'disabled' && reason !== 'superseded',
    );
    const count = lost.reduce((sum, [, some]) => sum + some, 0);
    if (count > 0) {
      const reasons = lost.map(([reason, some]) => `${reason} ${some}`).join(', ');
      const what = count === 1 ? '1 trace record was' : `${count} trace records were`;
      this.log('warn', `${what} dropped: ${reasons}`);
    }
    return result;
  }

  /** Gives back what waits, as it can't be sent any more: whoever takes it says what becomes of it. */
  takeUnsent(): readonly UnsentRecord[] {
    const left = this.pump.takeAll();
    for (const { topic, bytes, onDelivery } of left) {
      const detail = 'it was given back unsent';
      this.tell(onDelivery, { ok: false, topic, reason: 'closed', detail, bytes });
    }
    return left;
  }

  /** Why a record can't be taken; makes room by what it replaces. */
  private refusal(record: QueuedRecord): readonly [DropReason, string] | undefined {
    if (!this.enabled) return ['disabled', 'KAFKA_ENABLE is not set'];
    if (this.closed) return ['closed', 'the service is closed'];
    const { bytes } = record;
    if (bytes > this.recordBytes) {
      return ['tooLarge', `${bytes} bytes; at most ${this.recordBytes} are sent`];
    }
    const older = this.queue.takeReplaced(record);
    if (older !== undefined) this.drop(older, 'superseded', 'a newer record took its place');
    if (!this.queue.hasRoom(record))
      return ['queueFull', 'the broker does not take records fast enough'];
    return undefined;
  }

  private drop({ topic, bytes, onDelivery }: QueuedRecord, reason: DropReason, detail: string) {
    this.report(onDelivery, { ok: false, topic, reason, detail, bytes });
  }

  private report(onDelivery: OnDelivery | undefined, report: DeliveryReport): void {
    if (report.ok) {
      this.delivered++;
      this.log('debug', `${report.bytes} bytes delivered to ${report.topic}`);
    } else {
      const { reason, detail } = report;
      this.drops.set(reason, (this.drops.get(reason) ?? 0) + 1);
      const level = reason === 'disabled' || reason === 'superseded' ? 'debug' : 'warn';
      this.log(level, `a trace record was not sent (${reason}): ${detail}`);
    }
    this.tell(onDelivery, report);
  }

  private tell(onDelivery: OnDelivery | undefined, report: DeliveryReport): void {
    try {
      onDelivery?.(report);
    } catch (error) {
      this.log('error', `the delivery callback failed: ${String(error)}`);
    }
  }

  /** Keeps the process alive so long that what it gave last can be sent; after that it may end. */
  private hold(): void {
    if (this.alive === undefined)
      this.alive = setTimeout(() => {
        this.pump.giveUp();
      }, timerMs(this.timeoutMs));
    else this.alive.refresh();
  }

  private letGo(): void {
    clearTimeout(this.alive);
    this.alive = undefined;
  }
}

/** Keeps the process alive while somebody waits: timers and connections of the service do not. */
async function awake<T>(ms: number, promise: Promise<T>): Promise<T> {
  const alive = setTimeout(() => undefined, timerMs(ms + 100));
  try {
    return await promise;
  } finally {
    clearTimeout(alive);
  }
}

/** Node 20 has no `Promise.withResolvers`. */
function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Whoever awaits sees it; nobody has to.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
