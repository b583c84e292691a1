/**
 * From the call of a plain producer to the painted row in the panel of a real VS Code, over a real Kafka:
 * 200 records, one by one. Producer, broker, engine and browser share this machine and its clock.
 */
import type { Frame } from 'playwright-core';

import { Kafka, logLevel } from 'kafkajs';

import { startKafkaBroker } from '../support/kafkaBroker.ts';
import { sampleRecord, sampleSid, type SampleName } from '../support/sampleRecords.ts';
import { topicWithLeaders } from '../support/topicWithLeaders.ts';
import { heading, note, quantile, report } from './report.ts';
import { closeSideBar, inVscode, readyPanel, wide } from './vscodeBench.ts';

const topic = 'spark-agent-builder';
const count = 200;
const names: readonly SampleName[] = ['succeeded', 'robot', 'failed', 'link'];

const broker = await startKafkaBroker({ optimized: true });
try {
  const kafka = new Kafka({ brokers: [broker.brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await topicWithLeaders(admin, { topic, numPartitions: 1 });
  await admin.disconnect();
  const producer = kafka.producer();
  await producer.connect();
  /** Milliseconds since the epoch at which the call was made. */
  const produce = async (n: number): Promise<number> => {
    const value = sampleRecord(names[n % names.length] ?? 'succeeded', n);
    const calledMs = now();
    await producer.send({ topic, messages: [{ value }], acks: 1 });
    return calledMs;
  };
  const env = { RPA_TRACE_START: `kafka:${broker.brokers}/${topic}` };
  await inVscode({ env }, async ({ openWorkbench }) => {
    const workbench = await openWorkbench(wide);
    await closeSideBar(workbench.page);
    const panel = await readyPanel(workbench);
    // The first ones bring the list onto the page and warm all that is on the way.
    for (let n = 0; n < 20; n++) await measure(panel, produce, n);
    const latencies: number[] = [];
    for (let n = 20; n < 20 + count; n++) latencies.push(await measure(panel, produce, n));
    heading(`From produce to the painted row, ${String(count)} records one by one`);
    report('p50', quantile(latencies, 0.5), 'ms', { atMost: 50 });
    report('p95', quantile(latencies, 0.95), 'ms', { atMost: 150 });
    note(`slowest ${quantile(latencies, 1).toFixed(0)} ms`);
  });
  await producer.disconnect();
} finally {
  await broker.stop();
}

async function measure(
  panel: Frame,
  produce: (n: number) => Promise<number>,
  n: number,
): Promise<number> {
  // Resolves with the time at which the frame behind the row's has begun: then it has been painted.
  const painted = panel.evaluate(
    (selector) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (document.querySelector(selector) === null) return false;
          observer.disconnect();
          requestAnimationFrame(() => {
            const channel = new MessageChannel();
            // A message that is sent in a frame arrives when that frame has been painted.
            channel.port1.onmessage = () => {
              resolve(performance.timeOrigin + performance.now());
            };
            channel.port2.postMessage(null);
          });
          return true;
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { childList: true, subtree: true, attributes: true });
        look();
      }),
    `[data-sid="${sampleSid(n)}"]`,
  );
  // What is evaluated must be listening before the record is on its way.
  await panel.evaluate(() => true);
  const calledMs = await produce(n);
  return (await painted) - calledMs;
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
