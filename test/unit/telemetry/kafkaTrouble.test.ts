/** What a robot's author is told when nothing is delivered: real sockets, and words of the protocol. */
import { readFileSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTls } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { createKafkaJsPort } from '../../../src/telemetry/kafkaJsPort.ts';
import type { KafkaOptions } from '../../../src/telemetry/kafkaOptions.ts';
import { KafkaPortError } from '../../../src/telemetry/kafkaPort.ts';
import { troubleText } from '../../../src/telemetry/kafkaTrouble.ts';
import type { FailedAttempt } from '../../../src/telemetry/kafkaTrouble.ts';
import { repositoryRoot } from '../../support/paths.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

function listen(server: Server): Promise<string> {
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    });
  });
}

const record = {
  ...{ topic: 't', value: 'v', bytes: 1, atMs: 0 },
  ...{ key: undefined, timestampMs: undefined, replaces: undefined, onDelivery: undefined },
};

async function troubleOf(options: KafkaOptions): Promise<string | undefined> {
  const port = createKafkaJsPort(options, () => undefined);
  try {
    await port.send('t', [record]);
    return 'it was delivered';
  } catch (error) {
    expect(error).toBeInstanceOf(KafkaPortError);
    return (error as KafkaPortError).trouble;
  } finally {
    await port.close();
  }
}

const tls = (name: string) => readFileSync(join(repositoryRoot, 'test/fixtures/tls', name));

/** What a broker says to be asked: produce, metadata and that itself, each in its first version. */
const apiVersions = [0, 3, 18].flatMap((api) => [0, api, 0, 0, 0, 0]);

/** Answers which requests it takes, as a broker does, and does with the next what it is told. */
const answering = (then: (socket: Socket) => void) =>
  createServer((socket) => {
    socket.once('data', (request) => {
      const id = [...request.subarray(8, 12)];
      const body = [...id, 0, 0, 0, 0, 0, 3, ...apiVersions, 0, 0, 0, 0];
      socket.write(Buffer.from([0, 0, 0, body.length, ...body]));
      socket.once('data', () => then(socket));
    });
  });

describe('what the way to a broker met', () => {
  test('nobody listens', async () => {
    const address = await listen(createServer());
    servers.pop()?.close();
    expect(await troubleOf({ servers: [address] })).toBe(
      `nothing listens at ${address} (ECONNREFUSED). Start Kafka there, or correct KAFKA_SERVERS.`,
    );
  });

  test('a host that nobody knows', async () => {
    expect(await troubleOf({ servers: ['kafka.invalid:9092'] })).toMatch(
      /^the host name of kafka\.invalid:9092 is not known here \(E\w+\)\. Check its spelling/,
    );
  });

  test('a web server', async () => {
    const address = await listen(createHttp());
    expect(await troubleOf({ servers: [address] })).toMatch(
      new RegExp(`^what answers at ${address} is no Kafka \\(it says “HTTP/1.1 400`),
    );
  });

  test('a server that hangs up', async () => {
    const address = await listen(createServer((socket) => socket.once('data', () => socket.end())));
    expect(await troubleOf({ servers: [address] })).toMatch(
      /hung up without an answer: it wants TLS/,
    );
  });

  test('one that takes the connection and says nothing, while it is waited for', async () => {
    const address = await listen(createServer((socket) => socket.on('error', () => undefined)));
    const told = `${address} takes connections and does not answer: it is overloaded, or is no Kafka. Check KAFKA_SERVERS.`;
    let hear: (trouble: string) => void = () => undefined;
    const heard = new Promise<string>((resolve) => (hear = resolve));
    const port = createKafkaJsPort({ servers: [address] }, () => undefined, hear);
    const sent = port.send('t', [record]).catch((error: unknown) => error);
    expect(await heard).toBe(told);
    // Whoever waits no more has it end at once.
    port.abandon();
    expect(await sent).toMatchObject({ kind: 'later', trouble: told });
    await port.close();
  });

  test('a broker that hangs up when it is asked more', async () => {
    const address = await listen(answering((socket) => socket.end()));
    expect(await troubleOf({ servers: [address] })).toMatch(
      /may want a login\. Set the option sasl/,
    );
  });

  test('one that speaks TLS, without TLS', async () => {
    // What Java answers: an alert; Node just hangs up.
    const alert = Buffer.from([0x15, 3, 3, 0, 2, 2, 70]);
    const address = await listen(
      createServer((socket) => socket.once('data', () => socket.end(alert))),
    );
    expect(await troubleOf({ servers: [address] })).toMatch(/speaks TLS\. Set the option tls/);
  });

  test('one without TLS, with it', async () => {
    const address = await listen(createHttp());
    expect(await troubleOf({ servers: [address], tls: true })).toMatch(
      /does not speak TLS as it is set.*Leave out the option tls/,
    );
  });

  test('a certificate that nobody vouches for', async () => {
    const options = { key: tls('localhost-key.pem'), cert: tls('localhost.pem') };
    const address = await listen(createTls(options));
    expect(await troubleOf({ servers: [address], tls: true })).toMatch(
      /the certificate of .* is not accepted: .*tls: \{ ca \}/,
    );
  });
});

describe('what a broker said', () => {
  const brokerError = (type: string, message = 'm') =>
    new Error('retried', { cause: Object.assign(new Error(message), { type }) });
  const sasl = { mechanism: 'plain', username: 'ada', password: 'hunter2' } as const;
  const attempt = (error: unknown, more: Partial<FailedAttempt> = {}): FailedAttempt => ({
    ...{ error, topic: 'traces', clue: undefined, isFirst: false, hasDelivered: false },
    options: { servers: ['a:1', 'b:2'], sasl },
    ...more,
  });

  test.each([
    ['UNKNOWN_TOPIC_OR_PARTITION', /^there is no topic “traces” at a:1, b:2.*Create it/],
    ['INVALID_TOPIC_EXCEPTION', /^“traces” can't be the name of a topic/],
    ['TOPIC_AUTHORIZATION_FAILED', /^this user may not write to the topic “traces”/],
    ['UNSUPPORTED_SASL_MECHANISM', /knows no login by plain/],
    ['ILLEGAL_SASL_STATE', /takes no login on this port/],
    ['SASL_AUTHENTICATION_FAILED', /refused the login of “ada” by plain/],
    ['OTHER', /^a:1, b:2: retried$/],
  ])('%s', (type, words) => {
    expect(troubleText(attempt(brokerError(type)))).toMatch(words);
  });

  test('what may pass by itself is told when it comes again', () => {
    const error = brokerError('LEADER_NOT_AVAILABLE');
    expect(troubleText(attempt(error, { isFirst: true }))).toBeUndefined();
    expect(troubleText(attempt(error))).toBe('a:1, b:2: retried');
  });

  const clue = { kind: 'error', address: 'kafka:9092', code: 'ENOTFOUND', detail: '' } as const;

  test.each([
    [
      'a name that only the cluster knows',
      { clue },
      /a:1, b:2 sent us there: set advertised\.listeners/,
    ],
    [
      'nothing there',
      { clue: { ...clue, code: 'ECONNREFUSED' } },
      /nothing listens at kafka:9092 .*sent us there/,
    ],
    ['no way', { clue: { ...clue, code: 'EHOSTUNREACH' } }, /can't be reached \(EHOSTUNREACH\)/],
    ['another end', { clue: { ...clue, code: 'ECONNRESET' } }, /failed \(ECONNRESET\)/],
    [
      'a broker that ends',
      { clue: { ...clue, kind: 'closed' }, hasDelivered: true },
      /hung up after it had answered/,
    ],
    [
      'no answer in time',
      {},
      /takes connections and does not answer/,
      'Request Metadata timed out',
    ],
    ['no connection in time', {}, /does not take a connection in time/, 'Connection timeout'],
    ['an error of whatever kind', {}, /^a:1, b:2: broken$/, 'broken'],
  ] as const)('%s', (_name, more, words, message?: string) => {
    expect(troubleText(attempt(new Error(message ?? 'm'), more))).toMatch(words);
  });

  test('what is no error', () => {
    expect(troubleText(attempt('gone', { options: { servers: ['u:hunter2@a:1'] } }))).toBe(
      'a:1: gone',
    );
  });
});
