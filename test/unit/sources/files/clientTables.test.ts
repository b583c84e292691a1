/** What database clients and shells print: quotes and escapes of their own, lines before a table, bytes as hexadecimal digits. */
import { describe, expect, it } from 'vitest';

import { readRecords } from '../../../../src/sources/files/readRecords.ts';

const text = (bytes: Uint8Array | null) => new TextDecoder().decode(bytes ?? undefined);
const read = (content: string) =>
  [...readRecords(new TextEncoder().encode(content), 'f')].map(({ value }) => text(value));

const a = String.raw`{"sid":"a","question":"it's \"so\"\tand\nso","note":"C:\\new"}`;
const b = '{"sid":"b","question":"合肥"}';
const both = [a, b];

const rows = (row: (json: string, number: number) => string) => both.map(row).join('');
const single = (json: string) => `'${json.replaceAll("'", "''")}'`;
const singleEscaped = (json: string) => `'${clientText(json).replaceAll("'", String.raw`\'`)}'`;
const double = (json: string) => `"${json.replaceAll('"', '""')}"`;
const clientText = (json: string) => json.replaceAll('\\', '\\\\');

describe('a table', () => {
  it.each<[string, string]>([
    ['with single quotes', `'id','value'\n${rows((json, at) => `'${at}',${single(json)}\n`)}`],
    [
      'with single quotes and semicolons',
      `'id';'value'\n${rows((json, at) => `'${at}';${single(json)}\n`)}`,
    ],
    [
      'whose values alone have single quotes',
      `id,value\n${rows((json, at) => `${at},${single(json)}\n`)}`,
    ],
    [
      'with single quotes and backslashes',
      `'id','value'\n${rows((json, at) => `'${at}',${singleEscaped(json)}\n`)}`,
    ],
    ['of SQLite’s mode quote, without names', rows((json, at) => `${at},${single(json)}\n`)],
    [
      'below what a tool says of it',
      `Export of spark-agent-builder\nDate: 2026-11-29\n\nid,value\n${rows((json, at) => `${at},${double(json)}\n`)}`,
    ],
    [
      'below comments',
      `# exported by x\n# 2 rows\nkey,value,partition\n${rows((json, at) => `${at},${double(json)},0\n`)}`,
    ],
    [
      'below PowerShell’s type',
      `#TYPE System.Object\r\n"Key","Value"\r\n${rows((json, at) => `"${at}",${double(json)}\r\n`)}`,
    ],
    ['of one column that nobody knows', `"record"\n${rows((json) => `${double(json)}\n`)}`],
    [
      'whose lines end as on old Macs',
      `id,value\r${rows((json, at) => `${at},${double(json)}\r`)}`,
    ],
    ['as mysql -B prints it', `id\tvalue\n${rows((json, at) => `${at}\t${clientText(json)}\n`)}`],
    ['the same without names', rows((json, at) => `${at}\t${clientText(json)}\n`)],
    ['as PostgreSQL copies it', `${rows((json, at) => `${at}\t${clientText(json)}\n`)}\\.\n`],
    [
      'as ClickHouse writes it',
      rows((json, at) => `${at}\t${clientText(json).replaceAll("'", String.raw`\'`)}\n`),
    ],
  ])('%s', (_name, content) => {
    expect(read(content)).toEqual(both);
  });
});

/** Lines of 16 bytes. */
const lines = (json: string, line: (place: number, pairs: string[], signs: string) => string) => {
  const bytes = Buffer.from(json);
  let made = '';
  for (let at = 0; at < bytes.length; at += 16) {
    const part = bytes.subarray(at, at + 16);
    const pairs = part.toString('hex').match(/../g) ?? [];
    made += `${line(at, pairs, part.toString('latin1').replace(/[^ -~]/g, '.'))}\n`;
  }
  return made;
};
const hex = (place: number) => place.toString(16).padStart(8, '0');

describe('a record in hexadecimal digits', () => {
  const fours = (pairs: string[]) =>
    pairs
      .join('')
      .match(/.{1,4}/g)
      ?.join(' ') ?? '';
  it.each<[string, (json: string) => string]>([
    [
      'of xxd',
      (json) =>
        lines(json, (at, pairs, signs) => `${hex(at)}: ${fours(pairs).padEnd(39)}  ${signs}`),
    ],
    [
      'of xxd -g1',
      (json) =>
        lines(json, (at, pairs, signs) => `${hex(at)}: ${pairs.join(' ').padEnd(47)}  ${signs}`),
    ],
    ['of xxd -p', (json) => Buffer.from(json).toString('hex').replace(/.{60}/g, '$&\n')],
    [
      'of hexdump -C',
      (json) =>
        `${lines(json, (at, pairs, signs) => `${hex(at)}  ${pairs.slice(0, 8).join(' ')}  ${pairs.slice(8).join(' ')}  |${signs}|`)}${hex(Buffer.byteLength(json))}\n`,
    ],
    [
      'of od -tx1',
      (json) => lines(json, (at, pairs) => `${at.toString(8).padStart(7, '0')} ${pairs.join(' ')}`),
    ],
    [
      'of Format-Hex',
      (json) =>
        `\n           00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F\n\n${lines(json, (at, pairs, signs) => `${hex(at).toUpperCase()}   ${pairs.join(' ').toUpperCase().padEnd(47)}  ${signs}`)}`,
    ],
  ])('%s', (_name, dump) => {
    expect(read(dump(a))).toEqual([a]);
    expect(read(dump(`${a}\n${b}`))).toEqual(both);
  });

  it('that leaves out equal lines is none: nobody knows how many bytes there are', () => {
    const content =
      '00000000  7b 22 73 69 64 22 3a 22  61 61 61 61 61 61 61 61  |{"sid":"aaaaaaaa|\n*\n';
    expect(read(content).join('')).toContain('00000000  7b');
  });
});

it('what is no such table stays as it is', () => {
  const log = `some words, 'quoted' and more\nkey,value\nnot a row\n`;
  expect(read(log)).toEqual(log.trim().split('\n'));
  const path = String.raw`{"sid":"a","path":"C:\\"}`;
  expect(read(`1\t${path}\n`)).toEqual([path]);
});

describe('statements that insert', () => {
  const sid = (id: string) => `{"sid":"${id}","q":"it's","t":"a\\nb \\"c\\""}`;
  const plain = (json: string) => `'${json.replaceAll("'", "''")}'`;
  const escaped = (json: string) => `'${json.replaceAll(/["'\\]/g, String.raw`\$&`)}'`;

  it.each<[string, string]>([
    [
      'of SQLite',
      `BEGIN TRANSACTION;\nINSERT INTO t VALUES(1,${plain(sid('a'))});\nINSERT INTO t VALUES(2,${plain(sid('b'))});\nCOMMIT;\n`,
    ],
    [
      'of PostgreSQL',
      `--\n-- PostgreSQL database dump\n--\nSET x = 0;\nINSERT INTO public.t (id, body) VALUES (1, ${plain(sid('a'))}), (2, ${plain(sid('b'))});\n`,
    ],
    [
      'of MySQL, all rows on a line',
      `-- MySQL dump 10.13\n/*!40101 SET NAMES utf8 */;\nINSERT INTO \`t\` VALUES (1,${escaped(sid('a'))}),(2,${escaped(sid('b'))});\n`,
    ],
    [
      'of SQL Server',
      `INSERT [dbo].[t] ([id], [body]) VALUES (1, N${plain(sid('a'))})\nGO\nINSERT [dbo].[t] ([id], [body]) VALUES (2, N${plain(sid('b'))})\n`,
    ],
    [
      'of Oracle, with a comment that has a quote',
      `REM it's what was exported\n-- isn't it?\nInsert into T (ID,BODY) values (1,${plain(sid('a'))});\nInsert into T (ID,BODY) values (2,to_clob(${plain(sid('b'))}));\n`,
    ],
  ])('%s', (_name, content) => {
    expect(read(content)).toEqual([sid('a'), sid('b')]);
  });

  it('without a record are listed as they are', () => {
    expect(read('INSERT INTO t VALUES (1,\'{"a":1}\');')).toEqual([
      'INSERT INTO t VALUES (1,\'{"a":1}\');',
    ]);
  });

  it('that nothing closes are read as far as they go, and the rest is listed, in bounded time', () => {
    const broken = '{"sid":"b","q":"';
    expect(read(`INSERT INTO t VALUES (1,${plain(sid('a'))}),(2,'${broken}`)).toEqual([
      sid('a'),
      broken,
    ]);
    expect(read(`--${'\n'.repeat(60_000)}INSERT INTO t VALUES (1,${plain(sid('a'))});`)).toEqual([
      sid('a'),
    ]);
    expect(read(`INSERT INTO t VALUES (1,${plain(sid('a'))}),(2,'${'\\'.repeat(300_000)}`)).toEqual(
      [sid('a')],
    );
    expect(read(`INSERT INTO t VALUES (1,'${"''".repeat(300_000)}{"sid"`).length).toBeGreaterThan(
      0,
    );
  });
});
