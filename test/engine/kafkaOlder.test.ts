/** Older records: those before what was read, asked for by the reader. */
import { afterEach, describe, expect, it, test } from 'vitest';
import { ask } from '../../src/protocol/ask.ts';
import type { EngineStatus } from '../../src/protocol/status.ts';
import type { ConsumedRecord } from '../../src/record/consumedRecord.ts';
import type { RecordAge, RecordSource } from '../../src/record/recordSource.ts';
import { createKafkaRecordSource } from '../../src/sources/kafka/kafkaRecordSource.ts';
import type { StartPosition } from '../../src/sources/kafka/spec.ts';
import { codecNames, damages, makeBatch } from '../support/kafkaBatches.ts';
import { rewriteLog } from '../support/kafkaLog.ts';
import { sampleRecord, sampleSid } from '../support/sampleRecords.ts';
import { brokerOfAll } from './brokerOfAll.ts';
import { filler, makeDamagedTopic } from './damagedTopic.ts';
import { engineInProcess, engineSettings, topicSource, wholeList } from './engineWorld.ts';
import { connectionTo, makeTopic, numbers, realClock, WatchedSink } from './kafkaWorld.ts';
import type { Topic } from './kafkaWorld.ts';
import { createTopic, deleteTopic, removeRecords } from './topicLives.ts';

const broker = brokerOfAll();
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

async function topicOf(partitions = 1): Promise<Topic> {
  const topic = await makeTopic(broker().brokers, partitions);
  open.push(topic);
  return topic;
}

/** Tells older records from those that are read live. */
class AgedSink extends WatchedSink {
  readonly older: ConsumedRecord[] = [];

  override async onRecords(batch: readonly ConsumedRecord[], age?: RecordAge): Promise<void> {
    if (age === 'older') this.older.push(...batch);
    else await super.onRecords(batch);
  }

  /** What came since it was asked last, as `partition@offset`. */
  came(): string[] {
    const came = this.older.splice(0);
    return came.map(({ partition, offset }) => `${String(partition)}@${offset}`).sort();
  }
}

async function reading(topic: string, start: StartPosition, until: (sink: AgedSink) => boolean) {
  const source = createKafkaRecordSource({
    ...{ connection: connectionTo(broker().brokers), topic, start },
    ...{ clock: realClock, log: () => undefined },
  });
  open.push({ close: () => source.stop() });
  const sink = new AgedSink();
  await source.start(sink);
  // A record is taken before its position is moved on: the lag tells that both are done.
  await sink.until(() => until(sink) && sink.last?.kind === 'live' && sink.last.lag === 0);
  return { source, sink };
}

const last = (count: number): StartPosition => ({ kind: 'last', count });
const older = async (source: RecordSource) => source.readOlder?.();
const places = (partition: number, first: number, end: number) =>
  numbers(end - first, first).map((offset) => `${String(partition)}@${offset}`);

describe('older records', () => {
  it('are the next of each partition, again and again, up to the first', async () => {
    const topic = await topicOf(3);
    for (const [partition, count] of [10, 5, 2].entries()) {
      for (const [at, value] of numbers(count).entries()) {
        await topic.send([value], { partition, timestamp: String(1_000 * (at + 1)) });
      }
    }
    const { source, sink } = await reading(topic.name, last(3), (it) => it.records.length === 8);
    // Partition 0 is read from its eighth second on, 1 from its third; 2 has no more.
    expect(source.readBack).toEqual({ sinceMs: 8_000, before: 7 + 2 });
    await older(source);
    expect(sink.came()).toEqual([...places(0, 4, 7), ...places(1, 0, 2)]);
    expect(source.readBack).toEqual({ sinceMs: 5_000, before: 4 });
    await older(source);
    expect(sink.came()).toEqual(places(0, 1, 4));
    await older(source);
    expect(sink.came()).toEqual(places(0, 0, 1));
    expect(source.readBack).toEqual({ sinceMs: 1_000, before: 0 });
    await older(source);
    expect(sink.came()).toEqual([]);
    expect(sink.records).toHaveLength(8);
  });

  it.each<[string, StartPosition, number]>([
    ['the latest record', { kind: 'latest' }, 5],
    ['none of the last', last(0), 5],
    ['a time', { kind: 'time', timestampMs: 4_000 }, 3],
    ['the earliest record', { kind: 'earliest' }, 0],
  ])('are found wherever reading began: from %s', async (_name, start, expected) => {
    const topic = await topicOf();
    for (const value of numbers(5)) await topic.send([value], { timestamp: `${value}000` });
    const { source, sink } = await reading(topic.name, start, () => true);
    expect(source.readBack?.before).toBe(expected);
    await older(source);
    expect(sink.came()).toEqual(places(0, 0, expected));
  });

  it('are read once for all that ask at a time, while new ones come and while paused', async () => {
    const topic = await topicOf();
    await topic.send(numbers(20));
    const { source, sink } = await reading(topic.name, last(5), (it) => it.records.length === 5);
    const asked = [older(source), older(source)];
    await topic.send(['new']);
    await Promise.all(asked);
    expect(sink.came()).toEqual(places(0, 10, 15));
    await sink.until(() => sink.values.includes('new'));
    source.pause();
    await sink.until(() => sink.last?.kind === 'paused');
    await older(source);
    expect(sink.came()).toEqual(places(0, 5, 10));
    expect(sink.last?.kind).toBe('paused');
    expect(sink.records).toHaveLength(6);
  });

  it('that the topic let go of are not waited for', async () => {
    const topic = await topicOf();
    await topic.send(numbers(20));
    const { source, sink } = await reading(topic.name, last(5), (it) => it.records.length === 5);
    await removeRecords(broker().brokers, topic.name, { 0: '12' });
    await older(source);
    expect(sink.came()).toEqual(places(0, 12, 15));
    expect(source.readBack?.before).toBe(0);
    await removeRecords(broker().brokers, topic.name, { 0: '18' });
    await older(source);
    expect(sink.came()).toEqual([]);
    expect(sink.news).toEqual([]);
  });

  it('are looked for further back where a log was compacted', async () => {
    const topic = await topicOf();
    await topic.send(Array.from({ length: 40 }, () => 'x'.repeat(40)));
    await topic.send(['end']);
    await rewriteLog(broker(), topic.name, 0, ([taken, ...others]) => {
      const first = makeBatch({ firstOffset: 0, values: ['a', 'b', 'c'] });
      // Of these 34 one is left, the last.
      const few = makeBatch({ firstOffset: 3, values: ['d'], lastOffsetDelta: 33 });
      const left = taken!.bytes.length - first.length - few.length;
      return [first, few, filler(37, left), ...others.map(({ bytes }) => bytes)];
    });
    const { source, sink } = await reading(topic.name, last(2), (it) => it.records.length === 1);
    await older(source);
    // Two are asked for: 37, and 3 behind a hole of 33; how many stand before that, nobody knows before.
    expect(sink.came()).toEqual([...places(0, 0, 4), '0@37']);
    expect(source.readBack?.before).toBe(0);
  });

  it.each(damages.map((damage, nth) => [damage.name, codecNames[nth % 5]!, damage] as const))(
    'in a damaged batch are told and passed: %s, %s',
    async (...[, codec, damage]) => {
      const topic = await makeDamagedTopic(broker(), codec, damage.apply);
      open.push(topic);
      const { source, sink } = await reading(topic.name, last(1), (it) => it.records.length === 1);
      for (let times = 0; times < 30 && (source.readBack?.before ?? 0) > 0; times++) {
        await older(source);
      }
      const came = sink.came();
      expect(came).toEqual(expect.arrayContaining([...places(0, 0, 3), '0@10', '0@11']));
      expect(new Set(came).size).toBe(came.length);
      expect(sink.unreadable.length).toBeGreaterThan(0);
      expect(sink.last?.kind).toBe('live');
    },
    60_000,
  );

  it('of a topic that was made anew are none of those before', async () => {
    const topic = await topicOf();
    await topic.send(numbers(20));
    const { source, sink } = await reading(topic.name, last(5), (it) => it.records.length === 5);
    await deleteTopic(broker().brokers, topic.name);
    await createTopic(broker().brokers, topic.name, numbers(30, 100));
    // Refused, or read after the source has seen it itself.
    await older(source).catch(() => undefined);
    await sink.until(() => sink.news.length > 0 && sink.values.includes('129'));
    expect(sink.came()).toEqual([]);
    expect(source.readBack?.before).toBe(0);
  });

  it('that no broker gives are answered with the reason, and keep no source from stopping', async () => {
    const source = createKafkaRecordSource({
      ...{ connection: connectionTo('127.0.0.1:1'), topic: 'x', start: last(1) },
      ...{ clock: realClock, log: () => undefined },
    });
    await expect(older(source)).rejects.toThrow(/connect|ECONNREFUSED/i);
    const asked = older(source).catch((error: unknown) => String(error));
    await source.stop();
    expect(await asked).toMatch(/closed/);
  });

  it('are not waited for by a source that stops', async () => {
    const topic = await topicOf();
    await topic.send(numbers(20));
    const { source } = await reading(topic.name, last(5), (it) => it.records.length === 5);
    const asked = older(source).then(
      () => 'read',
      () => 'rejected',
    );
    await source.stop();
    expect(['read', 'rejected']).toContain(await asked);
  });
});

describe('in the engine, older records', () => {
  const status = (engine: ReturnType<typeof engineInProcess>): Promise<EngineStatus> =>
    ask(engine, 'status', null);
  const sids = async (engine: ReturnType<typeof engineInProcess>) => {
    const { rows } = await ask(engine, 'list', wholeList);
    return rows.map(({ sid }) => sid);
  };

  async function opened(topic: Topic, storeBytes = 64 * 1024 * 1024, settings = {}) {
    const engine = engineInProcess();
    open.push(engine);
    await engine.call('configure', { ...engineSettings({ storeBytes }), ...settings });
    const spec = { ...topicSource(broker().brokers, topic.name), start: last(5) };
    const { promise, resolve } = Promise.withResolvers<undefined>();
    engine.on('state', ({ state }) => {
      if (state.kind === 'live' && state.lag === 0) resolve(undefined);
    });
    await engine.call('openSource', { spec, keep: false });
    await promise;
    return engine;
  }

  test('stand behind the others, each once, and are no news', async () => {
    const topic = await topicOf();
    await topic.send(Array.from({ length: 20 }, (_, n) => sampleRecord('failed', n)));
    const engine = await opened(topic);
    const failed: string[] = [];
    engine.on('failed', ({ row }) => failed.push(row.sid));
    expect(await sids(engine)).toEqual([19, 18, 17, 16, 15].map(sampleSid));
    expect((await status(engine)).reach).toMatchObject({ before: 15, state: 'idle' });
    await Promise.all([engine.call('loadOlder', null), engine.call('loadOlder', null)]);
    expect(await sids(engine)).toEqual([19, 18, 17, 16, 15, 14, 13, 12, 11, 10].map(sampleSid));
    expect((await ask(engine, 'figures', { scope: { kind: 'all' } })).executions).toBe(10);
    await topic.send([sampleRecord('failed', 14)]);
    expect((await status(engine)).reach).toMatchObject({ before: 10, state: 'idle' });
    expect(failed).toEqual([]);
  });

  test('take no room from newer ones, and memory that is full says so', async () => {
    const topic = await topicOf();
    await topic.send(Array.from({ length: 40 }, (_, n) => sampleRecord('succeeded', n)));
    // Room for a dozen summaries.
    const engine = await opened(topic, 40_000);
    const newest = [39, 38, 37, 36, 35].map(sampleSid);
    let { reach } = await status(engine);
    for (let times = 0; times < 7 && reach?.state !== 'full'; times++) {
      await engine.call('loadOlder', null);
      ({ reach } = await status(engine));
    }
    const kept = await sids(engine);
    expect(reach).toMatchObject({ state: 'full' });
    expect(kept.slice(0, 5)).toEqual(newest);
    expect(kept).toEqual(kept.map((_, at) => sampleSid(39 - at)));
    // Asked again it reads nothing, and answers.
    await engine.call('loadOlder', null);
    expect(await sids(engine)).toEqual(kept);
  });
});
