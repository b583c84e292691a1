import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/base/json.ts';
import { branchPreview } from '../../../src/view/branchPreview.ts';
import { ancestors, childPath, partAt, valueText } from '../../../src/find/jsonPath.ts';
import {
  embeddedJson,
  jsonRows,
  openAtFirst,
  type JsonChoices,
  type JsonRow,
} from '../../../src/view/jsonRows.ts';
import { givenPartAt, givenPartsOf, goesOn, isGiven } from '../../../src/view/givenParts.ts';
import type { NamedValue } from '../../../src/trace/execution.ts';

const nothing: JsonChoices = { open: new Map(), from: new Map(), shown: new Map() };

/** The rows as indented text: what a reader sees. */
function drawn(rows: readonly JsonRow[]): string {
  return rows
    .map((row) => {
      const indent = '  '.repeat(row.depth);
      if (row.kind === 'more') {
        return `${indent}… ${row.rest} ${row.side === 'before' ? 'before' : 'more'}`;
      }
      const name = row.name === null ? '' : `${row.name}: `;
      if (row.kind === 'leaf') return `${indent}${name}${JSON.stringify(row.value)}`;
      const brackets = Array.isArray(row.value) ? `[${row.size}]` : `{${row.size}}`;
      return `${indent}${row.open ? '▾' : '▸'} ${name}${brackets}`;
    })
    .join('\n');
}

const invoice: Json = {
  no: 'INV-1',
  lines: [{ item: 'Paper', tags: [] }, { item: 'Toner' }],
  'a/b~c': null,
};

test('a small value is seen whole', () => {
  expect(drawn(jsonRows(invoice, nothing, openAtFirst(invoice)))).toBe(
    `
▾ {3}
  no: "INV-1"
  ▾ lines: [2]
    ▾ 0: {2}
      item: "Paper"
      ▸ tags: [0]
    ▾ 1: {1}
      item: "Toner"
  a/b~c: null`.slice(1),
  );
});

test('what the reader closed stays closed, by its path', () => {
  const choices = { ...nothing, open: new Map([['/lines/0', false]]) };
  expect(drawn(jsonRows(invoice, choices, openAtFirst(invoice)))).toContain('▸ 0: {2}\n    ▾ 1');
});

test('a large value begins with its outline', () => {
  const value = Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [`k${index}`, { inner: [1, 2, 3, 4, 5, 6, 7, 8] }]),
  );
  const rows = jsonRows(value, nothing, openAtFirst(value));
  expect(rows.length).toBeLessThan(45);
  expect(rows.filter(({ kind }) => kind === 'branch').length).toBeGreaterThan(30);
});

test('large arrays come by the hundred', () => {
  const value = Array.from({ length: 250 }, (_, index) => index);
  const first = jsonRows(value, nothing, openAtFirst(value));
  expect(drawn(first.slice(-2))).toBe('  99: 99\n  … 150 more');
  const choices = { ...nothing, shown: new Map([['', 200]]) };
  expect(drawn(jsonRows(value, choices, openAtFirst(value)).slice(-2))).toBe(
    '  199: 199\n  … 50 more',
  );
});

test('what stands far behind is shown with what is around it, and more on either side', () => {
  const value = Array.from({ length: 250 }, (_, index) => index);
  const choices = { ...nothing, from: new Map([['', 120]]), shown: new Map([['', 3]]) };
  expect(drawn(jsonRows(value, choices, openAtFirst(value)))).toBe(
    '▾ [250]\n  … 120 before\n  120: 120\n  121: 121\n  122: 122\n  … 127 more',
  );
});

test('a value that was sent in part is as large as the whole', () => {
  const value = { rows: [1, 2], 'a/b': {}, all: [1] };
  const begun = named(value, [
    { path: ['rows'], size: 5_000 },
    { path: ['a/b'], size: 300 },
  ]);
  const rows = jsonRows(value, nothing, openAtFirst(value), givenPartsOf(begun));
  expect(drawn(rows)).toBe(
    '▾ {3}\n  ▾ rows: [5000]\n    0: 1\n    1: 2\n    … 4998 more\n' +
      '  ▾ a/b: {300}\n    … 300 more\n  ▾ all: [1]\n    0: 1',
  );
  const isAway = rows.flatMap((row) => (row.kind === 'more' ? row.isAway : []));
  expect(isAway).toEqual([true, true]);
});

test('parts that were sent are shown before more is asked for', () => {
  const value = Array.from({ length: 250 }, (_, index) => index);
  const rows = jsonRows(
    value,
    nothing,
    openAtFirst(value),
    new Map([['', { path: [], size: 900 }]]),
  );
  expect(rows.at(-1)).toMatchObject({ kind: 'more', rest: 800, size: 900, isAway: false });
});

describe('of a list of which a window is given', () => {
  const value = { rows: Array.from({ length: 250 }, (_, index) => ({ no: 4_000 + index })) };
  const begun = named(value, [{ path: ['rows'], size: 9_000, from: 4_000 }]);
  const rowsOf = (choices: Partial<JsonChoices>) => {
    const open = new Map([['/rows', true]]);
    const all = jsonRows(
      value,
      { ...nothing, open, ...choices },
      new Set(['']),
      givenPartsOf(begun),
    );
    const list = all.slice(2);
    const [first, last] = [list[0], list.at(-1)];
    const parts = list.flatMap((row) => (row.kind === 'more' ? [] : row.path));
    const asMore = (row: JsonRow | undefined) =>
      row?.kind === 'more' ? [row.side, row.rest, row.size, row.isAway] : null;
    return [asMore(first), parts[0], parts.at(-1), asMore(last)];
  };
  const at = (from: number, shown: number) => ({
    from: new Map([['/rows', from]]),
    shown: new Map([['/rows', shown]]),
  });

  test.each<[string, Partial<JsonChoices>, unknown[]]>([
    [
      'its first page is shown, and places are those in the whole',
      {},
      [['before', 4_000, 9_000, true], '/rows/4000', '/rows/4099', ['behind', 4_900, 9_000, false]],
    ],
    [
      'what was chosen, and more is asked for where the next page ends beyond it',
      at(4_200, 20),
      [['before', 4_200, 9_000, false], '/rows/4200', '/rows/4219', ['behind', 4_780, 9_000, true]],
    ],
    [
      'what was chosen up to where it ends',
      at(4_200, 100),
      [['before', 4_200, 9_000, false], '/rows/4200', '/rows/4249', ['behind', 4_750, 9_000, true]],
    ],
    [
      'what was chosen from where it begins',
      at(3_950, 100),
      [['before', 4_000, 9_000, true], '/rows/4000', '/rows/4049', ['behind', 4_950, 9_000, false]],
    ],
    [
      'its first page where nothing that was chosen is there',
      at(100, 100),
      [['before', 4_000, 9_000, true], '/rows/4000', '/rows/4099', ['behind', 4_900, 9_000, false]],
    ],
  ])('%s', (_, choices, rows) => {
    expect(rowsOf(choices)).toEqual(rows);
  });

  test.each([
    ['/rows/4000/no', 4_000],
    ['/rows/4249', { no: 4_249 }],
    ['/rows/3999', undefined],
    ['/rows/4250', undefined],
    ['/rows/no', undefined],
  ])('the part at %j', (path, part) => {
    const all = givenPartsOf(begun);
    expect(givenPartAt(value, path, all)).toEqual(part);
    expect(isGiven(begun, path, { offset: 0, length: 1 })).toBe(part !== undefined);
  });
});

test.each([
  [100, 5, true],
  [99, 5, false],
  [145, 5, true],
  [147, 5, false],
  [149, 900, false],
])('whether signs of a text are given: from %i on %i', (offset, length, isThere) => {
  const text = named({ text: 'x'.repeat(50) }, [{ path: ['text'], size: 400, from: 100 }]);
  expect(isGiven(text, '/text', { offset, length })).toBe(isThere);
});

test.each([
  ['', true],
  ['/a', true],
  ['/a/b', true],
  ['/a/b/0', false],
  ['/c', false],
])('whether %j goes on beyond what is given', (path, isSo) => {
  const begun = named({ a: { b: [] }, c: 1 }, [{ path: ['a', 'b'], size: 900 }]);
  expect(goesOn(givenPartsOf(begun), path)).toBe(isSo);
});

function named(value: Json, leftOut: NamedValue['leftOut'] = []): NamedValue {
  return { name: 'given', value, form: 'json', round: null, leftOut };
}

test.each([
  ['/lines/1/item', 'Toner'],
  ['/a~1b~0c', null],
  ['', invoice],
  ['/lines/7', undefined],
  ['/no/0', undefined],
  ['/toString', undefined],
])('the part at %j', (path, part) => {
  expect(partAt(invoice, path)).toEqual(part);
});

test('depth needs no stack of its own', () => {
  let deep: Json = 1;
  for (let level = 0; level < 20_000; level++) deep = [deep];
  const open = new Map<string, boolean>();
  let path = '';
  for (let level = 0; level < 200; level++, path += '/0') open.set(path, true);
  expect(jsonRows(deep, { ...nothing, open }, openAtFirst(deep, 5)).length).toBeGreaterThan(200);
});

test('keys of objects are data', () => {
  const value = JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}') as Json;
  expect(drawn(jsonRows(value, nothing, openAtFirst(value)))).toBe(
    '▾ {2}\n  ▾ __proto__: {1}\n    x: 1\n  constructor: 2',
  );
});

test('a path tells the way back', () => {
  const path = childPath(childPath('', 'a/b~c'), '0');
  expect(path).toBe('/a~1b~0c/0');
  expect(ancestors(path)).toEqual([
    { path: '', key: 'a/b~c' },
    { path: '/a~1b~0c', key: '0' },
  ]);
});

describe('JSON in a text', () => {
  test.each([
    ['an object', ' {"a": 1}', { a: 1 }],
    ['an array', '[1]', [1]],
    ['a number is none', '12', null],
    ['a sentence is none', '{selector} not found', null],
    ['nothing', '', null],
    ['digits beyond 2^53', '{"id": 9007199254740993}', { id: '9007199254740993' }],
    ['what nests as deep as nobody opens', '['.repeat(30_000) + ']'.repeat(30_000), null],
  ])('%s', (_name, text, value) => {
    expect(embeddedJson(text)).toEqual(value);
  });
});

test('texts are copied as they are, values as JSON', () => {
  expect([valueText('a\nb'), valueText({ a: [1] })]).toEqual([
    'a\nb',
    '{\n  "a": [\n    1\n  ]\n}',
  ]);
});

test.each([
  [{}, ''],
  [{ id: 7, name: 'Ann', items: [1, 2], none: {} }, 'id: 7, name: "Ann", items: [2], none: {}'],
  [[1, 'two', null], '1, "two", null'],
  [Array.from({ length: 99 }, (_, index) => index), '0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11…'],
  [{ long: 'x'.repeat(99), more: 1 }, `long: "${'x'.repeat(32)}…", more: 1`],
])('a closed branch is told in one line', (value, text) => {
  expect(branchPreview(value)).toBe(text);
});
