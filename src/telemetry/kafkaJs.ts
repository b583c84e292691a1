// As the default export: Node finds only some names of this CommonJS package.
import kafkajs from 'kafkajs';
import { mendKafkaJsTimers } from './kafkaJsTimers.ts';

/** The client of Kafka, with its timers mended. Loaded when a record is to be sent: it is larger than all else. */
export async function loadKafkaJs(): Promise<typeof kafkajs> {
  await mendKafkaJsTimers();
  return kafkajs;
}
