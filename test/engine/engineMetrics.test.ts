/** From a record on a topic to a data point in a real OpenTelemetry Collector, through the shipped engine. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';

import type { EngineSettings } from '../../src/protocol/engineProtocol.ts';
import type { EngineClient } from '../../src/host/engineClient.ts';
import { startKafkaBroker } from '../support/kafkaBroker.ts';
import { startCollector, type MetricsExport } from '../support/otelCollector.ts';
import { required } from '../support/required.ts';
import { sampleRecord } from '../support/sampleRecords.ts';
import { engineBundle, engineInWorker, openTopic } from './engineWorld.ts';
import { makeTopic, type Topic } from './kafkaWorld.ts';

const broker = required(
  () => startKafkaBroker(),
  (it) => it.stop(),
);
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

/** The last value of each series since `from`: sums, and how many values a histogram holds. */
function series(exports: readonly MetricsExport[]): Record<string, number> {
  const values: Record<string, number> = {};
  for (const { resourceMetrics } of exports as readonly Exported[]) {
    for (const { scopeMetrics } of resourceMetrics) {
      for (const { name, sum, histogram } of scopeMetrics.flatMap(({ metrics }) => metrics)) {
        for (const point of [...(sum?.dataPoints ?? []), ...(histogram?.dataPoints ?? [])]) {
          const service = label(point, 'server_name');
          const ret = sum === undefined ? '' : ` ret=${label(point, 'ret')}`;
          values[`${name} ${service}${ret}`] = Number(point.asDouble ?? point.asInt ?? point.count);
        }
      }
    }
  }
  return values;
}

function label({ attributes = [] }: DataPoint, name: string): string {
  const value = attributes.find(({ key }) => key === name)?.value;
  return value?.stringValue ?? value?.intValue ?? '?';
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
    await expect.poll(() => first.ledger(), { timeout: 10_000 }).not.toEqual({});
    await first.engine.kill();
    expect(series(collector().metrics().slice(begin))).toEqual(counted);
    expect(first.ledger()).toEqual({ [`${topic.name}/0`]: '5' });

    const middle = collector().metrics().length;
    await topic.send([sampleRecord('failed', 5)]);
    const second = await startLife(topic, { otlp: otlp(), ledger: first.ledger() }, 5);
    await expect
      .poll(() => second.ledger(), { timeout: 10_000 })
      .toEqual({
        [`${topic.name}/0`]: '6',
      });
    await second.engine.close();
    // A new series starts at nothing: only what the first engine had not counted is in it.
    expect(series(collector().metrics().slice(middle))).toEqual({
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
  expect(series(collector().metrics().slice(begin))).toEqual(counted);
});

test('an orderly end sends what is left, and tells that it did', async () => {
  const topic = await newTopic();
  await topic.send(records);
  const begin = collector().metrics().length;
  const life = await startLife(topic, { otlp: { ...overHttp(), intervalMs: never } }, 4);
  await life.engine.close();
  expect(series(collector().metrics().slice(begin))).toEqual(counted);
  expect(life.ledger()).toEqual({ [`${topic.name}/0`]: '4' });
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
  expect(ledger()).toEqual({ [`${topic.name}/0`]: '4' });
  const list = await openTopic(engine, broker().brokers, topic.name, {
    ...settings,
    otlp: { ...otlp, intervalMs: never / 2 },
  });
  await list.untilTotal(4);
  await engine.close();
  expect(series(collector().metrics().slice(begin))).toEqual(counted);
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
    const topic = await newTopic();
    await topic.send(records);
    const engine = engineInWorker({ file });
    engines.push(engine);
    engine.start();
    const list = await openTopic(engine, broker().brokers, topic.name);
    await list.untilTotal(4);
    const status = await engine.call('status', { figuresScope: { kind: 'all' } });
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

interface DataPoint {
  readonly attributes?: readonly {
    readonly key: string;
    readonly value: { readonly stringValue?: string; readonly intValue?: string };
  }[];
  readonly asInt?: string;
  readonly asDouble?: number;
  readonly count?: string;
}

interface Exported {
  readonly resourceMetrics: readonly {
    readonly scopeMetrics: readonly {
      readonly metrics: readonly {
        readonly name: string;
        readonly sum?: { readonly dataPoints: readonly DataPoint[] };
        readonly histogram?: { readonly dataPoints: readonly DataPoint[] };
      }[];
    }[];
  }[];
}
