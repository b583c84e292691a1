import { afterEach, describe, expect, it } from 'vitest';
import { createKafkaRecordSource } from '../../src/sources/kafka/kafkaRecordSource.ts';
import type { StartPosition } from '../../src/sources/kafka/spec.ts';
import { bomb, codecNames, damages, makeBatch, type Damage } from '../support/kafkaBatches.ts';
import { rewriteLog } from '../support/kafkaLog.ts';
import { brokerOfAll } from './brokerOfAll.ts';
import { filler, makeDamagedTopic, type DamagedTopic } from './damagedTopic.ts';
import { connectionTo, makeTopic, realClock, WatchedSink } from './kafkaWorld.ts';

const broker = brokerOfAll();
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

async function damagedBy({ apply }: Damage, codec: (typeof codecNames)[number]) {
  const topic = await makeDamagedTopic(broker(), codec, apply);
  open.push(topic);
  return topic;
}

/** The source, and how often it had to connect. */
function sourceOf(topic: string, start: StartPosition = { kind: 'earliest' }) {
  const lines: string[] = [];
  const source = createKafkaRecordSource({
    connection: connectionTo(broker().brokers),
    ...{ topic, start },
    clock: realClock,
    log: (_level, line) => lines.push(line),
  });
  open.push({ close: () => source.stop() });
  return { source, losses: () => lines.filter((line) => line.startsWith('Connection lost')) };
}

/** What of a damaged topic was read: fillers are left out. */
const read = (sink: WatchedSink) => sink.values.filter((value) => !value.startsWith('-'));

/** A broker that comes upon the damage itself finds behind it only what it has in its index. */
const isSeenByBroker = ({ name }: Damage) => /length|format of the past|negative format/.test(name);

async function stuck(sink: WatchedSink, topic: DamagedTopic) {
  await sink.until(() => sink.last?.kind === 'stuck');
  expect(read(sink)).toEqual(topic.before);
  const { last } = sink;
  if (last?.kind !== 'stuck') throw new Error('It went on by itself');
  return last;
}

describe('a damaged batch on a topic', () => {
  // Each kind with one way of compression, and each way with several kinds.
  const cases = damages.map((damage, nth) => {
    const codec = codecNames[nth % codecNames.length] ?? 'none';
    return [damage.name, codec, damage] as const;
  });

  it.each(cases)(
    'with %s, %s: is told, and skipped where that is set',
    async (...[, codec, damage]) => {
      const topic = await damagedBy(damage, codec);
      const sink = new WatchedSink();
      const { source, losses } = sourceOf(topic.name);
      await source.start(sink);
      const { batch, lag } = await stuck(sink, topic);
      expect(batch).toMatchObject({ topic: topic.name, partition: 0, offset: topic.first });
      expect(lag).toBe(10);
      expect(sink.unreadable).toEqual([batch]);
      // Told once, as the list of rejected records shows it.
      source.setSkipsDamaged?.(true);
      await sink.until(() => sink.last?.kind === 'live' && sink.last.lag === 0);
      expect(read(sink).slice(0, 3)).toEqual(topic.before);
      expect(read(sink).slice(-3)).toEqual(topic.found);
      if (!isSeenByBroker(damage)) {
        expect(read(sink)).toEqual([...topic.before, ...topic.behind, ...topic.found]);
        expect(batch).toMatchObject({ fault: damage.fault, lastOffset: topic.last });
      }
      expect(losses()).toEqual([]);
    },
  );

  it.each(codecNames)('compressed with %s is skipped when it is told to', async (codec) => {
    const topic = await damagedBy(damages[0]!, codec);
    const sink = new WatchedSink();
    const { source, losses } = sourceOf(topic.name);
    await source.start(sink);
    const { batch } = await stuck(sink, topic);
    expect(source.skip?.({ ...batch, offset: '4' })).toBe(false);
    expect(source.skip?.({ ...batch, topic: 'another' })).toBe(false);
    expect(source.skip?.(batch)).toBe(true);
    await sink.until(() => sink.last?.kind === 'live' && sink.last.lag === 0);
    expect(read(sink)).toEqual([...topic.before, ...topic.behind, ...topic.found]);
    expect(source.skip?.(batch)).toBe(false);
    expect(losses()).toEqual([]);
  });

  it('is asked for again, and read once it is mended', async () => {
    const topic = await damagedBy(damages[0]!, 'gzip');
    const sink = new WatchedSink();
    const { source } = sourceOf(topic.name);
    await source.start(sink);
    await stuck(sink, topic);
    await rewriteLog(broker(), topic.name, 0, (batches) =>
      batches.map(({ bytes }, nth) => (nth === 1 ? damages[0]!.apply(bytes) : bytes)),
    );
    await sink.until(() => sink.last?.kind === 'live' && sink.last.lag === 0);
    const mended = [3, 4, 5].map(
      (offset) => expect.stringMatching(`^${String(offset)} `) as string,
    );
    expect(read(sink)).toEqual([...topic.before, ...mended, ...topic.behind, ...topic.found]);
  });

  it('does not keep other partitions waiting, nor a pause', async () => {
    const topic = await damagedBy(damages[0]!, 'lz4');
    const sink = new WatchedSink();
    const { source } = sourceOf(topic.name);
    await source.start(sink);
    const { batch } = await stuck(sink, topic);
    const admin = topic.kafka.admin();
    await admin.connect();
    open.push({ close: () => admin.disconnect() });
    await admin.createPartitions({ topicPartitions: [{ topic: topic.name, count: 2 }] });
    const producer = topic.kafka.producer();
    await producer.connect();
    open.push({ close: () => producer.disconnect() });
    const send = (value: string) =>
      producer.send({ topic: topic.name, messages: [{ value, partition: 1 }] });
    await send('beside');
    await sink.until(() => sink.values.includes('beside'));
    expect(sink.last?.kind).toBe('stuck');
    source.pause();
    await sink.until(() => sink.last?.kind === 'paused');
    expect(source.skip?.(batch)).toBe(true);
    await send('while paused');
    source.resume();
    await sink.until(() => sink.values.includes('while paused') && read(sink).length === 11);
    expect(sink.unreadable).toHaveLength(1);
  });

  it('does not keep a reader from the records beside it', async () => {
    const topic = await damagedBy(damages[0]!, 'zstd');
    const { source } = sourceOf(topic.name, { kind: 'latest' });
    await source.start(new WatchedSink());
    const at = (offset: string) => source.fetch({ topic: topic.name, partition: 0, offset });
    expect(Buffer.from((await at('2'))?.value ?? []).toString()).toBe(topic.before[2]);
    for (const offset of ['3', '4', '5']) await expect(at(offset)).rejects.toThrow(/checksum/);
    expect((await at('6'))?.offset).toBe('6');
    expect((await at('12'))?.offset).toBe('12');
  });
});

describe('batches that swell when they are decompressed', () => {
  const packed = codecNames.filter((name) => name !== 'none');

  it.each(packed)('with %s are told, and reading goes on behind each', async (codec) => {
    const swelling = bomb(codec, 68);
    const topic = await makeTopic(broker().brokers);
    open.push(topic);
    // As large as those that are written over it: each has a record, and so has the one after it.
    const room = Buffer.alloc(swelling.length, 'x').toString();
    for (let nth = 0; nth < 3; nth++) await topic.send([room, 'small'.repeat(60)]);
    await rewriteLog(broker(), topic.name, 0, (batches) =>
      batches.flatMap(({ firstOffset, bytes }) => {
        const bad = makeBatch({ firstOffset, values: ['0'], codec, content: swelling });
        return [bad, filler(firstOffset + 1, bytes.length - bad.length)];
      }),
    );
    await topic.send(['after']);
    const sink = new WatchedSink();
    const { source, losses } = sourceOf(topic.name);
    await source.start(sink);
    await sink.until(() => sink.values.includes('after'));
    expect(
      sink.unreadable.map(({ fault, offset, lastOffset }) => [fault, offset, lastOffset]),
    ).toEqual(['0', '2', '4'].map((offset) => ['tooLarge', offset, offset]));
    expect(sink.records.map(({ offset }) => offset)).toEqual(['1', '3', '5', '6']);
    expect(losses()).toEqual([]);
  });
});
