/** A robot in JavaScript may hand over anything: it must not be hurt, and its record must arrive. */
import { describe, expect, it, test } from 'vitest';
import { combineSenders } from '../../../src/telemetry/combinedSender.ts';
import { traced } from '../../../src/telemetry/traced.ts';
import type { TracedNode } from '../../../src/telemetry/tracedNode.ts';
import { tracedEach } from '../../../src/telemetry/tracedEach.ts';
import { tracedRetry } from '../../../src/telemetry/tracedRetry.ts';
import type { Tracer } from '../../../src/telemetry/tracer.ts';
import { NodeLog } from '../../../src/telemetry/nodeLog.ts';
import { WorkflowLog } from '../../../src/telemetry/workflowLog.ts';
import { tracedWorld } from './tracedWorld.ts';

/** Whatever a type says, JavaScript gives it. */
const as = (value: unknown) => value as never;

function throwing(_at?: unknown): never {
  throw new Error('not yours');
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** Has members without end. */
function endless(): object {
  return new Proxy(
    {},
    {
      ownKeys: () => ['a', 'b', 'c'],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }),
      get: (_target, key) => (key === 'a' || key === 'b' || key === 'c' ? endless() : undefined),
      has: () => false,
    },
  );
}

/** Few objects, and a text without end. */
function doubled(): unknown {
  let list: unknown = ['x'];
  for (let at = 0; at < 40; at++) list = [list, list];
  return list;
}

function cyclic(): object {
  const value: Record<string, unknown> = { no: 1 };
  value['self'] = value;
  return value;
}

/** Of which each part is itself. */
function cyclicErrors(): Error {
  const error = new AggregateError([], 'all of them');
  for (let at = 0; at < 8; at++) error.errors.push(error);
  error.cause = error;
  return error;
}

const all = { get: throwing, has: throwing, ownKeys: throwing, getPrototypeOf: throwing };
const values: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['a number', 5],
  ['NaN', Number.NaN],
  ['a text', 's'],
  ['a symbol', Symbol('s')],
  ['a big integer', 10n ** 30n],
  ['a function', () => 1],
  ['bytes', Buffer.alloc(3)],
  ['a date that is none', new Date(Number.NaN)],
  ['a cycle', cyclic()],
  ['a revoked proxy', revoked()],
  ['a proxy that throws', new Proxy({}, all)],
  ['an object without a prototype', Object.create(null)],
  ['an object that has no text', { toString: throwing, toJSON: throwing }],
  ['a promise that is none', { then: throwing }],
  ['members without end', endless()],
  ['a list without end', doubled()],
  ['errors in a circle', cyclicErrors()],
];

type Play = (tracer: Tracer, value: unknown) => void;
const inNode = (play: (node: TracedNode) => void) => (tracer: Tracer) => {
  tracer.run({}, () => traced('a', {}, play));
};
const thrown = (error: unknown) => (tracer: Tracer) => {
  let caught: unknown;
  try {
    tracer.run({}, () =>
      traced('a', {}, () => {
        throw error;
      }),
    );
  } catch (what) {
    caught = what;
  }
  expect(Object.is(caught, error)).toBe(true);
};

const places: Readonly<Record<string, Play>> = {
  input: (tracer, v) => void tracer.run({}, () => traced('a', as(v), () => 1)),
  result: (tracer, v) => void tracer.run({}, () => traced('a', {}, () => v) === undefined),
  answer: (tracer, v) => void tracer.run({}, () => v),
  output: (tracer, v) =>
    inNode((node) => {
      node.output('x', v);
      node.output(as(v), 1);
    })(tracer),
  lines: (tracer, v) =>
    inNode((node) => {
      node.info(as(v));
      node.error(as(v));
      node.llmOutput(as(v));
    })(tracer),
  config: (tracer, v) => inNode((node) => node.config(as(v)))(tracer),
  usage: (tracer, v) => inNode((node) => node.usage(as(v)))(tracer),
  tokens: (tracer, v) => inNode((node) => node.usage({ totalTokens: as(v) }))(tracer),
  attachment: (tracer, v) =>
    inNode((node) => {
      node.attach('x', as(v));
      node.attach(as(v), 'x');
      node.attach('y', { file: as(v) });
    })(tracer),
  question: (tracer, v) => void tracer.run({ question: v }, () => 1),
  ids: (tracer, v) => void tracer.run({ uid: as(v), chatId: as(v) }, () => 1),
  sid: (tracer, v) => void tracer.run({ sid: as(v) }, () => 1),
  tags: (tracer, v) => void tracer.run({ tags: as(v) }, () => 1),
  tag: (tracer, v) => void tracer.run({ tags: { v: as(v) } }, () => 1),
  options: (tracer, v) => {
    if (typeof v !== 'function') tracer.run(as(v), () => 1);
    else tracer.run({}, () => 1);
  },
  node: (tracer, v) => void tracer.run({}, () => traced(as(v), {}, () => 1)),
  name: (tracer, v) => void tracer.run({}, () => traced({ id: 'a', name: as(v) }, {}, () => 1)),
  category: (tracer, v) =>
    void tracer.run({}, () => traced({ id: 'a', category: as(v) }, {}, () => 1)),
  thrown: (tracer, v) => thrown(v)(tracer),
  cause: (tracer, v) => thrown(new Error('x', { cause: v }))(tracer),
  fields: (tracer, v) =>
    thrown(Object.assign(new Error('x'), { code: v, status: v, response: v, errors: v }))(tracer),
};

/** Where each way through the library ends: what has no end takes a second in each. */
const endlessIn: ReadonlySet<string> = new Set(['input', 'tags', 'thrown']);
const valuesFor = (place: string) =>
  values.filter(([name]) => !name.endsWith('without end') || endlessIn.has(place));

describe.each(Object.entries(places))('as %s', (place, play) => {
  it.each(valuesFor(place))('%s', (_name, value) => {
    const { tracer, records } = tracedWorld({ snapshotMs: false });
    play(tracer, value);
    const [record, ...others] = records();
    expect(others).toEqual([]);
    expect(typeof record?.sid).toBe('string');
    for (const { end_time } of record!.trace) expect(end_time).toBeGreaterThan(0);
    const hasNode = !/question|ids|sid|tag|options|answer|node/.test(place);
    if (hasNode) expect(record!.trace).toHaveLength(1);
  });
});

describe('a value that is too large', () => {
  const inputOf = (value: unknown) => {
    const { tracer, sent } = tracedWorld({ snapshotMs: false });
    tracer.run({}, () => traced('a', { value }, () => 1));
    return sent[0]!.json;
  };

  it('is cut, and says so', () => {
    const json = inputOf(Array.from({ length: 400_000 }, () => 1));
    expect(json).toContain("1, 1, '…'");
    expect(json.length).toBeLessThan(2_000_000);
    expect(inputOf('x '.repeat(5_000_000)).length).toBeLessThan(7_000_000);
  });

  it('is opened so often and no more, as each part of it may be such a value', () => {
    let opened = 0;
    const value = (): object => ({
      get a() {
        opened++;
        return value();
      },
      get b() {
        opened++;
        return value();
      },
    });
    inputOf(value());
    expect(opened).toBeLessThan(100_000);
  });
});

test.each([Number.NaN, 0, -1, '2x'])('a number that is none, %s, costs no work', async (wrong) => {
  const { tracer } = tracedWorld();
  await tracer.run({}, async () => {
    const done = await tracedEach('each', [1, 2], (item) => item, {
      concurrency: as(wrong),
    });
    expect(done).toEqual([1, 2]);
    let tries = 0;
    const failing = tracedRetry('retry', {}, () => throwing(++tries), {
      attempts: as(wrong),
      delayMs: 0,
    });
    await expect(failing).rejects.toThrow('not yours');
    expect(tries).toBeLessThan(4);
  });
});

test('an iteration without a name goes all the same', async () => {
  const { tracer } = tracedWorld();
  const each = () => tracedEach(as(undefined), [1, 2], (item) => item);
  expect(await tracer.run({}, each)).toEqual([1, 2]);
});

test.each(['g1', 'g3'] as const)(
  'a secret in a name or an id of a caller is hidden: %s',
  (form) => {
    const secret = 'sk-proj-abcDEF1234567890abcDEF1234567890abcdEFGH';
    const { tracer, sent } = tracedWorld({ form });
    tracer.run({ uid: `u?token=${secret}`, chatId: secret }, () =>
      traced({ id: 'a', name: secret, category: secret }, { [secret]: 1 }, (node) => {
        node.output(`of ${secret}`, 1);
        // What was written once is known from then on.
        node.output(`of ${secret}`, 1);
        node.attach(secret, 'x');
        node.attach(secret, new Uint8Array(3));
        node.config({ [secret]: 1 });
      }),
    );
    expect(sent[0]!.json).not.toContain(secret.slice(8, 30));
  },
);

test.each(['g1', 'g3'] as const)(
  'a secret in a field that says whose record it is, is hidden: %s',
  (form) => {
    const secret = 'sk-proj-abcDEF1234567890abcDEF1234567890abcdEFGH';
    const at = `https://erp.example/?token=${secret}`;
    const { tracer, sent } = tracedWorld({
      ...{ form, flowId: at, appId: at, version: at, logCaller: at },
      tags: { [at]: at },
    });
    tracer.run({ sid: at }, () => 1);
    tracer.run({ sid: `${at}2` }, () => 1);
    expect(JSON.stringify(sent)).not.toContain(secret.slice(8, 30));
    const [one, other] = sent.map(({ json }) => (JSON.parse(json) as { readonly sid: string }).sid);
    expect(one).not.toBe(other);
    const log = new WorkflowLog({
      ...{ form, sid: at, flowId: at, botId: at, sub: at, serviceId: at, appId: at, uid: at },
      ...{ chatId: at, caller: at, logCaller: at },
    });
    const names = {
      nodeId: at,
      nodeType: at,
      nodeName: at,
      funcId: at,
      funcType: at,
      funcName: at,
    };
    const node = new NodeLog({ form, sid: at, id: at, ...names });
    node.setNextNodeId(at);
    node.annotate(at, at);
    log.addNodeLog([node]);
    log.uid = log.serviceId = log.caller = log.logCaller = log.botId = at;
    log.addSrv(at, at);
    expect(log.toJson()).not.toContain(secret.slice(8, 30));
    expect(log.toBriefJson()).not.toContain(secret.slice(8, 30));
  },
);

test('names and ids of many megabytes are cut, and say so', () => {
  const long = 'x '.repeat(2_500_000);
  const { tracer, sent } = tracedWorld({ flowId: long, appId: long, tags: { [long]: 1 } });
  tracer.run({ sid: long, uid: long, chatId: long }, () => {
    const node = { id: long, name: long, category: long };
    for (const end of ['1', '2']) {
      traced(node, { [long + end]: 1, in: { [long + end]: 1 } }, (traced) => {
        traced.output(long, 1);
        traced.config({ [long]: 1 });
        traced.attach(long, 'x');
      });
    }
  });
  const { json, key } = sent[0]!;
  expect([json.includes('x …'), json.length < 100_000]).toEqual([true, true]);
  expect(key!.length).toBeLessThan(2_000);
});

test('a secret that a text is cut in is hidden as well', () => {
  const secret = 'sk-proj-abcDEF1234567890abcDEF1234567890abcdEFGH';
  const { tracer, sent } = tracedWorld();
  const error = new Error('far '.repeat(995) + secret);
  expect(() =>
    tracer.run({}, () =>
      traced('a', {}, () => {
        throw error;
      }),
    ),
  ).toThrow();
  expect(sent[0]!.json).not.toContain(secret.slice(0, 12));
});

describe('a sender, a store or a log of the robot', () => {
  const sendsTo = (records: string[]) => (_topic: string, json: string) => records.push(json) > 0;

  it('may reject later', async () => {
    const lines: string[] = [];
    const log = (_level: string, line: string) => lines.push(line);
    const send = () => as(Promise.reject(new Error('gone')));
    tracedWorld({ producer: { send }, log }).tracer.run({}, () => 1);
    await expect.poll(() => lines).toEqual(['a record was not sent: Error: gone']);
  });

  it('may throw, and the others get the record', () => {
    const records: string[] = [];
    const producer = combineSenders({ send: throwing }, { send: sendsTo(records) });
    const { tracer, lines } = tracedWorld({ producer });
    tracer.run({}, () => 1);
    expect(records).toHaveLength(1);
    expect(lines).toEqual(['error a record was not written: Error: not yours']);
  });

  it('may throw in its log', () => {
    const { tracer } = tracedWorld({ producer: { send: throwing }, log: throwing });
    expect(tracer.run({}, () => 1)).toBe(1);
  });

  it('may never answer, and the record is sent as it is, once', async () => {
    const records: string[] = [];
    let answer: (address: string) => void = () => undefined;
    const upload = () => new Promise<string>((resolve) => (answer = resolve));
    const { tracer } = tracedWorld({
      snapshotMs: false,
      largeFieldStore: { upload },
      producer: { send: sendsTo(records) },
    });
    tracer.run({}, () => traced('a', { text: 'x '.repeat(5_000) }, () => 1));
    await tracer.close(1);
    answer('https://store.example/x');
    await tracer.close(1);
    expect(records).toHaveLength(1);
    expect(records[0]).toContain('x x x');
  });
});

test.each<[string, object]>([
  ['no options at all', as(undefined)],
  ['a variable that is missing', { mask: { values: [undefined, 'geheim-geheim'] } }],
  ['a pattern as a text', { mask: { patterns: ['geheim-[a-z]+'] } }],
  ['a pattern that is none', { mask: { patterns: [null, /geheim-[a-z]+/] } }],
  ['a mask that is none', { mask: null }],
  ['a clock that is none', { clock: {} }],
  ['ids that throw', { newSid: throwing }],
  ['times that are none', { snapshotMs: Number.NaN, heartbeatMs: '1s', maxNodes: 'x' }],
  ['a share that is none', { sampling: Number.NaN }],
])('createTracer takes %s', (_name, options) => {
  const { lines, records } = tracedWorld();
  const { tracer, sent } = tracedWorld(options);
  expect(tracer.run({ question: 'geheim-geheim' }, () => 1)).toBe(1);
  expect([lines, records()]).toEqual([[], []]);
  const asked = (options as { mask?: object | null } | undefined)?.mask;
  if (asked) expect(sent[0]!.json).not.toContain('geheim');
});
