import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { rememberForm } from '../../../src/host/rememberForm.ts';
import { readSettings } from '../../../src/host/settings.ts';
import type { ConnectionForm } from '../../../src/sources/kafka/spec.ts';
import { FakeVscode } from '../../support/fakeVscode.ts';
import { repositoryRoot } from '../../support/paths.ts';

const form: ConnectionForm = {
  ...{ brokers: 'a:1, b:2', topic: ' traces ', start: { kind: 'latest' }, tls: true },
  ...{ caFile: '/ca.pem', saslMechanism: 'plain', username: 'u', hasPassword: false },
};
let vscode: FakeVscode;

beforeEach(() => {
  vscode = new FakeVscode();
});

const settings = (environment = {}) => readSettings(vscode.api, environment);
const remember = (parts: Partial<ConnectionForm> = {}) =>
  rememberForm(vscode.api, { ...form, ...parts });

test('what the form held is read again as it was', async () => {
  await remember();
  expect(settings().connection).toEqual({
    ...{ brokers: 'a:1, b:2', topic: 'traces', start: { kind: 'latest' }, tls: true },
    ...{ caFile: '/ca.pem', saslMechanism: 'plain', username: 'u' },
  });
});

test.each<ConnectionForm['start']>([
  { kind: 'latest' },
  { kind: 'earliest' },
  { kind: 'last', count: 7 },
  { kind: 'time', timestampMs: Date.UTC(2026, 10, 24) },
])('where to start: $kind', async (start) => {
  await remember({ start });
  expect(settings().connection.start).toEqual(start);
});

test('a time that is none, and no choice at all, start at the last records', () => {
  expect(settings().connection.start).toEqual({ kind: 'last', count: 200 });
  vscode.set('rpaTrace.kafka.startFrom', 'time');
  vscode.set('rpaTrace.kafka.startTime', 'yesterday');
  expect(settings().connection.start).toEqual({ kind: 'last', count: 200 });
});

test('each is kept where it is set already, and what is the same is not written', async () => {
  vscode.workspaceSettings.set('rpaTrace.kafka.topic', 'of the workspace');
  vscode.settings.set('rpaTrace.kafka.tls.enabled', true);
  await remember();
  const targets = new Map(vscode.updated.map(([name, , target]) => [name, target]));
  expect(targets.get('kafka.topic')).toBe(2);
  expect(targets.get('kafka.brokers')).toBe(1);
  expect(targets.has('kafka.tls.enabled')).toBe(false);
});

describe('of what the form held', () => {
  const manifest = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
    contributes: { configuration: { properties: Record<string, { default?: unknown }> }[] };
  };
  const standard: Partial<ConnectionForm> = {
    ...{ brokers: 'localhost:9092', topic: 'spark-agent-builder', tls: false, caFile: '' },
    ...{ saslMechanism: 'none', username: '', start: { kind: 'last', count: 200 } },
  };
  const written = () => vscode.updated.map(([name, value, target]) => [name, value, target]);
  beforeEach(() => {
    for (const { properties } of manifest.contributes.configuration) {
      for (const [key, one] of Object.entries(properties)) vscode.defaults.set(key, one.default);
    }
  });

  test('what is as by default is not written', async () => {
    await remember({ ...standard, topic: 'orders' });
    expect(written()).toEqual([['kafka.topic', 'orders', 1]]);
  });

  test('what is so again is taken out of the settings', async () => {
    vscode.settings.set('rpaTrace.kafka.tls.enabled', true);
    vscode.workspaceSettings.set('rpaTrace.kafka.topic', 'orders');
    await remember(standard);
    expect(written()).toEqual([
      ['kafka.topic', undefined, 2],
      ['kafka.tls.enabled', undefined, 1],
    ]);
  });

  test('what the workspace says otherwise than the user stays said', async () => {
    vscode.settings.set('rpaTrace.kafka.topic', 'orders');
    vscode.workspaceSettings.set('rpaTrace.kafka.topic', 'tests');
    await remember(standard);
    await remember({ ...standard, topic: 'orders' });
    expect(written()).toEqual([
      ['kafka.topic', 'spark-agent-builder', 2],
      ['kafka.topic', undefined, 2],
    ]);
  });

  test('under a name, all is: what a connection leaves out is as in the default one', async () => {
    const mark = { name: 'production', color: null };
    await remember({ ...standard, mark });
    await remember({ ...standard, mark, tls: true, start: { kind: 'latest' } });
    await remember({ ...standard, mark, saslMechanism: 'plain', username: 'robot' });
    const address = { brokers: ['localhost:9092'], topic: 'spark-agent-builder' };
    const start = { startFrom: 'last', lastRecords: 200 };
    const open = { tls: false, saslMechanism: 'none' };
    expect(written().map(([, value]) => value)).toEqual([
      { production: { ...address, ...start, ...open } },
      { production: { ...address, ...open, startFrom: 'latest', tls: true, caFile: '' } },
      {
        production: { ...address, ...start, ...open, saslMechanism: 'plain', username: 'robot' },
      },
    ]);
  });

  test('a connection with a name stays as it was, whatever becomes of the default one', async () => {
    const mark = { name: 'test', color: null };
    await remember({ ...standard, mark });
    const before = settings().connections;
    // Its own form, and what the settings of another workspace say.
    await remember({ tls: true, caFile: '', username: '', saslMechanism: 'none' });
    vscode.workspaceSettings.set('rpaTrace.kafka.sasl.mechanism', 'plain');
    vscode.workspaceSettings.set('rpaTrace.kafka.topic', 'orders');
    expect(settings().connections).toEqual(before);
  });
});

describe('metrics', () => {
  test('go nowhere without an endpoint, which the environment may give', () => {
    expect(settings().otlp).toBeNull();
    expect(settings({ OTLP_ENDPOINT: ' http://env:4318 ' }).otlp).toMatchObject({
      endpoint: 'http://env:4318',
    });
    vscode.set('rpaTrace.otlp.endpoint', 'http://set:4318');
    vscode.set('rpaTrace.otlp.exportIntervalMillis', 1);
    expect(settings({ OTLP_ENDPOINT: 'http://env:4318' }).otlp).toEqual({
      ...{ endpoint: 'http://set:4318', protocol: 'auto', intervalMs: 500 },
    });
  });
});

test('what is out of range is brought into it, and hosts that are no texts are left out', () => {
  vscode.set('rpaTrace.store.maxMegabytes', 1e9);
  vscode.set('rpaTrace.engine.maxHeapMegabytes', Number.NaN);
  vscode.set('rpaTrace.largeValues.hostRewrite', { ' minio ': ' localhost:9000 ', other: 7 });
  const { storeBytes, engineHeapMegabytes, largeValues } = settings();
  expect([storeBytes, engineHeapMegabytes]).toEqual([4096 * 1024 * 1024, 128]);
  expect(largeValues.hostRewrite).toEqual({ minio: 'localhost:9000' });
});
