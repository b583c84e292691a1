import { expect, test } from 'vitest';
import { recordWith, recordsOf } from '../../support/fixtures.ts';
import { engineParts, fixtures } from '../engine/world.ts';

test('an execution that ends is told with its record, a snapshot is stored unless it is late', () => {
  const { take, store } = engineParts();
  const records = recordsOf(fixtures.snapshots);
  const each = records.map((record) => take([record]));
  // The file holds two snapshots, the final record, and a snapshot that is late.
  expect(each.map(({ changed, finished }) => [changed, finished.length])).toEqual([
    [true, 0],
    [true, 0],
    [true, 1],
    [false, 0],
  ]);
  expect(each[2]?.finished[0]).toMatchObject({
    ...{ summary: { outcome: 'succeeded' }, record: { offset: '2' }, again: false },
  });
  expect(store.size).toBe(1);
});

test('what is kept of a record is its own: its source may write over what it gave', () => {
  const { ingest, store } = engineParts();
  const records = recordsOf(fixtures.succeeded);
  const given = records.map((record) => ({ ...record, value: Buffer.from(record.value!) }));
  ingest.take(given, 0);
  for (const { value } of given) value.fill(0x20);
  const held = store.oldestFirst.map((stored) => Buffer.from(store.held.of(stored)!));
  expect(held).toEqual(records.map(({ value }) => Buffer.from(value!)));
});

test('a record that was written twice ends its execution again, and is known for it', () => {
  const { take, store } = engineParts();
  const [record] = recordsOf(fixtures.failed);
  const twice = record === undefined ? [] : [record, record];
  expect(take(twice).finished.map(({ again }) => again)).toEqual([false, true]);
  expect(store.size).toBe(1);
});

test('a record that is read again from its place is no news', () => {
  const { ingest } = engineParts();
  const records = recordsOf(fixtures.failed);
  expect(ingest.take(records, 0).finished).toHaveLength(1);
  expect(ingest.take(records, 0)).toMatchObject({
    ...{ count: records.length, changed: false, finished: [], reported: [] },
  });
});

test('what cannot be read is listed and keeps nothing else from being read', () => {
  const { take, rejected, store } = engineParts();
  const good = recordsOf(fixtures.succeeded);
  const bad = recordsOf(fixtures.unreadable);
  const { changed, finished } = take([...bad, ...good]);
  expect(changed).toBe(true);
  expect(finished.at(-1)?.summary.outcome).toBe('succeeded');
  expect(rejected.total).toBeGreaterThan(0);
  expect(rejected.total + store.size).toBeLessThanOrEqual(bad.length + good.length);
});

const secret = 'Kq9zPmXw2LkB7';
const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj';

test.each<[kind: string, lines: readonly string[]]>([
  ['a table of tabs', ['user\tpassword', 'ann\tx', `bob\t${secret}`]],
  [
    'a table of commas',
    ['"user","password"', ...Array<string>(9).fill('"a","b"'), `"b","${secret}"`],
  ],
  ['a table cell by cell', ['"user"', '"password"', '"bob"', `"${secret}"`]],
  ['a table in Chinese', ['账号,密码', `bob,${secret}`]],
  ['JSON that ends a line behind a colon', ['"password":', `"${secret}"`]],
  ['JSON that ends a line within a value', ['"password": "abcd', `${secret}", "user": "bob"`]],
  ['rows behind their columns', ['INSERT INTO users (u,password) VALUES', `('bob','${secret}');`]],
  ['a name alone on its line', ['Password:', secret]],
  [
    'a private key',
    [
      '-----BEGIN RSA PRIVATE KEY-----',
      'Proc-Type: 4,ENCRYPTED',
      '',
      body,
      body,
      secret,
      '-----END RSA PRIVATE KEY-----',
    ],
  ],
  ['a private key in a log', ['10:02 key -----BEGIN PRIVATE KEY-----', `10:02 ${body}`, secret]],
])('a secret in lines that cannot be read is hidden where another names it: %s', (_kind, lines) => {
  const { take, rejected } = engineParts();
  take(lines.map((line) => recordWith(line)));
  const shown = rejected.page(0, 99).map(({ preview }) => preview);
  expect(shown).toHaveLength(lines.length);
  expect(shown.join('\n')).not.toMatch(/Kq9zPmXw|9w0BAQEF/);
});

test('lines that cannot be read are shown where those before tell nothing of them', () => {
  const lines = [
    ...['user,password', 'ann,abcd', 'Total: 12 rows', '-----BEGIN PRIVATE KEY-----'],
    ...['10:02 INFO order SO-1001 was sent', 'login ok', 'INV-2024-001'],
  ];
  const { take, rejected } = engineParts();
  take(lines.map((line) => recordWith(line)));
  const shown = rejected.page(0, 99).map(({ preview }) => preview);
  expect(shown.slice(0, 3)).toEqual(lines.slice(-3).reverse());
  expect(shown).toContain('Total: 12 rows');
});

test('lines of another place, and what stands behind a record, are no part of them', () => {
  const good = recordsOf(fixtures.succeeded);
  const { take, rejected } = engineParts();
  take([recordWith('user,password'), recordWith('bob,Kq9z2', { topic: 'other' })]);
  take([recordWith('user,password'), ...good, recordWith('bob,Kq9z3')]);
  const shown = rejected.page(0, 99).map(({ preview }) => preview);
  expect(shown).toEqual(expect.arrayContaining(['bob,Kq9z2', 'bob,Kq9z3']));
});

test.each<['next' | 'older', number[]]>([
  ['next', [1, 2]],
  ['older', [2, 1]],
])('a damaged batch that is %s stands with those of its age', (age, order) => {
  const { ingest, rejected } = engineParts();
  const batch = {
    ...{ topic: 't', partition: 1, offset: '17', lastOffset: '19', fault: 'checksum' as const },
    ...{ bytes: 345, detail: '' },
  };
  ingest.takeUnreadable({ ...batch, partition: 2 }, 'next');
  ingest.takeUnreadable(batch, age);
  expect(rejected.page(0, 9).map(({ partition }) => partition)).toEqual(order);
});
