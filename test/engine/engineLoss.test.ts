/** The shipped engine in its worker thread: what is lost with it comes back from Kafka, once. */
import { afterEach, expect, test } from 'vitest';

import type { EngineClient } from '../../src/host/engineClient.ts';
import { startKafkaBroker } from '../support/kafkaBroker.ts';
import { required } from '../support/required.ts';
import { sampleRecord, sampleSid } from '../support/sampleRecords.ts';
import { engineInWorker, openTopic, type WatchedList } from './engineWorld.ts';
import { makeTopic, type Topic } from './kafkaWorld.ts';
import { ask } from '../../src/protocol/ask.ts';

const broker = required(
  () => startKafkaBroker(),
  (it) => it.stop(),
);
const engines: EngineClient[] = [];
const topics: Topic[] = [];

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
  for (const topic of topics.splice(0)) await topic.close();
});

async function newTopic(): Promise<Topic> {
  const topic = await makeTopic(broker().brokers);
  topics.push(topic);
  return topic;
}

/** An engine whose every life is told its settings and its source anew, as the session of the host does. */
function startEngine(
  topic: string,
  heapMegabytes: () => number = () => 512,
): { engine: EngineClient; lives: () => Promise<WatchedList>; lost: string[] } {
  const engine = engineInWorker({ heapMegabytes });
  engines.push(engine);
  const lost: string[] = [];
  engine.onDidLose(({ cause, detail }) => lost.push(`${cause}: ${detail}`));
  let nextLife = Promise.withResolvers<WatchedList>();
  engine.onDidStart(() => {
    const life = nextLife;
    nextLife = Promise.withResolvers();
    openTopic(engine, broker().brokers, topic).then(life.resolve, life.reject);
  });
  return { engine, lives: () => nextLife.promise, lost };
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => from + index);
const records = (from: number, to: number) =>
  range(from, to).map((n) => sampleRecord('succeeded', n));

test('ended like a crash, it starts again and reads everything again, nothing twice', async () => {
  const topic = await newTopic();
  await topic.send(records(0, 50));
  const { engine, lives, lost } = startEngine(topic.name);
  const first = lives();
  engine.start();
  await (await first).untilTotal(50);
  const second = lives();
  await engine.kill();
  expect(engine.isRunning).toBe(false);
  await topic.send(records(50, 60));
  const list = await second;
  await list.untilTotal(60);
  expect(list.sids).toEqual(range(0, 60).map(sampleSid).reverse());
  expect(lost).toEqual(['exit: exit code 1']);
});

test('who waits for an answer is told that the engine died', async () => {
  const topic = await newTopic();
  const { engine, lives } = startEngine(topic.name);
  const first = lives();
  engine.start();
  await first;
  const answers = range(0, 20).map(() =>
    ask(engine, 'status', null).catch((error: unknown) => error),
  );
  await engine.kill();
  const outcomes = await Promise.all(answers);
  expect(outcomes.at(-1)).toMatchObject({ reason: 'engineLost' });
});

test('a full heap ends the engine alone, and the next one with more room shows all', async () => {
  const topic = await newTopic();
  await topic.send(records(0, 20));
  const heaps = [24, 512];
  const { engine, lives, lost } = startEngine(topic.name, () => heaps.shift() ?? 512);
  const first = lives();
  engine.start();
  await (await first).untilTotal(20);
  const second = lives();
  // Far more objects than 24 MB hold, in a record that a broker takes. So deep that it is built whole: others are read
  // by their bytes, and no heap is too small for that.
  const entry = { id: '', node_id: 'rpa::1', data: { output: range(0, 100).map((n) => ({ n })) } };
  const huge = JSON.parse(sampleRecord('succeeded', 20)) as { trace: unknown[] };
  huge.trace.push(...range(0, 6_000).map((n) => ({ ...entry, id: String(n) })));
  const deep = range(0, 100).reduce<object>((within) => ({ within }), {});
  await topic.send([JSON.stringify({ ...huge, deep })]);
  const list = await second;
  await list.untilTotal(21);
  expect(lost).toEqual([expect.stringMatching(/^memory: /)]);
  expect(list.sids).toEqual(range(0, 21).map(sampleSid).reverse());
});

test('a broker that is killed and comes back costs no execution and doubles none', async () => {
  const topic = await newTopic();
  const { engine, lives } = startEngine(topic.name);
  const life = lives();
  engine.start();
  const list = await life;
  // Idempotent: what is sent again because its answer was lost is written once. It tries until the test ends.
  const producer = topic.kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    retry: { retries: 1_000, maxRetryTime: 500 },
  });
  await producer.connect();
  const stop = new AbortController();
  let sent = 0;
  const producing = (async () => {
    while (!stop.signal.aborted) {
      const messages = records(sent, sent + 10).map((value) => ({ value }));
      await producer.send({ topic: topic.name, messages });
      sent += 10;
    }
  })();
  await list.until(({ total }) => total >= 100);
  await broker().kill();
  await broker().restart();
  const before = list.last?.total ?? 0;
  await list.until(({ total }) => total >= before + 100);
  stop.abort();
  await producing;
  await producer.disconnect();
  await list.untilTotal(sent);
  expect(list.sids).toEqual(range(0, sent).map(sampleSid).reverse());
}, 120_000);
