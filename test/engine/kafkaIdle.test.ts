import { expect, it } from 'vitest';
import { createKafkaRecordSource } from '../../src/sources/kafka/kafkaRecordSource.ts';
import { run } from '../support/childProcess.ts';
import { startKafkaBroker } from '../support/kafkaBroker.ts';
import { repositoryRoot } from '../support/paths.ts';
import { required } from '../support/required.ts';
import {
  connectionTo,
  makeTopic,
  numbers,
  realClock,
  WatchedSink,
  type Topic,
} from './kafkaWorld.ts';

/**
 * Shorter than the pauses between two heartbeats, and between two looks at the lag; longer than a busy machine
 * mostly keeps a client from asking again.
 */
const idleMs = 3_000;

/**
 * Where a machine stands still for longer than `idleMs`, the broker closes what is in use too, and that is a loss.
 * It happens in one try; idleness taken for a loss would happen in each.
 */
const unlessStarved = { timeout: 120_000, retry: 2 };

const broker = required(
  () => startKafkaBroker({ idleMs }),
  (it) => it.stop(),
);

/** A source whose log is kept: what it says beside its states. */
function sourceOf(topic: Topic) {
  const lines: string[] = [];
  const source = createKafkaRecordSource({
    connection: connectionTo(broker().brokers),
    topic: topic.name,
    start: { kind: 'earliest' },
    clock: realClock,
    log: (level, line) => {
      if (level !== 'debug') lines.push(`${level} ${line}`);
    },
  });
  return { source, lines };
}

/** Long enough for each connection that is not used to be closed a few times. */
const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('a broker that closes idle connections is not lost', unlessStarved, async () => {
  const topic = await makeTopic(broker().brokers, 2);
  await topic.send(numbers(10));
  await topic.close();
  const sink = new WatchedSink();
  const { source, lines } = sourceOf(topic);
  await source.start(sink);
  await sink.until(() => sink.records.length === 10);
  lines.length = 0;
  // A quiet topic: the consumer asks all the time, the admin never.
  await pass(2 * idleMs);
  const fetched = await source.fetch({ topic: topic.name, partition: 0, offset: '0' });
  expect(fetched?.offset).toBe('0');
  source.pause();
  await pass(3 * idleMs);
  const again = await producerOf(topic);
  await again.send({ topic: topic.name, messages: numbers(5, 11).map((value) => ({ value })) });
  await again.disconnect();
  await sink.until(() => sink.last?.kind === 'paused' && sink.last.lag === 5);
  source.resume();
  await sink.until(() => sink.records.length === 15);
  await source.fetch({ topic: topic.name, partition: 0, offset: '0' });
  await pass(3 * idleMs);
  await source.stop();
  const wanted = new Set(['connecting', 'live', 'paused']);
  // The whole state is shown: its reason says what was lost.
  expect(sink.states.filter(({ kind }) => !wanted.has(kind))).toEqual([]);
  expect(new Set(sink.states.map(({ kind }) => kind))).toEqual(wanted);
  expect(lines.filter((line) => !/rebalanc|Pausing|Resuming|joined/i.test(line))).toEqual([]);
});

it('a broker that dies while reading is paused is', { timeout: 120_000 }, async () => {
  const topic = await makeTopic(broker().brokers);
  await topic.close();
  const sink = new WatchedSink();
  const { source } = sourceOf(topic);
  await source.start(sink);
  source.pause();
  await sink.until(() => sink.last?.kind === 'paused');
  await pass(2 * idleMs);
  await broker().kill();
  await sink.until(() => sink.last?.kind === 'retrying');
  await broker().restart();
  await sink.until(() => sink.last?.kind === 'paused', 60_000);
  await source.stop();
});

it('the shipped engine is silent on stderr under this Node', { timeout: 120_000 }, async () => {
  const topic = await makeTopic(broker().brokers);
  await topic.send(['{"sid":"1"}', 'no record']);
  await topic.close();
  const script = `
    import { engineInWorker, openTopic, topicSource, wholeList } from './test/engine/engineWorld.ts';
    const [brokers, topic] = ${JSON.stringify([broker().brokers, topic.name])};
    const engine = engineInWorker();
    const rejected = async () => (await engine.call('rejected', { offset: 0, limit: 9 })).total;
    const until = async (holds) => {
      while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
    };
    const { connection } = topicSource(brokers, topic);
    await engine.call('testConnection', { connection, topic });
    const list = await openTopic(engine, brokers, topic);
    await until(async () => (await rejected()) > 0);
    await engine.call('pause', null);
    await new Promise((resolve) => setTimeout(resolve, ${String(4 * idleMs)}));
    await engine.call('resume', null);
    const { rows } = await engine.call('rejected', { offset: 0, limit: 9 });
    const { topic: name, partition, offset } = rows[0];
    await engine.call('rejectedText', { position: { topic: name, partition, offset } });
    await engine.call('closeSource', null);
    await engine.call('openSource', { spec: topicSource('127.0.0.1:9', topic), keep: false });
    await engine.call('closeSource', null);
    list.dispose();
    await engine.close();
    console.log('done');
  `;
  const args = ['--trace-warnings', '--input-type=module', '-e', script];
  const { stderr, stdout } = await run(process.execPath, args, { cwd: repositoryRoot });
  expect(stderr).toBe('');
  expect(stdout.trim()).toBe('done');
});

async function producerOf(topic: Topic) {
  const producer = topic.kafka.producer();
  await producer.connect();
  return producer;
}
