import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { createKafkaRecordSource } from '../../src/sources/kafka/kafkaRecordSource.ts';
import { startKafkaBroker } from '../support/kafkaBroker.ts';
import { required } from '../support/required.ts';
import { connectionTo, makeTopic, numbers, realClock, WatchedSink } from './kafkaWorld.ts';

const broker = required(
  () => startKafkaBroker(),
  (it) => it.stop(),
);

function sourceOf(topic: string, brokers = broker().brokers) {
  const connection = connectionTo(brokers);
  const start = { kind: 'earliest' } as const;
  return createKafkaRecordSource({
    connection,
    topic,
    start,
    clock: realClock,
    log: () => undefined,
  });
}

/** Produces numbers until stopped, each again until the broker has acknowledged it, none twice. */
function produceSteadily(topic: string, partitions: number) {
  const retry = { retries: 1_000, maxRetryTime: 500 };
  const kafka = new Kafka({ brokers: [broker().brokers], logLevel: logLevel.NOTHING, retry });
  const acknowledged: string[] = [];
  let running = true;
  const run = async () => {
    // Idempotent: what was sent again after the loss of an answer is written once. It tries until the test ends.
    const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, retry });
    await producer.connect();
    for (let n = 1; running; n++) {
      const values = numbers(5, (n - 1) * 5 + 1);
      const messages = values.map((value) => ({ value, partition: Number(value) % partitions }));
      await producer.send({ topic, messages });
      acknowledged.push(...values);
    }
    await producer.disconnect();
  };
  const done = run();
  return {
    acknowledged,
    async stop() {
      running = false;
      await done;
      return acknowledged;
    },
  };
}

describe('a rebalance', () => {
  it('takes and gives partitions without loss or double', { timeout: 120_000 }, async () => {
    const topic = await makeTopic(broker().brokers, 4);
    const sink = new WatchedSink();
    const source = sourceOf(topic.name);
    await source.start(sink);
    const send = (first: number) =>
      Promise.all(
        [0, 1, 2, 3].map((partition) =>
          topic.send(numbers(25, first + 25 * partition), { partition }),
        ),
      );
    await send(1);
    await sink.until(() => sink.records.length === 100);
    // An intruder in our group, whose name nobody knows: the broker shares the partitions out.
    const admin = topic.kafka.admin();
    await admin.connect();
    const { groups } = await admin.listGroups();
    // The only one yet, as this is the first test of the file.
    const groupId = groups.find((group) => group.groupId.startsWith('rpa-trace-live-'))!.groupId;
    const intruder = topic.kafka.consumer({ groupId });
    await intruder.connect();
    await intruder.subscribe({ topic: topic.name });
    const joined = new Promise((resolve) => intruder.on(intruder.events.GROUP_JOIN, resolve));
    await intruder.run({ autoCommit: false, eachMessage: () => Promise.resolve() });
    await joined;
    await send(101);
    await sink.until(() => sink.records.length === 150);
    await intruder.disconnect();
    await sink.until(() => sink.records.length === 200);
    await send(201);
    await sink.until(() => sink.records.length === 300);
    expect(sink.values.map(Number).sort((x, y) => x - y)).toEqual(numbers(300).map(Number));
    await source.stop();
    await admin.disconnect();
    await topic.close();
  });
});

describe('a broker that is killed and comes back', () => {
  it('costs no record and doubles none, three times over', { timeout: 180_000 }, async () => {
    const topic = await makeTopic(broker().brokers, 3);
    await topic.close();
    const sink = new WatchedSink();
    const source = sourceOf(topic.name);
    await source.start(sink);
    const producing = produceSteadily(topic.name, 3);
    for (let round = 0; round < 3; round++) {
      const before = sink.records.length;
      await sink.until(() => sink.records.length > before + 500);
      await broker().kill();
      await sink.until(() => sink.last?.kind === 'retrying');
      await broker().restart();
      await sink.until(() => sink.last?.kind === 'live', 60_000);
    }
    const produced = await producing.stop();
    await sink.until(
      () =>
        sink.last?.kind === 'live' && sink.last.lag === 0 && sink.records.length >= produced.length,
    );
    await source.stop();
    const seen = sink.records.map(({ partition, offset }) => `${String(partition)}@${offset}`);
    expect(new Set(seen).size).toBe(seen.length);
    expect(sink.values.map(Number).sort((a, b) => a - b)).toEqual(produced.map(Number));
    for (const partition of [0, 1, 2]) {
      const offsets = sink.records
        .filter((record) => record.partition === partition)
        .map(({ offset }) => Number(offset));
      expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
    }
  });

  it('finds the source paused as it was', { timeout: 120_000 }, async () => {
    const topic = await makeTopic(broker().brokers);
    await topic.send(numbers(10));
    const sink = new WatchedSink();
    const source = sourceOf(topic.name);
    await source.start(sink);
    await sink.until(() => sink.records.length === 10);
    source.pause();
    await topic.close();
    await broker().kill();
    await sink.until(() => sink.last?.kind === 'retrying');
    await broker().restart();
    await sink.until(() => sink.last?.kind === 'paused', 60_000);
    const again = await producerOf(topic.name, numbers(10, 11));
    await sink.until(() => sink.last?.kind === 'paused' && sink.last.lag === 10);
    expect(sink.records).toHaveLength(10);
    source.resume();
    await sink.until(() => sink.records.length === 20);
    expect(sink.values).toEqual(numbers(20));
    await source.stop();
    await again.disconnect();
  });

  it('can be stopped for while it is away', { timeout: 120_000 }, async () => {
    const topic = await makeTopic(broker().brokers);
    await topic.close();
    const sink = new WatchedSink();
    const source = sourceOf(topic.name);
    await source.start(sink);
    await broker().kill();
    await sink.until(() => sink.last?.kind === 'retrying');
    // Resolves although no broker can hear of it: there is none until the restart below.
    await source.stop();
    const states = sink.states.length;
    await broker().restart();
    expect(sink.states).toHaveLength(states);
  });
});

/** A producer that has sent the values, with a client of its own. */
async function producerOf(topic: string, values: readonly string[]) {
  const clientId = randomUUID();
  const kafka = new Kafka({
    clientId,
    brokers: [broker().brokers],
    logLevel: logLevel.NOTHING,
    retry: { retries: 20 },
  });
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic, messages: values.map((value) => ({ value })) });
  return producer;
}
