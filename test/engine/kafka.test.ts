import type { Admin } from 'kafkajs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createKafkaRecordSource } from '../../src/sources/kafka/kafkaRecordSource.ts';
import type { RecordSource } from '../../src/record/recordSource.ts';
import type { StartPosition } from '../../src/sources/kafka/spec.ts';
import { startKafkaBroker } from '../support/kafkaBroker.ts';
import { required } from '../support/required.ts';
import {
  connectionTo,
  makeTopic,
  numbers,
  realClock,
  WatchedSink,
  type Topic,
} from './kafkaWorld.ts';

const broker = required(
  () => startKafkaBroker(),
  (it) => it.stop(),
);
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

async function topicOf(partitions = 1): Promise<Topic> {
  const topic = await makeTopic(broker().brokers, partitions);
  open.push(topic);
  return topic;
}

function sourceOf(topic: string, start: StartPosition = { kind: 'earliest' }): RecordSource {
  const connection = connectionTo(broker().brokers);
  const source = createKafkaRecordSource({
    connection,
    topic,
    start,
    clock: realClock,
    log: () => undefined,
  });
  open.push({ close: () => source.stop() });
  return source;
}

async function adminOf(topic: Topic): Promise<Admin> {
  const admin = topic.kafka.admin();
  await admin.connect();
  open.push({ close: () => admin.disconnect() });
  return admin;
}

/** Deletes the oldest records of partition 0. */
async function deleteBefore(topic: Topic, offset: string): Promise<void> {
  const { name } = topic;
  const admin = await adminOf(topic);
  // The call after it takes its metadata for granted.
  await admin.fetchTopicOffsets(name);
  await admin.deleteTopicRecords({ topic: name, partitions: [{ partition: 0, offset }] });
}

describe('where reading starts', () => {
  it.each<[string, StartPosition, string[]]>([
    ['the earliest record', { kind: 'earliest' }, ['1', '2', '3', '4', '5']],
    ['the last three', { kind: 'last', count: 3 }, ['3', '4', '5']],
    ['more than there are', { kind: 'last', count: 1_000 }, ['1', '2', '3', '4', '5']],
    ['none of them', { kind: 'last', count: 0 }, []],
    ['the latest', { kind: 'latest' }, []],
    ['a time within', { kind: 'time', timestampMs: 4_000 }, ['4', '5']],
    ['a time after all', { kind: 'time', timestampMs: 1_000_000 }, []],
    ['a time before all', { kind: 'time', timestampMs: 5 }, ['1', '2', '3', '4', '5']],
  ])('is %s', async (_name, start, expected) => {
    const topic = await topicOf();
    for (const value of numbers(5)) await topic.send([value], { timestamp: `${value}000` });
    const sink = new WatchedSink();
    await sourceOf(topic.name, start).start(sink);
    await topic.send(['new']);
    await sink.until(() => sink.values.includes('new'));
    expect(sink.values).toEqual([...expected, 'new']);
  });

  it('counts the last records in each partition', async () => {
    const topic = await topicOf(3);
    for (const partition of [0, 1, 2]) await topic.send(numbers(10), { partition });
    const sink = new WatchedSink();
    await sourceOf(topic.name, { kind: 'last', count: 2 }).start(sink);
    await sink.until(() => sink.records.length === 6);
    const seen = sink.records.map(({ partition, offset }) => `${String(partition)}@${offset}`);
    expect(seen.sort()).toEqual(['0@8', '0@9', '1@8', '1@9', '2@8', '2@9']);
    expect(sink.ranges[0]?.map(({ partition, low, high }) => [partition, low, high])).toEqual([
      [0, '0', '10'],
      [1, '0', '10'],
      [2, '0', '10'],
    ]);
  });
});

describe('a record', () => {
  it('arrives with key, bytes and time as it was produced', async () => {
    const topic = await topicOf();
    const value = Buffer.from([0xff, 0x00, 0xc3, 0x7b]);
    const sink = new WatchedSink();
    await sourceOf(topic.name).start(sink);
    await topic.send([''], { key: 'k', value, timestamp: '1795452466535' });
    await topic.send([''], { value: null });
    await sink.until(() => sink.records.length === 2);
    expect(sink.records).toEqual([
      {
        topic: topic.name,
        partition: 0,
        offset: '0',
        timestampMs: 1_795_452_466_535,
        key: new Uint8Array(Buffer.from('k')),
        value: new Uint8Array(value),
      },
      expect.objectContaining({ offset: '1', key: null, value: null }),
    ]);
    // A view on the broker's answer would keep all of it in memory.
    expect(sink.records[0]?.value?.buffer.byteLength).toBe(4);
  });

  it.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const)(
    'of the Java producer is read with compression %s',
    async (compression) => {
      const topic = await topicOf();
      const values = numbers(300).map((n) => `{"sid":"${n}","text":"${'发票录入 '.repeat(60)}"}`);
      await broker().console.produce(
        topic.name,
        values.map((value) => ({ value })),
        { compression },
      );
      const sink = new WatchedSink();
      await sourceOf(topic.name).start(sink);
      await sink.until(() => sink.records.length === 300);
      expect(sink.values).toEqual(values);
    },
  );

  it('of a megabyte is read', async () => {
    const topic = await topicOf();
    const sink = new WatchedSink();
    await sourceOf(topic.name).start(sink);
    await topic.send(['x'.repeat(1_000_000), 'after']);
    await sink.until(() => sink.records.length === 2);
    expect(sink.values[0]).toHaveLength(1_000_000);
  });

  it('of an aborted transaction is not shown, and does not stop what follows', async () => {
    const topic = await topicOf();
    const producer = topic.kafka.producer({
      transactionalId: topic.name,
      idempotent: true,
      maxInFlightRequests: 1,
    });
    await producer.connect();
    open.push({ close: () => producer.disconnect() });
    const transact = async (value: string, end: 'commit' | 'abort') => {
      const transaction = await producer.transaction();
      await transaction.send({ topic: topic.name, messages: [{ value }] });
      await transaction[end]();
    };
    const sink = new WatchedSink();
    await sourceOf(topic.name).start(sink);
    await transact('kept', 'commit');
    await transact('thrown away', 'abort');
    await topic.send(['after']);
    await transact('thrown away too', 'abort');
    await sink.until(() => sink.values.includes('after'));
    // The control records at the end count as read.
    await sink.until(() => sink.last?.kind === 'live' && sink.last.lag === 0);
    expect(sink.values).toEqual(['kept', 'after']);
  });
});

describe('delivery', () => {
  it('comes in batches of at most 500, in order, and waits for the sink', async () => {
    const topic = await topicOf();
    await topic.send(numbers(2_000));
    const sink = new WatchedSink();
    let busy = 0;
    sink.take = async () => {
      expect(++busy).toBe(1);
      await new Promise(setImmediate);
      busy--;
    };
    await sourceOf(topic.name).start(sink);
    await sink.until(() => sink.records.length === 2_000);
    expect(sink.values).toEqual(numbers(2_000));
    expect(Math.max(...sink.batchSizes)).toBeLessThanOrEqual(500);
  });

  it('tells the lag while it catches up, and none at the end', async () => {
    const topic = await topicOf();
    await topic.send(numbers(1_500));
    const sink = new WatchedSink();
    await sourceOf(topic.name).start(sink);
    await sink.until(() => sink.last?.kind === 'live' && sink.last.lag === 0);
    expect(sink.states[0]).toEqual({ kind: 'connecting' });
    expect(sink.states).toContainEqual({ kind: 'live', lag: 1_500 });
    expect(sink.records).toHaveLength(1_500);
  });

  it('stops at a pause, tells the growing lag, and goes on where it was', async () => {
    const topic = await topicOf(2);
    const sink = new WatchedSink();
    const source = sourceOf(topic.name);
    await source.start(sink);
    await topic.send(numbers(10));
    await sink.until(() => sink.records.length === 10);
    source.pause();
    await topic.send(numbers(90, 11));
    await sink.until(() => sink.last?.kind === 'paused' && sink.last.lag === 90);
    expect(sink.records).toHaveLength(10);
    source.resume();
    await sink.until(() => sink.records.length === 100);
    expect(
      sink.values
        .map(Number)
        .sort((a, b) => a - b)
        .map(String),
    ).toEqual(numbers(100));
  });

  it('can be paused in the middle of a batch', async () => {
    const topic = await topicOf();
    await topic.send(numbers(2_000));
    const sink = new WatchedSink();
    const source = sourceOf(topic.name);
    sink.take = () => {
      if (sink.records.length === 500) source.pause();
      return Promise.resolve();
    };
    await source.start(sink);
    await sink.until(() => sink.last?.kind === 'paused' && sink.last.lag === 1_500);
    expect(sink.records).toHaveLength(500);
    source.resume();
    await sink.until(() => sink.records.length === 2_000);
    expect(sink.values).toEqual(numbers(2_000));
  });

  it('goes on after a sink that fails', async () => {
    const topic = await topicOf();
    const sink = new WatchedSink();
    sink.take = (batch) =>
      batch[0]?.offset === '0' ? Promise.reject(new Error('full')) : Promise.resolve();
    await sourceOf(topic.name).start(sink);
    await topic.send(['1']);
    await topic.send(['2']);
    await sink.until(() => sink.records.length === 2);
    expect(sink.values).toEqual(['1', '2']);
  });

  it('ends with the stop, leaving no group behind', async () => {
    const topic = await topicOf();
    const sink = new WatchedSink();
    const source = sourceOf(topic.name);
    await source.start(sink);
    await topic.send(['1']);
    await sink.until(() => sink.records.length === 1);
    await source.stop();
    await topic.send(['2']);
    const admin = await adminOf(topic);
    const { groups } = await admin.listGroups();
    expect(groups.filter(({ groupId }) => groupId.startsWith('rpa-trace-'))).toEqual([]);
    expect(sink.values).toEqual(['1']);
  });

  it('reads partitions that are added later, from their first record', async () => {
    const topic = await topicOf(1);
    const sink = new WatchedSink();
    await sourceOf(topic.name, { kind: 'latest' }).start(sink);
    const admin = await adminOf(topic);
    await admin.createPartitions({ topicPartitions: [{ topic: topic.name, count: 3 }] });
    const producer = topic.kafka.producer();
    await producer.connect();
    open.push({ close: () => producer.disconnect() });
    const messages = [0, 1, 2].map((partition) => ({ partition, value: String(partition) }));
    await producer.send({ topic: topic.name, messages });
    // A young partition may make the producer send twice; what counts is what the topic has in the end.
    const offsets = await admin.fetchTopicOffsets(topic.name);
    const there = offsets.flatMap(({ partition, high }) =>
      numbers(Number(high), 0).map((offset) => `${String(partition)}@${offset}`),
    );
    await sink.until(() => sink.records.length >= there.length);
    const seen = sink.records.map(({ partition, offset }) => `${String(partition)}@${offset}`);
    expect(seen.sort()).toEqual(there.sort());
    expect(new Set(sink.records.map(({ partition }) => partition))).toEqual(new Set([0, 1, 2]));
    await sink.until(() => sink.ranges.at(-1)?.length === 3);
  });

  it('goes on at the oldest record when what it should read next was deleted', async () => {
    const topic = await topicOf();
    await topic.send(numbers(10));
    const sink = new WatchedSink();
    const source = sourceOf(topic.name);
    await source.start(sink);
    await sink.until(() => sink.records.length === 10);
    source.pause();
    await topic.send(numbers(10, 11));
    await deleteBefore(topic, '15');
    source.resume();
    await sink.until(() => sink.values.includes('20'));
    expect(sink.values).toEqual([...numbers(10), ...numbers(5, 16)]);
  });
});

describe('a record read again', () => {
  it('is the one at the position, or none', async () => {
    const topic = await topicOf(2);
    await topic.send(numbers(10), { partition: 0 });
    await topic.send(numbers(10, 101), { partition: 1 });
    await deleteBefore(topic, '3');
    const source = sourceOf(topic.name, { kind: 'latest' });
    await source.start(new WatchedSink());
    const read = async (partition: number, offset: string, name = topic.name) => {
      const found = await source.fetch({ topic: name, partition, offset });
      return found && new TextDecoder().decode(found.value ?? undefined);
    };
    expect(await read(0, '7')).toBe('8');
    expect(await read(1, '0')).toBe('101');
    expect(await read(0, '3')).toBe('4');
    expect(await Promise.all([read(1, '9'), read(0, '9'), read(1, '1')])).toEqual([
      '110',
      '10',
      '102',
    ]);
    expect(await read(0, '2')).toBeUndefined();
    expect(await read(0, '10')).toBeUndefined();
    expect(await read(7, '0')).toBeUndefined();
    expect(await read(0, '5', 'another')).toBeUndefined();
  });

  it('is none where there is only a control record', async () => {
    const topic = await topicOf();
    const producer = topic.kafka.producer({
      transactionalId: topic.name,
      idempotent: true,
      maxInFlightRequests: 1,
    });
    await producer.connect();
    open.push({ close: () => producer.disconnect() });
    const transaction = await producer.transaction();
    await transaction.send({ topic: topic.name, messages: [{ value: 'aborted' }] });
    await transaction.abort();
    // The marker of the end is written after the answer.
    const admin = await adminOf(topic);
    const ended = async () => (await admin.fetchTopicOffsets(topic.name))[0]?.high === '2';
    await vi.waitUntil(ended, { timeout: 10_000 });
    await topic.send(['after']);
    const source = sourceOf(topic.name, { kind: 'latest' });
    await source.start(new WatchedSink());
    const at = (offset: string) => source.fetch({ topic: topic.name, partition: 0, offset });
    expect(await at('0')).toBeUndefined();
    expect(await at('1')).toBeUndefined();
    expect((await at('2'))?.offset).toBe('2');
  });
});
