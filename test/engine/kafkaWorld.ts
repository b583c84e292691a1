import { randomUUID } from 'node:crypto';
import { Kafka, logLevel, type Message, type Producer } from 'kafkajs';
import type { Clock } from '../../src/base/clock.ts';
import { toDisposable } from '../../src/base/disposable.ts';
import type { ConsumedRecord } from '../../src/record/consumedRecord.ts';
import { ownRecord } from '../../src/record/ownBytes.ts';
import type {
  PartitionRange,
  RecordSink,
  SourceState,
  TopicNews,
} from '../../src/record/recordSource.ts';
import type { KafkaConnection } from '../../src/sources/kafka/spec.ts';
import type { UnreadableBatch } from '../../src/record/unreadableBatch.ts';
import { topicWithLeaders } from '../support/topicWithLeaders.ts';

/** The time of the world. */
export const realClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return toDisposable(() => {
      clearTimeout(timer);
    });
  },
};

/** A connection without protection, or with what is given. */
export function connectionTo(
  brokers: string,
  more: Partial<KafkaConnection> = {},
): KafkaConnection {
  return {
    brokers: [brokers],
    clientId: 'rpa-trace-test',
    tls: { enabled: false, rejectUnauthorized: true },
    ...more,
  };
}

interface TopicOptions {
  readonly name?: string | undefined;
  readonly configEntries?: { name: string; value: string }[];
}

/** A new topic with its producer; `send` resolves when the broker has the values. */
export interface Topic {
  readonly name: string;
  readonly kafka: Kafka;
  send(values: readonly string[], more?: Partial<Message>): Promise<void>;
  close(): Promise<void>;
}

/**
 * Each batch stands in the index of its topic: a broker looks for an offset from the last place that its index
 * has, and would stop at a damaged batch between.
 */
export const everyBatchIndexed = [{ name: 'index.interval.bytes', value: '0' }];

/** Makes a topic, with a name of its own where none is given. */
export async function makeTopic(
  brokers: string,
  partitions = 1,
  { name = `topic-${randomUUID()}`, configEntries = [] }: TopicOptions = {},
): Promise<Topic> {
  const kafka = new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await topicWithLeaders(admin, { topic: name, numPartitions: partitions, configEntries });
  await admin.disconnect();
  const producer: Producer = kafka.producer();
  await producer.connect();
  return {
    name,
    kafka,
    async send(values, more = {}) {
      await producer.send({ topic: name, messages: values.map((value) => ({ value, ...more })) });
    },
    close: () => producer.disconnect(),
  };
}

/** A sink that remembers, and in which a test can wait for something. */
export class WatchedSink implements RecordSink {
  readonly records: ConsumedRecord[] = [];
  readonly batchSizes: number[] = [];
  readonly states: SourceState[] = [];
  readonly ranges: (readonly PartitionRange[])[] = [];
  readonly news: TopicNews[] = [];
  readonly unreadable: UnreadableBatch[] = [];
  /** Called before a batch counts as taken. */
  take: (batch: readonly ConsumedRecord[]) => Promise<void> = () => Promise.resolve();
  private readonly waiting = new Set<() => void>();

  async onRecords(batch: readonly ConsumedRecord[]): Promise<void> {
    // As they are now: behind the answer others stand there.
    this.records.push(...batch.map(ownRecord));
    this.batchSizes.push(batch.length);
    this.look();
    await this.take(batch);
  }

  onState(state: SourceState): void {
    this.states.push(state);
    this.look();
  }

  onUnreadable(batch: UnreadableBatch): void {
    this.unreadable.push(batch);
    this.look();
  }

  onPartitions(ranges: readonly PartitionRange[]): void {
    this.ranges.push(ranges);
    this.look();
  }

  onTopicNews(news: TopicNews): void {
    this.news.push(news);
    this.look();
  }

  get values(): string[] {
    return this.records.map(({ value }) => new TextDecoder().decode(value ?? undefined));
  }

  get last(): SourceState | undefined {
    return this.states.at(-1);
  }

  /** Resolves as soon as `condition` holds; rejects with what is there after `ms`. */
  async until(condition: () => boolean, ms = 30_000): Promise<void> {
    if (condition()) return;
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const check = () => {
      if (condition()) resolve(undefined);
    };
    this.waiting.add(check);
    const timer = setTimeout(() => {
      const seen = `${String(this.records.length)} records, states ${JSON.stringify(this.states.slice(-5))}`;
      reject(new Error(`Waited in vain: ${seen}`));
    }, ms);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.waiting.delete(check);
    }
  }

  private look(): void {
    for (const check of this.waiting) check();
  }
}

/** `count` values in order: `1`, `2`, … */
export function numbers(count: number, first = 1): string[] {
  return Array.from({ length: count }, (_value, at) => String(first + at));
}
