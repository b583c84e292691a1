import { describe, expect, it } from 'vitest';

import type { JsonObject } from '../../../src/base/json.ts';
import { parseJsonExactly } from '../../../src/base/jsonText.ts';
import { indexOfRecord } from '../../../src/decode/bytes/indexer.ts';
import { suspectLogs, viewOfRecord, wholeEntry } from '../../../src/decode/bytes/recordView.ts';
import { recordFixtures, recordsOf } from '../../support/fixtures.ts';

const encoder = new TextEncoder();

function viewOf(text: string): JsonObject | undefined {
  const index = indexOfRecord(encoder.encode(text));
  return index === undefined ? undefined : viewOfRecord(index);
}

function entriesOf(text: string): readonly JsonObject[] {
  return (viewOf(text)?.['trace'] ?? []) as readonly JsonObject[];
}

const deep = (levels: number) => `{"sid":${'['.repeat(levels)}${']'.repeat(levels)}}`;

describe('what is indexed', () => {
  it.each([
    ['nothing', '{}'],
    ['spaces', ' \t\n\r{ \t\n\r"sid" \t\n\r:\t\n\r "a"\n,\n"trace" : [ ] } \n'.trimStart()],
    [
      'every kind of value',
      '{"a":[true,false,null,-0,0.5,1e9,1E+9,2e-7,"",{},[],[[{}]]],"sid":"x"}',
    ],
    ['every escape', String.raw`{"a":"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00","b\n":1}`],
    ['a lone half of a pair', String.raw`{"sid":"\ud800"}`],
    ['signs beyond ASCII', '{"sid":"节点","节":[]}'],
    ['an unknown name twice', '{"a":1,"a":2}'],
    ['a name with escapes of what ours do not hold', String.raw`{"\u8282\n":1}`],
    ['thirty levels', deep(30)],
  ])('%s', (_name, text) => {
    expect(viewOf(text)).toBeDefined();
    expect(() => JSON.parse(text) as unknown).not.toThrow();
  });

  it.each([
    ['no object', '[]'],
    ['spaces in front', ' {}'],
    ['something behind', '{} {}'],
    ['a comma too many', '{"a":1,}'],
    ['a comma too few', '{"a":1 "b":2}'],
    ['no colon', '{"a" 1}'],
    ['no value', '{"a":}'],
    ['a bare name', '{a:1}'],
    ['the other bracket', '{"a":[1}}'],
    ['a list with a comma too many', '{"a":[1,]}'],
    ['a list without one', '{"a":[1 2]}'],
    ['an end too soon', '{"a":[1,{"b":2'],
    ['an end in a text', '{"a":"b'],
    ['an end in an escape', '{"a":"b\\'],
    ['no escape', String.raw`{"a":"\d"}`],
    ['a short escape', String.raw`{"a":"\u12"}`],
    ['a control sign', '{"a":"b\nc"}'],
    ['a control sign behind others', '{"a":"abcdefgh\u0001"}'],
    ['NaN', '{"a":NaN}'],
    ['Infinity', '{"a":-Infinity}'],
    ['half a word', '{"a":tru}'],
    ['a zero in front', '{"a":01}'],
    ['a sign in front', '{"a":+1}'],
    ['a point without digits', '{"a":1.}'],
    ['an exponent without digits', '{"a":1e}'],
    ['thirty-one levels', deep(31)],
    ['one of our names twice', '{"sid":"a","sid":"b"}'],
    ['one of our names with an escape', String.raw`{"s\u0069d":"a"}`],
    ['a name that may be one of ours, with an escape', String.raw`{"s\u0069x":1}`],
    ['a trace that is a text', '{"trace":"[]"}'],
    ['an entry that is a text', '{"trace":["{}"]}'],
    ['two commas between entries', '{"trace":[{},,{}]}'],
    ['a name twice in an entry', '{"trace":[{"data":{"config":{},"config":{}}}]}'],
  ])('not: %s', (_name, text) => {
    expect(viewOf(text)).toBeUndefined();
  });

  it('no bytes that are not UTF-8', () => {
    expect(
      indexOfRecord(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])),
    ).toBeUndefined();
  });
});

describe('what is read of an index', () => {
  it('every planned field of a record, as if it were parsed', () => {
    const texts = recordFixtures()
      .flatMap(recordsOf)
      .map(({ value }) => new TextDecoder().decode(value ?? undefined));
    const indexed = texts.flatMap((text) => {
      const view = viewOf(text);
      return view === undefined ? [] : [{ text, view }];
    });
    expect(indexed.length).toBeGreaterThan(30);
    for (const { text, view } of indexed) {
      const root = JSON.parse(text) as JsonObject & { trace?: readonly JsonObject[] };
      for (const name of ['sid', 'sub', 'question', 'answer', 'start_time', 'duration', 'version'])
        expect(view[name]).toStrictEqual(root[name]);
      const entries = (view['trace'] ?? []) as readonly JsonObject[];
      expect(entries.map(wholeEntry)).toStrictEqual(root.trace ?? []);
    }
  });

  it.each([
    ['a number', '12.50', 12.5],
    ['a long number, digit by digit', '12345678901234567890', '12345678901234567890'],
    ['a negative one', '-3', -3],
    ['a number of fifteen digits', '123456789012345', 123_456_789_012_345],
    ['an exponent', '1e3', 1000],
    ['a text', '"a"', 'a'],
    ['a text with an escape', String.raw`"\u00e9\""`, 'é"'],
    ['a text beyond ASCII', '"节点"', '节点'],
    ['nothing', 'null', null],
    ['a list', '[1,"b",{"c":[]}]', [1, 'b', { c: [] }]],
    ['a list that holds a long number', '[12345678901234567890]', ['12345678901234567890']],
    ['an object', '{"a":true}', { a: true }],
  ])('%s', (_name, text, value) => {
    expect(viewOf(`{"sid":${text}}`)?.['sid']).toStrictEqual(value);
  });

  it('what stands below a field that is no object', () => {
    const [entry] = entriesOf('{"trace":[{"data":"{}"}]}');
    expect(entry?.['data']).toBe('{}');
  });

  it('fields in any order, far more entries than their bytes let expect', () => {
    const text = `{"trace":[${Array.from({ length: 300 }, (_, n) => `{"logs":[],"id":${n}}`).join(',')}]}`;
    expect(entriesOf(text).map((entry) => entry['id'])).toStrictEqual([...Array(300).keys()]);
  });

  it('no trace where there is none', () => {
    expect(viewOf('{"sid":"a"}')?.['trace']).toBeUndefined();
  });
});

describe('logs that may tell of an error', () => {
  const logs = [
    '{"level":"INFO","message":"a"}',
    '{"level": "DEBUG"}',
    '{"level": "ERROR"}',
    'plain',
    '{"message":"b"}',
  ];

  it('are those of another level, texts in any escapes, and what is no text', () => {
    const escaped = String.raw`"\u007b}"`;
    const text = `{"trace":[{"logs":[${logs.map((log) => JSON.stringify(log)).join(' , ')},${escaped},{"level":"INFO"},7]}]}`;
    const [entry = {}] = entriesOf(text);
    expect(suspectLogs(entry)).toStrictEqual([logs[2], logs[4], '{}', { level: 'INFO' }, 7]);
  });

  it('are not told apart where there is no list, or it is parsed', () => {
    const [entry = {}] = entriesOf('{"trace":[{"logs":"a"}]}');
    expect(suspectLogs(entry)).toBeUndefined();
    expect(suspectLogs({ logs })).toBeUndefined();
  });
});

describe('a list', () => {
  it.each([
    '[]',
    '[ ]',
    '["a"]',
    ' [ "a" , "b"\n]',
    '["a","a"]',
    '["","\\"","\\u00e9","节点"]',
    '["a",1]',
    '[1,"a"]',
    '["a",["b"]]',
    '["a",{"b":"c"}]',
    '["a",null]',
    '["12345678901234567890",12345678901234567890]',
    JSON.stringify(Array.from({ length: 8 }, (_, n) => String(n))),
    JSON.stringify(Array.from({ length: 9 }, (_, n) => String(n))),
  ])('%s is what is parsed', (list) => {
    const text = `{"sid":"s","trace":[{"id":"i","next_log_ids":${list},"node_id":"n"}]}`;
    const parsed = parseJsonExactly(text);
    const [entry] = (parsed.ok ? (parsed.value as JsonObject)['trace'] : []) as JsonObject[];
    expect(entriesOf(text)[0]?.['next_log_ids']).toStrictEqual(entry?.['next_log_ids']);
    expect(entriesOf(text)[0]?.['node_id']).toBe('n');
  });
});
