import type { Clock } from '../base/clock.ts';
import type { ConsumedRecord, RecordPosition } from '../record/consumedRecord.ts';
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
import { Delivery } from './delivery.ts';
import { clientError, isGroupsNotReady, lossOf } from './kafkaErrors.ts';
import { openSession, type KafkaSession } from './kafkaSession.ts';
import { logText, Obstacles } from './obstacles.ts';
import { createPositions } from './positions.ts';
import { createRecordReader } from './recordReader.ts';
import { Retries } from './retry.ts';
import type { SocketEnd } from './socketWatch.ts';
import { createStateTeller, readingState, type StateTeller } from './stateTeller.ts';
import { Timers } from './timers.ts';
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
  private readonly retries: Retries;
  private readonly states: StateTeller;
  private readonly obstacles: Obstacles;
  private readonly timers: Timers<'ask' | 'retry'>;
  private readonly onLoss = (text: string) => this.options.log('warn', text);
  private readonly delivery: Delivery;

  constructor(options: KafkaRecordSourceOptions) {
    this.options = options;
    this.reader = createRecordReader(options);
    this.retries = new Retries(options.clock);
    this.timers = new Timers(options.clock);
    this.delivery = new Delivery({
      ...{ positions: this.positions, log: options.log },
      take: (records) => this.sink?.onRecords(records),
      onTaken: () => this.retries.progressed(),
    });
    this.states = createStateTeller(options.clock, (state) => this.sink?.onState(state));
    this.obstacles = new Obstacles({
      ...{ clock: options.clock, positions: this.positions },
      onMet: (batch) => {
        options.log('warn', logText(batch));
        this.sink?.onUnreadable?.(batch);
      },
      goOn: (partition, offset) => this.session?.goOn(partition, offset),
      onChange: () => this.tellReading(),
    });
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
    this.timers.stop('ask');
    this.session?.resume();
    this.tellReading();
  }

  skip(position: RecordPosition): boolean {
    return position.topic === this.options.topic && this.obstacles.skip(position);
  }

  setSkipsDamaged(skips: boolean): void {
    this.obstacles.setSkips(skips);
  }

  fetch(position: ConsumedRecord): Promise<ConsumedRecord | undefined> {
    return this.reader.read(position);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.states.dispose();
    this.obstacles.dispose();
    this.timers.dispose();
    const session = this.session;
    this.session = undefined;
    await Promise.all([this.delivery.end(), session?.close(), this.reader.close()]);
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
    const errorOf = (error: unknown) => clientError(error, connection, made.value.watch.lastEnd());
    try {
      const opened = await this.open(made.value, (error) => {
        crash = errorOf(error);
        if (current !== undefined) this.lose(current, crash);
      });
      if ('reason' in opened) return opened;
      current = opened;
    } catch (error) {
      this.groupsNotReady = isGroupsNotReady(error);
      return errorOf(error);
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
    this.retries.connected();
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
      this.clusterId = await clusterIdOf(admin, this.options.connection);
      this.tellRanges(ranges);
    } catch (error) {
      void admin.disconnect().catch(() => undefined);
      throw error;
    }
    return openSession(admin, {
      client,
      topic,
      positions: this.positions,
      obstacles: this.obstacles,
      isPaused: () => this.paused,
      deliver: (records) => this.delivery.deliver(records),
      onAssigned: () => void this.tellPartitions(),
      onProgress: () => this.states.tellSoon(() => this.reading()),
      onLoss: this.onLoss,
      onCrash,
    });
  }

  private lose(session: KafkaSession, error: SourceError): void {
    if (this.session !== session) return;
    this.session = undefined;
    this.retries.lost();
    this.options.log('warn', `Connection lost: ${error.detail}`);
    void session.close();
    this.retryLater(error);
  }

  private retryLater(error: SourceError): void {
    if (this.stopped) return;
    const delay = this.retries.next(error);
    if (delay === undefined) {
      this.states.tell({ kind: 'failed', error });
      return;
    }
    this.states.tell({ kind: 'retrying', error, attempt: this.retries.attempt });
    this.timers.start('retry', delay, async () => {
      const again = await this.connect();
      if (again !== undefined) this.retryLater(again);
    });
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
    this.sink?.onPartitions(ranges.map((range) => ({ ...range, clusterId: this.clusterId })));
  }

  private reading(): SourceState | undefined {
    if (this.session === undefined) return undefined;
    return readingState(this.paused, this.positions.lag(), this.obstacles.waiting);
  }

  private tellReading(): void {
    const state = this.reading();
    if (state) this.states.tell(state);
  }

  private askLagWhilePaused(): void {
    this.timers.start('ask', askLagWhilePausedMs, async () => {
      const ranges = await this.session?.ranges().catch(() => []);
      for (const { partition, high } of ranges ?? []) this.positions.setHigh(partition, high);
      if (!this.paused || this.stopped) return;
      this.tellReading();
      this.askLagWhilePaused();
    });
  }
}
