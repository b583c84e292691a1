import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { ConsumedRecord } from '../record/consumedRecord.ts';
import type {
  KafkaConnection,
  RecordSink,
  RecordSource,
  SourceError,
  SourceState,
  StartPosition,
} from '../record/recordSource.ts';
import { createKafkaClient, type KafkaClient, type KafkaLog } from './connection.ts';
import { isGroupsNotReady, lossOf, toSourceError } from './kafkaErrors.ts';
import { openSession, type KafkaSession } from './kafkaSession.ts';
import { createRecordReader } from './recordReader.ts';
import { retryDelay } from './retry.ts';
import type { SocketEnd } from './socketWatch.ts';
import { createStateTeller, type StateTeller } from './stateTeller.ts';
import { TopicFollower, type Gap } from './topicFollower.ts';
import { createTopicIdentity } from './topicIdentity.ts';
import type { TopicLook } from './topicLife.ts';

/** What a Kafka source needs. */
export interface KafkaRecordSourceOptions {
  readonly connection: KafkaConnection;
  readonly topic: string;
  readonly start: StartPosition;
  readonly clock: Clock;
  readonly log: KafkaLog;
}

const askLagWhilePausedMs = 2_000;
/** A topic that is deleted and made anew while we are connected may go unnoticed by kafkajs. */
const lookAtTopicMs = 5_000;

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
  private groupsNotReady = false;
  private stopped = false;
  private paused = false;
  private attempt = 0;
  private readonly states: StateTeller;
  /** Asks for the lag, or tries again: each replaces its predecessor. */
  private readonly timers = new Map<'ask' | 'look' | 'retry', Disposable>();
  /** The delivery under way; a new session waits for the last one's. */
  private delivery: Promise<void> = Promise.resolve();

  constructor(options: KafkaRecordSourceOptions) {
    this.options = options;
    this.reader = createRecordReader(options);
    this.follower = new TopicFollower({
      ...options,
      onNews: (news) => {
        if (!this.stopped) this.sink?.onTopicNews(news);
      },
    });
    this.states = createStateTeller(options.clock, (state) => this.sink?.onState(state));
  }

  async start(sink: RecordSink): Promise<void> {
    this.sink = sink;
    this.states.tell({ kind: 'connecting' });
    const error = await this.connect();
    if (error === undefined) return;
    // A topic that isn't there yet is waited for.
    if (this.groupsNotReady || error.reason === 'noSuchTopic') this.retryLater(error);
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
    this.timers.get('ask')?.dispose();
    this.session?.resume();
    this.tellReading();
    void this.tellWhatWasMissed();
  }

  fetch(position: ConsumedRecord): Promise<ConsumedRecord | undefined> {
    return this.reader.read(position);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.states.dispose();
    this.follower.dispose();
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
    this.lookAtTopicLater(current);
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
      await this.delivery;
      const placed = await follower.place(sight);
      if (!placed.ok) {
        letGo();
        return placed.error;
      }
      if (!this.stopped) this.sink?.onPartitions(placed.value);
    } catch (error) {
      letGo();
      throw error;
    }
    return openSession(sight, {
      client,
      topic,
      positions: follower.positions,
      isPaused: () => this.paused,
      deliver: (records) => this.deliver(records),
      onAssigned: () => void this.tellPartitions(),
      onProgress: () => this.states.tellSoon(() => this.reading()),
      onGap: (gap) => void this.explainGap(gap),
      onEndsBefore: async (range) => {
        if (!(await this.isStillTheTopic(this.session))) return false;
        follower.reconcile([range]);
        return true;
      },
      onCrash,
    });
  }

  /** One batch at a time, and none twice: the position says what is still to be delivered. */
  private deliver(records: readonly ConsumedRecord[]): Promise<void> {
    const delivery = this.delivery.then(async () => {
      const { positions } = this.follower;
      const fresh = positions.fresh(records);
      if (fresh.length === 0 || this.stopped) return;
      try {
        await this.sink?.onRecords(fresh);
      } catch (error) {
        // Trying again would deliver again what the sink has taken already.
        this.options.log('error', `Records were not taken: ${String(error)}`);
      }
      positions.took(fresh);
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
    this.connectAfter(delay);
  }

  private connectAfter(ms: number): void {
    this.after('retry', ms, async () => {
      const again = await this.connect();
      if (again !== undefined) this.retryLater(again);
    });
  }

  private errorOf(error: unknown, client: KafkaClient): SourceError {
    const { options } = this;
    const subject = options.connection.brokers.join(', ');
    return toSourceError(error, { subject, ...options, end: client.watch.lastEnd() });
  }

  private async tellPartitions(): Promise<void> {
    const session = this.session;
    // The first assignment: told before it was asked for.
    if (session === undefined) return;
    try {
      const ranges = await session.allRanges();
      if (!this.stopped) this.sink?.onPartitions(ranges);
    } catch (error) {
      this.options.log('warn', `Partitions not read: ${String(error)}`);
    }
  }

  private reading(): SourceState | undefined {
    if (this.session === undefined) return undefined;
    return { kind: this.paused ? 'paused' : 'live', lag: this.follower.positions.lag() };
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
    this.after('ask', askLagWhilePausedMs, async () => {
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

  private lookAtTopicLater(session: KafkaSession): void {
    this.after('look', lookAtTopicMs, async () => {
      if (await this.isStillTheTopic(session)) this.lookAtTopicLater(session);
    });
  }

  /** Ends a session whose topic is gone, or is another one by now. Gives whether it goes on. */
  private async isStillTheTopic(session: KafkaSession | undefined): Promise<boolean> {
    if (session === undefined) return false;
    const { topic, log } = this.options;
    let kind: TopicLook['kind'];
    try {
      ({ kind } = await this.follower.look(session.sight));
    } catch (error) {
      // A lost connection is seen by its sockets; this one look may be missed.
      log('debug', `The topic was not looked at: ${String(error)}`);
      return this.session === session;
    }
    if (this.session !== session) return false;
    if (kind === 'same') return true;
    if (kind === 'missing') {
      this.lose(session, { reason: 'noSuchTopic', subject: topic, detail: 'It was deleted' });
      return false;
    }
    this.session = undefined;
    void session.close();
    this.connectAfter(0);
    return false;
  }

  private after(what: 'ask' | 'look' | 'retry', ms: number, run: () => void | Promise<void>): void {
    this.timers.get(what)?.dispose();
    const timer = this.options.clock.after(ms, () => {
      this.timers.delete(what);
      if (!this.stopped) void run();
    });
    this.timers.set(what, timer);
  }
}
