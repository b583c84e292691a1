/** What a robot may give, and what it may forget. */
import { afterEach, describe, expect, it, test } from 'vitest';
import {
  createKafkaProducerService,
  KafkaProducerServiceFactory,
} from '../../../src/telemetry/kafkaProducerFactory.ts';
import type { KafkaProducerFactoryOptions } from '../../../src/telemetry/kafkaProducerFactory.ts';
import { KafkaProducerService } from '../../../src/telemetry/kafkaProducerService.ts';
import type { KafkaProducerServiceOptions } from '../../../src/telemetry/kafkaProducerService.ts';
import { observe } from '../../../src/telemetry/observe.ts';
import { traced } from '../../../src/telemetry/traced.ts';
import { tracedEach } from '../../../src/telemetry/tracedEach.ts';
import { tracePage } from '../../../src/telemetry/tracePage.ts';
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
    return this.no.length;
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

describe('what a tracer can’t be made with is named when it is made', () => {
  test.each<[object, string]>([
    [{ flowId: 5 }, 'createTracer: flowId is 5, which is no text'],
    [{ sampling: 'x' }, 'createTracer: sampling is x, which is no number from 0 to 1. 1 is used.'],
    [{ sampling: 5 }, 'sampling is 5, which'],
    [{ sampling: Number.NaN }, 'sampling is "NaN", which'],
    [{ sampling: -1 }, 'sampling is -1, which'],
    [{ producer: {} }, 'createTracer: producer has no function send(topic, value, options)'],
    [{ producer: { send: 5 } }, 'producer has no function send('],
  ])('%j', (options, words) => {
    const { tracer, lines } = tracedWorld(options);
    expect(lines).toEqual([expect.stringContaining(words)]);
    expect(tracer.run({}, () => 7)).toBe(7);
    expect(lines).toHaveLength(1);
  });

  test('and what is no share records all', () => {
    const { tracer, records } = tracedWorld({ sampling: -1 });
    for (let at = 0; at < 5; at++) tracer.run({}, () => undefined);
    expect(records()).toHaveLength(5);
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
    [
      'wrong ones',
      { servers: ['kafka'] },
      'error servers has “kafka”, which is not host:port with a port from 1 to 65535. No traces are sent.',
    ],
    ['none, switched off', { enabled: false }, undefined],
    ['a text, as the variable has it', { servers: '127.0.0.1:9, 127.0.0.1:10' }, undefined],
    [
      'a wrong text',
      { servers: 'kafka' },
      'error servers has “kafka”, which is not host:port with a port from 1 to 65535. No traces are sent.',
    ],
    ['a number', { servers: 9092 }, 'error servers names no broker. No traces are sent.'],
    [
      'numbers',
      { servers: [9092] },
      'error servers has “9092”, which is not host:port with a port from 1 to 65535. No traces are sent.',
    ],
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

test('the factory takes brokers in any form as well', () => {
  const lines: string[] = [];
  const log = (level: string, text: string) => lines.push(`${level} ${text}`);
  const servers = 'kafka' as unknown as string[];
  createKafkaProducerService({ env: {}, enabled: true, servers, log });
  expect(lines).toEqual([
    'error servers has “kafka”, which is not host:port with a port from 1 to 65535. No traces are sent.',
  ]);
});

test('options may be null, or say nothing of use', () => {
  const none = null as unknown as undefined;
  const page = { url: () => '', screenshot: () => Promise.resolve(new Uint8Array()) };
  expect(tracePage(page, none)).toBe(page);
  const unread = new Proxy(
    {},
    {
      get: () => {
        throw new Error('not for you');
      },
    },
  );
  expect(observe('a', () => 7, unread)()).toBe(7);
});

test('of a mask that can’t be read every text is hidden, and it is said', () => {
  const { proxy, revoke } = Proxy.revocable<string[]>([], {});
  revoke();
  const { tracer, last, lines } = tracedWorld({ mask: { names: proxy } });
  expect(tracer.run({ question: 'some words' }, () => 7)).toBe(7);
  expect(last().question).toBe('••••');
  expect(lines.join()).toMatch(/error createTracer: mask can’t be read/);
});

test('that there are more tags than are recorded is said', () => {
  const tags = Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`tag${String(at)}`, at]));
  const { tracer, last, lines } = tracedWorld({ tags });
  tracer.run({}, () => undefined);
  expect(Object.keys(last().srv).filter((name) => name.startsWith('tag'))).toHaveLength(100);
  expect(lines.join()).toContain('of 150 tags the first 100 are');
});

test('settings that are no object stand under the name of the whole', () => {
  const { tracer, last } = tracedWorld();
  tracer.run({}, () =>
    traced('a', (node) => node.config('qwen-plus' as unknown as object as never)),
  );
  expect(last().trace[0]?.data.config).toEqual({ config: 'qwen-plus' });
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
