/** What a robot may give, and what it may forget. */
import { afterEach, describe, expect, it, test } from 'vitest';
import { KafkaProducerServiceFactory } from '../../../src/telemetry/kafkaProducerFactory.ts';
import type { KafkaProducerFactoryOptions } from '../../../src/telemetry/kafkaProducerFactory.ts';
import { KafkaProducerService } from '../../../src/telemetry/kafkaProducerService.ts';
import type { KafkaProducerServiceOptions } from '../../../src/telemetry/kafkaProducerService.ts';
import { observe } from '../../../src/telemetry/observe.ts';
import { traced } from '../../../src/telemetry/traced.ts';
import { tracedEach } from '../../../src/telemetry/tracedEach.ts';
import { tracedRetry } from '../../../src/telemetry/tracedRetry.ts';
import { createTracer } from '../../../src/telemetry/tracer.ts';
import type { TracerOptions } from '../../../src/telemetry/tracer.ts';
import { tracedWorld } from './tracedWorld.ts';

/** An interface has no index signature, which the type of the input must not ask for. */
interface Order {
  readonly no: string;
  readonly rows?: number | undefined;
}

class Base {
  readonly base = 'b';
  method(): string {
    return this.base;
  }
}

class Invoice extends Base {
  readonly no = 'A1';
  readonly later = () => 'x';
  get total(): number {
    return 3;
  }
}

const order: Order = { no: 'SO-1', rows: undefined };

test.each<[string, object, readonly string[]]>([
  ['an interface', order, ['no=SO-1', 'rows=None']],
  ['an instance of a class', new Invoice(), ['base=b', 'no=A1']],
  ['a map', new Map<unknown, unknown>([['no', 1]]), ['no=1']],
  ['a list', [1, 2], ['input=[1, 2]']],
  ['a set', new Set(['a']), ["input=['a']"]],
  ['a date', new Date(0), ['input=1970-01-01T00:00:00.000Z']],
  ['an error', new RangeError('far'), ['input=RangeError: far']],
  ['bytes', new Uint8Array(3), ['input=<3 bytes>']],
  ['an address', new URL('https://a.example/'), ['input=https://a.example/']],
  ['nothing', {}, []],
])('a node may be given %s', (_name, input, written) => {
  const { tracer, last } = tracedWorld();
  tracer.run({}, () => traced('a', input, () => 1));
  const values = last().trace[0]!.data.input_vars.map((text) => {
    const { name, value } = JSON.parse(text) as { name: string; value: string };
    return `${name}=${value}`;
  });
  expect(values).toEqual(written);
});

test('a node may be given nothing, and an execution no options', () => {
  const { tracer, last } = tracedWorld();
  expect(tracer.run(() => traced('a', (node) => node.logId.length))).toBe(4);
  expect(last().trace.map(({ node_id }) => node_id)).toEqual(['a']);
});

describe('what is forgotten is said in a sentence', () => {
  const { tracer } = tracedWorld();
  const missing = undefined as unknown as () => undefined;

  it.each<[string, () => unknown, string]>([
    [
      'traced',
      () => traced('a', {}, missing),
      "traced('a', …) lacks the function that it shall run",
    ],
    [
      'traced with an id only',
      () => traced({ id: 'a' }, missing),
      "traced('a', …) lacks the function",
    ],
    ['tracer.run', () => tracer.run({}, missing), 'tracer.run(options, …) lacks the function'],
    ['observe', () => observe('a', missing), "observe('a', …) lacks the function"],
    ['tracedEach', () => tracedEach('a', [1], missing), "tracedEach('a', …) lacks the function"],
    [
      'tracedEach without items',
      () => tracedEach('a', undefined as unknown as number[], () => 1),
      "tracedEach('a', …) lacks the items",
    ],
    ['tracedRetry', () => tracedRetry('a', {}, missing), "tracedRetry('a', …) lacks the function"],
  ])('%s', async (_name, call, words) => {
    await expect(Promise.resolve().then(call)).rejects.toThrow(words);
  });

  it('a node without an id, of which the code runs all the same', () => {
    const { tracer, lines, last } = tracedWorld();
    const noId = undefined as unknown as string;
    expect(tracer.run({}, () => traced(noId, {}, () => 7))).toBe(7);
    expect(lines[0]).toContain('a node lacks its id: undefined');
    expect(last().trace).toEqual([]);
  });

  it('a tracer without a flow, which records all the same', () => {
    const { lines, records, tracer } = tracedWorld({ flowId: undefined as unknown as string });
    expect(tracer.run({}, () => 1)).toBe(1);
    expect(lines).toEqual([expect.stringContaining('createTracer() lacks flowId')]);
    expect(records()).toHaveLength(1);
  });
});

describe('a producer', () => {
  const services: KafkaProducerService[] = [];
  afterEach(async () => {
    for (const service of services.splice(0)) await service.close(0);
  });

  test.each<[string, object, string | undefined]>([
    ['servers', { servers: ['127.0.0.1:9'] }, undefined],
    ['no servers', {}, 'error servers names no broker. No traces are sent.'],
    ['wrong ones', { servers: ['kafka'] }, 'error “kafka” is not host:port. No traces are sent.'],
    ['none, switched off', { enabled: false }, undefined],
  ])('made by itself with %s', (_name, options, said) => {
    const lines: string[] = [];
    const log = (level: string, text: string) => lines.push(`${level} ${text}`);
    const service = new KafkaProducerService({ ...options, log });
    services.push(service);
    expect(lines).toEqual(said === undefined ? [] : [said]);
    expect(service.send('t', 'x')).toBe('servers' in options && said === undefined);
  });

  test('is made by the factory of the services’ name', () => {
    const service = new KafkaProducerServiceFactory().create({ env: {} });
    services.push(service);
    expect(service.send('t', 'x')).toBe(false);
  });
});

test('what is not given may be undefined', () => {
  const service: KafkaProducerServiceOptions = { servers: ['a:1'], tls: undefined, log: undefined };
  const factory: KafkaProducerFactoryOptions = {
    servers: undefined,
    sasl: undefined,
    env: undefined,
  };
  const options: TracerOptions = {
    ...{ flowId: 'f', appId: undefined, mask: undefined, largeFieldStore: undefined },
    ...{ snapshotMs: undefined, producer: { send: () => true }, clock: undefined },
  };
  const tracer = createTracer(options);
  tracer.run({ uid: undefined, sid: undefined }, () =>
    traced({ id: 'a', name: undefined }, (node) => node.usage({ totalTokens: undefined })),
  );
  expect([service.tls, factory.sasl]).toEqual([undefined, undefined]);
});
