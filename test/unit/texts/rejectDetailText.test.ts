import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { decodeRecord } from '../../../src/decode/decodeRecord.ts';
import { rejectDetailText } from '../../../src/texts/rejectDetailText.ts';
import type { Translate } from '../../../src/texts/translate.ts';
import type { RejectReason } from '../../../src/trace/rejected.ts';
import { aRecord } from '../../support/builders.ts';
import { usualRules } from '../../support/usualRules.ts';

const english: Translate = (message, ...args) =>
  message.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)]));
const parts = fileURLToPath(new URL('../../../l10n/parts/', import.meta.url));
const table = Object.assign(
  {},
  ...readdirSync(parts).map((name) => JSON.parse(readFileSync(parts + name, 'utf8')) as object),
) as Readonly<Record<string, string>>;
const chinese: Translate = (message, ...args) => english(table[message] ?? message, ...args);

const utf8 = (text: string) => [...new TextEncoder().encode(text)];
const glueId = [0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0x4d, 0xef, 0x80, 1, 2, 3, 4, 5, 6, 7];

/** What is not read, with what is said of it in both languages. */
test.each<[string, readonly number[] | string, string, string]>([
  ['no sid', '{"status":{}}', 'no sid', '没有 sid'],
  ['no trace', '{"sid":"a"}', 'no status and no trace', '既没有状态，也没有 trace'],
  [
    'several',
    '[{"sid":"a","sub":"x","status":{}},{"sid":"b","sub":"x","status":{}}]',
    'several traces in one record',
    '一条记录里有多条追踪记录',
  ],
  ['a list', '[1]', 'a list', '列表'],
  ['a number', '7', 'a number', '数字'],
  ['a string', '"a"', 'a string', '字符串'],
  ['a boolean', 'true', 'true or false', '真或假'],
  ['null', 'null', 'null', 'null'],
  ['a table', 'offset,partition\n1,2', 'CSV without a value column', '没有值列的 CSV'],
  ['a key', '-----BEGIN CERTIFICATE-----\nabc', 'a private key or certificate', '私钥或证书'],
  ['a struct', 'Struct{a=1}', 'Java’s Struct', 'Java 的 Struct'],
  [
    'a hexadecimal dump',
    '00000010  7b 22 73 69 64 22 3a 22  61 61 61 61 61 61 61 61  |{"sid":"aaaaaaaa|',
    'a hexadecimal dump',
    '十六进制转储',
  ],
  [
    'a packed one as text',
    'H4sIAAAAAAAAA6tWKs5MUbJSSlSqBQB9OYYoCwAAAA==',
    'gzip in base64',
    'base64 编码的 gzip',
  ],
  ['a buffer', '<Buffer 7b 22 73 ... 9 more bytes>', 'Node’s Buffer', 'Node 的 Buffer'],
  ['XML', '<a/>', 'XML', 'XML'],
  ['YAML', 'a: 1\nb: 2\n', 'YAML', 'YAML'],
  ['no JSON', '{"sid":x}', 'position 7', '位置 7'],
  ['half of it', '{"sid":', 'position 7', '位置 7'],
  [
    'a control sign',
    '{"sid":"\u0001"}',
    'position 8: control character U+0001 in a string',
    '位置 8：字符串中有控制字符 U+0001',
  ],
  [
    'a path',
    '{"p":"C:\\Users"}',
    'position 8: \\U isn’t a valid escape',
    '位置 8：\\U 不是有效的转义符',
  ],
  ['bytes', [0x7b, 0x22, 0xff], 'byte 2', '第 2 字节'],
  ['a picture', [0x89, 0x50, 0x4e, 0x47], 'PNG', 'PNG'],
  ['a program', [0x4d, 0x5a, 0x90, 0xff], 'a Windows program', 'Windows 程序'],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a], 'xz', 'xz'],
  ['Avro', [0, 0, 0, 0, 42, 2, 0xff], 'Avro or Protobuf, schema 42', 'Avro 或 Protobuf，schema 42'],
  [
    'Glue',
    [3, 0, ...glueId, 0xff, 2],
    'Avro or Protobuf, AWS Glue schema 12345678-9abc-4def-8001-020304050607',
    'Avro 或 Protobuf，AWS Glue schema 12345678-9abc-4def-8001-020304050607',
  ],
  ['an envelope', '{"log":"x"}', 'Docker without a trace', 'Docker，其中没有追踪记录'],
])('%s', (_name, content, inEnglish, inChinese) => {
  const value = Uint8Array.from(typeof content === 'string' ? utf8(content) : content);
  const decoded = decodeRecord(aRecord({ value }), usualRules);
  if (decoded.ok) throw new Error('It was read');
  expect(rejectDetailText(decoded.error, english)).toBe(inEnglish);
  expect(rejectDetailText(decoded.error, chinese)).toBe(inChinese);
});

test.each<[RejectReason, string, string, string]>([
  ['tooLarge', '268435456 bytes', '256 MB', '256 MB'],
  ['tooDeep', '1000000 levels', 'the limit is 1000000', '上限为 1000000'],
  ['undecodable', 'RangeError', 'RangeError', 'RangeError'],
  ['brokenOff', 'gzip', 'gzip', 'gzip'],
  [
    'damagedBatch',
    '17–19 · checksum · 1 for 2',
    '17–19 · its checksum doesn’t match · 1 for 2',
    '17–19 · 校验和不符 · 1 for 2',
  ],
])('%s, %s', (reason, detail, inEnglish, inChinese) => {
  expect(rejectDetailText({ reason, detail }, english)).toBe(inEnglish);
  expect(rejectDetailText({ reason, detail }, chinese)).toBe(inChinese);
});
