import { describe, expect, it } from 'vitest';

import type { Json } from '../../../src/base/json.ts';
import { parsePythonLiteral } from '../../../src/decode/pythonLiteral.ts';

describe('parsePythonLiteral', () => {
  it.each<[string, Json]>([
    ["{'a': True, 'b': None, 'c': False}", { a: true, b: null, c: false }],
    ["['SO-1001', \"it's\", 'a\\'b', '\\u4e2d\\n\\x41']", ['SO-1001', "it's", "a'b", '中\nA']],
    ['[1, -2.5, 1e3, 1_000, .5]', [1, -2.5, 1000, 1000, 0.5]],
    ['(1, (2,), (3))', [1, [2], 3]],
    ["{'x', 'y'}", ['x', 'y']],
    ['set()', null],
    ['[set(), nan, -inf, inf]', [[], 'NaN', '-Infinity', 'Infinity']],
    ["{1: 'a', None: 'b', True: 'c', (1, 2): 'd'}", { 1: 'a', None: 'b', True: 'c', '[1,2]': 'd' }],
    ['[12345678901234567890]', ['12345678901234567890']],
    ["[b'x', r'a\\n', 'a' 'b', '''c\n'd''']", ['x', 'a\\n', 'ab', "c\n'd"]],
    ['[]', []],
    ['{}', {}],
    [" {'a': [1, 2, ], } ", { a: [1, 2] }],
    [
      "{'vendor': '合肥启明办公', 'rows': [{'n': 1.0}]}",
      { vendor: '合肥启明办公', rows: [{ n: 1 }] },
    ],
  ])('%s', (text, value) => {
    expect(parsePythonLiteral(text) ?? null).toStrictEqual(value);
  });

  it.each([
    ...['', 'True', '1', "'a'", '[1', "{'a': }", '[1 2]', "['a]", 'deque([])', '[<object at 0x1>]'],
    ...['{"a": 1} x', '[1,,2]', "{'a': 1, 'b'}", '{a: 1}', '[datetime.date(2026, 1, 1)]', '[-x]'],
    ...["['\\U99999999']", '['.repeat(100_000), '(nothing to see)'],
  ])('leaves %s as text', (text) => {
    expect(parsePythonLiteral(text)).toBeUndefined();
  });

  it('keeps __proto__ a plain key', () => {
    expect(Object.keys(parsePythonLiteral("{'__proto__': 1}") as object)).toEqual(['__proto__']);
  });
});

describe('odd literals', () => {
  it.each<[string, Json]>([
    ['["a\\101b"]', ['aAb']],
    ["['a\\\nb']", ['ab']],
    ["['a\\qb']", ['a\\qb']],
    ['{True: 1, False: 2}', { True: 1, False: 2 }],
    ["[r'a\\n']", ['a\\n']],
    ["['''a\nb''']", ['a\nb']],
    ["[b'x' u'y']", ['xy']],
    ['["\\N{DASH}"]', ['\\N{DASH}']],
  ])('%j is read as Python does', (text, value) => {
    expect(parsePythonLiteral(text)).toEqual(value);
  });

  it.each([
    ["{'a': 1 'b': 2}"],
    ["['line\nbreak']"],
    ["['ends\\"],
    ['["\\U00110000"]'],
    ['[1 2]'],
    ["{'a': 1, 'b'}"],
    ['[-nan]'],
  ])('%j is none', (text) => {
    expect(parsePythonLiteral(text)).toBeUndefined();
  });
});
