import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testConnection } from '../../src/sources/kafka/connection.ts';
import { createKafkaRecordSource } from '../../src/sources/kafka/kafkaRecordSource.ts';
import type { SourceErrorReason } from '../../src/record/recordSource.ts';
import type { KafkaConnection } from '../../src/sources/kafka/spec.ts';
import { startKafkaBroker } from '../support/kafkaBroker.ts';
import { required } from '../support/required.ts';
import { connectionTo, makeTopic, realClock, WatchedSink } from './kafkaWorld.ts';

/** A protected broker with a topic, and what stands in the way of a connection: files, and one who never answers. */
const world = required(startWorld, async (it) => {
  for (const socket of it.heldSockets) socket.destroy();
  it.silent.close();
  it.overIpv6.close();
  await it.topic.close();
  await it.broker.stop();
  await rm(it.folder, { recursive: true });
});

async function startWorld() {
  const broker = await startKafkaBroker({ sasl: true });
  const topic = await makeTopic(broker.brokers, 3);
  const folder = await mkdtemp(join(tmpdir(), 'rpa-trace-ca-'));
  await writeFile(join(folder, 'not-a-certificate.pem'), 'hello');
  const heldSockets: Socket[] = [];
  // Takes connections and never says a word: what a firewall that swallows everything looks like.
  const silent = createServer((socket) => heldSockets.push(socket)).listen(0, '127.0.0.1');
  // The broker at an IPv6 address: it says itself where else it is.
  const [host = '', port] = broker.brokers.split(':');
  const overIpv6 = createServer((socket) => {
    heldSockets.push(socket);
    const toBroker = connect(Number(port), host);
    for (const each of [socket, toBroker]) each.on('error', () => each.destroy());
    socket.pipe(toBroker).pipe(socket);
  }).listen(0, '::1');
  await once(overIpv6, 'listening');
  return { broker, topic, folder, silent, overIpv6, heldSockets };
}

const portOf = (server: Server) => String((server.address() as AddressInfo).port);
const listeners = () => world().broker.protected!;
const user = (password: string = listeners().user.password) => ({
  username: listeners().user.username,
  password,
});
const withCa = () => ({ enabled: true, rejectUnauthorized: true, caFile: listeners().caFile });
const withoutCa = { enabled: true, rejectUnauthorized: true };
const careless = { enabled: true, rejectUnauthorized: false };

describe('a protected broker', () => {
  it.each<[string, () => KafkaConnection]>([
    ['an IPv6 address', () => connectionTo(`[::1]:${portOf(world().overIpv6)}`)],
    ['TLS with its CA file', () => connectionTo(listeners().tlsBrokers, { tls: withCa() })],
    ['TLS unchecked', () => connectionTo(listeners().tlsBrokers, { tls: careless })],
    ...(['plain', 'scram-sha-256', 'scram-sha-512'] as const).map(
      (mechanism): [string, () => KafkaConnection] => [
        `${mechanism} over TLS`,
        () =>
          connectionTo(listeners().saslBrokers, { tls: withCa(), sasl: { mechanism, ...user() } }),
      ],
    ),
    [
      'SASL without TLS',
      () =>
        connectionTo(listeners().saslPlaintextBrokers, {
          sasl: { mechanism: 'scram-sha-512', ...user() },
        }),
    ],
  ])('is read through %s', async (_name, connectionOf) => {
    const connection = connectionOf();
    expect(await testConnection(connection, world().topic.name)).toMatchObject({
      ok: true,
      value: { partitions: 3, topics: expect.arrayContaining([world().topic.name]) as unknown },
    });
    const sink = new WatchedSink();
    const start = { kind: 'latest' } as const;
    const options = {
      connection,
      topic: world().topic.name,
      start,
      clock: realClock,
      log: () => undefined,
    };
    const source = createKafkaRecordSource(options);
    await source.start(sink);
    await world().topic.send(['hello']);
    await sink.until(() => sink.values.includes('hello'));
    await source.stop();
  });
});

describe('what is wrong with a connection', () => {
  const silentBroker = () => `127.0.0.1:${portOf(world().silent)}`;
  const sasl = (password?: string) => ({ mechanism: 'plain' as const, ...user(password) });

  it.concurrent.each<[string, () => KafkaConnection, SourceErrorReason]>([
    ['nobody listens', () => connectionTo('127.0.0.1:1'), 'unreachable'],
    ['no such host', () => connectionTo('no-such-host.invalid:9092'), 'unreachable'],
    ['nobody answers', () => connectionTo(silentBroker()), 'unreachable'],
    ['nobody answers TLS', () => connectionTo(silentBroker(), { tls: withoutCa }), 'unreachable'],
    ['plain text to TLS', () => connectionTo(listeners().tlsBrokers), 'tls'],
    [
      'plain text to TLS with SASL',
      () => connectionTo(listeners().saslBrokers, { sasl: sasl() }),
      'tls',
    ],
    ['TLS to plain text', () => connectionTo(world().broker.brokers, { tls: withoutCa }), 'tls'],
    [
      'TLS to plain SASL',
      () => connectionTo(listeners().saslPlaintextBrokers, { tls: withCa(), sasl: sasl() }),
      'tls',
    ],
    [
      'self-signed, no CA given',
      () => connectionTo(listeners().tlsBrokers, { tls: withoutCa }),
      'tls',
    ],
    [
      'wrong password',
      () => connectionTo(listeners().saslBrokers, { tls: withCa(), sasl: sasl('n0pe') }),
      'authentication',
    ],
    [
      'no password',
      () => connectionTo(listeners().saslBrokers, { tls: withCa() }),
      'authentication',
    ],
    ['no password, no TLS', () => connectionTo(listeners().saslPlaintextBrokers), 'authentication'],
    [
      'a password for a broker without',
      () => connectionTo(world().broker.brokers, { sasl: sasl() }),
      'authentication',
    ],
    [
      'missing CA file',
      () =>
        connectionTo(listeners().tlsBrokers, {
          tls: { ...withCa(), caFile: join(world().folder, 'x.pem') },
        }),
      'fileNotFound',
    ],
    [
      'CA file is a folder',
      () => connectionTo(listeners().tlsBrokers, { tls: { ...withCa(), caFile: world().folder } }),
      'fileUnreadable',
    ],
    [
      'CA file is something else',
      () =>
        connectionTo(listeners().tlsBrokers, {
          tls: { ...withCa(), caFile: join(world().folder, 'not-a-certificate.pem') },
        }),
      'tls',
    ],
    ['an IPv6 address where nobody is', () => connectionTo('[::1]:1'), 'unreachable'],
    ['no port', () => connectionTo('localhost'), 'badSettings'],
    ['no broker', () => ({ ...connectionTo(''), brokers: [] }), 'badSettings'],
  ])('is told: %s', async (_name, connectionOf, reason) => {
    const result = await testConnection(connectionOf(), world().topic.name);
    expect(result).toMatchObject({ ok: false, error: { reason } });
    expect(JSON.stringify(result)).not.toContain(listeners().user.password);
    expect(JSON.stringify(result)).not.toContain('n0pe');
  });

  it.concurrent('is told by our own limit where the client would wait longer', async () => {
    const result = await testConnection(connectionTo(silentBroker()), world().topic.name);
    expect(result).toMatchObject({ ok: false, error: { detail: 'No answer within 9 s' } });
  });

  it('is a topic that does not exist: told with those that do, and not made', async () => {
    const ask = () => testConnection(connectionTo(world().broker.brokers), 'no-such-topic');
    const missing = {
      ok: false,
      error: { reason: 'noSuchTopic', subject: 'no-such-topic', topics: [world().topic.name] },
    };
    expect(await ask()).toMatchObject(missing);
    expect(await ask()).toMatchObject(missing);
  });

  it('ends the start of a source as a failure', async () => {
    const connection = connectionTo(listeners().saslBrokers, { tls: withCa(), sasl: sasl('n0pe') });
    const sink = new WatchedSink();
    const start = { kind: 'latest' } as const;
    const options = {
      connection,
      topic: world().topic.name,
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
    const connection = connectionTo(listeners().saslBrokers, { tls: withCa(), sasl: sasl('n0pe') });
    await testConnection(connection, world().topic.name, (_level, line) => lines.push(line));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('\n')).not.toContain('n0pe');
  });
});
