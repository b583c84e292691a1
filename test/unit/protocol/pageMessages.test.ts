import { describe, expect, test } from 'vitest';
import type { ConnectionForm } from '../../../src/sources/kafka/spec.ts';
import type { HostMethods } from '../../../src/protocol/hostProtocol.ts';
import { readPageMessage } from '../../../src/protocol/pageMessages.ts';
import type { PageEngineMethods } from '../../../src/protocol/pageMethods.ts';
import type { EngineQuestions } from '../../../src/protocol/questions.ts';
import type { Watch } from '../../../src/protocol/subscriptions.ts';
import type { TreeQuery } from '../../../src/protocol/tree.ts';

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
  rememberSizes: [
    { list: 320, inspector: null },
    { list: 180, inspector: 1000 },
  ],
  revealNode: [
    { key: 'k', target: 'failing', preserveFocus: false },
    { key: 'k', target: { nodeId: 'n::1', name: '录入' }, preserveFocus: true },
  ],
  setSelected: [{ key: 'k' }, { key: null }],
  stepChosen: [
    { key: 'k', nodeId: 'n::1' },
    { key: 'k', nodeId: 'n::1', place: { part: 'input', input: '总额' } },
  ],
  wayShown: [{ nodeIds: [] }, { nodeIds: ['n::1', 'n::2'] }],
  openInNewPanel: [{ key: 'k', name: '录入' }],
  openDashboard: [{ range: 'week' }],
  showExecutions: [
    { filter: 'status:failed', scope: 'all' },
    { filter: null, scope: 'flow' },
  ],
  copy: [
    { text: 'x'.repeat(1_000_000) },
    { text: { key: 'k', row: null, section: 'output', index: 0, path: '/rows' } },
  ],
  openText: [{ title: 't', text: '{}', language: 'json' }],
  fileHistory: [{ uri: 'file:///w/a.yaml', fromMs: 0, toMs: 1 }],
  openFileDifference: [
    { uri: 'file:///w/a.yaml', from: 'parent', to: 'a'.repeat(40) },
    { uri: 'file:///w/a.yaml', from: 'b'.repeat(40), to: null },
  ],
  openDiff: [{ title: 't', before: 'a: 1', after: '', language: 'yaml', isLater: false }],
  saveExecutions: [
    { target: { kind: 'execution', key: 'k' } },
    { target: { kind: 'list', scope: { kind: 'all' }, filter: 'status:failed' } },
    { target: { kind: 'list', scope: { kind: 'flow', uri: 'file:///w/a.yaml' }, filter: '' } },
  ],
  saveTraceFile: [
    { target: { kind: 'execution', key: 'k' } },
    { target: { kind: 'list', scope: { kind: 'all' }, filter: 'status:failed' } },
    { target: { kind: 'list', scope: { kind: 'flow', uri: 'file:///w/a.yaml' }, filter: '' } },
  ],
  handOn: [
    { command: 'copyLink', key: 'k', step: null },
    { command: 'saveFixture', key: 'k', step: { rowKey: 'r', nodeId: 'n::1' } },
  ],
  saveRejected: [{ position: null }, { position: { topic: 't', partition: 0, offset: '12' } }],
  saveTable: [
    { name: 'error-rates', text: 'Node\r\n' },
    { name: '发票录入-v2', text: '<svg/>' },
  ],
  openFlowThen: [{ uri: 'file:///w/a.yaml', atMs: 1_780_000_000_000 }],
  openSettings: [{ setting: 'rpaTrace' }, { setting: 'rpaTrace.largeValues.hostRewrite' }],
  showLog: [null],
  startEngine: [null],
  openExternalHelp: [{ topic: 'gettingStarted' }],
};

const all = { kind: 'all' } as const;
const position = { topic: 't', partition: 0, offset: '12' };
const treeAt = (at: TreeQuery['at']): Watch<EngineQuestions> => ({
  ...{ watcher: 'panel 1', id: 'tree' },
  kind: 'tree',
  query: { key: 'k', collapsed: ['a', 'b'], at, limit: 200 },
});

/** What the page really asks the engine. */
const askedOfEngine: {
  readonly [K in keyof PageEngineMethods]: readonly PageEngineMethods[K]['params'][];
} = {
  ask: [
    { kind: 'figures', query: { scope: all } },
    { kind: 'signs', query: { key: 'k' } },
    { kind: 'inspect', query: { key: 'k', row: null } },
    { kind: 'flow', query: { uri: 'file:///w/a.yaml' } },
  ],
  watch: [
    {
      ...{ watcher: 'panel 1', id: 'problems', kind: 'problems' },
      query: { scope: all, group: 'unresolved' },
    },
    { watcher: 'panel 1', id: 'ownPast', kind: 'ownPast', query: { key: 'k' } },
    {
      ...{ watcher: 'panel 1', id: 'list' },
      kind: 'list',
      query: { scope: all, filter: 'status:failed', anchor: null, offset: -5, limit: 200 },
    },
    treeAt({ offset: 0 }),
    treeAt({ around: 'failing' }),
    treeAt({ aroundRow: 'r' }),
    treeAt({ aroundNode: 'n' }),
    { watcher: 'panel 1', id: 'i', kind: 'inspect', query: { key: 'k', row: 'r' } },
    { watcher: 'panel 1', id: 's', kind: 'status', query: null },
  ],
  unwatch: [{ watcher: 'panel 1', id: 'tree' }],
  latest: [{ scope: { kind: 'flow', uri: 'file:///w/a.yaml' }, failed: true }],
  complete: [{ scope: all, filter: 'st', cursor: 2 }],
  chooseFlow: [{ key: 'k', uri: 'file:///w/a.yaml' }],
  markProblem: [
    { signature: '1-ab', flow: 'f', kind: 'ignored', weekly: 3 },
    { signature: '1-ab.cd', flow: 'f', kind: 'moved', into: '1-ef' },
    { signature: '1-ab', flow: 'f', kind: 'moved', into: null },
    { flow: 'f', kind: 'apart' },
    { flow: 'f', kind: 'together' },
  ],
  fetchStored: [
    {
      ...{ id: 'f1', key: 'k', row: null, name: 'output', address: 'http://minio:9000/b/o' },
      consent: { host: 'minio:9000', near: '127.0.0.1' },
    },
  ],
  cancelFetch: [{ id: 'f1' }],
  reveal: [{ key: 'k', row: 'r', place: { section: 'input', index: 0 } }],
  rejected: [{ offset: 0, limit: 50 }],
  rejectedText: [{ position }],
  pause: [null],
  resume: [null],
  endReading: [null],
  skipDamaged: [{ position }],
  loadOlder: [null],
};

const request = (
  method: string,
  params: unknown,
  id: unknown = 'p1.0',
  partner: 'host' | 'engine' = 'host',
) => ({
  partner,
  packet: { kind: 'request', id, method, params },
});
const problemOf = (message: unknown) => {
  const read = readPageMessage(message);
  return read.ok ? null : read.error;
};

const everything = [
  ...Object.entries(said).map(([method, params]) => ['host', method, params] as const),
  ...Object.entries(askedOfEngine).map(([method, params]) => ['engine', method, params] as const),
];

describe.each(everything)('%s: %s', (partner, method, known) => {
  const asked = (params: unknown) => request(method, params, 'p1.0', partner);

  test.each(known.map((params) => [params]))('is taken as the page says it: %j', (params) => {
    expect(readPageMessage(asked(params))).toEqual({ ok: true, value: asked(params) });
  });

  test('is refused and answered with anything else for its parameters', () => {
    const wrong = [
      ...[undefined, 7, 'text', [], { other: 1 }],
      ...(known.includes(null as never) ? [{}] : [null]),
    ];
    for (const params of wrong) {
      expect(problemOf(asked(params))).toMatchObject({
        problem: expect.stringContaining(method) as unknown,
        answer: { partner, id: 'p1.0' },
      });
    }
  });

  test('is refused with any of its fields broken, missing or added', () => {
    for (const params of known) {
      for (const broken of brokenOnes(params)) {
        expect([broken, problemOf(asked(broken))]).toEqual([broken, expect.anything()]);
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
      return ['password', 'place'].includes(name) ? changed : [...changed, without];
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
    'what Git would take for an option',
    'openFileDifference',
    { uri: 'file:///w/a.yaml', from: '--output=/tmp/x', to: null },
    'from',
  ],
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

const place = { section: 'input', index: 0, path: ['rows', '7'] };

test.each([
  { wanted: undefined, isRefused: false },
  { wanted: [place, { ...place, offset: 9 }], isRefused: false },
  { wanted: Array.from({ length: 9 }, () => place), isRefused: true },
  { wanted: [{ ...place, section: 'logs' }], isRefused: true },
  { wanted: [{ ...place, path: '/rows/7' }], isRefused: true },
  { wanted: [{ ...place, offset: -1 }], isRefused: true },
])('parts of a value that are wanted: $wanted', ({ wanted, isRefused }) => {
  const query = { key: 'k', row: 'r', part: 'beginning', wanted };
  const problem = problemOf(request('ask', { kind: 'inspect', query }, 'p1.0', 'engine'))?.problem;
  expect(problem?.includes('wanted') ?? false).toBe(isRefused);
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

test.each<[string, unknown, string]>([
  ['a kind that is none', { kind: 'everything', query: null }, 'ask is of no known kind'],
  [
    'a place in the tree that is none',
    { kind: 'tree', query: { key: 'k', collapsed: [], at: { above: 'r' }, limit: 1 } },
    'ask.query.at is of no known form',
  ],
])('of the engine a page may not ask for %s', (_, params, problem) => {
  expect(problemOf(request('ask', params, 'p1.0', 'engine'))).toEqual({
    ...{ problem, answer: { partner: 'engine', id: 'p1.0' } },
  });
});

test.each(['nothing', '__proto__', 'constructor', 'toString'])(
  'a method that is not known is left to who doesn’t know it: %s',
  (method) => {
    expect(readPageMessage(request(method, {})).ok).toBe(true);
  },
);
