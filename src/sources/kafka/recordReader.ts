import type { Admin, Consumer } from 'kafkajs';
import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { ConsumedRecord, RecordPosition } from '../../record/consumedRecord.ts';
import type { KafkaConnection } from './spec.ts';
import { ownRecord } from '../../record/ownBytes.ts';
import { createKafkaClient, within, type KafkaLog } from './connection.ts';
import { createEphemeralGroup } from './ephemeralGroup.ts';
import { unreadableOf } from './fetchedMessage.ts';
import { toRecord } from './kafkaSession.ts';
import { rangesOf } from './topic.ts';

/** Reads single records of one topic again. */
export interface RecordReader {
  /** The record at a position; undefined when the topic no longer has it. Rejects when Kafka can't be asked. */
  read(position: RecordPosition): Promise<ConsumedRecord | undefined>;
  close(): Promise<void>;
}

interface ReaderOptions {
  readonly connection: KafkaConnection;
  readonly topic: string;
  readonly clock: Clock;
  readonly log: KafkaLog;
}

/** Joining a group takes longer than reading, so the consumer is kept for the next record for a while. */
const keepMs = 30_000;
const readMs = 10_000;

/** A reader with a consumer of its own, which joins when first needed and stays paused between reads. */
export function createRecordReader(options: ReaderOptions): RecordReader {
  let lane: Promise<Lane> | undefined;
  let idle: Disposable | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const drop = async () => {
    idle?.dispose();
    const dropped = lane;
    lane = undefined;
    await (await dropped?.catch(() => undefined))?.close();
  };
  const readOne = async (position: RecordPosition) => {
    idle?.dispose();
    try {
      lane ??= openLane(options);
      return await (await lane).read(position);
    } catch (error) {
      if (!(error instanceof UnreadableRecordError)) await drop();
      throw error;
    } finally {
      idle = options.clock.after(keepMs, () => void drop());
    }
  };
  return {
    read(position) {
      if (position.topic !== options.topic) return Promise.resolve(undefined);
      // One after the other: the lane looks at one place at a time.
      const read = last.then(() => readOne(position));
      last = read.catch(() => undefined);
      return read;
    },
    async close() {
      await drop();
    },
  };
}

interface Lane {
  read(position: RecordPosition): Promise<ConsumedRecord | undefined>;
  close(): Promise<void>;
}

interface Wanted {
  readonly partition: number;
  readonly offset: string;
  readonly found: (record: ConsumedRecord | undefined) => void;
  readonly failed: (error: Error) => void;
}

/** The record stands among those that can't be read: another attempt would find them there again. */
class UnreadableRecordError extends Error {}

async function openLane({ connection, topic, log }: ReaderOptions): Promise<Lane> {
  const client = await createKafkaClient(connection, log);
  if (!client.ok) throw new Error(client.error.detail);
  const admin = client.value.kafka.admin();
  const { consumer, close } = createEphemeralGroup(client.value, admin, 'fetch');
  const state: { wanted: Wanted | undefined } = { wanted: undefined };
  const settle = (record: ConsumedRecord | undefined) => {
    state.wanted?.found(record);
    state.wanted = undefined;
  };
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    consumer.pause([{ topic, partitions: payload.memberAssignment[topic] ?? [] }]);
    if (state.wanted !== undefined) look(consumer, topic, state.wanted);
  });
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { partition, lastOffset } }) => {
    // Nothing in it was to be read: a control record, or an aborted transaction.
    const { wanted } = state;
    if (wanted?.partition === partition && BigInt(lastOffset) >= BigInt(wanted.offset))
      settle(undefined);
  });
  try {
    await Promise.all([admin.connect(), consumer.connect()]);
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: ({ batch }) => {
        const { wanted } = state;
        if (wanted?.partition !== batch.partition) return Promise.resolve();
        const { messages } = batch;
        const message = messages.find(({ offset }) => offset === wanted.offset);
        const unreadable = messages[0] && unreadableOf(messages[0]);
        if (unreadable === undefined)
          settle(message && ownRecord(toRecord(topic, batch.partition, message)));
        else {
          wanted.failed(new UnreadableRecordError(`Can't be read: ${unreadable.fault}`));
          state.wanted = undefined;
        }
        client.value.answers.wereRead(messages);
        consumer.pause([{ topic, partitions: [batch.partition] }]);
        return Promise.resolve();
      },
    });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    close,
    async read({ partition, offset }) {
      if (!(await holds(admin, topic, partition, offset))) return undefined;
      const found = new Promise<ConsumedRecord | undefined>((resolve, reject) => {
        state.wanted = { partition, offset, found: resolve, failed: reject };
        look(consumer, topic, state.wanted);
      });
      try {
        return await within(readMs, found);
      } finally {
        state.wanted = undefined;
        consumer.pause([{ topic, partitions: [partition] }]);
      }
    },
  };
}

function look(consumer: Consumer, topic: string, { partition, offset }: Wanted): void {
  consumer.seek({ topic, partition, offset });
  consumer.resume([{ topic, partitions: [partition] }]);
}

/** Whether an offset lies in the partition at all; a consumer that asked beyond it would be sent elsewhere. */
async function holds(
  admin: Admin,
  topic: string,
  partition: number,
  offset: string,
): Promise<boolean> {
  const range = (await rangesOf(admin, topic)).find((at) => at.partition === partition);
  if (range === undefined) return false;
  return BigInt(range.low) <= BigInt(offset) && BigInt(offset) < BigInt(range.high);
}
