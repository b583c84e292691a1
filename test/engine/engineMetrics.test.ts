/** From a record on a topic to a data point in a real OpenTelemetry Collector, through the shipped engine. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';

import type { LedgerData } from '../../src/metrics/ledgerData.ts';
import type { EngineSettings } from '../../src/protocol/settings.ts';
import type { EngineClient } from '../../src/host/engineClient.ts';
import { startCollector } from '../support/otelCollector.ts';
import { required } from '../support/required.ts';
import { sampleRecord } from '../support/sampleRecords.ts';
import { brokerOfAll } from './brokerOfAll.ts';
import { engineBundle, engineInWorker, openTopic } from './engineWorld.ts';
import { makeTopic, type Topic } from './kafkaWorld.ts';
import { ownSeriesIn, seriesIn } from './receivedMetrics.ts';
import { ask } from '../../src/protocol/ask.ts';

const broker = brokerOfAll();
const collector = required(
  () => startCollector(),
  (it) => it.stop(),
);
const engines: EngineClient[] = [];
const topics: Topic[] = [];

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
  for (const topic of topics.splice(0)) await topic.close();
});

/** Longer than any test: what is exported is exported at the end. */
const never = 3_600_000;

type Otlp = NonNullable<EngineSettings['otlp']>;

const overGrpc = (): Otlp => ({
  endpoint: collector().grpcEndpoint,
  protocol: 'auto',
  intervalMs: 500,
});
const overHttp = (): Otlp => ({
  endpoint: `${collector().httpEndpoint}/v1/metrics`,
  protocol: 'auto',
  intervalMs: 500,
});

async function newTopic(): Promise<Topic> {
  const topic = await makeTopic(broker().brokers);
  topics.push(topic);
  return topic;
}

/** A life of the engine: counts what is on the topic, and remembers what the host would keep of it. */
async function startLife(topic: Topic, settings: Partial<EngineSettings>, total: number) {
  const engine = engineInWorker();
  engines.push(engine);
  let ledger = settings.ledger ?? {};
  engine.on('ledger', (data) => (ledger = data));
  engine.start();
  const list = await openTopic(engine, broker().brokers, topic.name, settings);
  await list.untilTotal(total);
  return { engine, list, ledger: () => ledger };
}

/** The next offset of each partition of a topic, as a ledger has it. */
function next(ledger: LedgerData, topic: Topic) {
  const names = Object.keys(ledger).filter((name) => name.endsWith(`/${topic.name}`));
  expect(names.length).toBeLessThan(2);
  return ledger[names[0] ?? '']?.next;
}

const records = [
  sampleRecord('succeeded', 1),
  sampleRecord('failed', 2),
  sampleRecord('succeeded', 3),
  sampleRecord('link', 4),
];
const counted = {
  'server_request_total workflow ret=0': 2,
  'server_request_total workflow ret=21300': 1,
  'server_request_total spark-link ret=0': 1,
  'server_request_time_microseconds workflow': 3,
  'server_request_time_microseconds spark-link': 1,
};

describe.each([
  ['gRPC', overGrpc],
  ['HTTP/protobuf', overHttp],
])('over %s', (_, otlp) => {
  test('each finished execution is counted once, also by the engines after it', async () => {
    const topic = await newTopic();
    // The last one was written twice, by a producer that tried again.
    await topic.send([...records, records[3] ?? '']);
    const begin = collector().metrics().length;
    const first = await startLife(topic, { otlp: otlp() }, 4);
    const receivedFirst = () => collector().metrics().slice(begin);
    // What comes in several slices may be exported in several parts, and what is looked at with an export
    // may lag what is counted in it by one.
    await expect.poll(() => next(first.ledger(), topic), { timeout: 10_000 }).toEqual({ 0: '5' });
    await expect.poll(() => ownSeriesIn(receivedFirst()).get('rpa_trace.source.records')).toBe(5);
    await first.engine.kill();
    expect(seriesIn(receivedFirst())).toEqual(counted);
    const own = ownSeriesIn(receivedFirst());
    expect(own.get('rpa_trace.source.rejected')).toBe(0);
    expect(own.get('rpa_trace.source.io')).toBeGreaterThan(1_000);
    expect(own.get('rpa_trace.source.lag')).toBe(0);
    expect(own.get('rpa_trace.store.executions')).toBe(4);
    expect(own.get('rpa_trace.engine.heap.usage')).toBeGreaterThan(0);
    // Of three runs of the flow two went well to their end.
    expect(own.get('rpa_trace.node.runs node-end succeeded')).toBe(2);
    expect(own.get('rpa_trace.node.duration node-end succeeded')).toBe(2);

    const middle = collector().metrics().length;
    await topic.send([sampleRecord('failed', 5)]);
    const second = await startLife(topic, { otlp: otlp(), ledger: first.ledger() }, 5);
    await expect.poll(() => next(second.ledger(), topic)).toEqual({ 0: '6' });
    await second.engine.close();
    // A new series starts at nothing: only what the first engine had not counted is in it.
    expect(seriesIn(collector().metrics().slice(middle))).toEqual({
      'server_request_total workflow ret=21300': 1,
      'server_request_time_microseconds workflow': 1,
    });
  });
});

test('what a killed engine counted and had not sent is counted by the next one', async () => {
  const topic = await newTopic();
  await topic.send(records);
  const begin = collector().metrics().length;
  const first = await startLife(topic, { otlp: { ...overGrpc(), intervalMs: never } }, 4);
  await first.engine.kill();
  expect(collector().metrics()).toHaveLength(begin);
  expect(first.ledger()).toEqual({});
  const second = await startLife(topic, { otlp: overGrpc(), ledger: first.ledger() }, 4);
  await second.engine.close();
  expect(seriesIn(collector().metrics().slice(begin))).toEqual(counted);
});

test('an orderly end sends what is left, and tells that it did', async () => {
  const topic = await newTopic();
  await topic.send(records);
  const begin = collector().metrics().length;
  const life = await startLife(topic, { otlp: { ...overHttp(), intervalMs: never } }, 4);
  await life.engine.close();
  expect(seriesIn(collector().metrics().slice(begin))).toEqual(counted);
  expect(next(life.ledger(), topic)).toEqual({ 0: '4' });
});

test('a changed interval counts on where it was', async () => {
  const topic = await newTopic();
  await topic.send(records);
  const begin = collector().metrics().length;
  const otlp = { ...overGrpc(), intervalMs: never };
  const { engine, ledger } = await startLife(topic, { otlp }, 4);
  const settings = {
    storeBytes: 1_000_000,
    stalledAfterMs: 300_000,
    ledger: {},
    largeValues: null,
  };
  await engine.call('configure', { ...settings, otlp: { ...otlp, intervalMs: never / 2 } });
  expect(next(ledger(), topic)).toEqual({ 0: '4' });
  const list = await openTopic(engine, broker().brokers, topic.name, {
    ...settings,
    otlp: { ...otlp, intervalMs: never / 2 },
  });
  await list.untilTotal(4);
  await engine.close();
  expect(seriesIn(collector().metrics().slice(begin))).toEqual(counted);
});

describe('without the file of the exporter', () => {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });

  test('an engine reads all the same while no endpoint is set, and fails to count then', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rpa-trace-engine-'));
    folders.push(folder);
    const file = join(folder, 'engine.js');
    await copyFile(engineBundle, file);
    await copyFile(join(dirname(engineBundle), 'kafka.js'), join(folder, 'kafka.js'));
    const topic = await newTopic();
    await topic.send(records);
    const engine = engineInWorker({ file });
    engines.push(engine);
    engine.start();
    const list = await openTopic(engine, broker().brokers, topic.name);
    await list.untilTotal(4);
    const status = await ask(engine, 'status', null);
    expect(status.otlp).toEqual({ kind: 'off' });
    const settings = {
      storeBytes: 1_000_000,
      stalledAfterMs: 300_000,
      otlp: overGrpc(),
      ledger: {},
      largeValues: null,
    };
    await expect(engine.call('configure', settings)).rejects.toThrow(/otlp\.js/);
  });
});
