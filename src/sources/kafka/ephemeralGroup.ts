import { randomUUID } from 'node:crypto';
import type { Admin, Consumer } from 'kafkajs';
import { within, type KafkaClient } from './connection.ts';

/** How often a consumer tells that it lives; kafkajs's session ends after ten of these. */
export const heartbeatMs = 3_000;

const closeMs = 3_000;

/** A consumer in a group of its own, which commits nothing and is deleted when it closes. */
export interface EphemeralGroup {
  readonly consumer: Consumer;
  /** Leaves and deletes the group and disconnects, the admin too; a dead broker is waited for only so long. */
  readonly close: () => Promise<void>;
}

/** Makes the consumer, nothing connected yet. */
export function createEphemeralGroup(
  { kafka }: KafkaClient,
  admin: Admin,
  purpose: 'live' | 'fetch' | 'older',
): EphemeralGroup {
  const groupId = `rpa-trace-${purpose}-${randomUUID()}`;
  const consumer = kafka.consumer({
    groupId,
    allowAutoTopicCreation: false,
    // A fetch waits at most this long for a record; it is also how long pause and stop wait for it.
    maxWaitTimeInMs: 50,
    maxBytesPerPartition: 4 * 1024 * 1024,
    heartbeatInterval: heartbeatMs,
    // How soon a partition that was added is seen.
    metadataMaxAge: 10_000,
    retry: {
      retries: 5,
      initialRetryTime: 150,
      maxRetryTime: 1_000,
      // kafkajs would start again for ever and say nothing; the source does it, and says so.
      restartOnFailure: () => Promise.resolve(false),
    },
  });
  const leave = async () => {
    await consumer.disconnect();
    // The broker keeps an empty group for minutes. Not every user may delete one, which does no harm.
    await admin.deleteGroups([groupId]).catch(() => undefined);
    await admin.disconnect();
  };
  return {
    consumer,
    async close() {
      // What does not end in time ends by itself once its retries are used up.
      await within(closeMs, leave()).catch(() => void admin.disconnect().catch(() => undefined));
    },
  };
}
