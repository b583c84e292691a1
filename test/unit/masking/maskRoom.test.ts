import { expect, test } from 'vitest';

import type { Json } from '../../../src/base/json.ts';
import { MaskRoom } from '../../../src/masking/maskRoom.ts';
import { createRedactor } from '../../../src/masking/redact.ts';
import { usualSizes } from '../../../src/decode/bytes/largePlaces.ts';
import { lazily } from '../../support/lazily.ts';
import { mostFurther } from '../../../src/protocol/inspector.ts';
import { usualRules } from '../../support/usualRules.ts';

const redactor = createRedactor([], usualRules);

/** The beginning of a value, and what was left out of it. */
function begin(value: Json, room = new MaskRoom()) {
  room.begin();
  const masked = redactor.within(room).named('given', value);
  return { masked, leftOut: room.leftOutOf(masked) };
}

const secret = 'Wn7!kq2zRt5-x';
const words = (index: number) => `Row ${String(index)} ${'of some words '.repeat(4)}`;
const many = 5_000;
const filled = (row: (index: number) => Json): Json[] =>
  Array.from({ length: many }, (_, i) => row(i));

/** Tables and lists in which a secret is told by its place. */
const values: readonly [name: string, value: Json][] = [
  ['rows', { rows: filled((index) => ({ index, text: words(index), password: secret })) }],
  [
    'a table whose head is its first row',
    [['user', 'password'], ...filled((i) => [words(i), secret])],
  ],
  ['columns beside rows', { columns: ['user', 'token'], rows: filled((i) => [words(i), secret]) }],
  ['pairs', filled((i) => ({ name: i % 2 === 0 ? 'password' : words(i), value: secret }))],
  [
    'cookies',
    filled((i) => ({ name: words(i), value: secret, httpOnly: true, domain: 'a.example' })),
  ],
  [
    'a list of secrets',
    { tokens: filled((i) => `${secret.repeat(3)}${String(i)}kJ8`), text: words(1) },
  ],
  [
    'fields of an object',
    Object.fromEntries(
      filled((i) => [`${words(i)} token`, secret]).map((row) => row as [string, Json]),
    ),
  ],
  ['a list in a row', filled((i) => ({ text: words(i), list: [words(i), { api_key: secret }] }))],
];

test.each(values)('the beginning of %s is masked as in the whole', (_, value) => {
  const whole = redactor.named('given', value);
  const { masked, leftOut } = begin(value);
  expect(leftOut.length).toBeGreaterThan(0);
  expect(JSON.stringify(masked).length).toBeLessThan(0.75 * JSON.stringify(whole).length);
  expectBeginning(masked, whole);
});

test.each(values)('the beginning of %s is the same where it is read from its bytes', (_, value) => {
  const text = JSON.stringify(value);
  expect(begin(lazily(text, usualSizes).value)).toEqual(begin(value));
  const small = lazily(text, { large: 30, page: 50 });
  expect(redactor.named('given', small.value)).toEqual(redactor.named('given', value));
});

test('of a value that is read from its bytes nothing is parsed behind the beginning', () => {
  const text = JSON.stringify({ rows: filled((index) => ({ index, text: words(index) })) });
  const read = lazily(text, usualSizes);
  begin(read.value);
  expect(read.parsed).toBeGreaterThan(48 * 1024);
  expect(read.parsed).toBeLessThan(0.3 * text.length);
});

function expectBeginning(begun: Json, whole: Json): void {
  if (typeof begun !== 'object' || begun === null) {
    expect(begun).toEqual(whole);
    return;
  }
  for (const [key, part] of Object.entries(begun)) {
    expectBeginning(part, (whole as Record<string, Json>)[key]!);
  }
}

test('what is left out is told with its place and size', () => {
  const value = { head: 1, 'a/b': { rows: filled(words) }, tail: { last: [1, 2] } };
  const { masked, leftOut } = begin(value);
  expect(leftOut).toEqual([{ path: ['a/b', 'rows'], size: many }]);
  expect(masked).toMatchObject({ head: 1, tail: { last: [1, 2] } });
});

test('what is small is whole, and nothing is told of it', () => {
  const value = {
    rows: Array.from({ length: 300 }, (_, index) => ({ index, text: 'some words' })),
  };
  expect(begin(value)).toEqual({ masked: value, leftOut: [] });
});

test('however large the values before it, each is begun', () => {
  const room = new MaskRoom();
  begin(filled(words), room);
  const { masked } = begin({ rows: filled(words) }, room);
  expect((masked as { rows: Json[] }).rows.length).toBeGreaterThan(20);
});

test('lists in lists without end are left out as well', () => {
  const nest = (depth: number): Json =>
    depth === 0 ? words(1) : Array.from({ length: 12 }, () => nest(depth - 1));
  const { masked, leftOut } = begin(nest(5));
  expect(JSON.stringify(masked).length).toBeLessThan(2_000_000);
  expect(leftOut.length).toBeGreaterThan(0);
});

test.each([1, 2])(
  'who wants more of it %i times gets four times as much each time, and the same before it',
  (further) => {
    const value = { rows: filled((index) => ({ index, text: words(index), password: secret })) };
    const rowsOf = (times: number) =>
      (begin(value, new MaskRoom(times)).masked as { rows: Json[] }).rows;
    const [before, now] = [rowsOf(further - 1), rowsOf(further)];
    expect(now.slice(0, before.length)).toEqual(before);
    expect(now.length).toBeGreaterThanOrEqual(Math.min(3.5 * before.length, many));
  },
);

test('so often that no record is larger all of it is there', () => {
  const value = { rows: filled(words) };
  expect(begin(value, new MaskRoom(mostFurther))).toEqual({ masked: value, leftOut: [] });
});
