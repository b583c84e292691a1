/**
 * Records per second from a real topic into the engine, list watched as by a panel, against bare kafkajs
 * with `JSON.parse` on the same topic: alternated in one run, so that the machine is the same for both.
 */
import { Kafka, logLevel } from 'kafkajs';

import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { engineInWorker, engineSettings, topicSource, wholeList } from '../engine/engineWorld.ts';
import { makeTopic, type Topic } from '../engine/kafkaWorld.ts';
import { buildForBench } from './built.ts';
import { startKafkaBroker } from '../support/kafkaBroker.ts';
import { mixedRecords } from '../support/sampleRecords.ts';
import { heading, median, note, report } from './report.ts';
import { Watcher } from '../../src/protocol/watcher.ts';

const count = 20_000;
const rounds = 7;

if (isMainThread) await main();
else await readBare(workerData as { readonly brokers: string; readonly topic: string });

async function main(): Promise<void> {
  await buildForBench();
  const broker = await startKafkaBroker({ optimized: true });
  try {
    const topic = await makeTopic(broker.brokers);
    const bytes = await fill(topic);
    heading(`Ingest: ${String(count)} records, ${(bytes / count / 1_000).toFixed(1)} KB each`);
    const bare: number[] = [];
    const engine: number[] = [];
    for (let round = -1; round < rounds; round++) {
      const bareRate = await bareRateOf(broker.brokers, topic.name);
      const engineRate = await engineRateOf(broker.brokers, topic.name);
      // The first round warms the broker's caches.
      if (round < 0) continue;
      bare.push(bareRate);
      engine.push(engineRate);
    }
    report('bare kafkajs + JSON.parse', median(bare), 'records/s');
    report('the engine', median(engine), 'records/s');
    const ratios = engine.map((rate, round) => rate / (bare[round] ?? Number.NaN));
    report('ratio', median(ratios), '', { atLeast: 0.9 });
    note(`ratios of the rounds: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}`);
  } finally {
    await broker.stop();
  }
}

/**
 * Sends the records, and holds none of them: a heap of 240 MB was collected over and over while others were measured,
 * on both cores. Answers how large they are.
 */
async function fill(topic: Topic): Promise<number> {
  let bytes = 0;
  for (let at = 0; at < count; at += 100) {
    const records = mixedRecords(100, at);
    await topic.send(records);
    bytes += records.reduce((sum, record) => sum + Buffer.byteLength(record), 0);
  }
  await topic.close();
  return bytes;
}

/** The rate from the first window that shows something to the one that shows all. */
async function engineRateOf(brokers: string, topic: string): Promise<number> {
  const engine = engineInWorker();
  const { promise, resolve } = Promise.withResolvers<number>();
  let first: Seen | undefined;
  const watcher = new Watcher(engine, 'bench');
  const list = watcher.question('list', 'list', (result) => {
    const totalAll = result.ok ? result.value.totalAll : 0;
    if (totalAll === 0) return;
    const seen = { records: totalAll, ms: performance.now() };
    first ??= seen;
    if (totalAll >= count) resolve(rateOf(first, seen));
  });
  engine.on('pushed', (pushed) => {
    watcher.receive(pushed);
  });
  try {
    engine.start();
    await engine.call('configure', engineSettings({ storeBytes: 128 * 1024 * 1024 }));
    await list.ask({ ...wholeList, limit: 60 });
    await engine.call('openSource', { spec: topicSource(brokers, topic), keep: false });
    return await promise;
  } finally {
    await engine.close();
  }
}

/** In a thread of its own, as the engine has one. */
async function bareRateOf(brokers: string, topic: string): Promise<number> {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { brokers, topic } });
  const rate = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await worker.terminate();
  return rate;
}

async function readBare({
  brokers,
  topic,
}: {
  readonly brokers: string;
  readonly topic: string;
}): Promise<void> {
  const kafka = new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: `bare-${String(Date.now())}`, maxWaitTimeInMs: 50 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const { promise, resolve } = Promise.withResolvers<number>();
  let records = 0;
  let first: Seen | undefined;
  await consumer.run({
    autoCommit: false,
    eachBatch: ({ batch }) => {
      for (const { value } of batch.messages) {
        JSON.parse(String(value));
        records++;
      }
      const seen = { records, ms: performance.now() };
      first ??= seen;
      if (records >= count) resolve(rateOf(first, seen));
      return Promise.resolve();
    },
  });
  const rate = await promise;
  await consumer.disconnect();
  parentPort?.postMessage(rate);
}

interface Seen {
  readonly records: number;
  readonly ms: number;
}

function rateOf(first: Seen, last: Seen): number {
  return (last.records - first.records) / ((last.ms - first.ms) / 1_000);
}
