import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { DeliveryReport, DropReason, QueuedRecord } from './delivery.ts';
import { KafkaPortError } from './kafkaPort.ts';
import type { KafkaPort, OnTrouble } from './kafkaPort.ts';
import type { RecordQueue } from './recordQueue.ts';
import type { TelemetryLog } from './telemetryLog.ts';

/** What the pump works with. */
export interface KafkaPumpOptions {
  readonly queue: RecordQueue;
  readonly port: (onTrouble: OnTrouble) => KafkaPort;
  readonly clock: Clock;
  readonly log: TelemetryLog;
  readonly deliveryTimeoutMs: number;
  readonly onReport: (record: QueuedRecord, report: DeliveryReport) => void;
  /** Called when nothing is left to be sent. */
  readonly onIdle: () => void;
}

/** A batch counts as one record for the limit of a broker. */
const batchBytes = 1_000_000;
const batchRecords = 500;
const firstPauseMs = 250;
/** A broker that comes back is met within this. */
const longestPauseMs = 5_000;
/** Each broker of a cluster may have a trouble of its own; more is noise. */
const mostTold = 8;

/** Takes records out of the queue batch by batch; one that fails for now is tried again, in its place. */
export class KafkaPump {
  private readonly options: KafkaPumpOptions;
  private readonly waiters = new Set<() => void>();
  /** Those of them that wait no longer once it is known why nothing is delivered. */
  private readonly lastWaiters = new Set<() => void>();
  private port: KafkaPort | undefined;
  private running = false;
  private closed = false;
  private isTrying = false;
  private sending: readonly QueuedRecord[] = [];
  /** Records of a batch that was too large, to be sent before what waits in the queue. */
  private rest: readonly QueuedRecord[] = [];
  private lastError = 'no broker took it';
  private endPause: (() => void) | undefined;
  /** What was said of why nothing is delivered; until something is, it is not said again. */
  private readonly told = new Set<string>();

  constructor(options: KafkaPumpOptions) {
    this.options = options;
  }

  private get hasWork(): boolean {
    return this.sending.length + this.rest.length + this.options.queue.records > 0;
  }

  get underWay(): { readonly waiting: number; readonly bytes: number } {
    const records = [...this.sending, ...this.rest];
    const bytes = records.reduce((sum, record) => sum + record.bytes, 0);
    return { waiting: records.length, bytes };
  }

  /** Starts to send, if it does not yet. Records given in the same turn go together. */
  wake(): void {
    if (this.running || this.closed) return;
    this.running = true;
    setImmediate(() => void this.run());
  }

  /** Resolves when nothing is left, or after so long; tries again at once. `isLast`: also once it is known why nothing is sent. */
  async drain(timeoutMs: number, isLast = false): Promise<void> {
    if (!this.running || timeoutMs <= 0 || !this.hasWork) return;
    if (isLast && this.told.size > 0) return;
    this.endPause?.();
    let limit: Disposable | undefined;
    await new Promise<void>((resolve) => {
      const done = () => {
        this.waiters.delete(done);
        this.lastWaiters.delete(done);
        resolve();
      };
      this.waiters.add(done);
      if (isLast) this.lastWaiters.add(done);
      limit = this.options.clock.after(timeoutMs, done);
    });
    limit?.dispose();
  }

  /** Takes all that no broker has acknowledged; one that is on its way may arrive all the same. */
  takeAll(): readonly QueuedRecord[] {
    const left = [...this.sending, ...this.rest, ...this.options.queue.takeAll()];
    this.sending = [];
    this.rest = [];
    this.wakeWaiters();
    return left;
  }

  /** Ends an attempt that hangs: it says why, and no longer keeps the process alive. What waits is tried again. */
  giveUp(): void {
    if (this.isTrying) this.port?.abandon();
  }

  /** Drops what is left and lets the client go. */
  async close(): Promise<void> {
    this.giveUp();
    this.closed = true;
    this.endPause?.();
    const left = this.takeAll();
    this.drop(left, 'closed', 'the service was closed');
    // A client that hangs hangs at its end too.
    const { port } = this;
    if (port === undefined) return;
    await new Promise<void>((resolve) => {
      const limit = this.options.clock.after(1_000, resolve);
      void port.close().finally(() => {
        limit.dispose();
        resolve();
      });
    });
  }

  private async run(): Promise<void> {
    const { queue, onIdle } = this.options;
    let pauseMs = firstPauseMs;
    while (!this.closed) {
      this.expire();
      if (this.sending.length === 0) this.sending = queue.takeBatch(batchRecords, batchBytes);
      if (this.sending.length === 0) break;
      if (await this.sendOnce()) pauseMs = firstPauseMs;
      else {
        // Somebody waits for the end: no time for long pauses.
        const wantedMs = this.waiters.size > 0 ? firstPauseMs : pauseMs;
        await this.pause(Math.min(wantedMs, this.untilExpiryMs()));
        pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      }
    }
    this.running = false;
    onIdle();
    this.wakeWaiters();
  }

  private wakeWaiters(): void {
    for (const waiter of [...this.waiters]) waiter();
  }

  /** Sends the batch; false: no broker takes it now, and it waits for another try. */
  private async sendOnce(): Promise<boolean> {
    const batch = this.sending;
    const topic = batch[0]?.topic ?? '';
    try {
      this.port ??= this.options.port((trouble) => {
        this.tellTrouble({ trouble, kind: 'later' });
      });
      this.isTrying = true;
      const partition = (await this.port.send(topic, batch)) ?? null;
      // Closed meanwhile: they were reported as dropped.
      if (this.sending !== batch) return true;
      this.sending = [];
      this.tellDelivery();
      for (const record of batch) {
        this.options.onReport(record, { ok: true, topic, partition, bytes: record.bytes });
      }
      return true;
    } catch (error) {
      if (this.sending !== batch) return true;
      return this.isSettled(batch, asPortError(error));
    } finally {
      this.isTrying = false;
    }
  }

  /** Whether an error says what becomes of the batch. */
  private isSettled(batch: readonly QueuedRecord[], error: KafkaPortError): boolean {
    this.options.log('debug', `a batch was not sent (${error.kind}): ${error.message}`);
    this.lastError = error.message;
    this.tellTrouble(error);
    if (error.kind === 'later') return false;
    if (error.kind === 'tooLarge' && batch.length > 1) {
      // Only their sum may be too large.
      const half = Math.ceil(batch.length / 2);
      this.sending = batch.slice(0, half);
      this.rest = [...batch.slice(half), ...this.rest];
    } else {
      this.sending = [];
      this.drop(batch, error.kind, error.message);
    }
    return true;
  }

  /** While it happens: whoever closes the robot's window sees nothing of what is said at its end. */
  private tellTrouble({ trouble, kind }: Pick<KafkaPortError, 'trouble' | 'kind'>): void {
    if (trouble === undefined || this.told.has(trouble) || this.told.size >= mostTold) return;
    this.told.add(trouble);
    const next = kind === 'later' ? ' It is tried again.' : '';
    const sentence = trouble.replace(/[^.!?…]$/, '$&.');
    this.options.log('warn', `No traces are delivered: ${sentence}${next}`);
    for (const waiter of [...this.lastWaiters]) waiter();
  }

  private tellDelivery(): void {
    if (this.told.size > 0) this.options.log('info', 'Traces are delivered again.');
    this.told.clear();
  }

  /** Gives up what has waited too long. */
  private expire(): void {
    const { clock, deliveryTimeoutMs, queue } = this.options;
    if (this.sending.length === 0 && this.rest.length > 0) {
      this.sending = this.rest;
      this.rest = [];
    }
    const oldest = clock.now() - deliveryTimeoutMs;
    const late = this.sending.filter(({ atMs }) => atMs < oldest);
    if (late.length > 0) this.sending = this.sending.filter(({ atMs }) => atMs >= oldest);
    this.drop([...late, ...queue.takeOlderThan(oldest)], 'timedOut', this.lastError);
  }

  /** Milliseconds after which the first of the batch has waited too long. */
  private untilExpiryMs(): number {
    const { clock, deliveryTimeoutMs } = this.options;
    const givenMs = this.sending[0]?.atMs ?? clock.now();
    return Math.max(1, givenMs + deliveryTimeoutMs + 1 - clock.now());
  }

  private drop(records: readonly QueuedRecord[], reason: DropReason, detail: string): void {
    for (const record of records) {
      const { topic, bytes } = record;
      this.options.onReport(record, { ok: false, topic, reason, detail, bytes });
    }
  }

  private async pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = this.options.clock.after(ms, resolve);
      this.endPause = () => {
        timer.dispose();
        resolve();
      };
    });
    this.endPause = undefined;
  }
}

function asPortError(error: unknown): KafkaPortError {
  if (error instanceof KafkaPortError) return error;
  const message = error instanceof Error ? error.message : String(error);
  // The client itself could not be loaded or made: no address is known, and it is told as it is.
  return new KafkaPortError('later', message, { cause: error, trouble: message });
}
