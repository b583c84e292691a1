import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { ConsumedRecord } from '../../record/consumedRecord.ts';
import type { UnreadableBatch } from '../../record/unreadableBatch.ts';
import { createKafkaClient, type KafkaLog, within } from './connection.ts';
import { Delivery } from './delivery.ts';
import { openSession, type KafkaSession } from './kafkaSession.ts';
import { Obstacles } from './obstacles.ts';
import { OlderWindows } from './olderWindows.ts';
import type { KafkaConnection } from './spec.ts';
import { rangesOf } from './topic.ts';
import type { TopicFollower } from './topicFollower.ts';
import { createTopicIdentity } from './topicIdentity.ts';
import type { TopicSight } from './topicLife.ts';

/** What reading older records needs, and whom it tells. */
export interface OlderWorld {
  readonly connection: KafkaConnection;
  readonly topic: string;
  readonly clock: Clock;
  readonly log: KafkaLog;
  readonly follower: Pick<TopicFollower, 'positions' | 'look'>;
  readonly take: (records: readonly ConsumedRecord[]) => void | Promise<void>;
  readonly onUnreadable: (batch: UnreadableBatch) => void;
}

const closeMs = 3_000;

/** Whether one reading still goes on. */
interface Life {
  /** Rejects when it shall not. */
  readonly aborted: Promise<never>;
  readonly isOver: () => boolean;
}

/** A broker that gives nothing for so long isn't waited for; joining a group alone may take some seconds. */
const silentMs = 20_000;

/**
 * Reads the records before those that were read so far, with a consumer and positions of its own: what is read live
 * goes on beside it. Damaged batches are told and passed: nobody waits before them for what is past.
 */
export class OlderRecords {
  private readonly world: OlderWorld;
  private running: Promise<void> | undefined;
  /** What `running` is made of; it goes on for a while where that was aborted, to let go of everything. */
  private work: Promise<void> = Promise.resolve();
  private abort: (error: Error) => void = () => undefined;

  constructor(world: OlderWorld) {
    this.world = world;
  }

  /** So many of each partition; one reading at a time, for all that ask meanwhile. */
  read(count: number): Promise<void> {
    this.running ??= this.begin(count).finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** Ends what is under way, which rejects; a dead broker is not waited for. */
  async close(): Promise<void> {
    this.abort(new Error('The source was closed'));
    await within(closeMs, this.work).catch(() => undefined);
  }

  private async begin(count: number): Promise<void> {
    let isOver = false;
    const aborted = new Promise<never>((_resolve, reject) => {
      this.abort = (error) => {
        isOver = true;
        reject(error);
      };
    });
    this.work = this.readNow(count, { aborted, isOver: () => isOver });
    await Promise.race([this.work, aborted]);
  }

  private async readNow(count: number, life: Life): Promise<void> {
    const { connection, topic, log, follower } = this.world;
    const { abort } = this;
    const client = await createKafkaClient(connection, log, () => {
      abort(new Error('The connection was lost'));
    });
    if (!client.ok) throw new Error(client.error.detail);
    const { kafka } = client.value;
    const sight = { admin: kafka.admin(), identity: createTopicIdentity(kafka) };
    const letGo = () => {
      void Promise.allSettled([sight.admin.disconnect(), sight.identity.close()]);
    };
    let windows: OlderWindows;
    try {
      await sight.admin.connect();
      // In another topic of the name the same offsets are other records.
      if ((await follower.look(sight)).kind !== 'same') throw new Error('The topic is another one');
      const ranges = await rangesOf(sight.admin, topic);
      for (const { partition, low } of ranges) follower.positions.floors.holdsFrom(partition, low);
      windows = new OlderWindows(ranges, follower.positions.floors, count);
    } catch (error) {
      letGo();
      throw error;
    }
    if (windows.isDone || life.isOver()) letGo();
    else await this.readAll(sight, client.value, windows, life);
    if (life.isOver()) return;
    for (const { partition, floor, at, firstMs } of windows.all) {
      follower.positions.floors.lower(partition, floor, at, firstMs);
    }
  }

  private async readAll(
    sight: TopicSight,
    client: Parameters<typeof openSession>[1]['client'],
    windows: OlderWindows,
    life: Life,
  ): Promise<void> {
    const { topic, clock, log, take, onUnreadable } = this.world;
    const { positions } = windows;
    let session: KafkaSession | undefined;
    let done: () => void = () => undefined;
    let failed: (error: Error) => void = () => undefined;
    const ended = new Promise<void>((resolve, reject) => {
      [done, failed] = [resolve, reject];
    });
    // It may fail before anybody waits for it.
    ended.catch(() => undefined);
    const silence = new Silence(clock, failed);
    const obstacles = new Obstacles({
      ...{ clock, positions },
      onMet: (batch) => {
        if (windows.isWanted(batch)) onUnreadable(batch);
      },
      goOn: (partition, offset) => session?.goOn(partition, offset),
      onChange: () => {
        silence.broken();
      },
    });
    obstacles.setSkips(true);
    const delivery = new Delivery({
      ...{ positions, log },
      take: async (records) => {
        const wanted = windows.take(records);
        if (wanted.length > 0) await take(wanted);
      },
      onTaken: () => {
        silence.broken();
      },
    });
    // Behind a batch, never within one: it may send reading back.
    const look = () => {
      silence.broken();
      if (session === undefined) return;
      windows.look((partition) => !obstacles.isSearching(partition), session);
      if (windows.isDone) done();
    };
    silence.broken();
    try {
      session = await openSession(sight, {
        ...{ client, topic, positions, obstacles },
        purpose: 'older',
        isPaused: () => false,
        isAtRest: (partition) => windows.isAtRest(partition),
        deliver: (records) => delivery.deliver(records),
        onAssigned: look,
        onProgress: look,
        // What is gone or was never there for readers is no loss: nobody counted on it.
        onGap: () => undefined,
        onEndsBefore: () => {
          failed(new Error('The topic is another one'));
          return Promise.resolve(false);
        },
        onCrash: failed,
      });
      look();
      await Promise.race([ended, life.aborted]);
    } finally {
      silence.dispose();
      obstacles.dispose();
      await Promise.all([delivery.end(), session?.close()]);
    }
  }
}

/** Fails when nothing is heard for too long. */
class Silence implements Disposable {
  private readonly clock: Clock;
  private readonly failed: (error: Error) => void;
  private timer: Disposable | undefined;

  constructor(clock: Clock, failed: (error: Error) => void) {
    this.clock = clock;
    this.failed = failed;
  }

  broken(): void {
    this.timer?.dispose();
    this.timer = this.clock.after(silentMs, () => {
      this.failed(new Error(`The broker gave nothing for ${String(silentMs / 1_000)} s`));
    });
  }

  dispose(): void {
    this.timer?.dispose();
  }
}
