import { expect, test } from 'vitest';

import type { Json } from '../../../src/base/json.ts';
import type { NamedValue } from '../../../src/trace/execution.ts';
import {
  fetchedFrom,
  isStoredAddress,
  storedAddress,
  withFetched,
} from '../../../src/view/fetchedValues.ts';
import type { InspectorSection } from '../../../src/view/inspectorSections.ts';

const address = 'http://minio:9000/workflow/3f9d2b1a6c414c0ea8f72b8b4a9a1c33.txt';
const other = address.replace('3f', '40');
const value = (held: Json, parts: Partial<NamedValue> = {}): NamedValue => ({
  ...{ name: 'a', value: held, form: 'json', round: null },
  ...parts,
});
const section = (...values: NamedValue[]): InspectorSection => ({
  ...{ id: 'output', title: 'Output', empty: '', values, streams: [] },
  logs: [
    { level: '', message: address, time: '' },
    { level: 'INFO', message: 'x', time: '10:00' },
  ],
});
const whole = value({ total: 3 }, { form: 'jsonText' });
const shown = (held: NamedValue, found = new Map([[address, whole]])) =>
  withFetched([section(held)], found)[0];

test('a fetched value stands in the place of its address, and tells where it is from', () => {
  const placed = shown(value(address, { name: 'b', form: 'link', round: 2 }))?.values[0];
  expect(placed).toEqual({
    ...{ name: 'b', value: { total: 3 }, form: 'jsonText', round: 2, fetchedFrom: address },
  });
  expect(fetchedFrom(placed ?? whole)).toBe(address);
  expect(fetchedFrom(whole)).toBeNull();
});

test.each<[string, Json, Json]>([
  ['in an object', { x: 1, y: address }, { x: 1, y: { total: 3 } }],
  ['in a list', [[address], 2], [[{ total: 3 }], 2]],
  ['of another value', { y: other }, { y: other }],
  ['in a text', `see ${address}`, `see ${address}`],
])('within a value: %s', (_, held, expected) => {
  expect(shown(value(held))?.values[0]?.value).toEqual(expected);
});

test('a key __proto__ stays a key', () => {
  const held = JSON.parse(`{"__proto__": "${address}"}`) as Json;
  const placed = shown(value(held))?.values[0]?.value;
  expect(JSON.stringify(placed)).toBe('{"__proto__":{"total":3}}');
});

test('a line of a log is the text', () => {
  expect(shown(value(1))?.logs.map(({ message }) => message)).toEqual([
    JSON.stringify({ total: 3 }, null, 2),
    'x',
  ]);
});

test('what holds nothing of it stays the same value', () => {
  const held = value({ y: [1, other] });
  expect(shown(held)?.values[0]).toBe(held);
  const sections = [section(held)];
  expect(withFetched(sections, new Map())).toBe(sections);
});

test('addresses are told from other texts', () => {
  expect(storedAddress(value(address))).toBe(address);
  expect(storedAddress(value(1))).toBeNull();
  expect(isStoredAddress(`${address}?token=••••c3f1`)).toBe(true);
  expect(isStoredAddress('http://minio:9000/x.txt')).toBe(false);
});
