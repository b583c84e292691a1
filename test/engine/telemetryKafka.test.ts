/** What a robot writes with the library, as a real Kafka, its own console consumer and our engine get it. */
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { WorkflowLog } from '../../src/telemetry/workflowLog.ts';
import type { DeliveryReport } from '../../src/telemetry/delivery.ts';
import { createKafkaProducerService } from '../../src/telemetry/kafkaProducerFactory.ts';
import type { KafkaProducerFactoryOptions } from '../../src/telemetry/kafkaProducerFactory.ts';
import type { KafkaProducerService } from '../../src/telemetry/kafkaProducerService.ts';
import { traced } from '../../src/telemetry/traced.ts';
import { tracedEach } from '../../src/telemetry/tracedEach.ts';
import { createTracer } from '../../src/telemetry/tracer.ts';
import { run } from '../support/childProcess.ts';
import { startKafkaBroker } from '../support/kafkaBroker.ts';
import { required } from '../support/required.ts';
import { engineInProcess, openTopic } from './engineWorld.ts';
import { makeTopic } from './kafkaWorld.ts';

const broker = required(
  () => startKafkaBroker({ sasl: true }),
  (it) => it.stop(),
);
const services: KafkaProducerService[] = [];

afterEach(async () => {
  for (const service of services.splice(0)) await service.close();
});

function newService(options: KafkaProducerFactoryOptions = {}): KafkaProducerService {
  const env = { KAFKA_ENABLE: '1', KAFKA_SERVERS: broker().brokers, KAFKA_TIMEOUT: '20' };
  const service = createKafkaProducerService({ env, log: () => undefined, ...options });
  services.push(service);
  return service;
}

async function newTopic(partitions = 1): Promise<string> {
  const topic = await makeTopic(broker().brokers, partitions);
  await topic.close();
  return topic.name;
}

interface Mismatch {
  readonly tls?: boolean;
  readonly sasl?: 'right' | 'wrong';
}

const question = { mail: '附件是启明办公的发票，金额 1280.5 元' };

/** A robot with an iteration, of which the second run fails. */
async function playRobot(topic: string, producer: KafkaProducerService): Promise<string[]> {
  const tracer = createTracer({ flowId: 'invoice-entry', topic, producer, snapshotMs: 100 });
  const sids: string[] = [];
  const robot = (fails: boolean) =>
    tracer.run({ question }, async (sid) => {
      sids.push(sid);
      traced('node-start::1', question, () => undefined);
      await tracedEach('iteration::2', ['SO-1', 'SO-2'], (no) =>
        traced({ id: 'rpa::3', name: '录入订单', category: '工具' }, { no }, async () => {
          await new Promise(setImmediate);
          if (fails)
            throw Object.assign(new Error('element not found: #btnSave'), { code: 55_004 });
          return { result: `done:${no}` };
        }),
      );
      return { output: '已录入' };
    });
  await robot(false);
  await expect(robot(true)).rejects.toThrow('#btnSave');
  await tracer.close();
  return sids;
}

test('records come out of Kafka byte for byte, and our engine reads them', async () => {
  const topic = await newTopic();
  const service = newService();
  const written: string[] = [];
  const producer = {
    send: (name: string, value: string, options: object) => {
      written.push(value);
      return service.send(name, value, options);
    },
  };
  const sids = await playRobot(topic, producer as unknown as KafkaProducerService);
  await service.flush();
  const finals = written.filter((value) => !value.includes('"execution_state"'));
  expect(finals).toHaveLength(2);
  const { delivered } = service.stats;
  const consumed = await broker().console.consume(topic, { count: delivered });
  expect(consumed).toEqual(expect.arrayContaining(finals));

  const engine = engineInProcess();
  try {
    const list = await openTopic(engine, broker().brokers, topic);
    const { rows } = await list.until(
      (window) => window.rows.filter(({ outcome }) => outcome !== 'running').length === 2,
    );
    expect(rows.map(({ sid, outcome, code }) => [sid, outcome, code])).toEqual([
      [sids[1], 'failed', 55_004],
      [sids[0], 'succeeded', 0],
    ]);
  } finally {
    await engine.close();
  }
});

test('a run is seen while it goes on', async () => {
  const topic = await newTopic();
  const service = newService();
  const engine = engineInProcess();
  try {
    const list = await openTopic(engine, broker().brokers, topic);
    const tracer = createTracer({ flowId: 'f', topic, producer: service, snapshotMs: 100 });
    await tracer.run({}, () =>
      traced('rpa::1', {}, async () => {
        await list.until(({ rows }) => rows[0]?.outcome === 'running');
      }),
    );
    await list.until(({ rows }) => rows[0]?.outcome === 'succeeded');
    expect(list.last?.total).toBe(1);
  } finally {
    await engine.close();
  }
});

describe('the producer', () => {
  test.each(['none', 'gzip', 'zstd'] as const)('compresses with %s', async (compression) => {
    const topic = await newTopic();
    const service = newService({ compression });
    const values = Array.from({ length: 50 }, (_, at) => `合肥 ${at} ${'x'.repeat(500)}`);
    for (const value of values) service.send(topic, value);
    expect(await service.flush()).toEqual({ left: 0 });
    expect(await broker().console.consume(topic, { count: 50 })).toEqual(values);
  });

  test.each([
    ['TLS', 'tlsBrokers', true, undefined],
    ['PLAIN without TLS', 'saslPlaintextBrokers', false, 'plain'],
    ['SCRAM-SHA-256 over TLS', 'saslBrokers', true, 'scram-sha-256'],
    ['SCRAM-SHA-512 over TLS', 'saslBrokers', true, 'scram-sha-512'],
  ] as const)('speaks %s', async (_name, listener, hasTls, mechanism) => {
    const { protected: listeners } = broker();
    if (listeners === undefined) throw new Error('no protected listeners');
    const topic = await newTopic();
    const ca = await readFile(listeners.caFile, 'utf8');
    const service = newService({
      servers: [listeners[listener]],
      ...(hasTls && { tls: { ca } }),
      ...(mechanism !== undefined && { sasl: { mechanism, ...listeners.user } }),
    });
    await expect(service.deliver(topic, 'hello')).resolves.toMatchObject({
      ok: true,
      partition: 0,
    });
  });

  test('says at once that a password is wrong', async () => {
    const { protected: listeners } = broker();
    const service = newService({
      servers: [listeners?.saslPlaintextBrokers ?? ''],
      sasl: { mechanism: 'plain', username: 'robot', password: 'wrong' },
    });
    await expect(service.deliver('t', 'hello')).rejects.toMatchObject({ reason: 'refused' });
  });

  test.each([
    ['TLS is wanted', 'tlsBrokers', {}, /speaks TLS\. Set the option tls/],
    ['a login is wanted', 'saslPlaintextBrokers', {}, /may want a login\. Set the option sasl/],
    ['the certificate is not trusted', 'tlsBrokers', { tls: true }, /certificate .* not accepted/],
    ['no TLS is wanted', 'plain', { tls: true }, /Leave out the option tls/],
    ['no login is wanted', 'plain', { sasl: 'right' }, /Leave out the option sasl/],
    ['the password is wrong', 'saslPlaintextBrokers', { sasl: 'wrong' }, /refused the login of “/],
  ] as const)('says by itself that %s', async (_name, listener, { tls, sasl }: Mismatch, words) => {
    const { protected: listeners, brokers } = broker();
    if (listeners === undefined) throw new Error('no protected listeners');
    const told = Promise.withResolvers<string>();
    const address = listener === 'plain' ? brokers : listeners[listener];
    const password = sasl === 'wrong' ? sasl : listeners.user.password;
    const service = newService({
      servers: [address],
      ...(tls === true && { tls }),
      ...(sasl !== undefined && { sasl: { mechanism: 'plain', ...listeners.user, password } }),
      log: (level, text) => {
        if (level === 'warn' && text.startsWith('No traces are delivered')) told.resolve(text);
      },
    });
    service.send('t', 'hello');
    const text = await told.promise;
    expect(text).toMatch(words);
    expect(text).toContain(address);
    await service.close(0);
  });

  test('keeps records with one key in one partition and in order', async () => {
    const topic = await newTopic(4);
    const service = newService();
    const reports: DeliveryReport[] = [];
    const onDelivery = (report: DeliveryReport) => reports.push(report);
    for (let at = 0; at < 20; at++) {
      service.send(topic, String(at), { key: 'flow', onDelivery });
      if (at % 5 === 0) await service.flush();
    }
    await service.flush();
    const partitions = new Set(reports.map((report) => report.ok && report.partition));
    expect(partitions.size).toBe(1);
    expect(await broker().console.consume(topic, { count: 20 })).toEqual(
      Array.from({ length: 20 }, (_, at) => String(at)),
    );
  });

  test('delivers after a broker was away, and loses nothing', async () => {
    const topic = await newTopic();
    const service = newService();
    await service.deliver(topic, 'before');
    await broker().kill();
    for (let at = 0; at < 100; at++) service.send(topic, `during ${at}`);
    expect(service.stats.waiting).toBe(100);
    await broker().restart();
    expect(await service.flush(60_000)).toEqual({ left: 0 });
    expect(service.stats).toMatchObject({ delivered: 101 });
    const values = await broker().console.consume(topic, { count: 101 });
    expect(new Set(values).size).toBe(101);
  }, 120_000);

  test('drops the one record that a broker does not take, and sends the others', async () => {
    const topic = await newTopic();
    const service = newService({ recordBytes: 64 * 1024 * 1024 });
    const reports: string[] = [];
    for (const value of ['a', 'x'.repeat(17 * 1024 * 1024), 'b']) {
      service.send(topic, value, {
        onDelivery: (report) => reports.push(report.ok ? 'ok' : report.reason),
      });
    }
    await service.flush();
    expect(reports.sort()).toEqual(['ok', 'ok', 'tooLarge']);
  });
});

describe('a robot that is done', () => {
  const robot = (servers: string, topic: string) => `
    import { createKafkaProducerService } from './src/telemetry/kafkaProducerFactory.ts';
    import { createTracer } from './src/telemetry/tracer.ts';
    process.env.KAFKA_ENABLE = '1';
    process.env.KAFKA_SERVERS = '${servers}';
    process.env.KAFKA_TIMEOUT = '2';
    const tracer = createTracer({ flowId: 'f', topic: '${topic}' });
    tracer.run({}, () => 'done');
  `;

  test('ends by itself, its record delivered, even if it forgets to close', async () => {
    const topic = await newTopic();
    const args = ['--input-type=module', '-e', robot(broker().brokers, topic)];
    const { stderr } = await run(process.execPath, args);
    // No warning of the client's either.
    expect(stderr).toBe('');
    const [value] = await broker().console.consume(topic, { count: 1 });
    expect(value).toContain('"answer": "{\\"output\\": \\"done\\"}"');
  });

  test('ends by itself when no broker is there', async () => {
    const args = ['--input-type=module', '-e', robot('127.0.0.1:9', 't')];
    // Resolves when it has ended; one that waits for a broker has the test's time limit against it.
    const { code } = await run(process.execPath, args);
    expect(code).toBe(0);
  });
});

test('a record of the classes alone is read as well', async () => {
  const topic = await newTopic();
  const service = newService();
  const log = new WorkflowLog({ sid: 'spf00090000@hf1a2094e57960009782', flowId: 'f', form: 'g1' });
  log.addA('{}');
  log.setEnd();
  await service.deliver(topic, log.toJson());
  expect(await broker().console.consume(topic, { count: 1 })).toEqual([log.toJson()]);
});
