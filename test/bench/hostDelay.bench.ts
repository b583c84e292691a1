/**
 * How long the extension host's event loop is held up while 2,000 records arrive per second and the panel
 * is open, beside the same host while nothing arrives.
 */
import { setTimeout as delay } from 'node:timers/promises';

import { Kafka, logLevel } from 'kafkajs';

import { startKafkaBroker } from '../support/kafkaBroker.ts';
import { mixedRecords } from '../support/sampleRecords.ts';
import { topicWithLeaders } from '../support/topicWithLeaders.ts';
import { heading, note, report } from './report.ts';
import { hostDelayDuring, inVscode, readyPanel, wide } from './vscodeBench.ts';

const topic = 'spark-agent-builder';
const perSecond = 2_000;
const seconds = 10;
/** Twenty batches a second: as even as a busy topic. */
const stepMs = 50;

const broker = await startKafkaBroker({ optimized: true });
try {
  const kafka = new Kafka({ brokers: [broker.brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await topicWithLeaders(admin, { topic, numPartitions: 1 });
  await admin.disconnect();
  const producer = kafka.producer();
  await producer.connect();
  const records = mixedRecords(perSecond * seconds);
  const env = { RPA_TRACE_START: `kafka:${broker.brokers}/${topic}` };
  await inVscode({ env }, async ({ openWorkbench }) => {
    const workbench = await openWorkbench(wide);
    const panel = await readyPanel(workbench);
    await producer.send({ topic, messages: [{ value: records[0] ?? '' }] });
    await panel.locator('[data-sid]').first().waitFor();
    await delay(3_000);
    const idle = await hostDelayDuring(workbench, () => delay(seconds * 1_000));
    const flooded = await hostDelayDuring(workbench, () => flood());
    heading(`Event-loop delay of the extension host over ${String(seconds)} s`);
    report('p99, idle', idle.p99, 'ms');
    report(`p99, ${String(perSecond)} records/s`, flooded.p99, 'ms', { atMost: 16 });
    note(`longest: idle ${idle.max.toFixed(0)} ms, flooded ${flooded.max.toFixed(0)} ms`);
  });
  await producer.disconnect();

  async function flood(): Promise<void> {
    const each = (perSecond * stepMs) / 1_000;
    const beginMs = performance.now();
    for (let at = 0; at < records.length; at += each) {
      const dueMs = beginMs + (at / perSecond) * 1_000;
      if (dueMs > performance.now()) await delay(dueMs - performance.now());
      const messages = records.slice(at, at + each).map((value) => ({ value }));
      await producer.send({ topic, messages, acks: 1 });
    }
    const took = (performance.now() - beginMs) / 1_000;
    note(`produced ${(records.length / took).toFixed(0)} records/s`);
  }
} finally {
  await broker.stop();
}
