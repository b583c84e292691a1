/** Addresses with credentials in them, in the shipped engine: none of it gets into log, status or what is told. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, onTestFinished, test } from 'vitest';

import type { EngineClient } from '../../src/host/engineClient.ts';
import type { EngineSettings } from '../../src/protocol/settings.ts';
import type { SourceSpec } from '../../src/protocol/sources.ts';
import { sampleRecord } from '../support/sampleRecords.ts';
import { brokerOfAll } from './brokerOfAll.ts';
import { engineInWorker, engineSettings, openTopic } from './engineWorld.ts';
import { connectionTo, makeTopic } from './kafkaWorld.ts';
import { ask } from '../../src/protocol/ask.ts';

const broker = brokerOfAll();
const engines: EngineClient[] = [];

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
});

const secrets = ['hunter2', 'tok3n-1n-query', 'svc-user'];

/** An engine whose every word is kept. */
function startEngine(): { engine: EngineClient; said: string[] } {
  const said: string[] = [];
  const engine = engineInWorker({
    log: (level, message) => said.push(`client ${level}: ${message}`),
  });
  engines.push(engine);
  for (const name of ['log', 'state', 'pushed', 'redactionProblem'] as const) {
    engine.on(name, (payload) => said.push(`${name} ${JSON.stringify(payload)}`));
  }
  engine.onDidStart(() => {
    const watch = { watcher: 'w', id: 's', kind: 'status', query: null } as const;
    void engine.call('watch', watch).catch(() => undefined);
  });
  engine.start();
  return { engine, said };
}

/** A collector that refuses each export, and repeats what it was asked for, as some do. */
async function refusingCollector(): Promise<number> {
  const server = createServer((request, response) => {
    const { url = '', headers } = request;
    request.resume();
    response.writeHead(403, `Refused ${url}`);
    response.end(`${url} ${headers.authorization ?? ''}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

type Otlp = NonNullable<EngineSettings['otlp']>;

const otlpAt = (endpoint: string, protocol: Otlp['protocol'] = 'auto'): Otlp => ({
  endpoint,
  protocol,
  intervalMs: 500,
});

test.each<[string, () => Otlp | Promise<Otlp>, string]>([
  [
    'refuses',
    async () => {
      const port = String(await refusingCollector());
      return otlpAt(`http://svc-user:hunter2@127.0.0.1:${port}/v1/metrics?token=tok3n-1n-query`);
    },
    '/v1/metrics',
  ],
  [
    'is not there',
    () => otlpAt('http://svc-user:hunter2@127.0.0.1:1/v1/metrics?token=tok3n-1n-query'),
    'http://127.0.0.1:1/v1/metrics',
  ],
  [
    'is not there, over gRPC',
    () => otlpAt('http://svc-user:hunter2@127.0.0.1:1/?token=tok3n-1n-query', 'grpc'),
    'http://127.0.0.1:1',
  ],
  [
    'can’t be read',
    () => otlpAt('http://svc-user:hunter2@no host:x/?token=tok3n-1n-query'),
    'no host',
  ],
  ['is of another kind', () => otlpAt('ftp://svc-user:hunter2@host/?token=tok3n-1n-query'), 'host'],
])('an OTLP endpoint that %s', async (_, otlp, shown) => {
  const topic = await makeTopic(broker().brokers);
  onTestFinished(() => topic.close());
  await topic.send([sampleRecord('succeeded', 1)]);
  const { engine, said } = startEngine();
  const settings = { otlp: await otlp() };
  const list = await openTopic(engine, broker().brokers, topic.name, settings);
  await list.untilTotal(1);
  const status = () => ask(engine, 'status', null);
  await expect.poll(async () => (await status()).otlp.kind, { timeout: 10_000 }).toBe('failing');
  said.push(JSON.stringify(await status()));
  for (const secret of secrets) expect(said.join('\n')).not.toContain(secret);
  // What can be shown of it is.
  expect(JSON.stringify((await status()).otlp)).toContain(shown);
});

test.each([
  ['a user in it', 'svc-user:hunter2@127.0.0.1:1', '127.0.0.1:1'],
  ['a scheme', 'SASL_SSL://svc-user:hunter2@127.0.0.1:1', '127.0.0.1:1'],
  ['a query', '127.0.0.1:1?token=tok3n-1n-query', '127.0.0.1:1'],
])('a broker that is written with %s', async (_, address, shown) => {
  const { engine, said } = startEngine();
  await engine.call('configure', engineSettings());
  const connection = connectionTo(address);
  const spec: SourceSpec = { kind: 'kafka', connection, topic: 't', start: { kind: 'earliest' } };
  await engine.call('openSource', { spec, keep: false });
  const tested = await engine.call('testConnection', { connection, topic: 't' });
  const status = () => ask(engine, 'status', null);
  await expect.poll(async () => (await status()).state.kind).toBe('failed');
  said.push(JSON.stringify([tested, await status()]));
  for (const secret of secrets) expect(said.join('\n')).not.toContain(secret);
  expect(tested.ok || tested.error.subject).toContain(shown);
  expect((await status()).source.detail).toContain(shown);
});
