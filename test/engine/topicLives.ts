/** Topics that come and go under one name, and let go of records. Each act has a client that knows nothing of before. */
import { setTimeout as delay } from 'node:timers/promises';
import { Kafka, logLevel, type Admin } from 'kafkajs';

const lookMs = 100;
const mostTries = 10;

async function withAdmin<T>(
  brokers: string,
  act: (admin: Admin, kafka: Kafka) => Promise<T>,
): Promise<T> {
  const retry = { retries: 30, maxRetryTime: 1_000 };
  const kafka = new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING, retry });
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await act(admin, kafka);
  } finally {
    await admin.disconnect();
  }
}

/** Deletes a topic with all that it holds. */
export async function deleteTopic(brokers: string, topic: string): Promise<void> {
  await withAdmin(brokers, (admin) => admin.deleteTopics({ topics: [topic] }));
}

/** Makes a topic of this name that holds `values`. */
export async function createTopic(
  brokers: string,
  topic: string,
  values: readonly string[],
  partitions = 1,
): Promise<void> {
  await withAdmin(brokers, async (admin) => {
    const asked = { topics: [{ topic, numPartitions: partitions }], waitForLeaders: true };
    const isThere = async () => (await admin.listTopics()).includes(topic);
    // The name is taken until the deletion is through.
    while (await isThere()) await delay(lookMs);
    // An error may be one of waiting for the leaders: the topic may be there all the same.
    let error: unknown;
    for (let tries = 0; !(await isThere()); tries++) {
      if (tries === mostTries) throw error;
      await admin.createTopics(asked).catch((reason: unknown) => (error = reason));
    }
  });
  await write(brokers, topic, values, partitions);
}

/** Writes `values`, shared out evenly. */
export async function write(
  brokers: string,
  topic: string,
  values: readonly string[],
  partitions = 1,
): Promise<void> {
  await withAdmin(brokers, async (_admin, kafka) => {
    const producer = kafka.producer();
    await producer.connect();
    const messages = values.map((value, at) => ({ value, partition: at % partitions }));
    await producer.send({ topic, messages });
    await producer.disconnect();
  });
}

/** A broker takes a megabyte as one. */
const atATime = 500;

/** The same of as many as there are. */
export async function writeMany(
  brokers: string,
  topic: string,
  values: readonly string[],
): Promise<void> {
  for (let at = 0; at < values.length; at += atATime)
    await write(brokers, topic, values.slice(at, at + atATime));
}

/** Removes the records before the given offsets, by partition, as retention does. */
export async function removeRecords(
  brokers: string,
  topic: string,
  before: Readonly<Record<number, string>>,
): Promise<void> {
  const partitions = Object.entries(before).map(([partition, offset]) => ({
    ...{ partition: Number(partition), offset },
  }));
  await withAdmin(brokers, async (admin) => {
    // The client deletes only in topics that it has asked about before.
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions });
  });
}
