import { describe, expect, test } from 'vitest';
import type { ConnectionForm } from '../../../src/sources/kafka/spec.ts';
import type { HostMethods } from '../../../src/protocol/hostProtocol.ts';
import { readPageMessage } from '../../../src/protocol/pageMessages.ts';

const form: ConnectionForm = {
  ...{ brokers: 'localhost:9092', topic: 'traces', start: { kind: 'latest' }, tls: false },
  ...{ caFile: '', saslMechanism: 'none', username: '', hasPassword: false },
};

/** What the page really says, some of each. */
const said: { readonly [K in keyof HostMethods]: readonly HostMethods[K]['params'][] } = {
  ready: [null],
  connect: [
    { form },
    { form, password: 'p' },
    { form: { ...form, start: { kind: 'last', count: 200 } } },
    { form: { ...form, start: { kind: 'earliest' }, saslMechanism: 'scram-sha-512' } },
    { form: { ...form, start: { kind: 'time', timestampMs: 1.7e12 } } },
  ],
  testConnection: [{ form }],
  playSample: [null],
  openTraceFiles: [null],
  openContents: [{ files: [{ name: 'a.json', bytes: new Uint8Array(3) }] }, { files: [] }],
  chooseCaFile: [null],
  disconnect: [null],
  goBack: [null],
  readAgain: [null],
  switchSource: [null],
  setFollowLatest: [{ follow: true }],
  revealNode: [
    { key: 'k', target: 'failing', preserveFocus: false },
    { key: 'k', target: { nodeId: 'n::1', name: '录入' }, preserveFocus: true },
  ],
  setSelected: [{ key: 'k' }, { key: null }],
  openInNewPanel: [{ key: 'k', name: '录入' }],
  copy: [{ text: 'x'.repeat(1_000_000) }],
  openText: [{ title: 't', text: '{}', language: 'json' }],
  saveExecutions: [
    { target: { kind: 'execution', key: 'k' } },
    { target: { kind: 'list', scope: { kind: 'all' }, filter: 'status:failed' } },
    { target: { kind: 'list', scope: { kind: 'flow', uri: 'file:///w/a.yaml' }, filter: '' } },
  ],
  saveRejected: [{ position: null }, { position: { topic: 't', partition: 0, offset: '12' } }],
  openSettings: [{ setting: 'rpaTrace' }, { setting: 'rpaTrace.largeValues.hostRewrite' }],
  showLog: [null],
  startEngine: [null],
  openExternalHelp: [{ topic: 'gettingStarted' }],
};

const request = (method: string, params: unknown, id: unknown = 'p1.0') => ({
  partner: 'host',
  packet: { kind: 'request', id, method, params },
});
const problemOf = (message: unknown) => {
  const read = readPageMessage(message);
  return read.ok ? null : read.error;
};

describe.each(Object.entries(said))('%s', (method, all) => {
  test.each(all.map((params) => [params]))('is taken as the page says it: %j', (params) => {
    const message = request(method, params);
    expect(readPageMessage(message)).toEqual({ ok: true, value: message });
  });

  test('is refused and answered with anything else for its parameters', () => {
    const wrong = [
      undefined,
      7,
      'text',
      [],
      { other: 1 },
      ...(all.includes(null as never) ? [{}] : [null]),
    ];
    for (const params of wrong) {
      expect(problemOf(request(method, params))).toMatchObject({
        problem: expect.stringContaining(method) as unknown,
        answer: { partner: 'host', id: 'p1.0' },
      });
    }
  });

  test('is refused with any of its fields broken, missing or added', () => {
    for (const params of all) {
      for (const broken of brokenOnes(params)) {
        expect([broken, problemOf(request(method, broken))]).toEqual([broken, expect.anything()]);
      }
    }
  });
});

/** The value with one field of it, however deep, made something else. */
function brokenOnes(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  if (Array.isArray(value)) return value.flatMap((item) => brokenOnes(item).map((one) => [one]));
  const entries = Object.entries(value as Record<string, unknown>);
  const added = { ...value, __other: 1 };
  return [
    added,
    ...entries.flatMap(([name, field]) => {
      const inner = [Symbol('none'), Number.NaN, { kind: 'none' }, ...brokenOnes(field)];
      const { [name]: _, ...without } = value as Record<string, unknown>;
      const changed = inner.map((other) => ({ ...value, [name]: other }));
      return name === 'password' ? changed : [...changed, without];
    }),
  ];
}

test.each<[string, string, unknown, string]>([
  [
    'a text too long to be typed',
    'connect',
    { form: { ...form, topic: 'x'.repeat(10_001) } },
    'topic',
  ],
  ['a path too long', 'connect', { form: { ...form, caFile: 'x'.repeat(40_000) } }, 'caFile'],
  ['a key too long for a record', 'setSelected', { key: 'x'.repeat(2 ** 20 + 1) }, 'key'],
  ['another extension’s setting', 'openSettings', { setting: 'files.exclude' }, 'setting'],
  ['a query for settings', 'openSettings', { setting: 'rpaTrace @tag:x' }, 'setting'],
  [
    'a negative count',
    'connect',
    { form: { ...form, start: { kind: 'last', count: -1 } } },
    'count',
  ],
  ['more files than one drops', 'openContents', { files: new Array(1_001).fill({}) }, 'files'],
  [
    'bytes that are none',
    'openContents',
    { files: [{ name: 'a', bytes: [1, 2] }] },
    'openContents.files[0].bytes',
  ],
  [
    'an offset that is none',
    'saveRejected',
    { position: { topic: '', partition: 0, offset: '-1' } },
    'offset',
  ],
])('refused: %s', (_, method, params, where) => {
  expect(problemOf(request(method, params))?.problem).toContain(where);
});

test('too many bytes are refused without being copied', () => {
  const bytes = new Uint8Array(64 * 1024 * 1024 + 1);
  expect(problemOf(request('openContents', { files: [{ name: 'a', bytes }] }))).not.toBeNull();
});

test('says what is wrong and where, and never the value', () => {
  const problem = problemOf(request('connect', { form, password: { secret: 'hunter2' } }))?.problem;
  expect(problem).toBe('connect.password is no text of at most 10000 characters');
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a text', 'ready'],
  ['a list', [request('ready', null)]],
  ['no packet', { partner: 'host' }],
  ['a packet that is none', { partner: 'host', packet: 'ready' }],
  ['another partner', { ...request('ready', null), partner: 'disk' }],
  ['no id', { partner: 'host', packet: { kind: 'request', method: 'ready', params: null } }],
  ['an id that is no text', request('ready', null, 7)],
  ['an id of the host', request('ready', null, 'h0')],
  ['a long id', request('ready', null, `p${'0'.repeat(1_000)}`)],
  [
    'an answer, which nobody asked the page for',
    { partner: 'host', packet: { kind: 'answer', id: 'p' } },
  ],
  ['an event', { partner: 'engine', packet: { kind: 'event', name: 'list', payload: 1 } }],
])('no envelope around a request: %s', (_, message) => {
  expect(problemOf(message)).toEqual({ problem: expect.any(String) as unknown, answer: null });
});

test.each(['configure', 'openSource', 'closeSource', 'setFlow', 'leave', 'setVisible', 'nothing'])(
  'of the engine a page may not ask what is the host’s: %s',
  (method) => {
    const packet = { kind: 'request', id: 'p1.0', method, params: null };
    expect(readPageMessage({ partner: 'engine', packet })).toMatchObject({
      ok: false,
      error: { answer: { partner: 'engine', id: 'p1.0' } },
    });
  },
);

test('what the engine is asked goes on unread, its method a word', () => {
  const asked = { ...request('watch', { anything: [1] }), partner: 'engine' };
  expect(readPageMessage(asked)).toEqual({ ok: true, value: asked });
  const wrong = { ...request('a b', null), partner: 'engine' };
  expect(problemOf(wrong)).toMatchObject({ answer: { partner: 'engine', id: 'p1.0' } });
});

test.each(['nothing', '__proto__', 'constructor', 'toString'])(
  'a method that is not known is left to who doesn’t know it: %s',
  (method) => {
    expect(readPageMessage(request(method, {})).ok).toBe(true);
  },
);
