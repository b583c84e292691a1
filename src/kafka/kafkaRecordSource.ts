import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { shownAddresses } from '../base/shownAddress.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type {
  KafkaConnection,
  PartitionRange,
  RecordSink,
  RecordSource,
  SourceError,
  SourceState,
  StartPosition,
} from '../record/recordSource.ts';
import { createKafkaClient, type KafkaClient, type KafkaLog } from './connection.ts';
import { isGroupsNotReady, lossOf, toSourceError } from './kafkaErrors.ts';
import { openSession, type KafkaSession } from './kafkaSession.ts';
import { createPositions } from './positions.ts';
import { createRecordReader } from './recordReader.ts';
import { retryDelay } from './retry.ts';
import type { SocketEnd } from './socketWatch.ts';
import { createStateTeller, type StateTeller } from './stateTeller.ts';
import { clusterIdOf, describeTopic, placeIn } from './topic.ts';

/** What a Kafka source needs. */
export interface KafkaRecordSourceOptions {
  readonly connection: KafkaConnection;
  readonly topic: string;
  readonly start: StartPosition;
  readonly clock: Clock;
  readonly log: KafkaLog;
}

const askLagWhilePausedMs = 2_000;

/** Reads a topic through an ephemeral consumer group and goes on where it was after any loss. */
export function createKafkaRecordSource(options: KafkaRecordSourceOptions): RecordSource {
  return new KafkaRecordSource(options);
}

class KafkaRecordSource implements RecordSource {
  private readonly options: KafkaRecordSourceOptions;
  private readonly positions = createPositions();
  private readonly reader: ReturnType<typeof createRecordReader>;
  private sink: RecordSink | undefined;
  private session: KafkaSession | undefined;
  private clusterId = '';
  private placed = false;
  private groupsNotReady = false;
  private stopped = false;
  private paused = false;
  private attempt = 0;
  private readonly states: StateTeller;
  /** Asks for the lag, or tries again: each replaces its predecessor. */
  private readonly timers = new Map<'ask' | 'retry', Disposable>();
  private readonly onLoss = (text: string) => this.options.log('warn', text);
  /** The delivery under way; a new session waits for the last one's. */
  private delivery: Promise<void> = Promise.resolve();

  constructor(options: KafkaRecordSourceOptions) {
    this.options = options;
    this.reader = createRecordReader(options);
    this.states = createStateTeller(options.clock, (state) => this.sink?.onState(state));
  }

  async start(sink: RecordSink): Promise<void> {
    this.sink = sink;
    this.states.tell({ kind: 'connecting' });
    const error = await this.connect();
    if (error === undefined) return;
    if (this.groupsNotReady) this.retryLater(error);
    else this.states.tell({ kind: 'failed', error });
  }

  pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.session?.pause();
    this.tellReading();
    this.askLagWhilePaused();
  }

  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    this.timers.get('ask')?.dispose();
    this.session?.resume();
    this.tellReading();
  }

  fetch(position: ConsumedRecord): Promise<ConsumedRecord | undefined> {
    return this.reader.read(position);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.states.dispose();
    for (const timer of this.timers.values()) timer.dispose();
    const session = this.session;
    this.session = undefined;
    await Promise.all([session?.close(), this.reader.close()]);
    // What the sink is taking at this moment; nothing comes after it.
    await this.delivery;
  }

  /** Makes a client and a session; gives the reason when that fails. */
  private async connect(): Promise<SourceError | undefined> {
    const { connection, log } = this.options;
    let current: KafkaSession | undefined;
    let crash: SourceError | undefined;
    const onLost = (end: SocketEnd) => {
      if (current !== undefined) this.lose(current, lossOf(end));
    };
    const made = await createKafkaClient(connection, log, onLost);
    if (!made.ok) return made.error;
    try {
      const opened = await this.open(made.value, (error) => {
        crash = this.errorOf(error, made.value);
        if (current !== undefined) this.lose(current, crash);
      });
      if ('reason' in opened) return opened;
      current = opened;
    } catch (error) {
      this.groupsNotReady = isGroupsNotReady(error);
      return this.errorOf(error, made.value);
    }
    if (this.stopped) {
      await current.close();
      return undefined;
    }
    // It crashed between its opening and this line.
    if (crash !== undefined) {
      void current.close();
      return crash;
    }
    this.session = current;
    this.attempt = 0;
    this.tellReading();
    return undefined;
  }

  private async open(
    client: KafkaClient,
    onCrash: (error: Error) => void,
  ): Promise<KafkaSession | SourceError> {
    const { topic } = this.options;
    const admin = client.kafka.admin();
    try {
      await admin.connect();
      const described = await describeTopic(admin, topic);
      if (!described.ok) {
        await admin.disconnect();
        return described.error;
      }
      // Only the first time: after a loss the positions are where reading stood.
      const start = this.placed ? undefined : this.options.start;
      const ranges = await placeIn(this.positions, admin, topic, { start, onLoss: this.onLoss });
      this.placed = true;
      // Each time: behind the same addresses another cluster may have come up.
      this.clusterId = (await clusterIdOf(admin)) ?? brokersOf(this.options.connection);
      this.tellRanges(ranges);
    } catch (error) {
      void admin.disconnect().catch(() => undefined);
      throw error;
    }
    return openSession(admin, {
      client,
      topic,
      positions: this.positions,
      isPaused: () => this.paused,
      deliver: (records) => this.deliver(records),
      onAssigned: () => void this.tellPartitions(),
      onProgress: () => this.states.tellSoon(() => this.reading()),
      onLoss: this.onLoss,
      onCrash,
    });
  }

  /** One batch at a time, and none twice: the position says what is still to be delivered. */
  private deliver(records: readonly ConsumedRecord[]): Promise<void> {
    const delivery = this.delivery.then(async () => {
      const fresh = this.positions.fresh(records);
      const last = fresh.at(-1);
      if (last === undefined || this.stopped) return;
      try {
        await this.sink?.onRecords(fresh);
      } catch (error) {
        // Trying again would deliver again what the sink has taken already.
        this.options.log('error', `Records were not taken: ${String(error)}`);
      }
      this.positions.setNext(last.partition, String(BigInt(last.offset) + 1n));
    });
    this.delivery = delivery;
    return delivery;
  }

  private lose(session: KafkaSession, error: SourceError): void {
    if (this.session !== session) return;
    this.session = undefined;
    this.options.log('warn', `Connection lost: ${error.detail}`);
    void session.close();
    this.retryLater(error);
  }

  private retryLater(error: SourceError): void {
    if (this.stopped) return;
    this.attempt++;
    const delay = retryDelay(error, this.attempt);
    if (delay === undefined) {
      this.states.tell({ kind: 'failed', error });
      return;
    }
    this.states.tell({ kind: 'retrying', error, attempt: this.attempt });
    this.after('retry', delay, async () => {
      const again = await this.connect();
      if (again !== undefined) this.retryLater(again);
    });
  }

  private errorOf(error: unknown, client: KafkaClient): SourceError {
    const { options } = this;
    const subject = shownAddresses(options.connection.brokers);
    return toSourceError(error, { subject, ...options, end: client.watch.lastEnd() });
  }

  private async tellPartitions(): Promise<void> {
    const session = this.session;
    // The first assignment: told before it was asked for.
    if (session === undefined) return;
    try {
      this.tellRanges(await session.allRanges());
    } catch (error) {
      this.options.log('warn', `Partitions not read: ${String(error)}`);
    }
  }

  private tellRanges(ranges: readonly PartitionRange[]): void {
    if (this.stopped) return;
    const { clusterId } = this;
    this.sink?.onPartitions(ranges.map((range) => ({ ...range, clusterId })));
  }

  private reading(): SourceState | undefined {
    if (this.session === undefined) return undefined;
    return { kind: this.paused ? 'paused' : 'live', lag: this.positions.lag() };
  }

  private tellReading(): void {
    const state = this.reading();
    if (state) this.states.tell(state);
  }

  private askLagWhilePaused(): void {
    this.after('ask', askLagWhilePausedMs, async () => {
      const ranges = await this.session?.ranges().catch(() => []);
      for (const { partition, high } of ranges ?? []) this.positions.setHigh(partition, high);
      if (!this.paused || this.stopped) return;
      this.tellReading();
      this.askLagWhilePaused();
    });
  }

  private after(what: 'ask' | 'retry', ms: number, run: () => void | Promise<void>): void {
    this.timers.get(what)?.dispose();
    const timer = this.options.clock.after(ms, () => {
      this.timers.delete(what);
      if (!this.stopped) void run();
    });
    this.timers.set(what, timer);
  }
}

/** Stands for the cluster's id where there is none. */
function brokersOf({ brokers }: KafkaConnection): string {
  return [...brokers].sort().join(',');
}
