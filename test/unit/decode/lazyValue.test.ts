import { describe, expect, it } from 'vitest';

import type { Json } from '../../../src/base/json.ts';
import { lazyList } from '../../../src/base/lazyList.ts';
import { usualSizes } from '../../../src/decode/bytes/largePlaces.ts';
import { createRandom, type Random } from '../../../src/sources/sample/random.ts';
import { lazily } from '../../support/lazily.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
const sizes = [1, 8, 40, 300].flatMap((large) =>
  [1, 20, 200].map((page) => ({ name: `${large}/${page}`, large, page })),
);

const texts: readonly { readonly is: string; readonly text: string }[] = [
  { is: 'an empty list', text: '[]' },
  { is: 'an empty object, with room in it', text: `{${' '.repeat(400)}}` },
  { is: 'nothing but empty ones', text: '[[],{},[[]],{"a":{}}]' },
  { is: 'one number', text: '[-1.5e+3]' },
  { is: 'words and blanks', text: ' [ true , false ,\n null\t, "a" ] ' },
  { is: 'brackets, quotes and commas in texts', text: '["[,{","\\"],","\\\\",{"a]":"}"}]' },
  { is: 'Chinese', text: '{"发票":["一","二，三"],"名":{"é":"\\u00e9"}}' },
  { is: 'names that are numbers', text: '{"b":1,"2":[2,2],"1":{"x":[3]},"a":4}' },
  { is: 'names that come twice', text: '{"a":[1,2,3],"b":2,"a":{"c":4},"b":[5]}' },
  { is: 'names with escapes', text: '{"a\\"b":[1],"\\u0061":[2],"c\\n":{"d":[]}}' },
  { is: 'a name that objects have', text: '{"__proto__":{"a":[1]},"constructor":[2],"length":3}' },
  { is: 'what is large between what is small', text: '[1,[2,3,4,5,6,7,8,9,10,11,12],13,{"a":14}]' },
  {
    is: 'large ones alone',
    text: '[["aaaaaaaaaaaaaaaa"],["bbbbbbbbbbbbbbbbb"],["cccccccccccccc"]]',
  },
  { is: 'levels', text: `${'[1,'.repeat(28)}2${',3]'.repeat(28)}` },
];

/** All of it, read part by part. */
function copied(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(copied);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copied(part)]));
}

function expectParsed(text: string, how: (typeof sizes)[number]): void {
  const { value } = lazily(text, how);
  const parsed = JSON.stringify(JSON.parse(text));
  expect(JSON.stringify(copied(value)), how.name).toBe(parsed);
  expect(JSON.stringify(value), how.name).toBe(parsed);
}

describe('a value that is read where somebody looks is what is parsed', () => {
  it.each(texts)('of $is', ({ text }) => {
    for (const how of sizes) expectParsed(text, how);
  });

  it(`of any values (FUZZ_SEED=${seed})`, () => {
    const random = createRandom(seed);
    for (let n = 0; n < 400; n++) {
      const value = anyValue(random, 5);
      const text = JSON.stringify(value, null, random.pick([0, 2]));
      for (const how of sizes) expectParsed(text, how);
    }
  });
});

function anyValue(random: Random, depth: number): Json {
  const kind = random.int(0, depth === 0 ? 3 : 6);
  if (kind === 0) return random.int(-500, 500);
  if (kind === 1) return random.pick([true, false, null, 1.5, -0.25e-7]);
  if (kind <= 3)
    return random.pick(['', 'a', ']', '}', ',"', '\\', '\n', '发', '😀', 'text '.repeat(9)]);
  const parts = Array.from({ length: random.int(0, 11) }, () => anyValue(random, depth - 1));
  if (kind === 4) return parts;
  return Object.fromEntries(
    parts.map((part, at) => [random.pick(['a', '1', '{', 'é']) + String(at), part]),
  );
}

describe('of a large list', () => {
  const rows = Array.from({ length: 30_000 }, (_, index) => ({
    index,
    text: 'some words '.repeat(5),
  }));
  const text = JSON.stringify({ rows, rest: 1 });

  it('only the pages that somebody looks at are parsed, and all of it has pauses', () => {
    const read = lazily(text, usualSizes);
    expect(read.pauses).toBeGreaterThan(1);
    const list = (read.value as { rows: typeof rows }).rows;
    expect([list.length, list[0], list[29_999], list[17_001]]).toEqual([
      ...[30_000, rows[0], rows[29_999], rows[17_001]],
    ]);
    expect(read.parsed).toBeLessThan(5 * usualSizes.page);
  });

  it('what is large is parsed once, however many lists are around it and however often they are read', () => {
    const large = JSON.stringify({ text: 'some words '.repeat(10_000) });
    const levels = 24;
    const around = `${'['.repeat(levels)}${large}${',1]'.repeat(levels)}`;
    const read = lazily(around, usualSizes);
    expect(read.parsed).toBe(0);
    for (let times = 0; times < 3; times++) copied(read.value);
    expect(read.parsed).toBeLessThan(1.1 * around.length);
  });

  it('a list of texts is parsed at once, for all of it is read anyway', () => {
    const lines = JSON.stringify(Array.from({ length: 30_000 }, (_, at) => `line ${String(at)}`));
    const read = lazily(lines, usualSizes);
    for (let times = 0; times < 3; times++) copied(read.value);
    expect(read.parsed).toBe(lines.length);
  });

  it('each part is found, from the end on too', () => {
    const list = (lazily(text, usualSizes).value as { rows: typeof rows }).rows;
    for (let at = rows.length - 1; at >= 0; at -= 7) expect(list[at]?.index).toBe(at);
  });
});

it('a list whose items are made when they are read is a list for whoever asks', () => {
  const list = lazyList(3, (index) => index * 10);
  expect(Array.isArray(list)).toBe(true);
  expect([...list]).toEqual([0, 10, 20]);
  expect([list.length, list[1], list[3], list.at(-1)]).toEqual([3, 10, undefined, 20]);
  expect(list.map((item) => item)).toEqual([0, 10, 20]);
  expect([...list.entries()]).toEqual([
    [0, 0],
    [1, 10],
    [2, 20],
  ]);
  expect(Object.entries(list)).toEqual([
    ['0', 0],
    ['1', 10],
    ['2', 20],
  ]);
  expect([2 in list, 3 in list, list.includes(20), list.indexOf(10)]).toEqual([
    true,
    false,
    true,
    1,
  ]);
  expect(JSON.stringify(list)).toBe('[0,10,20]');
  expect(Reflect.set(list, '0', 1) || Reflect.deleteProperty(list, '0')).toBe(false);
});
