import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';

/** A topic into which batches are written one by one, and which stands on the disk of the broker. */
export interface BatchTopic {
  readonly name: string;
  /** Writes the values as one batch. */
  send(partition: number, values: readonly (string | Buffer)[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Makes one whose index knows each batch: a broker looks for an offset from the last place that its index has,
 * and would stop at a damaged batch between.
 */
export async function makeBatchTopic(brokers: string, numPartitions: number): Promise<BatchTopic> {
  const topic = `batches-${randomUUID()}`;
  const kafka = new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const configEntries = [{ name: 'index.interval.bytes', value: '0' }];
  await admin.createTopics({
    topics: [{ topic, numPartitions, configEntries }],
    waitForLeaders: true,
  });
  await admin.disconnect();
  const producer = kafka.producer();
  await producer.connect();
  return {
    name: topic,
    async send(partition, values) {
      await producer.send({ topic, messages: values.map((value) => ({ value, partition })) });
    },
    close: () => producer.disconnect(),
  };
}
