import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testConnection } from '../../src/kafka/connection.ts';
import { createKafkaRecordSource } from '../../src/kafka/kafkaRecordSource.ts';
import type { KafkaConnection, SourceErrorReason } from '../../src/record/recordSource.ts';
import {
  startKafkaBroker,
  type KafkaBroker,
  type ProtectedListeners,
} from '../support/kafkaBroker.ts';
import { connectionTo, makeTopic, realClock, WatchedSink, type Topic } from './kafkaWorld.ts';

let broker: KafkaBroker;
let listeners: ProtectedListeners;
let topic: Topic;
let folder: string;
let silent: Server;
const heldSockets: Socket[] = [];

beforeAll(async () => {
  broker = await startKafkaBroker({ sasl: true });
  listeners = broker.protected!;
  topic = await makeTopic(broker.brokers, 3);
  folder = await mkdtemp(join(tmpdir(), 'rpa-trace-ca-'));
  await writeFile(join(folder, 'not-a-certificate.pem'), 'hello');
  // Takes connections and never says a word: what a firewall that swallows everything looks like.
  silent = createServer((socket) => heldSockets.push(socket)).listen(0, '127.0.0.1');
});
afterAll(async () => {
  for (const socket of heldSockets) socket.destroy();
  silent.close();
  await topic.close();
  await broker.stop();
  await rm(folder, { recursive: true });
});

const user = (password: string = listeners.user.password) => ({
  username: listeners.user.username,
  password,
});
const withCa = () => ({ enabled: true, rejectUnauthorized: true, caFile: listeners.caFile });
const withoutCa = { enabled: true, rejectUnauthorized: true };
const careless = { enabled: true, rejectUnauthorized: false };

describe('a protected broker', () => {
  it.each<[string, () => KafkaConnection]>([
    ['TLS with its CA file', () => connectionTo(listeners.tlsBrokers, { tls: withCa() })],
    ['TLS unchecked', () => connectionTo(listeners.tlsBrokers, { tls: careless })],
    ...(['plain', 'scram-sha-256', 'scram-sha-512'] as const).map(
      (mechanism): [string, () => KafkaConnection] => [
        `${mechanism} over TLS`,
        () =>
          connectionTo(listeners.saslBrokers, { tls: withCa(), sasl: { mechanism, ...user() } }),
      ],
    ),
    [
      'SASL without TLS',
      () =>
        connectionTo(listeners.saslPlaintextBrokers, {
          sasl: { mechanism: 'scram-sha-512', ...user() },
        }),
    ],
  ])('is read through %s', async (_name, connectionOf) => {
    const connection = connectionOf();
    expect(await testConnection(connection, topic.name)).toMatchObject({
      ok: true,
      value: { partitions: 3, topics: expect.arrayContaining([topic.name]) as unknown },
    });
    const sink = new WatchedSink();
    const start = { kind: 'latest' } as const;
    const options = {
      connection,
      topic: topic.name,
      start,
      clock: realClock,
      log: () => undefined,
    };
    const source = createKafkaRecordSource(options);
    await source.start(sink);
    await topic.send(['hello']);
    await sink.until(() => sink.values.includes('hello'));
    await source.stop();
  });
});

describe('what is wrong with a connection', () => {
  const silentBroker = () => `127.0.0.1:${String((silent.address() as AddressInfo).port)}`;
  const sasl = (password?: string) => ({ mechanism: 'plain' as const, ...user(password) });

  it.concurrent.each<[string, () => KafkaConnection, SourceErrorReason]>([
    ['nobody listens', () => connectionTo('127.0.0.1:1'), 'unreachable'],
    ['no such host', () => connectionTo('no-such-host.invalid:9092'), 'unreachable'],
    ['nobody answers', () => connectionTo(silentBroker()), 'unreachable'],
    ['nobody answers TLS', () => connectionTo(silentBroker(), { tls: withoutCa }), 'unreachable'],
    ['plain text to TLS', () => connectionTo(listeners.tlsBrokers), 'tls'],
    [
      'plain text to TLS with SASL',
      () => connectionTo(listeners.saslBrokers, { sasl: sasl() }),
      'tls',
    ],
    ['TLS to plain text', () => connectionTo(broker.brokers, { tls: withoutCa }), 'tls'],
    [
      'TLS to plain SASL',
      () => connectionTo(listeners.saslPlaintextBrokers, { tls: withCa(), sasl: sasl() }),
      'tls',
    ],
    [
      'self-signed, no CA given',
      () => connectionTo(listeners.tlsBrokers, { tls: withoutCa }),
      'tls',
    ],
    [
      'wrong password',
      () => connectionTo(listeners.saslBrokers, { tls: withCa(), sasl: sasl('n0pe') }),
      'authentication',
    ],
    ['no password', () => connectionTo(listeners.saslBrokers, { tls: withCa() }), 'authentication'],
    ['no password, no TLS', () => connectionTo(listeners.saslPlaintextBrokers), 'authentication'],
    [
      'a password for a broker without',
      () => connectionTo(broker.brokers, { sasl: sasl() }),
      'authentication',
    ],
    [
      'missing CA file',
      () =>
        connectionTo(listeners.tlsBrokers, { tls: { ...withCa(), caFile: join(folder, 'x.pem') } }),
      'fileNotFound',
    ],
    [
      'CA file is a folder',
      () => connectionTo(listeners.tlsBrokers, { tls: { ...withCa(), caFile: folder } }),
      'fileUnreadable',
    ],
    [
      'CA file is something else',
      () =>
        connectionTo(listeners.tlsBrokers, {
          tls: { ...withCa(), caFile: join(folder, 'not-a-certificate.pem') },
        }),
      'tls',
    ],
    ['no port', () => connectionTo('localhost'), 'badSettings'],
    ['no broker', () => ({ ...connectionTo(''), brokers: [] }), 'badSettings'],
  ])('is told: %s', async (_name, connectionOf, reason) => {
    const result = await testConnection(connectionOf(), topic.name);
    expect(result).toMatchObject({ ok: false, error: { reason } });
    expect(JSON.stringify(result)).not.toContain(listeners.user.password);
    expect(JSON.stringify(result)).not.toContain('n0pe');
  });

  it.concurrent('is told by our own limit where the client would wait longer', async () => {
    const result = await testConnection(connectionTo(silentBroker()), topic.name);
    expect(result).toMatchObject({ ok: false, error: { detail: 'No answer within 9 s' } });
  });

  it('is a topic that does not exist: told with those that do, and not made', async () => {
    const ask = () => testConnection(connectionTo(broker.brokers), 'no-such-topic');
    const missing = {
      ok: false,
      error: { reason: 'noSuchTopic', subject: 'no-such-topic', topics: [topic.name] },
    };
    expect(await ask()).toMatchObject(missing);
    expect(await ask()).toMatchObject(missing);
  });

  it('ends the start of a source as a failure', async () => {
    const connection = connectionTo(listeners.saslBrokers, { tls: withCa(), sasl: sasl('n0pe') });
    const sink = new WatchedSink();
    const start = { kind: 'latest' } as const;
    const options = {
      connection,
      topic: topic.name,
      start,
      clock: realClock,
      log: () => undefined,
    };
    const source = createKafkaRecordSource(options);
    await source.start(sink);
    expect(sink.last).toMatchObject({ kind: 'failed', error: { reason: 'authentication' } });
    await source.stop();
  });

  it('never prints anything, and passes no password to the log', async () => {
    const lines: string[] = [];
    const connection = connectionTo(listeners.saslBrokers, { tls: withCa(), sasl: sasl('n0pe') });
    await testConnection(connection, topic.name, (_level, line) => lines.push(line));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('\n')).not.toContain('n0pe');
  });
});
