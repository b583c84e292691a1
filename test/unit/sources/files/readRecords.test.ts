import { describe, expect, it } from 'vitest';
import { readRecords } from '../../../../src/sources/files/readRecords.ts';

const text = (bytes: Uint8Array | null) =>
  bytes === null ? null : new TextDecoder().decode(bytes);
const utf8 = (content: string) => new TextEncoder().encode(content);

/** Each record as `offset@timestamp key|value`, parts that it lacks left out. */
function read(content: string | Uint8Array): string[] {
  const bytes = typeof content === 'string' ? utf8(content) : content;
  return [...readRecords(bytes, 'trace.jsonl')].map((record) => {
    const at = record.timestampMs === null ? '' : `@${record.timestampMs}`;
    const key = record.key === null ? '' : `${text(record.key) ?? ''}|`;
    return `${record.offset}${at} ${key}${text(record.value) ?? 'null'}`;
  });
}

describe('readRecords', () => {
  it.each<[string, string, string[]]>([
    ['an empty file', '', []],
    ['blank lines alone', '\n \r\n\n', []],
    ['one record', '{"sid":"a"}', ['1 {"sid":"a"}']],
    [
      'one record over lines',
      '{\n  "sid": "a",\n  "trace": [\n    {}\n  ]\n}\n',
      ['1 {\n  "sid": "a",\n  "trace": [\n    {}\n  ]\n}'],
    ],
    ['records over lines', '{\n "a":\n 1\n}\n{\n "b": 2}', ['1 {\n "a":\n 1\n}', '5 {\n "b": 2}']],
    [
      'braces on their own lines',
      '{"a":\n{\n"b":[\n{\n}\n,\n{}\n]\n}\n}',
      ['1 {"a":\n{\n"b":[\n{\n}\n,\n{}\n]\n}\n}'],
    ],
    ['JSON lines with CRLF', '{"a":1}\r\n{"b":2}\r\n', ['1 {"a":1}', '2 {"b":2}']],
    ['blank lines between', '{"a":1}\n\n\n{"b":2}', ['1 {"a":1}', '4 {"b":2}']],
    ['a byte order mark', '\ufeff{"a":1}', ['1 {"a":1}']],
    [
      'records on one line',
      '{"a":1}{"b":2} {"c":3}\n{"d":4}',
      ['1 {"a":1}', '2 {"b":2}', '3 {"c":3}', '4 {"d":4}'],
    ],
    [
      'braces and quotes inside strings',
      '{"a":"}\\"{"}\n{"b":"\\\\"}',
      ['1 {"a":"}\\"{"}', '2 {"b":"\\\\"}'],
    ],
    [
      'a bare NaN',
      '{"a":NaN,"b":[Infinity]}\n{"c":1}',
      ['1 {"a":NaN,"b":[Infinity]}', '2 {"c":1}'],
    ],
    ['an array', '[{"a":1},\n {"b":[{"c":2}]}]', ['1 {"a":1}', '2 {"b":[{"c":2}]}']],
    ['an empty array', '[]', []],
    ['a NaN in an array', '[{"a":NaN},{"b":2}]', ['1 {"a":NaN}', '2 {"b":2}']],
    [
      'elements that are no records',
      '[{"a":1}, 7, null, {"b":2}]',
      ['1 {"a":1}', '2 7', '3 null', '4 {"b":2}'],
    ],
    [
      'an array on each line',
      '[{"a":1},{"b":2}]\n[{"c":3}]',
      ['1 {"a":1}', '2 {"b":2}', '3 {"c":3}'],
    ],
    ['records as text in an array', '["{\\"a\\":1}"]', ['1 {"a":1}']],
    ['records as text on lines', '"{\\"a\\":1}"\n"word"', ['1 {"a":1}', '2 "word"']],
  ])('reads %s', (_name, content, expected) => {
    expect(read(content)).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    ['a line cut off inside a string', '{"a":"x\n{"b":2}', ['1 {"a":"x', '2 {"b":2}']],
    ['a line cut off after a value', '{"a":{"x":1}\n{"b":2}', ['1 {"a":{"x":1}', '2 {"b":2}']],
    ['a line cut off after a comma', '{"a":1,\n{"b":2}', ['1 {"a":1,', '2 {"b":2}']],
    [
      'a line cut off after a colon',
      '{"a":\n{"b":2}\n{"c":3}',
      ['1 {"a":', '2 {"b":2}', '3 {"c":3}'],
    ],
    [
      'a line cut off in an array',
      '{"a":[1,\n{"b":2}\n{"c":3}',
      ['1 {"a":[1,', '2 {"b":2}', '3 {"c":3}'],
    ],
    ['the last line cut off', '{"a":1}\n{"b":', ['1 {"a":1}', '2 {"b":']],
    [
      'a line cut off in front',
      'ain": 3, "status": {"code": 0}}\n{"b":2}',
      ['1 ain": 3, "status": {"code": 0}}', '2 {"b":2}'],
    ],
    ['a line that is none', 'now it begins\n{"b":2}', ['1 now it begins', '2 {"b":2}']],
    ['the wrong bracket', '{"a":[1}\n{"b":2}', ['1 {"a":[1}', '2 {"b":2}']],
    ['text behind a record', '{"a":1} oops\n{"b":2}', ['1 {"a":1} oops', '2 {"b":2}']],
    ['an array cut off', '[{"a":1},{"b":', ['1 {"a":1}', '2 {"b":']],
    [
      'a broken element',
      '[\n{"a":1},\n{"b":"x,\n{"c":3}\n]',
      ['1 {"a":1}', '2 {"b":"x', '3 {"c":3}'],
    ],
    ['stray brackets in an array', '[{"a":1}, }, {"b":2}]', ['1 {"a":1}', '2 }', '3 {"b":2}']],
  ])('keeps %s', (_name, content, expected) => {
    expect(read(content)).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    ['timestamps', 'CreateTime:1795452466535\t{"a":1}', ['1@1795452466535 {"a":1}']],
    ['timestamp and key', 'CreateTime:17\tkey\t{"a":1}', ['1@17 key|{"a":1}']],
    [
      'all that it can print',
      'LogAppendTime:17\tPartition:0\tOffset:5\tNO_HEADERS\tnull\t{"a":1}',
      ['1@17 {"a":1}'],
    ],
    ['no timestamp', 'NoTimestampType:-1\t{"a":1}', ['1 {"a":1}']],
    ['a tombstone', 'CreateTime:17\tkey\tnull', ['1@17 key|null']],
    ['a key', 'key\t{"a":1}', ['1 key|{"a":1}']],
    ['a key that is JSON', '{"id":7}\t{"a":1}', ['1 {"id":7}|{"a":1}']],
    ['another separator', 'key|{"a":1}', ['1 {"a":1}']],
    ['a value with tabs in it', 'CreateTime:17\tkey\t{"a":\t1}', ['1@17 key|{"a":\t1}']],
    ['a value cut off', 'CreateTime:17\tkey\t{"a":"x\n{"b":2}', ['1@17 key|{"a":"x', '2 {"b":2}']],
  ])('reads the console consumer with %s', (_name, content, expected) => {
    expect(read(content)).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    [
      'kcat -J',
      '{"topic":"t","partition":0,"offset":12,"tstype":"create","ts":1795452466535,"broker":0,"key":null,"payload":"{\\"sid\\":\\"甲\\"}"}',
      ['1@1795452466535 {"sid":"甲"}'],
    ],
    [
      'a topic browser that keeps the value as JSON',
      '[{"partition":0,"offset":1,"timestamp":17,"key":"k","value":{"a":NaN}}]',
      ['1@17 k|{"a":NaN}'],
    ],
    ['a tombstone of kcat', '{"partition":0,"offset":1,"payload":null}', ['1 null']],
    [
      'a record that speaks of partitions itself',
      '{"sid":"s","partition":1,"offset":2,"value":3}',
      ['1 {"sid":"s","partition":1,"offset":2,"value":3}'],
    ],
    [
      'a record with these words deeper down',
      '{"a":{"partition":1,"offset":2,"value":3}}',
      ['1 {"a":{"partition":1,"offset":2,"value":3}}'],
    ],
  ])('unwraps %s', (_name, content, expected) => {
    expect(read(content)).toEqual(expected);
  });

  it('gives the bytes of the file itself, even those that are no UTF-8', () => {
    const line = Uint8Array.of(...utf8('{"a":"'), 0xff, 0xc3, ...utf8('"}'));
    const [record] = readRecords(line, 'x');
    expect(record?.value).toEqual(line);
  });

  it.each(['utf-16le', 'utf-16be'])('reads %s, as PowerShell writes it', (encoding) => {
    const units = Buffer.from('\ufeff{"a":"甲"}\r\n{"b":2}\r\n', 'utf16le');
    if (encoding === 'utf-16be') units.swap16();
    expect(read(units)).toEqual(['1 {"a":"甲"}', '2 {"b":2}']);
  });

  it('gives values that do not hold the file in memory', () => {
    const [record] = readRecords(Buffer.from('{"a":1}\n{"b":2}'), 'x');
    expect(record?.value?.buffer.byteLength).toBe(7);
  });

  it('reads a large file of open braces in bounded time', () => {
    const lines = 60_000;
    expect(read('{"a":[\n'.repeat(lines))).toHaveLength(lines);
  });

  it('names the file as topic', () => {
    const [record] = readRecords(utf8('{}'), 'runs/today.jsonl');
    expect(record).toMatchObject({ topic: 'runs/today.jsonl', partition: 0, offset: '1' });
  });

  it('loses no byte of a random file but white space and commas', () => {
    const seed = Date.now() % 100_000;
    let state = seed;
    const random = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state % below;
    };
    const parts = ['{', '}', '[', ']', '"', ':', ',', '\\', '\n', ' ', '1', 'x', '{"a":1}'];
    for (let round = 0; round < 2000; round++) {
      const content = Array.from({ length: random(30) }, () => parts[random(parts.length)]).join(
        '',
      );
      const kept = read(content).join('').replace(/[^{}]/g, '').length;
      const braces = content.replace(/[^{}]/g, '').length;
      expect.soft(kept, `seed ${seed}: ${JSON.stringify(content)}`).toBe(braces);
    }
  });
});
