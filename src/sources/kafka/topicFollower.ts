import type { Admin } from 'kafkajs';
import type { Clock } from '../../base/clock.ts';
import { ok, type Result } from '../../base/result.ts';
import type { PartitionRange, SourceError, TopicNews } from '../../record/recordSource.ts';
import type { StartPosition } from './spec.ts';
import type { KafkaLog } from './connection.ts';
import { createPositions } from './positions.ts';
import { createRemovedRecords, type RemovedRecords } from './removedRecords.ts';
import { describeTopic, rangesOf, startOffsets } from './topic.ts';
import { createTopicLife, type TopicLook, type TopicSight } from './topicLife.ts';

/** What a follower needs, and whom it tells. */
export interface FollowerOptions {
  readonly topic: string;
  readonly start: StartPosition;
  readonly clock: Clock;
  readonly log: KafkaLog;
  readonly onNews: (news: TopicNews) => void;
  /** The topic is another one; what was known of the one before is no matter any more. */
  readonly onAnew: () => void;
}

/** The record at `from` was the next of a partition, and the one at `to` came. */
export interface Gap {
  readonly partition: number;
  readonly from: bigint;
  readonly to: bigint;
}

/** Knows over all connections where reading stands in a topic, and whether it is still the same topic. */
export class TopicFollower {
  readonly positions = createPositions();
  private readonly options: FollowerOptions;
  private readonly life: ReturnType<typeof createTopicLife>;
  private readonly removed: RemovedRecords;
  private placed = false;

  constructor(options: FollowerOptions) {
    const { topic, clock, onNews } = options;
    this.options = options;
    this.life = createTopicLife(topic);
    this.removed = createRemovedRecords(clock, (partitions) => {
      onNews({ kind: 'removed', topic, partitions });
    });
  }

  /**
   * Places reading in the topic: at its start the first time, then where it stood, or in one that was made anew
   * at its begin. Gives what the partitions hold. Nothing may be delivered meanwhile.
   */
  async place(sight: TopicSight): Promise<Result<readonly PartitionRange[], SourceError>> {
    const { topic, onNews } = this.options;
    const { admin } = sight;
    const described = await describeTopic(admin, topic);
    if (!described.ok) {
      if (described.error.reason === 'noSuchTopic') this.life.noteMissing();
      return described;
    }
    const look = await this.look(sight);
    const isAnew = look.kind === 'anew';
    if (isAnew) {
      this.positions.clear();
      this.removed.clear();
      this.options.onAnew();
    }
    const ranges = await rangesOf(admin, topic);
    if (!this.placed || isAnew) await this.start(admin, ranges, isAnew);
    this.reconcile(ranges);
    this.life.settle(look);
    if (isAnew && this.placed) {
      this.options.log('warn', `The topic ${topic} was made anew and is read from its begin`);
      onNews({ kind: 'madeAnew', topic });
    }
    this.placed = true;
    return ok(ranges);
  }

  /** Whether the topic is still the one that is read. */
  look(sight: TopicSight): Promise<TopicLook> {
    return this.life.look(sight, this.positions);
  }

  /** Goes on where the partitions still hold something; what was removed unread is told. */
  reconcile(ranges: readonly PartitionRange[]): void {
    const { removed, cut } = this.positions.reconcile(ranges);
    for (const partition of cut) {
      const text = `Partition ${String(partition)} ends before what was read of it`;
      this.options.log('warn', `${text}: it is read again from its begin`);
    }
    this.lost(removed);
  }

  /**
   * Of a gap, what the topic has let go of is told; what it never had for readers (markers of transactions,
   * records that were compacted) is no loss.
   */
  sawGap(ranges: readonly PartitionRange[], { partition, from, to }: Gap): void {
    const low = BigInt(ranges.find((range) => range.partition === partition)?.low ?? 0);
    const end = low < to ? low : to;
    if (end > from) this.lost([{ partition, count: Number(end - from) }]);
  }

  /** While reading is paused losses only add up. */
  pause(): void {
    this.removed.hold();
  }

  resume(): void {
    this.removed.release();
  }

  dispose(): void {
    this.removed.dispose();
  }

  private lost(removed: Parameters<RemovedRecords['add']>[0]): void {
    for (const { partition, count } of removed) {
      const text = `${String(count)} records of partition ${String(partition)}`;
      this.options.log('warn', `${text} were removed from the topic unread`);
    }
    this.removed.add(removed);
  }

  private async start(
    admin: Admin,
    ranges: readonly PartitionRange[],
    isAnew: boolean,
  ): Promise<void> {
    const { start } = this.options;
    // Whatever a topic holds that was made after we began is new to us; only a time still leaves something out.
    const from = isAnew && start.kind !== 'time' ? ({ kind: 'earliest' } as const) : start;
    for (const [partition, offset] of await startOffsets(admin, ranges, from)) {
      this.positions.setNext(partition, offset);
    }
  }
}
