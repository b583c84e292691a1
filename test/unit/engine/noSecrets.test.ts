import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { treeCommand } from '../../../scripts/tree.ts';
import { composeEngine } from '../../../src/engine/compose.ts';
import type { ConsumedRecord } from '../../../src/record/consumedRecord.ts';
import { recordFixtures, recordsOf } from '../../support/fixtures.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { repositoryRoot } from '../../support/paths.ts';
import { listQuery, treeQuery } from './world.ts';
import { plantedSecret } from '../../support/plantedSecrets.ts';
import { asked } from '../../support/asked.ts';

/** Each holds secrets in places of its own: text, base64, JSON in text, code, addresses, what a tool echoes. */
const withSecrets = recordFixtures().filter((name) => holdsSecret(name));

function holdsSecret(name: string): boolean {
  return recordsOf(name).some(({ value }) => leakIn(textOf(value)) !== undefined);
}

function textOf(value: ConsumedRecord['value']): string {
  return new TextDecoder().decode(value ?? undefined);
}

/** What of a planted secret stands in a text, also behind base64 and in the columns of bytes. */
function leakIn(text: string): string | undefined {
  const encoded = text.match(/[\w+/-]{24,}={0,2}/g) ?? [];
  const columns = text.match(/(?:\b[\da-f]{2} ){7,}[\da-f]{2}/g) ?? [];
  const decoded = [
    ...encoded.map((part) => Buffer.from(part, 'base64').toString('utf8')),
    ...columns.map((part) => Buffer.from(part.replaceAll(' ', ''), 'hex').toString('utf8')),
  ];
  for (const part of [text, ...decoded]) {
    // Zeros stand between the letters of UTF-16.
    const found = plantedSecret.exec(part.replaceAll(/\0|\\+x00|\\u0000/g, ''));
    if (found !== null) return found[0];
  }
  return undefined;
}

/** An engine that has read the records, and everything it told unasked: events, notifications, log lines. */
async function engineOver(records: readonly (Uint8Array | string)[]) {
  const told: [string, unknown][] = [];
  const ended = Promise.withResolvers<undefined>();
  const engine = composeEngine({
    // At the beginning of time nothing is history: each failure is news.
    clock: new ManualClock(0),
    emit: (name, payload) => {
      told.push([name, structuredClone(payload)]);
      if (name === 'state' && JSON.stringify(payload).includes('"ended"')) ended.resolve(undefined);
    },
  });
  const files = records.map((record, index) => ({
    name: `${String(index)}.jsonl`,
    bytes: typeof record === 'string' ? new TextEncoder().encode(record) : record,
  }));
  await engine.handlers.openSource({ spec: { kind: 'contents', files }, keep: false });
  await ended.promise;
  return { told, handlers: engine.handlers };
}

/** A record each of whose nodes gave what it did, over and over; undefined for what has no nodes. */
function enlarged(text: string): string | undefined {
  let root: { readonly trace?: unknown };
  try {
    root = JSON.parse(text) as typeof root;
  } catch {
    return undefined;
  }
  if (!Array.isArray(root.trace)) return undefined;
  const trace = root.trace.map((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || !('data' in entry)) return entry;
    const times = Math.ceil(100_000 / JSON.stringify(entry.data).length);
    const given = Array.from({ length: times }, () => entry.data);
    return { ...entry, data: { ...Object(entry.data), output: { given } } as unknown };
  });
  return JSON.stringify({ ...root, trace });
}

const bytesOf = (name: string) => recordsOf(name).map(({ value }) => value ?? new Uint8Array());
const expectMasked = (shown: unknown) => {
  const text = typeof shown === 'string' ? shown : JSON.stringify(shown);
  expect(text.length).toBeGreaterThan(2);
  expect(leakIn(text)).toBeUndefined();
};

test('there are secrets to be found', () => {
  expect(withSecrets.length).toBeGreaterThan(4);
  expect(leakIn(Buffer.from('{"a": "EXAMPLE-KEY-1"}').toString('base64'))).toBe('EXAMPLE-KEY-1');
  expect(leakIn('00  45 58 41 4d 50 4c 45 2d 41 2d 42')).toBe('EXAMPLE-A-B');
});

describe.each(withSecrets)('of %s no secret is in', (name) => {
  test('the list, the trees, and what is copied, searched and opened of them', async () => {
    const { handlers } = await engineOver(bytesOf(name));
    const list = await asked(handlers, 'list', listQuery());
    expectMasked(list);
    for (const { key } of list.rows) {
      const tree = await asked(handlers, 'tree', treeQuery(key));
      expectMasked(tree);
      expectMasked(await asked(handlers, 'inspect', { key, row: null }));
      for (const row of tree.rows)
        expectMasked(await asked(handlers, 'inspect', { key, row: row.key }));
      const rows = tree.rows.map((row) => row.key);
      expectMasked(await asked(handlers, 'ahead', { key, rows }));
      for (const row of [null, ...rows]) {
        for (const section of ['input', 'output', 'config', 'other'] as const) {
          const ref = { key, row, section, index: 0, path: '' };
          const valueText = async () => (await handlers.valueText(ref)).text;
          const text = await valueText().catch(() => 'none');
          expectMasked({ text });
        }
      }
    }
  });

  test('the beginning of large values, and more of it', async () => {
    const large = recordsOf(name).flatMap(({ value }) => enlarged(textOf(value)) ?? []);
    const { handlers } = await engineOver(large);
    for (const { key } of (await asked(handlers, 'list', listQuery())).rows) {
      for (const row of (await asked(handlers, 'tree', treeQuery(key))).rows) {
        for (const further of [undefined, 1]) {
          const query = { key, row: row.key, part: 'beginning', further } as const;
          expectMasked(await asked(handlers, 'inspect', query));
        }
      }
    }
  });

  test('notifications, the log, and whatever else is told unasked', async () => {
    const { told, handlers } = await engineOver(bytesOf(name));
    expectMasked(told);
    const { rows } = await asked(handlers, 'list', listQuery());
    const failures = rows.filter(({ outcome }) => outcome === 'failed').map(({ key }) => key);
    const notified = told.flatMap(([event, payload]) => (event === 'failed' ? [payload] : []));
    expect(notified).toMatchObject(failures.toReversed().map((key) => ({ row: { key } })));
  });

  test('a saved file', async () => {
    const { handlers } = await engineOver(bytesOf(name));
    const target = { kind: 'list', scope: { kind: 'all' }, filter: '' } as const;
    const keys = await handlers.saveKeys(target);
    expectMasked((await handlers.saveSlice({ keys })).text);
  });

  test('rejected records, their text and their file', async () => {
    const whole = bytesOf(name).map((bytes) => Buffer.from(bytes));
    const broken = whole.flatMap((bytes) => [
      bytes.subarray(0, Math.floor(bytes.length * 0.9)),
      Buffer.concat([Buffer.from([0, 1, 0xff]), bytes]),
      Buffer.from(`\ufeff${bytes.toString('utf8')} and more`, 'utf16le'),
    ]);
    const { handlers } = await engineOver(broken);
    const { rows } = await handlers.rejected({ offset: 0, limit: 100 });
    expect(rows.length).toBeGreaterThan(0);
    expectMasked(rows);
    for (const position of rows) expectMasked(await handlers.rejectedText({ position }));
  });
});

test.each(['24-link-secrets-in-base64.json', '36-secrets-everywhere.g3.json'])(
  'the tree command shows no secret of %s',
  async (name) => {
    for (const options of [['--json'], []]) {
      const file = join(repositoryRoot, 'test', 'fixtures', 'records', name);
      const { stdout } = await treeCommand([file, ...options], () => new Uint8Array());
      expectMasked(stdout);
    }
  },
);

test('no secret is found by searching for it', async () => {
  for (const name of withSecrets) {
    const { handlers } = await engineOver(bytesOf(name));
    expect((await asked(handlers, 'list', listQuery({ filter: '' }))).total).toBeGreaterThan(0);
    const secrets = bytesOf(name).flatMap((bytes) => {
      return textOf(bytes).match(new RegExp(plantedSecret, 'g')) ?? [];
    });
    for (const secret of new Set(secrets)) {
      const { total } = await asked(handlers, 'list', listQuery({ filter: secret }));
      expect(`${secret} ${String(total)}`).toBe(`${secret} 0`);
    }
  }
});
