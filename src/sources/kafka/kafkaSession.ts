import type { EachBatchPayload, KafkaMessage } from 'kafkajs';
import type { ConsumedRecord, Offset } from '../../record/consumedRecord.ts';
import type { PartitionRange } from '../../record/recordSource.ts';
import type { KafkaClient } from './connection.ts';
import { createEphemeralGroup, heartbeatMs } from './ephemeralGroup.ts';
import { unreadableOf } from './fetchedMessage.ts';
import type { Obstacles } from './obstacles.ts';
import type { Positions } from './positions.ts';
import { rangesOf } from './topic.ts';
import type { Gap } from './topicFollower.ts';
import type { TopicSight } from './topicLife.ts';

/** One consumer from its connection to its loss. Positions stay behind for the next one. */
export interface KafkaSession {
  readonly sight: TopicSight;
  /** What the partitions hold now; those that were added since the session began are not among them. */
  ranges(): Promise<readonly PartitionRange[]>;
  /** What all partitions hold now. */
  allRanges(): Promise<readonly PartitionRange[]>;
  pause(): void;
  resume(): void;
  /** Reads one partition on from `offset`, if it had to wait. */
  goOn(partition: number, offset: Offset): void;
  /** Asks for nothing more of one partition. */
  rest(partition: number): void;
  /** Lets go of everything; ends in any case, a dead broker is not waited for. */
  close(): Promise<void>;
}

/** What a session needs, and whom it tells. */
export interface SessionOptions {
  readonly client: KafkaClient;
  readonly topic: string;
  readonly positions: Positions;
  readonly obstacles: Obstacles;
  readonly isPaused: () => boolean;
  /** Whether there is nothing to be read of a partition; without it there is of all. */
  readonly isAtRest?: (partition: number) => boolean;
  /** In the name of its group; without it `live`. */
  readonly purpose?: 'older';
  /** Takes records of one partition in order; never rejects. */
  readonly deliver: (records: readonly ConsumedRecord[]) => Promise<void>;
  /** Partitions were assigned (again). */
  readonly onAssigned: () => void;
  /** Reading went on, or the ends of the logs moved. */
  readonly onProgress: () => void;
  readonly onGap: (gap: Gap) => void;
  /** A partition ends before our position; resolves to whether reading goes on all the same. */
  readonly onEndsBefore: (range: PartitionRange) => Promise<boolean>;
  /** kafkajs gave up. */
  readonly onCrash: (error: Error) => void;
}

/** How many records go to the sink at once: small enough that one call stays within a frame or two. */
const deliverAtOnce = 500;

/** Joins a group over a connected admin and starts to deliver; rejects when that fails. Ends what it was given. */
export async function openSession(
  sight: TopicSight,
  options: SessionOptions,
): Promise<KafkaSession> {
  const { admin, identity } = sight;
  const { client, topic, positions, obstacles } = options;
  const { consumer, ...group } = createEphemeralGroup(client, admin, options.purpose ?? 'live');
  const life = { closed: false };
  let crash: Error | undefined;

  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    // The positions may be in another topic of the same name by now.
    if (life.closed) return;
    // Before the first fetch of the new assignment, as listeners are called at once: with nothing
    // committed kafkajs would otherwise begin each assignment at the start of the log.
    const assigned = payload.memberAssignment[topic] ?? [];
    for (const partition of assigned) {
      if (positions.next(partition) === undefined) positions.setNext(partition, '0');
      consumer.seek({ topic, partition, offset: obstacles.place(partition) ?? '0' });
    }
    const atRest = assigned.filter((partition) => options.isAtRest?.(partition) === true);
    if (atRest.length > 0) consumer.pause([{ topic, partitions: atRest }]);
    if (options.isPaused()) consumer.pause([{ topic }]);
    options.onAssigned();
  });
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
    if (life.closed) return;
    // Also told of batches that hold nothing to read: control records and aborted transactions.
    const { partition } = payload;
    const high = highOf(options, payload);
    if (payload.batchSize === 0) {
      if (obstacles.isSearching(partition)) obstacles.looked(partition, true, high);
      else advance(options, partition, payload.lastOffset);
    }
    positions.setHigh(partition, high);
    options.onProgress();
  });
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    crash = payload.error;
    if (!life.closed) options.onCrash(payload.error);
  });

  const session: KafkaSession = {
    sight,
    ranges: () => rangesOf(admin, topic),
    // A client keeps what it knows of the cluster for minutes; only a new one asks anew.
    async allRanges() {
      const fresh = client.kafka.admin();
      await fresh.connect();
      try {
        return await rangesOf(fresh, topic);
      } finally {
        void fresh.disconnect().catch(() => undefined);
      }
    },
    pause: () => unlessGone(() => consumer.pause([{ topic }])),
    resume: () => unlessGone(() => consumer.resume([{ topic }])),
    goOn(partition, offset) {
      unlessGone(() => {
        consumer.seek({ topic, partition, offset });
        if (!options.isPaused()) consumer.resume([{ topic, partitions: [partition] }]);
      });
    },
    rest: (partition) => unlessGone(() => consumer.pause([{ topic, partitions: [partition] }])),
    close() {
      life.closed = true;
      void identity.close().catch(() => undefined);
      return group.close();
    },
  };
  try {
    await consumer.connect();
    // From the beginning matters only where our position has been deleted: the oldest record is the next.
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: async (payload) => {
        await takeBatch(payload, options, life);
        client.answers.wereRead(payload.batch.messages);
      },
    });
    // A group that could not be joined is told as a crash, `run` resolves all the same.
    if (crash !== undefined) throw crash;
  } catch (error) {
    await session.close();
    throw error;
  }
  return session;
}

/** A consumer that has just crashed refuses; the next one asks whether it is paused. */
function unlessGone(act: () => void): void {
  try {
    act();
  } catch {
    return;
  }
}

async function takeBatch(
  payload: EachBatchPayload,
  options: SessionOptions,
  life: { readonly closed: boolean },
): Promise<void> {
  const { positions, obstacles, isPaused, onEndsBefore, onGap } = options;
  const { batch } = payload;
  const { topic, partition } = batch;
  const high = highOf(options, batch);
  const stops = () => life.closed || !payload.isRunning() || payload.isStale() || isPaused();
  if (obstacles.isSearching(partition)) {
    const isReadable = batch.messages[0] !== undefined && !unreadableOf(batch.messages[0]);
    if (!stops()) obstacles.looked(partition, isReadable, high);
    return;
  }
  if (BigInt(high) < BigInt(positions.next(partition) ?? '0')) {
    // kafkajs asked beyond the end and began again at the oldest record, as told when it subscribed.
    const low = batch.firstOffset() ?? '0';
    const goesOn = await onEndsBefore({ topic, partition, low, high });
    if (!goesOn) return;
  }
  const [next, first] = [positions.next(partition), batch.firstOffset()];
  if (next !== undefined && first !== null && BigInt(first) > BigInt(next)) {
    // Told once: whoever looks at the position from now on sees no gap.
    positions.setNext(partition, first);
    onGap({ partition, from: BigInt(next), to: BigInt(first) });
  }
  // A sink that takes its time must not cost us the membership; an error comes again at the next fetch.
  const beat = setInterval(() => void payload.heartbeat().catch(() => undefined), heartbeatMs);
  try {
    for (const messages of portions(batch.messages)) {
      // What is left is fetched again, because only what was delivered is resolved.
      if (stops() || !(await takePortion(messages, payload, options))) return;
    }
    // The batch may end with records that are not for readers.
    if (!stops()) advance(options, partition, batch.lastOffset());
  } finally {
    clearInterval(beat);
  }
}

/** How far the log goes; a broker that refuses to give something out doesn't say. */
function highOf(
  { positions }: SessionOptions,
  { partition, highWatermark }: { readonly partition: number; readonly highWatermark: Offset },
): Offset {
  return highWatermark.startsWith('-') ? (positions.high(partition) ?? '0') : highWatermark;
}

/** What is delivered at once: some records, or a mark in the place of those that can't be read. */
function* portions(messages: readonly KafkaMessage[]): Generator<readonly KafkaMessage[]> {
  let portion: KafkaMessage[] = [];
  for (const message of messages) {
    const isMark = unreadableOf(message) !== undefined;
    if (portion.length > 0 && (isMark || portion.length === deliverAtOnce)) {
      yield portion;
      portion = [];
    }
    portion.push(message);
    if (isMark) {
      yield portion;
      portion = [];
    }
  }
  if (portion.length > 0) yield portion;
}

/** Delivers a portion; false when reading has to wait before it. */
async function takePortion(
  messages: readonly KafkaMessage[],
  payload: EachBatchPayload,
  options: SessionOptions,
): Promise<boolean> {
  const { deliver, obstacles, positions } = options;
  const { batch } = payload;
  const { topic, partition } = batch;
  const [first] = messages;
  const unreadable = first && unreadableOf(first);
  if (unreadable === undefined) {
    await deliver(messages.map((message) => toRecord(topic, partition, message)));
    const last = messages.at(-1)?.offset ?? batch.lastOffset();
    obstacles.passed(partition, positions.next(partition) ?? last);
    payload.resolveOffset(last);
    return true;
  }
  // Nothing between what was delivered and here is for readers.
  advance(options, partition, String(BigInt(unreadable.offset) - 1n));
  const next = obstacles.meet(unreadable, highOf(options, batch));
  if (next === undefined) {
    payload.pause();
    return false;
  }
  payload.resolveOffset(String(BigInt(next) - 1n));
  return true;
}

function advance(
  { positions, obstacles }: SessionOptions,
  partition: number,
  lastOffset: Offset,
): void {
  const next = BigInt(lastOffset) + 1n;
  if (next <= BigInt(positions.next(partition) ?? '0') || obstacles.isSearching(partition)) return;
  positions.setNext(partition, String(next));
  obstacles.passed(partition, String(next));
}

/** Where it stands in the answer of the broker: right until the batch is taken. */
export function toRecord(topic: string, partition: number, message: KafkaMessage): ConsumedRecord {
  const timestampMs = Number(message.timestamp);
  return {
    topic,
    partition,
    offset: message.offset,
    timestampMs: Number.isFinite(timestampMs) && timestampMs >= 0 ? timestampMs : null,
    key: message.key && plainBytes(message.key),
    value: message.value && plainBytes(message.value),
  };
}

function plainBytes(bytes: Buffer): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
