import { expect, test } from 'vitest';

import type { Json } from '../../../src/base/json.ts';
import { MaskRoom } from '../../../src/masking/maskRoom.ts';
import { createRedactor } from '../../../src/masking/redact.ts';
import { usualSizes } from '../../../src/decode/bytes/largePlaces.ts';
import { lazily } from '../../support/lazily.ts';
import type { LeftOutParts } from '../../../src/trace/execution.ts';
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

/** What of `given` is not what stands there in the whole; where lists are windows, from the first that is given on. */
function partsUnlike(given: Json, whole: Json, leftOut: readonly LeftOutParts[]): string[] {
  const firsts = new Map(leftOut.map(({ path, from = 0 }) => [path.join('/'), from] as const));
  const unlike: string[] = [];
  const compare = (part: Json, there: Json | undefined, path: readonly string[]): void => {
    if (typeof part !== 'object' || part === null) {
      if (part !== there) unlike.push(path.join('/'));
      return;
    }
    const from = firsts.get(path.join('/')) ?? 0;
    const wholePart = there as Readonly<Record<string, Json>>;
    for (const [key, inner] of Object.entries(part)) {
      const name = Array.isArray(part) ? String(Number(key) + from) : key;
      compare(inner, Object.hasOwn(wholePart, name) ? wholePart[name] : undefined, [...path, name]);
    }
  };
  compare(given, whole, []);
  return unlike;
}

/** What is given where this part is wanted. */
function around(value: Json, ...paths: string[][]) {
  const wanted = paths.map((path) => ({ section: 'input', index: 0, path }) as const);
  const room = new MaskRoom(wanted);
  room.enter('input');
  return begin(value, room);
}

/** The longest list or object of a value, and the way to it. */
function longestIn(value: Json, path: string[] = []): { path: string[]; names: string[] } {
  if (typeof value !== 'object' || value === null) return { path, names: [] };
  const own = { path, names: Object.keys(value) };
  return Object.entries(value)
    .slice(0, 3)
    .map(([name, part]) => longestIn(part, [...path, name]))
    .reduce((one, other) => (other.names.length > one.names.length ? other : one), own);
}

test.each(values)('windows of %s, one after another, are the whole', (_, value) => {
  const whole = redactor.named('given', value);
  const { path, names } = longestIn(whole);
  const seen = new Set<string>();
  for (let next = 0; next < names.length;) {
    const { masked, leftOut } = around(value, [...path, names[next]!]);
    expect(JSON.stringify(masked).length).toBeLessThan(200_000);
    expect(partsUnlike(masked, whole, leftOut)).toEqual([]);
    const { from = 0 } = leftOut.find((one) => one.path.join('/') === path.join('/')) ?? {};
    const given = path.reduce((at, name) => (at as Record<string, Json>)[name]!, masked);
    const until = from + Object.keys(given as object).length;
    expect([next, from <= next && until > next]).toEqual([next, true]);
    for (let at = from; at < until; at++) seen.add(names[at]!);
    next = until;
  }
  expect(seen.size).toBe(names.length);
});

test.each(values)('a window of %s is the same where it is read from its bytes', (_, value) => {
  const { path, names } = longestIn(redactor.named('given', value));
  const wanted = [...path, names[4_000]!];
  expect(around(lazily(JSON.stringify(value), usualSizes).value, wanted)).toEqual(
    around(value, wanted),
  );
});

test('of a value that is read from its bytes nothing is parsed but the window', () => {
  const text = JSON.stringify({ rows: filled((index) => ({ index, text: words(index) })) });
  const read = lazily(text, usualSizes);
  around(read.value, ['rows', '4990']);
  expect(read.parsed).toBeLessThan(0.3 * text.length);
});

test('a part in a part far behind is given, with what is around each', () => {
  const inner = (index: number) =>
    Array.from({ length: 2_000 }, (_, at) => `${words(index)} ${String(at)}`);
  const value = { rows: filled((index) => (index === 4_321 ? inner(index) : words(index))) };
  const { masked, leftOut } = around(value, ['rows', '4321', '1999']);
  const [rows, list] = leftOut;
  expect(rows).toMatchObject({ path: ['rows'], size: many, from: 4_221 });
  expect(list).toMatchObject({ path: ['rows', '4321'], size: 2_000, from: 1_899 });
  const given = (masked as { rows: Json[] }).rows;
  expect((given[100] as Json[]).at(-1)).toBe(`${words(4_321)} 1999`);
  expect(given.length).toBeGreaterThan(101);
});

test('what is wanted in two lists is given in both; of one list what was wanted last', () => {
  const value = { a: filled(words), b: filled(words) };
  const { leftOut } = around(value, ['a', '3000'], ['b', '4000'], ['a', '2000']);
  expect(leftOut).toEqual([
    { path: ['a'], size: many, from: 1_900 },
    { path: ['b'], size: many, from: 3_900 },
  ]);
});

test.each([
  ['near the beginning it begins there', ['rows', '50'], undefined],
  ['a part that is not there is not looked for', ['rows', '9999'], undefined],
  ['nor one of a text', ['rows', 'x'], undefined],
  ['the last one', ['rows', '4999'], 4_899],
])('where the window begins: %s', (_, path, from) => {
  const { leftOut } = around({ rows: filled(words) }, path);
  expect(leftOut[0]?.from).toBe(from);
});

test('large parts before the one that is wanted leave it room', () => {
  const large = 'x '.repeat(6_000);
  const { masked, leftOut } = around({ rows: filled(() => large) }, ['rows', '2000']);
  expect(leftOut[0]?.from).toBe(1_999);
  expect((masked as { rows: Json[] }).rows.length).toBeLessThan(8);
});

test('a hidden name is found by how it is shown, and has the number that it has in the whole', () => {
  const value = Object.fromEntries(
    filled(
      (index) =>
        `ghp_${'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5'.slice(0, 32)}${String(1_000 + index)}`,
    ).map((key) => [key as string, words(1)] as [string, Json]),
  );
  const whole = redactor.named('given', value) as Record<string, Json>;
  const names = Object.keys(whole);
  expect(names[4_000]).not.toBe(Object.keys(value)[4_000]);
  const { masked } = around(value, [names[4_000]!]);
  const given = Object.keys(masked as object);
  expect(given).toContain(names[4_000]);
  expect(names.slice(names.indexOf(given[0]!)).slice(0, given.length)).toEqual(given);
});
