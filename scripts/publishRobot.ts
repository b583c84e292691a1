/**
 * The sample robot as a service would be: `node publishRobot.ts BROKERS TOPIC [SEED]` writes its
 * records to a real topic, each at its time, until it is ended.
 */
import { setTimeout as delay } from 'node:timers/promises';

import { Kafka, logLevel } from 'kafkajs';

import { sampleRobotSteps } from '../src/sources/sample/writtenSteps.ts';
import { createKafkaProducerService } from '../src/telemetry/kafkaProducerFactory.ts';
import { topicWithLeaders } from '../test/support/topicWithLeaders.ts';

const [broker = 'localhost:9092', topic = 'spark-agent-builder', seed = '1'] =
  process.argv.slice(2);
const kafka = new Kafka({ brokers: broker.split(','), logLevel: logLevel.ERROR });
// One partition keeps the snapshots of an execution in their order, as a single robot's are.
const admin = kafka.admin();
await admin.connect();
const isThere = (await admin.listTopics()).includes(topic);
if (!isThere) await topicWithLeaders(admin, { topic, numPartitions: 1 });
await admin.disconnect();
const producer = createKafkaProducerService({ enabled: true, servers: broker.split(',') });
process.stdout.write(`the robot publishes to ${topic} at ${broker}\n`);

const startMs = Date.now();
let dueMs = startMs;
for (const step of sampleRobotSteps({ seed: Number(seed), startMs })) {
  dueMs += step.afterMs;
  if (dueMs > Date.now()) await delay(dueMs - Date.now());
  producer.send(topic, step.value, { timestampMs: step.timestampMs });
}
