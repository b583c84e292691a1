import type { Clock } from '../../base/clock.ts';
import type { ConsumedRecord, RecordPosition } from '../../record/consumedRecord.ts';
import type {
  PartitionPosition,
  PartitionRange,
  ReadBack,
  RecordSink,
  RecordSource,
  SourceError,
  SourceState,
} from '../../record/recordSource.ts';
import type { KafkaConnection, StartPosition } from './spec.ts';
import { createKafkaClient, type KafkaClient, type KafkaLog } from './connection.ts';
import { Delivery } from './delivery.ts';
import { clientError, isNotReadyYet, lossOf } from './kafkaErrors.ts';
import { openSession, type KafkaSession } from './kafkaSession.ts';
import { logText, Obstacles } from './obstacles.ts';
import { OlderRecords } from './olderRecords.ts';
import { createRecordReader } from './recordReader.ts';
import { Retries } from './retry.ts';
import type { SocketEnd } from './socketWatch.ts';
import { createStateTeller, readingState, type StateReporter } from './stateReporter.ts';
import { Timers } from './timers.ts';
import { clusterIdOf } from './topic.ts';
import { TopicFollower, type Gap } from './topicFollower.ts';
import { createTopicIdentity } from './topicIdentity.ts';
import { TopicLooks } from './topicLooks.ts';

/** What a Kafka source needs. */
export interface KafkaRecordSourceOptions {
  readonly connection: KafkaConnection;
  readonly topic: string;
  readonly start: StartPosition;
  readonly clock: Clock;
  readonly log: KafkaLog;
}

const askLagWhilePausedMs = 2_000;

/** How many older records of each partition are read at a time, where the start asks for no number. */
const usualOlder = 200;

/** Reads a topic through an ephemeral consumer group and goes on where it was after any loss. */
export function createKafkaRecordSource(options: KafkaRecordSourceOptions): RecordSource {
  return new KafkaRecordSource(options);
}

class KafkaRecordSource implements RecordSource {
  private readonly options: KafkaRecordSourceOptions;
  private readonly follower: TopicFollower;
  private readonly reader: ReturnType<typeof createRecordReader>;
  private sink: RecordSink | undefined;
  private session: KafkaSession | undefined;
  private clusterId = '';
  private brokerNotReady = false;
  private stopped = false;
  private paused = false;
  private readonly retries: Retries;
  private readonly states: StateReporter;
  private readonly obstacles: Obstacles;
  private readonly timers: Timers<'ask' | 'retry'>;
  private readonly delivery: Delivery;
  private readonly looks: TopicLooks<KafkaSession>;
  private readonly older: OlderRecords;

  constructor(options: KafkaRecordSourceOptions) {
    this.options = options;
    this.reader = createRecordReader(options);
    this.retries = new Retries(options.clock);
    this.timers = new Timers(options.clock);
    this.follower = new TopicFollower({
      ...options,
      onAnew: () => this.obstacles.forget(),
      onNews: (news) => {
        if (!this.stopped) this.sink?.onTopicNews(news);
      },
    });
    const { positions } = this.follower;
    this.delivery = new Delivery({
      ...{ positions, log: options.log },
      take: (records) => this.sink?.onRecords(records),
      onTaken: () => this.retries.progressed(),
    });
    this.older = new OlderRecords({
      ...{ ...options, follower: this.follower },
      take: (records) => this.sink?.onRecords(records, 'older'),
      onUnreadable: (batch) => this.sink?.onUnreadable?.(batch, 'older'),
    });
    this.looks = new TopicLooks<KafkaSession>({
      clock: options.clock,
      current: () => this.session,
      look: async ({ sight }) => (await this.follower.look(sight)).kind,
      onFailed: (error) => options.log('debug', `The topic was not looked at: ${String(error)}`),
      onOther: (session, kind) => this.leave(session, kind),
    });
    this.states = createStateTeller(options.clock, (state) => this.sink?.onState(state));
    this.obstacles = new Obstacles({
      ...{ clock: options.clock, positions },
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
    // A topic that isn't there yet is waited for.
    if (this.brokerNotReady || error.reason === 'noSuchTopic') this.retryLater(error);
    else this.states.tell({ kind: 'failed', error });
  }

  pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.follower.pause();
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
    void this.tellWhatWasMissed();
  }

  skip(position: RecordPosition): boolean {
    return position.topic === this.options.topic && this.obstacles.skip(position);
  }

  setSkipsDamaged(skips: boolean): void {
    this.obstacles.setSkips(skips);
  }

  get positions(): readonly PartitionPosition[] {
    const { positions } = this.follower;
    return positions.partitions.map((partition) => {
      const next = positions.next(partition) ?? '0';
      return { partition, next, high: positions.high(partition) ?? next };
    });
  }

  get readBack(): ReadBack | null {
    return this.follower.positions.floors.readBack;
  }

  readOlder(): Promise<void> {
    const { start } = this.options;
    return this.older.read(start.kind === 'last' && start.count > 0 ? start.count : usualOlder);
  }

  fetch(position: ConsumedRecord): Promise<ConsumedRecord | undefined> {
    return this.reader.read(position);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.states.dispose();
    this.follower.dispose();
    this.obstacles.dispose();
    this.timers.dispose();
    this.looks.dispose();
    const session = this.session;
    this.session = undefined;
    await Promise.all([
      ...[this.delivery.end(), session?.close(), this.reader.close()],
      this.older.close(),
    ]);
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
      this.brokerNotReady = isNotReadyYet(error);
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
    this.looks.begin(current);
    return undefined;
  }

  private async open(
    client: KafkaClient,
    onCrash: (error: Error) => void,
  ): Promise<KafkaSession | SourceError> {
    const { topic } = this.options;
    const { follower } = this;
    const sight = { admin: client.kafka.admin(), identity: createTopicIdentity(client.kafka) };
    const letGo = () => {
      void Promise.allSettled([sight.admin.disconnect(), sight.identity.close()]);
    };
    try {
      await sight.admin.connect();
      // What the last session read must not move the positions once they are placed.
      await this.delivery.settled();
      const placed = await follower.place(sight);
      if (!placed.ok) {
        letGo();
        return placed.error;
      }
      // Each time: behind the same addresses another cluster may have come up.
      this.clusterId = await clusterIdOf(sight.admin, this.options.connection);
      this.tellRanges(placed.value);
    } catch (error) {
      letGo();
      throw error;
    }
    return openSession(sight, {
      client,
      topic,
      positions: follower.positions,
      obstacles: this.obstacles,
      isPaused: () => this.paused,
      deliver: (records) => this.delivery.deliver(records),
      onAssigned: () => void this.tellPartitions(),
      onProgress: () => this.states.tellSoon(() => this.reading()),
      onGap: (gap) => void this.explainGap(gap),
      onEndsBefore: async (range) => {
        if (!(await this.looks.isStillTheTopic(this.session))) return false;
        follower.reconcile([range]);
        return true;
      },
      onCrash,
    });
  }

  private lose(session: KafkaSession, error: SourceError): void {
    if (this.session !== session) return;
    this.session = undefined;
    this.looks.dispose();
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
    this.connectAfter(delay);
  }

  private connectAfter(ms: number): void {
    this.timers.start('retry', ms, async () => {
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
    return readingState(this.paused, this.follower.positions.lag(), this.obstacles.waiting);
  }

  private tellReading(): void {
    const state = this.reading();
    if (state) this.states.tell(state);
  }

  /** After a pause: what the topic let go of meanwhile, in one sum. */
  private async tellWhatWasMissed(): Promise<void> {
    this.follower.reconcile((await this.session?.ranges().catch(() => [])) ?? []);
    if (!this.paused) this.follower.resume();
  }

  private askLagWhilePaused(): void {
    this.timers.start('ask', askLagWhilePausedMs, async () => {
      const ranges = await this.session?.ranges().catch(() => []);
      // No batch comes that could tell of what the topic let go of.
      if (this.paused) this.follower.reconcile(ranges ?? []);
      if (!this.paused || this.stopped) return;
      this.tellReading();
      this.askLagWhilePaused();
    });
  }

  private async explainGap({ partition, from, to }: Gap): Promise<void> {
    // Fails with the connection, which comes back with a look at where everything begins.
    const ranges = (await this.session?.ranges().catch(() => [])) ?? [];
    this.follower.sawGap(ranges, { partition, from, to });
  }

  /** Ends a session whose topic is gone, or is another one by now. */
  private leave(session: KafkaSession, kind: 'missing' | 'anew'): void {
    if (kind === 'missing') {
      const { topic } = this.options;
      this.lose(session, { reason: 'noSuchTopic', subject: topic, detail: 'It was deleted' });
      return;
    }
    this.session = undefined;
    this.looks.dispose();
    void session.close();
    this.connectAfter(0);
  }
}
