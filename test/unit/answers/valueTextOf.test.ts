import { expect, test } from 'vitest';

import { valueTextOf } from '../../../src/answers/valueTextOf.ts';
import type { ValueRef } from '../../../src/protocol/inspector.ts';
import { longKey, longRow, longRun } from '../../support/longRun.ts';
import { engineParts, treeQuery } from '../engine/world.ts';

const rows = Array.from({ length: 20_000 }, (_, id) => ({ id, name: `Customer ${String(id)}` }));
const ofStep = { key: longKey, row: longRow(0), section: 'output', index: 0, path: '' } as const;

async function opened() {
  const { take, tree } = engineParts();
  const output = { 'a/b': { rows }, password: 'Kx8372qq', said: 'one\ntwo', of: 'Kx8372qq!' };
  take([longRun([{ output }])]);
  await tree.window(treeQuery(longKey));
  return (ref: Partial<ValueRef>) => valueTextOf({ ...ofStep, ...ref }, tree);
}

test.each<[string, Partial<ValueRef>, string]>([
  ['all of a value, however large', {}, JSON.stringify({ rows }, null, 2)],
  ['a part of one', { path: '/rows/19999' }, JSON.stringify(rows[19_999], null, 2)],
  ['a text in a part as it is', { path: '/rows/7/name' }, 'Customer 7'],
  ['a text as it is', { index: 2 }, 'one\ntwo'],
  ['a field of the execution itself', { row: null, section: 'other', index: 0 }, 'f'],
])('gives %s', async (_, ref, text) => {
  const textOf = await opened();
  expect(await textOf(ref)).toBe(text);
});

test('gives no secret, where it is named and where it is said', async () => {
  const textOf = await opened();
  for (const index of [1, 3]) expect(await textOf({ index })).not.toContain('Kx8372');
});

test.each<[string, Partial<ValueRef>]>([
  ['value', { index: 9 }],
  ['part', { path: '/rows/20000' }],
  ['section', { section: 'timing' }],
  ['row', { row: 'none' }],
  ['execution', { key: 'none' }],
])('says that there is no such %s any more', async (_, ref) => {
  const textOf = await opened();
  await expect(textOf(ref)).rejects.toMatchObject({ reason: 'notFound' });
});
