import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EngineClient } from '../../../src/host/engineClient.ts';
import type { WorkerListener } from '../../../src/host/engineWorker.ts';
import { Credentials } from '../../../src/host/credentials.ts';
import type { Remembered } from '../../../src/host/recentSources.ts';
import { filesWatchLater, rememberFormLater } from '../../../src/host/later.ts';
import { Session } from '../../../src/host/session.ts';
import type { EngineLoss } from '../../../src/protocol/engineLoss.ts';
import type { HostEvents } from '../../../src/protocol/hostProtocol.ts';
import type { Packet } from '../../../src/protocol/packet.ts';
import type { ConnectionForm, ConnectionSettings } from '../../../src/sources/kafka/spec.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { aSeed } from '../../webview/panelData.ts';
import { FakeVscode } from '../../support/fakeVscode.ts';

/** An engine that says yes to all. */
class WillingWorker {
  readonly asked: { readonly method: string; readonly params: unknown }[] = [];
  readonly listener: WorkerListener;

  constructor(listener: WorkerListener) {
    this.listener = listener;
  }

  post(message: Packet | 'close'): void {
    if (message === 'close' || message.kind !== 'request') return;
    const { id, method, params } = message;
    this.asked.push({ method, params });
    queueMicrotask(() => {
      this.listener.onMessage({ kind: 'answer', id, result: null });
    });
  }

  terminate(): Promise<unknown> {
    this.listener.onExit(1);
    return Promise.resolve();
  }

  die(): void {
    const error = Object.assign(new Error('heap'), { code: 'ERR_WORKER_OUT_OF_MEMORY' });
    this.listener.onError(error);
    this.listener.onExit(1);
  }
}

let clock: ManualClock;
let vscode: FakeVscode;
let kept: Record<string, unknown>;
let secrets: Map<string, string>;
let workers: WillingWorker[];
let engine: EngineClient;
let session: Session;
let losses: EngineLoss[];
let errors: string[];
let filesTold: HostEvents['traceFile'][];
/** Those of the settings that have a name. */
let connections: ConnectionSettings[];
let otlp: { endpoint: string } | null;

beforeEach(() => {
  clock = new ManualClock();
  otlp = null;
  connections = [];
  workers = [];
  losses = [];
  errors = [];
  filesTold = [];
  const log = (level: string, message: string) => {
    if (level === 'error') errors.push(message);
  };
  engine = new EngineClient({
    startWorker: (listener) => {
      const worker = new WillingWorker(listener);
      workers.push(worker);
      return worker;
    },
    ...{ clock, log },
  });
  engine.onDidLose((loss) => losses.push(loss));
  vscode = new FakeVscode();
  kept = {};
  secrets = new Map();
  const { connection } = aSeed();
  session = new Session({
    rememberForm: rememberFormLater(vscode.api),
    ...{ engine, clock, log, vscode: vscode.api },
    flowFiles: { sendAll: () => Promise.resolve() } as never,
    credentials: new Credentials({
      get: (key: string) => Promise.resolve(secrets.get(key)),
      store: (key: string, value: string) => Promise.resolve(void secrets.set(key, value)),
    } as never),
    settings: () =>
      ({
        ...{ connection, connections, storeBytes: 2 ** 27, otlp, redaction: {} },
        ...{ connectOnOpen: true, verifyCertificate: true },
        history: { days: 30, megabytes: 200 },
      }) as never,
    workspaceState: {
      get: (key: string, otherwise: unknown) => kept[key] ?? otherwise,
      update: (key: string, value: unknown) => Promise.resolve(void (kept[key] = value)),
    } as never,
    historyFolder: '/storage/history',
    ledger: { read: () => Promise.resolve({}), keep: () => undefined } as never,
    filesWatch: filesWatchLater(vscode.api, (file) => filesTold.push(file)),
  });
});

afterEach(() => {
  session.dispose();
  engine.dispose();
});

const current = (): WillingWorker => {
  const worker = workers.at(-1);
  if (worker === undefined) throw new Error('none was started');
  return worker;
};
const asked = (method: string) =>
  current()
    .asked.filter((call) => call.method === method)
    .map(({ params }) => params);
const isCautious = () => 'caution' in (asked('configure').at(-1) as object);

/** Reads files over which two engines ran out of memory. */
async function readWithCaution(): Promise<void> {
  await session.openFiles(['/large']);
  current().die();
  clock.advance(0);
  await expect.poll(() => asked('openSource')).toHaveLength(1);
  current().die();
  clock.advance(1_000);
  await expect.poll(() => asked('openSource')).toHaveLength(1);
  expect(isCautious()).toBe(true);
  losses.length = errors.length = 0;
}

test('what is read is known to the walkthrough, however it came to be', async () => {
  const source = () => vscode.contexts.get('rpaTrace.source');
  const ways: readonly [unknown, () => Promise<void>][] = [
    ['sample', () => session.playSample()],
    ['files', () => session.openFiles(['/a.jsonl'])],
    ['sample', () => session.reopen({ kind: 'sample' })],
    [undefined, () => session.disconnect()],
  ];
  for (const [kind, open] of ways) {
    await open();
    expect(source()).toBe(kind);
  }
});

test('what the reader chose of flow files is told to the next engine', async () => {
  await session.openFiles(['/some']);
  const choose = (flow: string, uri: string) => {
    const payload = { flow, uri };
    current().listener.onMessage({ kind: 'event', name: 'flowChosen', payload });
  };
  choose('a', 'file:///w/one.yaml');
  choose('b', 'file:///w/two.yaml');
  choose('a', 'file:///w/three.yaml');
  const choices = [
    { flow: 'b', uri: 'file:///w/two.yaml' },
    { flow: 'a', uri: 'file:///w/three.yaml' },
  ];
  await expect.poll(() => kept['flowChoices']).toEqual(choices);
  current().die();
  clock.advance(0);
  await expect
    .poll(() => asked('configure'))
    .toEqual([expect.objectContaining({ flowChoices: choices })]);
});

describe('files that are read and change on disk', () => {
  const [one, other] = ['/w/one.log', '/w/other.log'];
  const last = () => filesTold.at(-1);
  beforeEach(async () => {
    vscode.write(one, 'a', 1);
    vscode.write(other, 'a', 1);
    await session.openFiles([one, other]);
  });

  test('are told, what can be read again first; and what is as it was is told no more', async () => {
    vscode.write('/w/third.log', 'b', 2);
    vscode.delete(other);
    await expect.poll(last).toEqual({ name: 'other.log', state: 'gone' });
    vscode.write(one, 'ab', 2);
    await expect.poll(last).toEqual({ name: 'one.log', state: 'changed' });
    vscode.write(one, 'a', 1);
    await expect.poll(last).toEqual({ name: 'other.log', state: 'gone' });
    vscode.write(other, 'a', 1);
    await expect.poll(last).toEqual({ name: '', state: 'same' });
    expect(filesTold).toHaveLength(4);
  });

  test('are told to a page that begins', async () => {
    vscode.write(one, 'ab', 2);
    await expect.poll(last).toEqual({ name: 'one.log', state: 'changed' });
    filesTold.length = 0;
    session.resumeLast();
    await expect.poll(() => filesTold).toEqual([{ name: 'one.log', state: 'changed' }]);
  });

  test.each([
    ['are what they are once they are read again', () => session.readAgain()],
    ['are nobody’s any more behind another source', () => session.playSample()],
    ['or once nothing is read', () => session.disconnect()],
  ])('%s', async (_, act) => {
    vscode.write(one, 'ab', 2);
    await expect.poll(last).toEqual({ name: 'one.log', state: 'changed' });
    await act();
    await expect.poll(last).toEqual({ name: '', state: 'same' });
  });

  test('are compared with what a new engine read', async () => {
    vscode.write(one, 'ab', 2);
    await expect.poll(last).toEqual({ name: 'one.log', state: 'changed' });
    current().die();
    clock.advance(0);
    await expect.poll(last).toEqual({ name: '', state: 'same' });
    await expect.poll(() => asked('openSource')).toHaveLength(1);
    vscode.write(one, 'abc', 3);
    await expect.poll(last).toEqual({ name: 'one.log', state: 'changed' });
  });
});

test('reading again after caution takes another engine, and nobody hears of a death', async () => {
  await readWithCaution();
  const lives = workers.length;
  await session.readAgain();
  expect(workers).toHaveLength(lives + 1);
  expect(asked('openSource')).toEqual([
    { spec: { kind: 'files', paths: ['/large'] }, keep: false },
  ]);
  expect(isCautious()).toBe(false);
  expect([losses, errors]).toEqual([[], []]);
  await session.readAgain();
  expect(workers).toHaveLength(lives + 1);
});

test('Disconnect ends the caution at once; what is opened next gets another engine', async () => {
  await readWithCaution();
  const lives = workers.length;
  await session.disconnect();
  expect(current().asked.at(-2)?.method).toBe('closeSource');
  expect(current().asked.at(-1)?.method).toBe('configure');
  expect(isCautious()).toBe(false);
  expect(workers).toHaveLength(lives);
  await session.openFiles(['/small']);
  expect(workers).toHaveLength(lives + 1);
  await session.openFiles(['/other']);
  expect(workers).toHaveLength(lives + 1);
  expect([losses, errors]).toEqual([[], []]);
});

test('Disconnect without caution tells no settings; what was read last is still what is shown', async () => {
  await session.openFiles(['/a']);
  const told = asked('configure').length;
  await session.disconnect();
  expect(asked('configure')).toHaveLength(told);
  expect(asked('closeSource')).toHaveLength(1);
  expect(session.hasSource).toBe(false);
  expect(session.shown).toEqual({ kind: 'files', paths: ['/a'] });
});

const form: ConnectionForm = {
  ...aSeed().connection,
  ...{ brokers: 'user:s3cr3t-a@b:9092', topic: ' orders ', username: 'u' },
  saslMechanism: 'plain',
};
const topic: Remembered = { kind: 'kafka', form };
const file: Remembered = { kind: 'files', paths: ['/work/a'] };
const robot: Remembered = { kind: 'sample' };

test.each<[string, Remembered, object]>([
  ['a topic', topic, { kind: 'kafka', topic: 'orders', start: { kind: 'last', count: 200 } }],
  ['files', file, file],
  ['the sample robot', robot, robot],
])('%s is opened as it is remembered, and remembered anew', async (_, source, spec) => {
  await session.reopen(source);
  expect(asked('openSource')).toMatchObject([{ spec, keep: false }]);
  expect(session.current).toEqual(source);
  expect(session.recent).toEqual([source]);
});

test.each([topic, file, robot])('what is opened again is read again: $kind', async (source) => {
  await session.reopen(source);
  await session.reopen(source);
  expect(asked('openSource')).toHaveLength(2);
});

test('a password goes to the secret storage and to the engine, and nowhere else', async () => {
  await session.connect(form, 's3cr3t-b');
  expect([...secrets.values()]).toEqual(['s3cr3t-b']);
  expect(JSON.stringify(asked('openSource'))).toContain('"password":"s3cr3t-b"');
  expect(JSON.stringify([kept, [...vscode.settings]])).not.toContain('s3cr3t-b');
  await session.reopen(topic);
  expect(JSON.stringify(asked('openSource').at(-1))).toContain('"password":"s3cr3t-b"');
});

test('what the form held becomes the settings', async () => {
  await session.connect(form);
  expect(Object.fromEntries(vscode.settings)).toMatchObject({
    'rpaTrace.kafka.brokers': ['user:s3cr3t-a@b:9092'],
    'rpaTrace.kafka.topic': 'orders',
    'rpaTrace.kafka.startFrom': 'last',
    'rpaTrace.kafka.lastRecords': 200,
    'rpaTrace.kafka.sasl.mechanism': 'plain',
  });
});

test('a topic remembered without a form is the one of the settings', async () => {
  await session.reopen({ kind: 'kafka' });
  expect(session.current).toMatchObject({ form: { topic: 'spark-agent-builder' } });
});

test.each([
  ['a trusted workspace', true, { folder: '/storage/history', days: 30, megabytes: 200 }],
  ['one that isn’t trusted', false, null],
])('in %s a history is kept: %s', async (_, isTrusted, told) => {
  vscode.isTrusted = isTrusted;
  await session.playSample();
  expect(asked('configure')).toMatchObject([{ history: told }]);
});

test('from an untrusted workspace nothing is connected to, remembered or told a password', async () => {
  vscode.isTrusted = false;
  await expect(session.connect(form, 's3cr3t-b')).rejects.toThrow(/^Trust this workspace/);
  await expect(session.reopen(topic)).rejects.toThrow(/^Trust this workspace/);
  expect([secrets.size, vscode.settings.size, workers.length]).toEqual([0, 0, 0]);
  expect(session.recent).toEqual([]);
});

test.each<[string, Remembered, boolean, boolean]>([
  ['a topic', topic, true, true],
  ['a topic of an untrusted workspace', topic, false, false],
  ['files of an untrusted workspace', file, false, true],
  ['the sample robot in an untrusted workspace', robot, false, true],
  ['what a later version remembered', { kind: 'collector' } as never, true, false],
])('the panel goes on with %s: trusted: %s: %s', async (_, source, isTrusted, resumes) => {
  kept['source'] = source;
  vscode.isTrusted = isTrusted;
  expect(session.resumeLast()).toBe(resumes);
  if (resumes) await expect.poll(() => workers.length > 0 && asked('openSource').length).toBe(1);
  expect(errors).toEqual([]);
});

test('behind files the way leads back to the live source, and from there nowhere', async () => {
  await session.reopen(robot);
  expect(session.back).toBeUndefined();
  await session.reopen(file);
  expect(session.back).toEqual(robot);
  await session.openContents([{ name: 'a', bytes: new Uint8Array() }]);
  expect(session.back).toEqual(robot);
  await session.reopen(robot);
  expect(session.back).toBeUndefined();
  await session.disconnect();
  expect(session.back).toBeUndefined();
});

test('what was dropped can’t be opened again, and takes nobody’s place', async () => {
  await session.reopen(file);
  await session.openContents([{ name: 'a', bytes: new Uint8Array() }]);
  expect(session.current).toBeUndefined();
  expect(session.recent).toEqual([file]);
});

test.each<[Remembered, number]>([
  [topic, 1],
  [file, 0],
  [robot, 0],
])(
  'what another window counted is told before what is counted is read: $kind',
  async (source, more) => {
    otlp = { endpoint: 'http://collector' };
    await session.openContents([]);
    const told = asked('configure').length;
    await session.reopen(source);
    expect(asked('configure')).toHaveLength(told + more);
  },
);

test('headers go to the endpoint that they were given for, and to no other', async () => {
  secrets.set('rpaTrace.otlp.headers:http://collector', 'authorization=Bearer%20t');
  await session.openContents([]);
  const told = async (endpoint: string) => {
    otlp = { endpoint };
    await session.configure();
    return (asked('configure').at(-1) as { otlp: unknown }).otlp;
  };
  expect(await told('http://collector')).toEqual({
    endpoint: 'http://collector',
    headers: { authorization: 'Bearer t' },
  });
  expect(await told('http://collector.evil')).toEqual({ endpoint: 'http://collector.evil' });
});

describe('a connection with a name', () => {
  const mark = { name: 'production', color: 'red' } as const;
  const { hasPassword: _, ...kept } = form;
  const named: Remembered = { kind: 'kafka', form: { ...form, mark } };

  test('becomes one of the settings’, with its password, and the default one stays', async () => {
    await session.connect({ ...form, mark }, 's3cr3t-b');
    expect([...vscode.settings.keys()]).toEqual(['rpaTrace.connections']);
    expect(vscode.settings.get('rpaTrace.connections')).toMatchObject({
      production: { brokers: ['user:s3cr3t-a@b:9092'], topic: 'orders', color: 'red' },
    });
    expect([...secrets.values()]).toEqual(['s3cr3t-b']);
    expect(JSON.stringify([...vscode.settings])).not.toContain('s3cr3t-b');
    expect(asked('openSource')).toMatchObject([{ spec: { topic: 'orders', mark } }]);
  });

  test('is opened as the settings have it by now, with the password of those brokers', async () => {
    secrets.set('rpaTrace.kafka.password:u@c:9092', 's3cr3t-c');
    connections = [{ ...kept, brokers: 'c:9092', topic: 'of now', mark }];
    await session.reopen(named);
    expect(asked('openSource')).toMatchObject([
      { spec: { topic: 'of now', connection: { brokers: ['c:9092'] }, mark } },
    ]);
    expect(JSON.stringify(asked('openSource'))).toContain('s3cr3t-c');
    expect(session.current).toMatchObject({ form: { topic: 'of now' } });
    // The form offers what is read; opening it has changed no setting.
    expect(await session.form()).toMatchObject({ brokers: 'c:9092', hasPassword: true, mark });
    expect(vscode.updated).toEqual([]);
  });

  test('is opened as it was once the settings have it no more', async () => {
    await session.reopen(named);
    expect(asked('openSource')).toMatchObject([{ spec: { topic: 'orders', mark } }]);
    expect(vscode.updated).toEqual([]);
    expect(await session.form()).not.toHaveProperty('mark');
  });

  test('is offered beside the default one, and none is where none has a name', async () => {
    expect(session.connections).toEqual([]);
    connections = [{ ...kept, mark }];
    expect(session.connections.map(({ form: of }) => of?.mark?.name)).toEqual([
      undefined,
      'production',
    ]);
    expect((await session.forms()).map((of) => of.mark?.name)).toEqual([undefined, 'production']);
  });

  test('of an untrusted workspace is neither opened nor kept', async () => {
    vscode.isTrusted = false;
    connections = [{ ...kept, mark }];
    await expect(session.reopen(named)).rejects.toThrow(/^Trust this workspace/);
    await expect(session.connect({ ...form, mark }, 'x')).rejects.toThrow(/^Trust this workspace/);
    expect([secrets.size, vscode.settings.size, workers.length]).toEqual([0, 0, 0]);
  });
});
