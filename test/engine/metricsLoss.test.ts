/** What is counted arrives: at a corrected endpoint, from two clusters in turn, after the engine was killed. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';

import type { EngineClient } from '../../src/host/engineClient.ts';
import type { EngineSettings } from '../../src/protocol/settings.ts';
import { freePorts } from '../support/childProcess.ts';
import { startKafkaBroker } from '../support/kafkaBroker.ts';
import { startCollector } from '../support/otelCollector.ts';
import { required } from '../support/required.ts';
import { sampleRecord } from '../support/sampleRecords.ts';
import { brokerOfAll } from './brokerOfAll.ts';
import { engineInWorker, engineSettings, openTopic, topicSource } from './engineWorld.ts';
import { makeTopic, type Topic } from './kafkaWorld.ts';
import { requestsIn } from './receivedMetrics.ts';
import { ask } from '../../src/protocol/ask.ts';

const broker = brokerOfAll();
const otherBroker = required(
  () => startKafkaBroker(),
  (it) => it.stop(),
);
const collector = required(
  () => startCollector(),
  (it) => it.stop(),
);
const engines: EngineClient[] = [];
const topics: Topic[] = [];
const servers: Server[] = [];

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
  for (const topic of topics.splice(0)) await topic.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Longer than any test: what is exported is exported at the end. */
const never = 3_600_000;

type Otlp = NonNullable<EngineSettings['otlp']>;

function to(endpoint: string, intervalMs = 500): Otlp {
  return { endpoint, protocol: 'auto', intervalMs };
}

const rightEndpoint = () => `${collector().httpEndpoint}/v1/metrics`;

function samples(count: number, first = 1): string[] {
  return Array.from({ length: count }, (_, at) => sampleRecord('succeeded', first + at));
}

async function newTopic(brokers = broker().brokers, name?: string): Promise<Topic> {
  const topic = await makeTopic(brokers, 1, { name });
  topics.push(topic);
  return topic;
}

function startEngine(): EngineClient {
  const engine = engineInWorker();
  engines.push(engine);
  engine.start();
  return engine;
}

/** A server that gives each request to `answer`. */
async function listening(answer: (end: (status: number) => void) => void): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      answer((status) => response.writeHead(status).end());
    });
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return `http://127.0.0.1:${String(address.port)}/v1/metrics`;
}

describe('an endpoint that is wrong at first', () => {
  test.each<[string, () => Promise<string>]>([
    ['because nobody listens', async () => `http://127.0.0.1:${String((await freePorts(1))[0])}/x`],
    ['because it is no address', () => Promise.resolve('not an address')],
    ['because it refuses', () => listening((end) => end(400))],
    ['because it never answers', () => listening(() => undefined)],
  ])('%s: what was counted arrives at the right one, each once', async (_, wrong) => {
    const topic = await newTopic();
    await topic.send(samples(50));
    const begin = collector().metrics().length;
    const engine = startEngine();
    const list = await openTopic(engine, broker().brokers, topic.name, { otlp: to(await wrong()) });
    await list.untilTotal(50);
    await expect.poll(async () => (await ask(engine, 'status', null)).otlp.kind).toBe('failing');
    const changed = engine.call('configure', engineSettings({ otlp: to(rightEndpoint()) }));
    // They come while the old exporter is still being closed.
    await topic.send(samples(7, 51));
    await list.untilTotal(57);
    await changed;
    await topic.send(samples(1, 58));
    await list.untilTotal(58);
    await engine.close();
    expect(requestsIn(collector().metrics().slice(begin))).toBe(58);
  });

  test('switched off in between', async () => {
    const topic = await newTopic();
    await topic.send(samples(5));
    const begin = collector().metrics().length;
    const engine = startEngine();
    const wrong = to(await listening((end) => end(400)));
    const list = await openTopic(engine, broker().brokers, topic.name, { otlp: wrong });
    await list.untilTotal(5);
    await engine.call('configure', engineSettings({ otlp: null }));
    await engine.call('configure', engineSettings({ otlp: to(rightEndpoint()) }));
    await engine.close();
    expect(requestsIn(collector().metrics().slice(begin))).toBe(5);
  });
});

describe('two clusters with a topic of the same name, A → B → A', () => {
  test.each([
    ['the second holds less', 4, 2],
    ['the second holds as much', 4, 4],
    ['the second holds more', 4, 9],
  ])('%s: each execution is counted once', async (_, inA, inB) => {
    const a = await newTopic();
    const b = await newTopic(otherBroker().brokers, a.name);
    await a.send(samples(inA));
    await b.send(samples(inB, 100));
    const begin = collector().metrics().length;
    const engine = startEngine();
    const otlp = to(rightEndpoint(), never);
    const first = await openTopic(engine, broker().brokers, a.name, { otlp });
    await first.untilTotal(inA);
    const open = (brokers: string) =>
      engine.call('openSource', { spec: topicSource(brokers, a.name), keep: false });
    await open(otherBroker().brokers);
    await first.until(({ rows }) => rows.length === inB && rows.every(({ sid }) => !sidsOfA(sid)));
    await a.send(samples(1, inA + 1));
    await open(broker().brokers);
    await first.until(
      ({ rows }) => rows.length === inA + 1 && rows.every(({ sid }) => sidsOfA(sid)),
    );
    await engine.close();
    expect(requestsIn(collector().metrics().slice(begin))).toBe(inA + inB + 1);
  });

  /** Samples of A have numbers below 100. */
  const ofA = new Set(samples(20).map((text) => (JSON.parse(text) as { sid: string }).sid));
  function sidsOfA(sid: string): boolean {
    return ofA.has(sid);
  }
});

describe('delivery over kills is at least once', () => {
  test('a worker killed between export and ledger: never fewer', async () => {
    const topic = await newTopic();
    await topic.send(samples(20));
    const begin = collector().metrics().length;
    const first = startEngine();
    const otlp = to(rightEndpoint());
    const list = await openTopic(first, broker().brokers, topic.name, { otlp });
    await list.untilTotal(20);
    await expect.poll(() => requestsIn(collector().metrics().slice(begin))).toBe(20);
    // What it told of its ledger never reached the disk.
    await first.kill();
    await first.close();
    const middle = collector().metrics().length;
    const second = startEngine();
    await (await openTopic(second, broker().brokers, topic.name, { otlp })).untilTotal(20);
    await second.close();
    expect(requestsIn(collector().metrics().slice(middle))).toBe(20);
  });
});
