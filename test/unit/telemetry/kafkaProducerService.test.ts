import { describe, expect, it, test } from 'vitest';
import type { DeliveryReport, QueuedRecord } from '../../../src/telemetry/delivery.ts';
import {
  createKafkaProducerService,
  kafkaTopic,
} from '../../../src/telemetry/kafkaProducerFactory.ts';
import { KafkaProducerService } from '../../../src/telemetry/kafkaProducerService.ts';
import type { KafkaProducerServiceOptions } from '../../../src/telemetry/kafkaProducerService.ts';
import { KafkaPortError } from '../../../src/telemetry/kafkaPort.ts';
import type { KafkaPort } from '../../../src/telemetry/kafkaPort.ts';
import { ManualClock } from '../../support/manualClock.ts';

/** A client whose answers a test gives. */
class FakePort implements KafkaPort {
  readonly sent: string[][] = [];
  closed = false;
  abandoned = 0;
  /** What each attempt does; the default takes everything. */
  answer: (values: readonly string[]) => Promise<number | undefined> = () => Promise.resolve(0);

  async send(_topic: string, records: readonly QueuedRecord[]): Promise<number | undefined> {
    const values = records.map(({ value }) => value);
    const partition = await this.answer(values);
    this.sent.push(values);
    return partition;
  }

  abandon(): void {
    this.abandoned++;
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

function world(options: Partial<KafkaProducerServiceOptions> = {}) {
  const clock = new ManualClock(1_000_000);
  const port = new FakePort();
  const lines: string[] = [];
  const reports: string[] = [];
  const service = new KafkaProducerService({
    port: () => port,
    clock,
    log: (level, message) => {
      if (level !== 'debug') lines.push(`${level} ${message}`);
    },
    ...options,
  });
  const onDelivery = (report: DeliveryReport) =>
    reports.push(report.ok ? `ok ${report.bytes} B in ${report.partition ?? '?'}` : report.reason);
  return { clock, port, lines, reports, service, onDelivery };
}

/** Lets what was started get as far as it can without time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
}

const down = () => Promise.reject(new KafkaPortError('later', 'connect ECONNREFUSED'));
const trouble = (text: string, kind: KafkaPortError['kind'] = 'later') =>
  Promise.reject(new KafkaPortError(kind, 'm', { trouble: text }));

describe('the producer service', () => {
  it('sends what is given in one turn as one batch, and reports each', async () => {
    const { service, port, reports, onDelivery } = world();
    expect(service.send('t', 'a', { onDelivery })).toBe(true);
    expect(service.send('t', '合肥', { onDelivery })).toBe(true);
    expect(port.sent).toEqual([]);
    await service.flush();
    expect(port.sent).toEqual([['a', '合肥']]);
    expect(reports).toEqual(['ok 1 B in 0', 'ok 6 B in 0']);
    expect(service.stats).toMatchObject({ waiting: 0, waitingBytes: 0, delivered: 2 });
  });

  it('keeps topics apart and in order', async () => {
    const { service, port } = world();
    for (const [topic, value] of ['aa', 'ab', 'ba', 'ac'].entries())
      service.send(value.startsWith('a') ? 'a' : 'b', `${value}${topic}`);
    await service.flush();
    expect(port.sent).toEqual([['aa0', 'ab1'], ['ba2'], ['ac3']]);
  });

  it('tries again while no broker answers, and gives up in time', async () => {
    const { service, port, clock, reports, lines, onDelivery } = world({
      deliveryTimeoutMs: 10_000,
    });
    let attempts = 0;
    port.answer = () => {
      attempts++;
      return down();
    };
    service.send('t', 'a', { onDelivery });
    await settle();
    for (let at = 0; at < 12; at++) {
      clock.advance(1_000);
      await settle();
    }
    expect(attempts).toBeGreaterThan(3);
    expect(attempts).toBeLessThan(9);
    expect(reports).toEqual(['timedOut']);
    expect(lines).toEqual(['warn a trace record was not sent (timedOut): connect ECONNREFUSED']);
  });

  it('says once why nothing is delivered, while it happens, and again when it stops and comes back', async () => {
    const { service, port, clock, lines } = world();
    port.answer = () => trouble('nothing listens at a:1.');
    service.send('t', 'a');
    await settle();
    const told = 'warn No traces are delivered: nothing listens at a:1. It is tried again.';
    expect(lines).toEqual([told]);
    for (let at = 0; at < 5; at++) {
      clock.advance(5_000);
      await settle();
    }
    expect(lines).toEqual([told]);
    port.answer = () => Promise.resolve(0);
    clock.advance(5_000);
    await settle();
    expect(lines).toEqual([told, 'info Traces are delivered again.']);
    port.answer = () => trouble('b:1 refused the login.', 'refused');
    service.send('t', 'b');
    await settle();
    expect(lines[2]).toBe('warn No traces are delivered: b:1 refused the login.');
    await service.close(0);
  });

  it('says what keeps the client from being made', async () => {
    const { service, lines } = world({
      port: () => {
        throw new Error('Cannot find module kafkajs');
      },
    });
    service.send('t', 'a');
    await settle();
    expect(lines[0]).toContain('Cannot find module kafkajs');
    await service.close(0);
  });

  it('delivers in order what was given while the broker was down', async () => {
    const { service, port, clock } = world();
    port.answer = down;
    service.send('t', 'a');
    await settle();
    service.send('t', 'b');
    port.answer = () => Promise.resolve(0);
    clock.advance(250);
    await service.flush();
    expect(port.sent.flat()).toEqual(['a', 'b']);
  });

  it('lets a newer record take the place of one that waits', async () => {
    const { service, port, reports, onDelivery, clock } = world();
    port.answer = down;
    service.send('t', 'other');
    await settle();
    service.send('t', 'snapshot 1', { replaces: 'sid', onDelivery });
    service.send('t', 'snapshot 2', { replaces: 'sid', onDelivery });
    service.send('t', 'final', { replaces: 'sid', onDelivery });
    port.answer = () => Promise.resolve(3);
    clock.advance(250);
    await service.flush();
    expect(port.sent.flat()).toEqual(['other', 'final']);
    expect(reports).toEqual(['superseded', 'superseded', 'ok 5 B in 3']);
  });

  test.each([
    ['records', { queueRecords: 2 }],
    ['bytes', { queueBytes: 20 }],
  ])('bounds its queue by %s', async (_name, bounds) => {
    const { service, port, reports, lines, onDelivery } = world(bounds);
    port.answer = down;
    service.send('t', '0123456789', { onDelivery });
    await settle();
    for (let at = 0; at < 4; at++) service.send('t', '0123456789', { onDelivery });
    expect(reports).toEqual(['queueFull', 'queueFull']);
    expect(service.stats.waiting).toBe(3);
    expect(lines[0]).toContain('queueFull');
    await service.close(0);
  });

  it('refuses what a broker would refuse, before it waits', () => {
    const { service, reports, onDelivery } = world({ recordBytes: 10 });
    expect(service.send('t', '01234567890', { onDelivery })).toBe(false);
    expect(reports).toEqual(['tooLarge']);
  });

  it('sends the halves of a batch that is too large, and drops the one record that is', async () => {
    const { service, port, reports, onDelivery } = world();
    port.answer = (values) =>
      values.includes('large')
        ? Promise.reject(new KafkaPortError('tooLarge', 'MESSAGE_TOO_LARGE'))
        : Promise.resolve(0);
    for (const value of ['a', 'b', 'large', 'c', 'd']) service.send('t', value, { onDelivery });
    await service.flush();
    expect(port.sent.flat()).toEqual(['a', 'b', 'c', 'd']);
    expect(reports.filter((report) => report === 'tooLarge')).toHaveLength(1);
    expect(service.stats).toMatchObject({ waiting: 0, delivered: 4 });
  });

  it('drops what is refused at once', async () => {
    const { service, port, reports, onDelivery } = world();
    port.answer = () => Promise.reject(new KafkaPortError('refused', 'not authorised'));
    service.send('t', 'a', { onDelivery });
    await service.flush();
    expect(reports).toEqual(['refused']);
  });

  it('flushes on closing within the limit, and says what was dropped', async () => {
    const { service, port, clock, reports, lines, onDelivery } = world();
    // A broker that takes the request and never answers.
    port.answer = () => new Promise<number>(() => undefined);
    service.send('t', 'a', { onDelivery });
    await settle();
    service.send('t', 'b', { onDelivery });
    const closing = service.close(3_000);
    await settle();
    expect(reports).toEqual([]);
    clock.advance(3_000);
    expect(await closing).toEqual({ left: 2 });
    expect(reports).toEqual(['closed', 'closed']);
    expect(lines.at(-1)).toBe('warn 2 trace records were dropped: closed 2');
    expect(port.closed).toBe(true);
    expect(service.send('t', 'c', { onDelivery })).toBe(false);
    expect(reports.at(-1)).toBe('closed');
    // A client that hangs would keep the process alive.
    expect(port.abandoned).toBe(1);
  });

  it('gives back what is left, of which whoever takes it speaks', async () => {
    const { service, port, reports, lines, onDelivery } = world();
    port.answer = () => new Promise<number>(() => undefined);
    service.send('t', 'a', { onDelivery });
    await settle();
    expect(service.takeUnsent()).toMatchObject([{ topic: 't', value: 'a' }]);
    expect(reports).toEqual(['closed']);
    // Nothing is left for which it would wait.
    expect(await service.close(60_000)).toEqual({ left: 0 });
    expect(lines).toEqual([]);
  });

  it('waits no longer at the end of the process once it is known why nothing is sent', async () => {
    const { service, port } = world();
    port.answer = () => trouble('nothing listens at a:1.');
    service.send('t', 'a');
    expect(await service.flush(60_000, true)).toEqual({ left: 1 });
    expect(await service.flush(60_000, true)).toEqual({ left: 1 });
  });

  it('says why nothing is delivered while it still waits, as a sentence', async () => {
    const lines: string[] = [];
    const { service } = world({
      port: (onTrouble) => ({
        ...{ abandon: () => undefined, close: () => Promise.resolve() },
        send() {
          onTrouble('nobody answers');
          return new Promise(() => undefined);
        },
      }),
      log: (level, text) => level === 'warn' && lines.push(text),
    });
    service.send('t', 'a');
    await settle();
    expect(lines).toEqual(['No traces are delivered: nobody answers. It is tried again.']);
  });

  it('does not let a failing callback out', async () => {
    const { service, lines } = world();
    service.send('t', 'a', {
      onDelivery: () => {
        throw new Error('mine');
      },
    });
    await service.flush();
    expect(lines).toEqual(['error the delivery callback failed: Error: mine']);
  });

  it('waits and fails only for who asks', async () => {
    const { service, port, clock } = world({ timeoutMs: 2_000 });
    await expect(service.deliver('t', 'a')).resolves.toMatchObject({ ok: true, partition: 0 });
    port.answer = down;
    const waiting = service.deliver('t', 'b');
    await settle();
    clock.advance(2_000);
    await expect(waiting).rejects.toMatchObject({ name: 'DeliveryError', reason: 'timedOut' });
    port.answer = () => Promise.reject(new KafkaPortError('refused', 'no'));
    clock.advance(5_000);
    await settle();
    await expect(service.deliver('t', 'c')).rejects.toMatchObject({ reason: 'refused' });
  });

  it('makes no client before there is a record', async () => {
    let made = 0;
    const { service } = world({
      port: () => {
        made++;
        return new FakePort();
      },
    });
    await service.close();
    expect(made).toBe(0);
  });
});

describe('the factory', () => {
  const lines: string[] = [];
  const log = (level: string, message: string) => lines.push(`${level} ${message}`);

  test.each([
    [undefined, false],
    ['0', false],
    ['false', false],
    ['2', false],
    ['1', true],
    ['true', true],
    ['Yes', true],
    ['on', true],
  ])('KAFKA_ENABLE=%s: %s', async (value, enabled) => {
    const env = { KAFKA_ENABLE: value, KAFKA_SERVERS: '127.0.0.1:9' };
    const service = createKafkaProducerService({ env, log });
    const reports: string[] = [];
    const taken = service.send('t', 'a', {
      onDelivery: (report) => reports.push(report.ok ? 'ok' : report.reason),
    });
    expect(taken).toBe(enabled);
    await service.close(0);
    expect(reports).toEqual([enabled ? 'closed' : 'disabled']);
  });

  test.each([
    [{ KAFKA_ENABLE: '1' }, 'KAFKA_SERVERS names no broker'],
    [{ KAFKA_ENABLE: '1', KAFKA_SERVERS: ' , ' }, 'KAFKA_SERVERS names no broker'],
    [
      { KAFKA_ENABLE: '1', KAFKA_SERVERS: 'a:1,b' },
      'KAFKA_SERVERS has “b”, which is not host:port',
    ],
    [{ KAFKA_ENABLE: '1', KAFKA_SERVERS: 'a:1,b:99999,c:0' }, 'has “b:99999, c:0”, which'],
  ])('%j is said, and thrown to who asks', (env, words) => {
    lines.length = 0;
    const service = createKafkaProducerService({ env, log });
    expect(lines).toEqual([expect.stringContaining(words)]);
    expect(service.send('t', 'a')).toBe(false);
    expect(() => createKafkaProducerService({ env, log, strict: true })).toThrow(words);
  });

  test.each([
    [{ KAFKA_ENABLE: 'treu' }, 'KAFKA_ENABLE is “treu”, which counts as off.'],
    [{ KAFKA_SERVERS: 'a:1' }, 'KAFKA_SERVERS is set, but KAFKA_ENABLE is not'],
    [
      { KAFKA_TIMEOUT: '10s' },
      'KAFKA_TIMEOUT is “10s”, which is no number of at least 0. 10 is used.',
    ],
    [{ KAFKA_TIMEOUT: '-1' }, 'KAFKA_TIMEOUT is “-1”'],
    [{ KAFKA_ENABLE: 'x'.repeat(1_000) }, `KAFKA_ENABLE is “${'x'.repeat(40)}…”`],
  ])('%j is named, and thrown to who asks', (env, words) => {
    lines.length = 0;
    createKafkaProducerService({ env, log });
    expect(lines).toEqual([expect.stringContaining(`warn ${words}`)]);
    expect(() => createKafkaProducerService({ env, log, strict: true })).toThrow(words);
  });

  test.each([{}, { KAFKA_ENABLE: '' }, { KAFKA_ENABLE: 'Off', KAFKA_SERVERS: 'a:1' }])(
    'of %j nothing is said',
    (env) => {
      lines.length = 0;
      createKafkaProducerService({ env, log });
      expect(lines).toEqual([]);
    },
  );

  test('KAFKA_TOPIC names the topic', () => {
    expect(kafkaTopic({})).toBe('spark-agent-builder');
    expect(kafkaTopic({ KAFKA_TOPIC: 'mine' })).toBe('mine');
  });
});
