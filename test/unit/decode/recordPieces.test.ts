import { describe, expect, test } from 'vitest';

import { recordPieces } from '../../../src/decode/recordPieces.ts';
import { RecordSecrets } from '../../../src/decode/recordSecrets.ts';
import { piecesByIndex } from '../../support/piecesByIndex.ts';
import { usualRules } from '../../support/usualRules.ts';

const rows: readonly { readonly is: string; readonly text: string; readonly pieces: string[] }[] = [
  {
    is: 'between entries, with what stands before and behind the trace at its ends',
    text: '{"sid":"s","trace":[{"a":[1,2]},{"b":"],[,"},{"c":3}],"status":{"code":0}}',
    pieces: ['{"sid":"s","trace":[{"a":[1,2]}', '{"b":"],[,"}', '{"c":3}],"status":{"code":0}}'],
  },
  {
    is: 'between entries that are texts, and where blanks stand',
    text: '{ "trace" : [ "{\\"a\\":1,\\"b\\":2}" , "{}" ] }',
    pieces: ['{ "trace" : [ "{\\"a\\":1,\\"b\\":2}" ', ' "{}" ] }'],
  },
  {
    is: 'between what an entry holds of data',
    text: '{"trace":[{"id":1,"data":{"input":{"a":[1,2],"b":3},"config":{"c":4}},"logs":[5,6]},{}]}',
    pieces: [
      '{"trace":[{"id":1,"data":{',
      '"input":{"a":[1,2],"b":3}',
      '"config":{"c":4}',
      '},"logs":[5,6]}',
      '{}]}',
    ],
  },
  {
    is: 'not in data further inside, nor in what an entry calls otherwise',
    text: '{"trace":[{"logs":{"data":{"a":1,"b":2}},"other":{"a":1,"b":2}}]}',
    pieces: ['{"trace":[{"logs":{"data":{"a":1,"b":2}},"other":{"a":1,"b":2}}]}'],
  },
  {
    is: 'not in another list, whose first row may be the head of a table',
    text: '{"rows":[["user","password"],["bob","Wn7!kq"]],"trace":[]}',
    pieces: ['{"rows":[["user","password"],["bob","Wn7!kq"]],"trace":[]}'],
  },
  {
    is: 'not in a trace further inside',
    text: '{"payload":{"trace":[{"a":1},{"b":2}]}}',
    pieces: ['{"payload":{"trace":[{"a":1},{"b":2}]}}'],
  },
  {
    is: 'not in what stands behind the record',
    text: '{"trace":[{"a":1},{"b":2}]}\n{"trace":[{"a":1},{"b":2}]}',
    pieces: ['{"trace":[{"a":1}', '{"b":2}]}\n{"trace":[{"a":1},{"b":2}]}'],
  },
  { is: 'not in a text that breaks off', text: '{"trace":[{"a":"b', pieces: ['{"trace":[{"a":"b'] },
  { is: 'not where there is nothing', text: '', pieces: [''] },
];

test.each(rows)('a record is cut $is', ({ text, pieces }) => {
  expect([...recordPieces(text, 1)]).toEqual(pieces);
});

test('what is large stands alone, whatever is small before it', () => {
  const large = `"input":"${'x'.repeat(60)}"`;
  const text = `{"trace":[{"a":1},{"data":{"config":{"b":2},${large},"usage":{}}},{"c":3}]}`;
  expect([...recordPieces(text, 60)]).toEqual([
    '{"trace":[{"a":1},{"data":{"config":{"b":2},',
    large,
    '"usage":{}}},{"c":3}]}',
  ]);
});

test.each([1, 60, 400, 5_000])(
  'by its index a record is cut at %i bytes, and nothing is lost',
  (atLeast) => {
    const input = { a: '发票 [],{}"'.repeat(9), b: [1, { c: 2 }] };
    const trace = Array.from({ length: 20 }, (_, id) => ({
      ...{
        id,
        data: { input: id % 3 === 0 ? input : {}, config: { text: 'é'.repeat(id) }, output: [] },
      },
      logs: ['x'.repeat(id * 9)],
    }));
    const text = JSON.stringify({ sid: 's', trace, status: { code: 0 } });
    const pieces = piecesByIndex(text, atLeast);
    expect(pieces.length > 1).toBe(atLeast < 5_000);
    const plain = (json: string) => json.replaceAll(',', '');
    expect(plain(pieces.join(''))).toBe(plain(text));
    expect(pieces.filter((piece) => piece.includes('"input"')).length).toBeGreaterThan(0);
  },
);

const long = `"${'x'.repeat(60)}"`;
const list = `[${'12,'.repeat(20)}3]`;

test.each<[string, string]>([
  ['a text and a list', `{"input":${long},"output":${list},"usage":{}}`],
  ['blanks around them', `{ "input" : ${long} , "config" : ${list} }`],
  ['a field of somebody else behind them', `{"input":${long},"output":${list},"mine":1}`],
  ['one of them alone before a field of somebody else', `{"input":${long},"mine":${list}}`],
  ['a field of somebody else before them', `{"mine":1,"input":${long},"output":${list}}`],
  [
    'what is large in one',
    `{"input_vars":[{"a":${list}},${long}],"output_vars":{"b":{"c":${list}}}}`,
  ],
  ['data that is none', `[{"input":${long}},${list}]`],
  ['data within', `{"a":{"data":{"input":${long}}},"input":${list}}`],
  ['nothing', '{}'],
])('out of the data of a large entry by its index what is cut by its text: %s', (_, data) => {
  const text = `{"trace":[{"id":"1","data":${data},"logs":[${long}]}],"sid":"s"}`;
  const head = text.indexOf('{', 1);
  const [first = '', ...rest] = [...recordPieces(text, 55)];
  const behind = text.indexOf(',"sid"') - 1;
  const last = rest.pop() ?? first;
  // By its index an entry is parted from what is around it as well.
  expect(piecesByIndex(text, 55)).toEqual([
    text.slice(0, head),
    ...(rest.length === 0 && last === first
      ? [text.slice(head, behind)]
      : [first.slice(head), ...rest, last.slice(0, last.indexOf(',"sid"') - 1)]),
    text.slice(behind),
  ]);
});

describe.each<[string, (text: string) => Iterable<string>]>([
  ['text', recordPieces],
  ['index', piecesByIndex],
])('by its %s', (_, piecesOf) => {
  const pad = 'x '.repeat(40_000);

  test.each<[string, object]>([
    ['a name, something large and a value', { name: 'db_password', pad, value: 'Zq7EchoSecret' }],
    [
      'a key and a value around an input',
      { key: 'db_password', input: pad, value: 'Zq7EchoSecret' },
    ],
    [
      'a label and a text around an input',
      { label: 'Password', input: pad, text: 'Zq7EchoSecret' },
    ],
    [
      'the head of a table and its rows',
      { columns: ['user', 'password'], pad, rows: [['a', 'Zq7EchoSecret']] },
    ],
    [
      'a cookie',
      { domain: 'a.example', httpOnly: true, input: pad, name: 'sid', value: 'Zq7EchoSecret' },
    ],
  ])('what belongs together is not cut: %s', (_, data) => {
    const text = JSON.stringify({ trace: [{ id: 1 }, { data }, { id: 2 }] });
    const secrets = new RecordSecrets(piecesOf(text), usualRules.names);
    expect(secrets.all().join(' ')).toContain('Zq7EchoSecret');
  });

  test('a pair that lies across the end of a piece is not cut', () => {
    for (let length = 65_300; length < 65_560; length += 10) {
      const data = { name: 'db_password', value: 'Zq7EchoSecret', z: '1' };
      const text = JSON.stringify({
        trace: [{ data: { a: 'y'.repeat(length) } }, { id: 'n1', data }, { pad }],
      });
      expect(new RecordSecrets(piecesOf(text), usualRules.names).all()).toEqual(['Zq7EchoSecret']);
    }
  });
});
