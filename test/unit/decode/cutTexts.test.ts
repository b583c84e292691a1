import { expect, test } from 'vitest';

import type { Json } from '../../../src/base/json.ts';
import { readValue } from '../../../src/decode/values.ts';
import { MaskRoom } from '../../../src/masking/maskRoom.ts';
import { createRedactor } from '../../../src/masking/redact.ts';
import { usualRules } from '../../support/usualRules.ts';

const redactor = createRedactor([], usualRules);

const secret = 'Wn7!kq2zRt5-xPq8vB3n';
const line = (index: number) =>
  index % 9 === 4 ? `password=${secret}` : `Line ${String(index)} 发票 😀 of a long report`;
const lines = Array.from({ length: 8_000 }, (_, index) => line(index));

const texts: readonly [name: string, text: string][] = [
  ['many lines', lines.join('\n')],
  ['one long line', lines.join(', ')],
  ['signs of two halves', '😀'.repeat(200_000)],
  ['a short end', `${'word '.repeat(14_000)}\nend`],
];

/** A value of which only parts are given, around a sign of a text in it. */
function given(value: Json, path: string[], offset?: number) {
  const room = new MaskRoom([
    { section: 'output', index: 0, path, ...(offset !== undefined && { offset }) },
  ]);
  room.enter('output');
  return readValue('report', value, null, redactor.within(room));
}

test.each(texts)('windows of %s, one after another, are the whole masked text', (_, text) => {
  const whole = readValue('report', text, null, redactor).value as string;
  expect(whole).not.toContain(secret);
  let seen = '';
  while (seen.length < whole.length) {
    const { value, leftOut } = given(text, [], seen.length);
    const [{ from = 0, size, lines: beside } = { size: 0 }] = leftOut ?? [];
    const part = value as string;
    expect(part.length).toBeLessThanOrEqual(68 * 1024);
    expect(size).toBe(whole.length);
    expect(whole.slice(from, from + part.length)).toBe(part);
    expect(part.isWellFormed()).toBe(true);
    expect(from).toBeLessThanOrEqual(seen.length);
    expect(beside).toEqual({
      before: whole.slice(0, from).split('\n').length - 1,
      behind: whole.slice(from + part.length).split('\n').length - 1,
    });
    const now = whole.slice(0, from + part.length);
    expect(now.length).toBeGreaterThan(seen.length);
    seen = now;
  }
  expect(seen).toBe(whole);
});

test('of a long text its beginning is given where nothing of it is wanted', () => {
  const { value, leftOut } = given({ head: 1, list: ['short', lines.join('\n')] }, []);
  const [, begin] = (value as { list: string[] }).list;
  const whole = readValue('report', lines.join('\n'), null, redactor).value as string;
  expect(begin).toBe(whole.slice(0, begin?.length));
  expect(leftOut).toMatchObject([{ path: ['list', '1'], lines: { before: 0 } }]);
  expect(leftOut?.[0]).not.toHaveProperty('from');
});

test('a text in a list of which a window is given', () => {
  const rows: Json[] = Array.from(
    { length: 5_000 },
    (_, index) => `row ${String(index)} of some words`,
  );
  rows[4_000] = lines.join('\n');
  const { value, leftOut } = given(rows, ['4000'], 200_000);
  const [list, text] = leftOut ?? [];
  const at = 4_000 - (list?.from ?? 0);
  expect(text?.path).toEqual(['4000']);
  const part = (value as string[])[at] ?? '';
  expect(text?.from).toBeLessThanOrEqual(200_000);
  expect((text?.from ?? 0) + part.length).toBeGreaterThan(200_000);
});

const png = `data:image/png;base64,${Buffer.from(
  Uint8Array.from([
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 9, 0, 0,
    0, 9,
  ]),
).toString('base64')}${'A'.repeat(100_000)}`;

test.each<[string, Json]>([
  ['a short text', 'word '.repeat(1_000)],
  ['a picture', png],
  ['JSON in a text, which is drawn as a tree', { text: `[${'"word",'.repeat(20_000)}1]` }],
])('%s is given whole', (_, value) => {
  expect(given(value, []).leftOut).toBeUndefined();
  expect(given(value, []).value).toEqual(readValue('report', value, null, redactor).value);
});
