/** A topic that is deleted and made anew under its name, and records that are removed before they are read. */
import { expect, test } from 'vitest';

import type { Clock } from '../../src/base/clock.ts';
import type { Disposable } from '../../src/base/disposable.ts';
import { createKafkaRecordSource } from '../../src/sources/kafka/kafkaRecordSource.ts';
import { createTopicIdentity } from '../../src/sources/kafka/topicIdentity.ts';
import type { StartPosition } from '../../src/sources/kafka/spec.ts';
import { sampleRecord, sampleSid } from '../support/sampleRecords.ts';
import { startKafkaBroker } from '../support/kafkaBroker.ts';
import { required } from '../support/required.ts';
import { engineInProcess, openTopic } from './engineWorld.ts';
import { connectionTo, makeTopic, numbers, realClock, WatchedSink } from './kafkaWorld.ts';
import * as topics from './topicLives.ts';
import { ask } from '../../src/protocol/ask.ts';
import { createKafkaProducerService } from '../../src/telemetry/kafkaProducerFactory.ts';

const broker = required(
  () => startKafkaBroker({ autoCreateTopics: false }),
  (it) => it.stop(),
);

const write = (topic: string, values: readonly string[], partitions: number) =>
  topics.write(broker().brokers, topic, values, partitions);
const createTopic = (topic: string, values: readonly string[], partitions = 1) =>
  topics.createTopic(broker().brokers, topic, values, partitions);
const deleteTopic = (topic: string) => topics.deleteTopic(broker().brokers, topic);
const removeRecords = (topic: string, before: Readonly<Record<number, string>>) =>
  topics.removeRecords(broker().brokers, topic, before);

/**
 * The time of the world, in which nothing is due while it is held: no try to connect again. Pauses are so many
 * times shorter as its `haste` says.
 */
class HeldClock implements Clock {
  private held: (() => void)[] | undefined;
  private readonly haste: number;
  readonly now = realClock.now;

  constructor(haste = 1) {
    this.haste = haste;
  }

  after(ms: number, callback: () => void): Disposable {
    return realClock.after(ms / this.haste, () => {
      if (this.held === undefined) callback();
      else this.held.push(callback);
    });
  }

  hold(): void {
    this.held = [];
  }

  release(): void {
    const due = this.held ?? [];
    this.held = undefined;
    for (const callback of due) callback();
  }
}

/** A source that has read twenty records of a topic with so many partitions. */
async function readTwenty(partitions: number, start?: StartPosition, haste = 1) {
  const { name, close } = await makeTopic(broker().brokers, partitions);
  await close();
  const sink = new WatchedSink();
  const clock = new HeldClock(haste);
  const source = sourceOf(name, clock, start);
  await source.start(sink);
  await write(name, numbers(20), partitions);
  await sink.until(() => sink.records.length === 20);
  return { name, sink, source, clock };
}

function sourceOf(topic: string, clock: Clock, start: StartPosition = { kind: 'earliest' }) {
  const connection = connectionTo(broker().brokers);
  return createKafkaRecordSource({ connection, topic, start, clock, log: () => undefined });
}

const sorted = (values: readonly string[]) => [...values].map(Number).sort((a, b) => a - b);

test('the id of a topic is another after it was made anew, and none when it is missing', async () => {
  const { name, kafka, close } = await makeTopic(broker().brokers);
  await close();
  const identity = createTopicIdentity(kafka);
  const first = await identity.lookUp(name);
  expect(JSON.stringify(first)).toMatch(/^{"kind":"found","id":"[0-9a-f]{32}"}$/);
  expect(await identity.lookUp(name)).toStrictEqual(first);
  await deleteTopic(name);
  await expect.poll(() => identity.lookUp(name)).toStrictEqual({ kind: 'missing' });
  await createTopic(name, []);
  const second = await identity.lookUp(name);
  expect(second.kind).toBe('found');
  expect(second).not.toStrictEqual(first);
  await identity.close();
});

const fewer = numbers(3, 101);
const more = numbers(45, 101);

test.each<[string, readonly string[], number, number, StartPosition?]>([
  ['fewer records, while connected', fewer, 1, 1],
  ['more records, while connected', more, 1, 1],
  ['more records, read from the newest on', more, 1, 1, { kind: 'latest' }],
  ['more partitions', more, 2, 3],
  ['fewer partitions', more, 3, 1],
])(
  'made anew with %s: read from its begin, and said once',
  async (_name, values, before, after, start) => {
    const { name, sink, source } = await readTwenty(before, start);
    await deleteTopic(name);
    await createTopic(name, values, after);
    await sink.until(() => new Set(sink.values).size === 20 + values.length, 60_000);
    expect(sorted([...new Set(sink.values)])).toEqual(sorted([...numbers(20), ...values]));
    await sink.until(() => sink.last?.kind === 'live' && sink.last.lag === 0);
    expect(sink.news).toEqual([{ kind: 'madeAnew', topic: name }]);
    await source.stop();
  },
  120_000,
);

test.each([
  ['fewer records', fewer],
  ['more records', more],
])(
  'made anew with %s while paused: read from its begin after that',
  async (_name, values) => {
    const { name, sink, source } = await readTwenty(1);
    source.pause();
    await deleteTopic(name);
    await createTopic(name, values);
    await sink.until(() => sink.news.length > 0, 60_000);
    source.resume();
    await sink.until(() => sink.records.length === 20 + values.length, 60_000);
    expect(sink.values).toEqual([...numbers(20), ...values]);
    expect(sink.news).toEqual([{ kind: 'madeAnew', topic: name }]);
    await source.stop();
  },
  120_000,
);

test.each([
  ['fewer records', fewer],
  ['more records', more],
])(
  'made anew with %s while the broker was away: read from its begin, and said once',
  async (_name, values) => {
    const { name, sink, source, clock } = await readTwenty(1);
    clock.hold();
    await broker().kill();
    await sink.until(() => sink.last?.kind === 'retrying');
    await broker().restart();
    await deleteTopic(name);
    await createTopic(name, values);
    clock.release();
    await sink.until(() => new Set(sink.values).size === 20 + values.length, 60_000);
    await sink.until(() => sink.last?.kind === 'live' && sink.last.lag === 0, 60_000);
    expect(sink.news).toEqual([{ kind: 'madeAnew', topic: name }]);
    await source.stop();
  },
  180_000,
);

test('a topic that does not exist is looked for, and read from its begin once it does', async () => {
  const { name, close } = await makeTopic(broker().brokers);
  await close();
  await deleteTopic(name);
  const sink = new WatchedSink();
  const source = sourceOf(name, realClock, { kind: 'latest' });
  await source.start(sink);
  expect(sink.last).toMatchObject({ kind: 'retrying', error: { reason: 'noSuchTopic' } });
  await sink.until(() => sink.last?.kind === 'retrying' && sink.last.attempt === 3);
  await createTopic(name, numbers(5));
  await sink.until(() => sink.records.length === 5, 60_000);
  expect(sink.values).toEqual(numbers(5));
  // Nothing was lost: there was nothing before.
  expect(sink.news).toEqual([]);
  await source.stop();
}, 120_000);

test('a topic that is deleted is looked for as long as it takes, and read once it is back', async () => {
  const { name, sink, source } = await readTwenty(1, { kind: 'earliest' }, 10);
  await deleteTopic(name);
  await sink.until(() => sink.last?.kind === 'retrying' && sink.last.attempt === 6, 90_000);
  expect(sink.last).toMatchObject({ error: { reason: 'noSuchTopic', subject: name } });
  await createTopic(name, more);
  await sink.until(() => sink.records.length === 65, 90_000);
  expect(sink.values).toEqual([...numbers(20), ...more]);
  expect(sink.news).toEqual([{ kind: 'madeAnew', topic: name }]);
  await source.stop();
}, 180_000);

test('records that are removed while it is paused are told, with their partitions, once it goes on', async () => {
  const { name, sink, source } = await readTwenty(2);
  source.pause();
  await write(name, numbers(30, 101), 2);
  await sink.until(() => sink.last?.kind === 'paused' && sink.last.lag === 30);
  await removeRecords(name, { 0: '15', 1: '22' });
  await sink.until(() => sink.last?.kind === 'paused' && sink.last.lag === 13);
  await removeRecords(name, { 0: '16' });
  expect(sink.news).toEqual([]);
  source.resume();
  await sink.until(() => sink.records.length === 32 && sink.news.length > 0);
  const partitions = [
    { partition: 0, count: 6 },
    { partition: 1, count: 12 },
  ];
  expect(sink.news).toEqual([{ kind: 'removed', topic: name, partitions }]);
  await source.stop();
}, 120_000);

test('records that are removed while the broker is away are told', async () => {
  const { name, sink, source, clock } = await readTwenty(1);
  clock.hold();
  await broker().kill();
  await sink.until(() => sink.last?.kind === 'retrying');
  await broker().restart();
  await write(name, numbers(10, 101), 1);
  await removeRecords(name, { 0: '26' });
  clock.release();
  await sink.until(() => sink.records.length === 24 && sink.news.length > 0, 60_000);
  const partitions = [{ partition: 0, count: 6 }];
  expect(sink.news).toEqual([{ kind: 'removed', topic: name, partitions }]);
  await source.stop();
}, 180_000);

test('no other run is shown for an execution whose topic was recreated: that is what is said', async () => {
  const { name, close } = await makeTopic(broker().brokers);
  await close();
  const runs = (from: number) => [from, from + 1, from + 2].map((n) => sampleRecord('failed', n));
  await write(name, runs(1), 1);
  const engine = engineInProcess();
  // Room for the summaries of all, and the bytes of the last two.
  const list = await openTopic(engine, broker().brokers, name, { storeBytes: 32_000 });
  const key = (await list.untilTotal(3)).rows.at(-1)?.key ?? '';
  await deleteTopic(name);
  await createTopic(name, runs(11));
  await list.until(({ rows }) => rows.some(({ sid }) => sid === sampleSid(13)), 60_000);
  const opening = ask(engine, 'tree', { key, collapsed: [], at: { offset: 0 }, limit: 50 });
  await expect(opening).rejects.toMatchObject({ reason: 'madeAnew' });
  await engine.close();
}, 120_000);

test('a robot whose topic nobody made is told its name, and delivers once it is there', async () => {
  const name = `robots-${String(process.pid)}`;
  const lines: string[] = [];
  const service = createKafkaProducerService({
    ...{ enabled: true, servers: [broker().brokers] },
    log: (level, line) => level === 'warn' && lines.push(line),
  });
  service.send(name, '{}');
  const at = broker().brokers;
  await expect
    .poll(() => lines, { timeout: 60_000 })
    .toEqual([
      `No traces are delivered: there is no topic “${name}” at ${at}, and the broker makes none by itself. ` +
        `Create it, or name another one: KAFKA_TOPIC, or the option topic. It is tried again.`,
    ]);
  await (await makeTopic(at, 1, { name })).close();
  await expect.poll(() => service.stats.delivered, { timeout: 60_000 }).toBe(1);
  await service.close();
});
