import { setTimeout as delay } from 'node:timers/promises';
import type { Admin, ITopicConfig } from 'kafkajs';

/**
 * Makes a topic, and waits until each of its partitions has a leader. kafkajs waits as well, but gives up at a broker
 * that hasn't heard of the topic yet.
 */
export async function topicWithLeaders(admin: Admin, topic: ITopicConfig): Promise<void> {
  await admin.createTopics({ topics: [topic], waitForLeaders: false });
  while (!(await hasLeaders(admin, topic.topic))) await delay(20);
}

async function hasLeaders(admin: Admin, topic: string): Promise<boolean> {
  const found = await admin.fetchTopicMetadata({ topics: [topic] }).catch(() => undefined);
  const partitions = found?.topics[0]?.partitions ?? [];
  return partitions.length > 0 && partitions.every(({ leader }) => leader >= 0);
}
