import { expect, test } from 'vitest';

import type { Json } from '../../../src/base/json.ts';
import { nestedFields } from '../../../src/base/nestedFields.ts';

const nested = (fields: Record<string, Json>) =>
  nestedFields(Object.entries(fields), new Set(['trace']));

test.each<[string, Record<string, Json>, Json]>([
  ['plain ones', { a: 1, b: [2] }, { a: 1, b: [2] }],
  ['levels', { 'a.b.c': 1, 'a.d': 2, e: 3 }, { a: { b: { c: 1 }, d: 2 }, e: 3 }],
  ['an empty object before its fields', { srv: {}, 'srv.a': 1 }, { srv: { a: 1 } }],
  ['an empty object behind them', { 'srv.a': 1, srv: {} }, { srv: { a: 1 } }],
  ['another form of a value', { sid: 'a', 'sid.keyword': 'a' }, { sid: 'a' }],
  ['another form in front of it', { 'sid.keyword': 'a', sid: 'a' }, { sid: 'a' }],
  ['a list, and what its elements hold', { trace: [1], 'trace.id': ['a', 'b'] }, { trace: [1] }],
  ['a list of which that alone is left', { sid: 'a', 'trace.id': ['a'] }, { sid: 'a' }],
])('%s', (_name, fields, expected) => {
  expect(nested(fields)).toEqual(expected);
});

test('names of what objects have are names like any other', () => {
  const made = nestedFields(
    [
      ['__proto__.polluted', 1],
      ['constructor.prototype.polluted', 1],
      ['a', {}],
      ['a.__proto__.polluted', 1],
    ],
    new Set(),
  );
  expect(JSON.stringify(made)).toBe(
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"a":{"__proto__":{"polluted":1}}}',
  );
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('a name of thousands of dots is left out', () => {
  expect(nested({ ['a.'.repeat(100_000)]: 1, b: 2 })).toEqual({ b: 2 });
});
