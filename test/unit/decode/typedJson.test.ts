import { expect, test } from 'vitest';

import type { JsonObject } from '../../../src/base/json.ts';
import { withoutTypes } from '../../../src/decode/typedJson.ts';

const dynamo = (data: object): JsonObject =>
  ({ sid: { S: 'a' }, status: { M: { code: { N: '0' } } }, data }) as unknown as JsonObject;
const avro = (data: object): JsonObject =>
  ({ sid: { string: 'a' }, data }) as unknown as JsonObject;
const mongo = (data: object): JsonObject =>
  ({ sid: 'a', status: { code: { $numberInt: '0' } }, data }) as unknown as JsonObject;

test.each<[string, JsonObject, unknown]>([
  ['a text', dynamo({ S: 'x' }), 'x'],
  ['a number', dynamo({ N: '1.5' }), 1.5],
  ['a number of too many digits', dynamo({ N: '9007199254740993' }), '9007199254740993'],
  ['what is a number to JavaScript alone', dynamo({ N: '0x10' }), '0x10'],
  ['a set of numbers', dynamo({ NS: ['1', '2.5'] }), [1, 2.5]],
  ['no number', dynamo({ N: ' ' }), { N: ' ' }],
  ['a text where a number stands', dynamo({ N: 7 }), { N: 7 }],
  ['truth', dynamo({ BOOL: false }), false],
  ['nothing', dynamo({ NULL: true }), null],
  ['lists', dynamo({ L: [{ N: '1' }, { SS: ['a', 'b'] }] }), [1, ['a', 'b']]],
  ['objects', dynamo({ M: { a: { BOOL: true }, b: { M: {} } } }), { a: true, b: {} }],
  ['no wrapper, for there are two names', dynamo({ S: 'x', N: '1' }), { S: 'x', N: '1' }],
  ['what no type is called', dynamo({ X: 'x' }), { X: 'x' }],
  ['a union of Avro', avro({ long: 3 }), 3],
  ['a record of Avro', avro({ 'com.example.Data': { a: { boolean: true } } }), { a: true }],
  ['a list of Avro', avro({ array: [{ double: 0.5 }, { null: null }] }), [0.5, { null: null }]],
  ['what a wrapper of Avro can’t hold: a text', avro({ string: 7 }), { string: 7 }],
  ['a number', avro({ int: 'x' }), { int: 'x' }],
  ['a list', avro({ array: 7 }), { array: 7 }],
  ['an object', avro({ map: [] }), { map: [] }],
  ['truth', avro({ boolean: 1 }), { boolean: 1 }],
  ['an id of MongoDB', mongo({ $oid: '64aa' }), '64aa'],
  ['a time of MongoDB', mongo({ $date: '2026-11-24T08:00:00Z' }), '2026-11-24T08:00:00Z'],
  ['its canonical form', mongo({ $date: { $numberLong: '1565546054692' } }), 1_565_546_054_692],
  ['a fraction of MongoDB', mongo({ $numberDecimal: '0.10' }), 0.1],
])('types go: %s', (_, root, data) => {
  expect(withoutTypes(root)).toMatchObject({ sid: 'a', data });
});

test.each<[string, JsonObject]>([
  ['plain', { sid: 'a', status: { code: 0 }, trace: [{ id: '1', data: { S: 'x', N: 'y' } }] }],
  ['nothing', {}],
  ['with a status that is a list', { sid: 'a', status: [1] }],
  ['with entries that are texts', { sid: 'a', trace: ['x'] }],
])('a record without types is left alone: %s', (_, root) => {
  expect(withoutTypes(root)).toBeUndefined();
});

test('by an entry alone it is told as well, and what is very deep stays as it is', () => {
  const deep = Array.from({ length: 300 }).reduce<object>((within) => ({ L: [within] }), {
    S: 'x',
  });
  const root = { sid: 'a', trace: [{ id: { S: '1' }, deep }] } as unknown as JsonObject;
  expect(JSON.stringify(withoutTypes(root))).toContain('"id":"1"');
});
