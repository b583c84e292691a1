import { beforeEach, describe, expect, test } from 'vitest';
import { readConnections } from '../../../src/host/connections.ts';
import { rememberForm } from '../../../src/host/rememberForm.ts';
import { readSettings } from '../../../src/host/settings.ts';
import type { ConnectionForm, ConnectionSettings } from '../../../src/sources/kafka/spec.ts';
import { FakeVscode } from '../../support/fakeVscode.ts';
import { readText } from '../../support/projectFiles.ts';

const standard: ConnectionSettings = {
  ...{ brokers: 'localhost:9092', topic: 'traces', start: { kind: 'last', count: 200 } },
  ...{ tls: false, caFile: '', saslMechanism: 'none', username: '' },
};
const production = { name: 'production', color: 'red' } as const;
const form: ConnectionForm = {
  ...{ brokers: 'a:1, b:2', topic: ' orders ', start: { kind: 'latest' }, tls: true },
  ...{ caFile: '/ca.pem', saslMechanism: 'plain', username: 'u', hasPassword: false },
  mark: production,
};

describe('a connection of the settings', () => {
  test.each<[string, object, Partial<ConnectionSettings>]>([
    ['that says nothing is as the default one', {}, {}],
    [
      'brokers and topic',
      { brokers: ['a:1', 'b:2'], topic: ' x ' },
      { brokers: 'a:1, b:2', topic: 'x' },
    ],
    ['where to start', { startFrom: 'earliest' }, { start: { kind: 'earliest' } }],
    [
      'the last records',
      { startFrom: 'last', lastRecords: 7 },
      { start: { kind: 'last', count: 7 } },
    ],
    ['so many records', { lastRecords: 1e9 }, { start: { kind: 'last', count: 100_000 } }],
    [
      'a time',
      { startFrom: 'time', startTime: '2026-11-24T00:00:00Z' },
      { start: { kind: 'time', timestampMs: Date.UTC(2026, 10, 24) } },
    ],
    ['a time that is none', { startFrom: 'time', startTime: 'yesterday' }, {}],
    [
      'TLS and a login',
      { tls: true, caFile: '/c', saslMechanism: 'plain', username: 'u' },
      { tls: true, caFile: '/c', saslMechanism: 'plain', username: 'u' },
    ],
    ['a colour', { color: 'green' }, { mark: { name: 'x', color: 'green' } }],
    ['a colour that is none', { color: 'constructor' }, {}],
    [
      'what is of no form',
      { brokers: 'a:1', topic: 7, tls: 'yes', saslMechanism: 'kerberos', lastRecords: Number.NaN },
      {},
    ],
    ['no brokers', { brokers: [] }, {}],
  ])('%s', (_name, kept, expected) => {
    const mark = { name: 'x', color: null };
    expect(readConnections({ ' x ': kept }, standard)).toEqual([
      { ...standard, mark, ...expected },
    ]);
  });

  test.each<[unknown, readonly string[]]>([
    [undefined, []],
    [[{ topic: 'x' }], []],
    [{ a: null, b: 'x', ' ': {}, c: {} }, ['c']],
    [
      Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`c${String(at)}`, {}])),
      Array.from({ length: 50 }, (_, at) => `c${String(at)}`),
    ],
  ])('the whole setting: %#', (kept, names) => {
    expect(readConnections(kept, standard).map(({ mark }) => mark?.name)).toEqual(names);
  });

  test('may have the fields, mechanisms and colours that the manifest offers', async () => {
    const manifest = JSON.parse(await readText('package.json')) as {
      contributes: {
        configuration: {
          properties: Record<
            string,
            { additionalProperties?: { properties: Record<string, { enum?: readonly string[] }> } }
          >;
        }[];
      };
    };
    const [kafka] = manifest.contributes.configuration;
    const fields =
      kafka?.properties['rpaTrace.connections']?.additionalProperties?.properties ?? {};
    for (const color of fields['color']?.enum ?? []) {
      expect(readConnections({ x: { color } }, standard)[0]?.mark?.color).toBe(color);
    }
    for (const saslMechanism of fields['saslMechanism']?.enum ?? []) {
      expect(readConnections({ x: { saslMechanism } }, standard)[0]).toMatchObject({
        saslMechanism,
      });
    }
    const written = await keptOf(form);
    expect(Object.keys(written).filter((name) => !Object.hasOwn(fields, name))).toEqual([]);
    expect(Object.keys(fields).sort()).toEqual(
      [...Object.keys(written), 'lastRecords', 'startTime'].sort(),
    );
  });
});

let vscode: FakeVscode;
beforeEach(() => {
  vscode = new FakeVscode();
});

const remember = (parts: Partial<ConnectionForm> = {}) =>
  rememberForm(vscode.api, { ...form, ...parts });

/** What the setting holds of a form. */
async function keptOf(of: ConnectionForm): Promise<object> {
  await rememberForm(vscode.api, of);
  const all = vscode.settings.get('rpaTrace.connections') as Record<string, object>;
  return all[of.mark?.name ?? ''] ?? {};
}

describe('what the form held under a name', () => {
  test.each<ConnectionForm['start']>([
    { kind: 'latest' },
    { kind: 'last', count: 7 },
    { kind: 'time', timestampMs: Date.UTC(2026, 10, 24) },
  ])('is read again as it was: %o', async (start) => {
    await remember({ start });
    const { hasPassword, ...kept } = form;
    expect(readSettings(vscode.api, {}).connections).toEqual([{ ...kept, topic: 'orders', start }]);
    expect(hasPassword).toBe(false);
  });

  test('stands beside the others and leaves the default connection alone', async () => {
    await remember();
    await remember({ mark: { name: 'test', color: null } });
    await remember();
    const names = readSettings(vscode.api, {}).connections.map(({ mark }) => mark);
    expect(names).toEqual([production, { name: 'test', color: null }]);
    expect(vscode.updated.map(([name, , target]) => [name, target])).toEqual([
      ['connections', 1],
      ['connections', 1],
    ]);
  });

  test('is kept in the workspace where it is of the workspace', async () => {
    vscode.workspaceSettings.set('rpaTrace.connections', { production: {} });
    vscode.settings.set('rpaTrace.connections', { test: {} });
    await remember();
    await remember({ mark: { name: 'other', color: null } });
    expect(
      vscode.updated.map(([, value, target]) => [Object.keys(value as object), target]),
    ).toEqual([
      [['production'], 2],
      [['test', 'other'], 1],
    ]);
  });
});
