import { deflateSync, gzipSync } from 'node:zlib';
import * as zlib from 'node:zlib';

import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';

import { packedFaultText, unpackedContent } from '../../../../src/sources/files/packedFile.ts';
import { readPlaced, readRecords } from '../../../../src/sources/files/readRecords.ts';

const utf8 = (content: string) => new TextEncoder().encode(content);
const text = (bytes: Uint8Array | null) =>
  bytes === null ? null : new TextDecoder().decode(bytes);
const read = (content: string | Uint8Array) =>
  [...readRecords(typeof content === 'string' ? utf8(content) : content, 'f')].map(
    ({ timestampMs, key, value }) =>
      `${timestampMs === null ? '' : `@${timestampMs} `}${key === null ? '' : `${text(key) ?? ''}|`}${text(value) ?? 'null'}`,
  );

const a = '{"sid":"a"}';
const b = '{"sid":"b"}';
const quoted = (json: string) => JSON.stringify(json);

describe('an export in one object', () => {
  it.each<[string, string, string[]]>([
    [
      'a search’s answer',
      `{"took":3,"hits":{"total":2,"hits":[{"_id":"1","_source":${a}},{"_id":"2","_source":${b}}]}}`,
      [`{"_id":"1","_source":${a}}`, `{"_id":"2","_source":${b}}`],
    ],
    [
      'a page of a scroll',
      `{"_scroll_id":"x","hits":{"hits":[{"_source":${a}}]}}`,
      [`{"_source":${a}}`],
    ],
    [
      'OpenSearch Dashboards’',
      `{"isPartial":false,"rawResponse":{"hits":{"hits":[{"_source":${a}}]}}}`,
      [`{"_source":${a}}`],
    ],
    [
      'Loki’s answer',
      `{"status":"success","data":{"resultType":"streams","result":[{"stream":{},"values":[["17",${quoted(a)}],["18",${quoted(b)}]]}]}}`,
      [a, b],
    ],
    [
      'what is pushed to Loki',
      `{"streams":[{"stream":{"job":"x"},"values":[["17",${quoted(a)}]]}]}`,
      [a],
    ],
    ['a browser’s page', `{"messages":[{"partition":0,"offset":1,"value":${quoted(a)}}]}`, [a]],
    [
      'a record that has items itself',
      '{"sid":"a","sub":"x","items":[{"b":1}]}',
      ['{"sid":"a","sub":"x","items":[{"b":1}]}'],
    ],
    [
      'a record whose sid stands behind its list',
      '{"caller":"x","data":[{"sid":"inner"}],"sid":"outer","trace":[]}',
      ['{"caller":"x","data":[{"sid":"inner"}],"sid":"outer","trace":[]}'],
    ],
    ['an empty one', '{"hits":{"hits":[]}}', ['{"hits":{"hits":[]}}']],
  ])('%s', (_name, content, expected) => {
    expect(read(content)).toEqual(expected);
  });
});

describe('what topic browsers save', () => {
  it.each<[string, string, string[]]>([
    [
      'kafka-ui',
      `{"Value":${quoted(a)},"Offset":1,"Key":"k","Partition":0,"Headers":{},"Timestamp":"2026-11-23T16:47:46.535Z"}`,
      [`@1795452466535 k|${a}`],
    ],
    ['kafbat', `[{"Content":${quoted(a)},"Offset":1,"Partition":0,"Timestamp":17}]`, [`@17 ${a}`]],
    [
      'Redpanda Console',
      `[{"partitionID":0,"offset":1,"timestamp":17,"key":{"payload":"","isPayloadNull":true},"value":{"payload":${a},"encoding":"json"}}]`,
      [`@17 ${a}`],
    ],
    ['elements pasted without brackets', `${a},\n${b},\n`, [a, b]],
    ['elements on one line', `${a}, ${b}`, [a, b]],
  ])('%s', (_name, content, expected) => {
    expect(read(content)).toEqual(expected);
  });
});

describe('the console consumer’s lines', () => {
  it.each<[string, string, string[]]>([
    [
      'with headers and no key',
      `CreateTime:17\tPartition:0\tOffset:0\ttraceparent:00-4b,source:wf\tnull\t${a}`,
      [`@17 ${a}`],
    ],
    ['with headers and a key', `CreateTime:17\tsource:wf\tk\t${a}`, [`@17 k|${a}`]],
    ['in another order', `Partition:0\tOffset:1\tCreateTime:17\t${a}`, [`@17 ${a}`]],
    ['of Confluent’s CLI', `Timestamp:17\tPartition:0\tOffset:0\t\t${a}`, [`@17 ${a}`]],
    ['of fluentd', `2026-11-23T16:47:46+08:00\tastron.trace\t${a}`, [`astron.trace|${a}`]],
    ['of a container’s log', `2026-11-23T16:47:46.535Z stdout F ${a}`, [a]],
  ])('%s', (_name, content, expected) => {
    expect(read(content)).toEqual(expected);
  });
});

describe('a table', () => {
  const cell = (value: string) => `"${value.replaceAll('"', '""')}"`;
  it.each<[string, string, string[]]>([
    [
      'of kafka-ui',
      `Value,Offset,Key,Partition,Headers,Timestamp\n${cell(a)},1,k,0,,2026-11-23T16:47:46.535Z\n${cell(b)},2,,0,,17\n`,
      [`@1795452466535 k|${a}`, `@17 ${b}`],
    ],
    ['with semicolons', `offset;timestamp;value\n1;17;${cell(a)}\n`, [`@17 ${a}`]],
    [
      'with tabs and line breaks in values',
      `offset\tvalue\n1\t${cell('{"sid":\n"a"}')}\n`,
      ['{"sid":\n"a"}'],
    ],
    ['with a deletion mark', 'key,value,offset\nk,,1\n', ['k|null']],
    [
      'of a log store, all in quotes, with names of its own',
      `"@timestamp","@message","@ptr"\n"1795452600310",${cell(a)},"CmEK"\n"x",${cell(b)},"y"\n`,
      [`@1795452600310 ${a}`, b],
    ],
    [
      'with names that say more than a word',
      `"TimeGenerated [UTC]","Pod, name","LogEntry"\n"2026-11-23","a ""b""",${cell(a)}\n`,
      [a],
    ],
    [
      'with a column for each field of a record',
      `@timestamp,_id,sid,status.code,status.message,start_time,srv,trace\n"Nov 23, 2026 @ 16:47:46.535",0,s1,55003,"a, ""b""","1,795,452,900,310",{},${cell('[{"id":"x"}]')}\n,1,17,0,,17,,\n`,
      [
        '@1795452466535 {"sid":"s1","status":{"code":55003,"message":"a, \\"b\\""},"start_time":1795452900310,"srv":{},"trace":[{"id":"x"}]}',
        '{"sid":"17","status":{"code":0},"start_time":17}',
      ],
    ],
    [
      'without a column of values, as it is',
      'offset,partition,timestamp\n1,0,17\n',
      ['offset,partition,timestamp\n1,0,17\n'],
    ],
  ])('%s', (_name, content, expected) => {
    expect(read(content)).toEqual(expected);
  });

  it('of many megabytes is given part by part, each row once', () => {
    const rows = Array.from(
      { length: 30_000 },
      (_, n) => `${n},${cell(`{"sid":"${n}","a":"${'x'.repeat(60)}"}`)}`,
    );
    const values = read(`offset,value\n${rows.join('\n')}\n`);
    expect(values).toHaveLength(30_000);
    expect(values.at(-1)).toContain('"29999"');
  });

  it('has quotes in cells that don’t begin with one', () => {
    const rows = `offset,key,value\n1,5" x,${cell(a)}\n2,k"",${cell(b)}\n`;
    expect(read(rows)).toEqual([`5" x|${a}`, `k""|${b}`]);
  });

  it('has empty cells, empty rows, blanks behind quotes and the line ends of Windows', () => {
    const rows = `"offset","key","value"\r\n\r\n1,"","" \r\n2,k,"a""\r\n""b"\r\n3,,x\r\n`;
    expect(read(`${rows}4,,y`)).toEqual(['null', 'k|a"\r\n"b', 'x', 'y']);
  });

  it.each([
    ['a quote that nothing closes', '1,"x\n', ['1,"x']],
    ['something behind a closing quote', `1,"x"y,z\n`, ['1,"x"y,z']],
    ['a cell that another row closes badly', '1,"x\n2,"y"\n', ['1,"x', 'y']],
  ])('gives a row with %s as it is, and goes on behind it', (_name, rows, lines) => {
    expect(read(`offset,value\n${rows}3,${cell(a)}\n`)).toEqual([...lines, a]);
  });

  it('with a stray quote is still given row by row', () => {
    const rows = Array.from({ length: 30_000 }, (_, n) => `${n},disk,${cell(a.repeat(9))}`);
    const content = utf8(`offset,key,value\n1,3.5" disk,x\n${rows.join('\n')}\n`);
    expect(content.length).toBeGreaterThan(2 * 1024 * 1024);
    const [first] = readPlaced(content, 'f');
    expect(first?.share).toBeLessThan(0.5);
  });

  it.each([
    ['of stray quotes and blanks', `1,"${'x"'.repeat(60_000)}${' '.repeat(60_000)}\n`],
    ['of open braces', `1${',{'.repeat(600_000)}\n`],
    ['of small objects', `1${',{}'.repeat(300_000)}\n`],
    ['of doubled quotes', `1,"${'""'.repeat(600_000)}x\n`],
    ['of rows that nothing closes', '1,"x\n'.repeat(240_000)],
    ['of cells', `1${','.repeat(1_200_000)}\n`],
  ])('takes no longer for a row %s', (_name, rows) => {
    // What goes through the row again for each of its signs takes minutes, which no test has.
    expect(read(`offset,value\n${rows}`).length).toBeGreaterThan(0);
  });

  it('is none where the first line is a record or a log', () => {
    expect(read(`${a}\n${b}`)).toEqual([a, b]);
    expect(read('a, b and c\nsecond line')).toEqual(['a, b and c', 'second line']);
  });
});

describe('text in other encodings', () => {
  it.each(['utf-16le', 'utf-16be'])('is read without a mark: %s', (encoding) => {
    const units = Buffer.from('{"a":"甲"}\n{"b":2}\n', 'utf16le');
    if (encoding === 'utf-16be') units.swap16();
    expect(read(units)).toEqual(['{"a":"甲"}', '{"b":2}']);
  });

  it('is read as Chinese Windows writes it', () => {
    // 好 in GBK.
    expect(read(Uint8Array.of(...utf8('{"a":"'), 0xba, 0xc3, ...utf8('"}')))).toEqual([
      '{"a":"好"}',
    ]);
  });
});

describe('lines of two encodings in one file', () => {
  // 检查好 in GBK.
  const gbk = Uint8Array.of(...utf8('{"a":"'), 0xbc, 0xec, 0xb2, 0xe9, 0xba, 0xc3, ...utf8('"}'));
  const line = utf8('{"a":"检查好"}');
  const both = ['{"a":"检查好"}', '{"a":"检查好"}'];
  it.each<[string, Uint8Array]>([
    ['GBK first', Uint8Array.of(...gbk, 0x0a, ...line)],
    ['UTF-8 first', Uint8Array.of(...line, 0x0a, ...gbk)],
    ['lines of a console', Uint8Array.of(...utf8('CreateTime:17\t'), ...gbk, 0x0a, ...line)],
  ])('are read each in its own: %s', (_name, content) => {
    expect(read(content).map((found) => found.replace('@17 ', ''))).toEqual(both);
  });

  it('leave a character that was cut as it is', () => {
    const cut = line.filter((_, at) => at !== 7);
    const [first, second] = [...readRecords(Uint8Array.of(...line, 0x0a, ...cut), 'f')];
    expect(first?.value).toEqual(line);
    expect(second?.value).toEqual(cut);
  });
});

/** Its directory and its entry say 10 bytes of content that is larger even when it is packed. */
function lyingZip(): Uint8Array {
  let state = 1;
  const content = Uint8Array.from({ length: 50_000 }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state >>> 16;
  });
  const zip = zipSync({ a: content }, { level: 1 });
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  for (let at = 0; at + 30 < zip.length; at++) {
    if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, 10, true);
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true);
  }
  return zip;
}

function withFlag(zip: Uint8Array, at: number, value: number): Uint8Array {
  zip[at] = value;
  return zip;
}

/** In the directory and before the entry. */
function withMethod(zip: Uint8Array, method: number): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  for (let at = 0; at + 30 < zip.length; at++) {
    if (view.getUint32(at, true) === 0x04034b50) view.setUint16(at + 8, method, true);
    if (view.getUint32(at, true) === 0x02014b50) view.setUint16(at + 10, method, true);
  }
  return zip;
}

function tar(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const blocks = Object.entries(files).flatMap(([name, content]) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write(`${content.length.toString(8).padStart(11, '0')} `, 124);
    header.write('0', 156);
    header.write('ustar', 257);
    const padded = Buffer.alloc(Math.ceil(content.length / 512) * 512);
    padded.set(content);
    return [header, padded];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1_024)]);
}

describe('a packed file', () => {
  const most = 1_000_000;
  const content = async (bytes: Uint8Array, limit = most) => {
    const opened = await unpackedContent(bytes, limit);
    if (!opened.ok) return packedFaultText(opened.error);
    return opened.value
      .map((part) => (part instanceof Uint8Array ? text(part) : `(${part.brokenOff})`))
      .join('|');
  };
  const records = async (bytes: Uint8Array) => {
    const opened = await unpackedContent(bytes, most);
    if (!opened.ok) return packedFaultText(opened.error);
    const found = [...readPlaced(opened.value, 'f')];
    expect(found.map(({ record }) => Number(record.offset))).toEqual(found.map((_, at) => at + 1));
    expect(found.at(-1)?.share).toBe(1);
    return found.map(({ record }) => text(record.value)).join('|');
  };
  const zstd = (zlib as { readonly zstdCompressSync?: (bytes: Uint8Array) => Buffer })
    .zstdCompressSync;

  it('is opened: gzip, zip, and one in the other', async () => {
    expect(await content(utf8(a))).toBe(a);
    expect(await content(gzipSync(a))).toBe(a);
    const withJunk = (junk: string) => Buffer.concat([gzipSync(a), gzipSync(b), utf8(junk)]);
    for (const junk of ['\r\n', 'junk', '\0\0junk', `${a}\n`])
      expect(await content(withJunk(junk))).toBe(a + b);
    expect(await content(zipSync({ 'x/trace.jsonl': utf8(a) }))).toBe(a);
    expect(await content(zipSync({ '1.json': utf8(a), '2.json': gzipSync(b) }))).toBe(`${a}|${b}`);
    expect(await content(deflateSync(a))).toBe(a);
    expect(await content(gzipSync(tar({ x: utf8(a), '._x': utf8('no'), y: utf8(b) })))).toBe(
      `${a}|${b}`,
    );
    const folders = { '.DS_Store': utf8('no'), 'x/._y': utf8('no'), 'x/Thumbs.db': utf8('no') };
    expect(await content(zipSync({ ...folders, 'x/desktop.ini': utf8('no'), y: utf8(a) }))).toBe(a);
    expect(await content(gzipSync(tar({ ...folders, y: utf8(b) })))).toBe(b);
    expect(await content(zipSync({}))).toBe('');
    if (zstd === undefined) return;
    expect(await content(zstd(utf8(a)))).toBe(a);
    // As `cat a.zst b.zst` makes it, or a tool that writes a frame at a time.
    expect(await content(Buffer.concat([zstd(utf8(a)), zstd(utf8(b))]))).toBe(a + b);
  });

  it('has parts of their own form and encoding, numbered one after the other', async () => {
    const [first, other] = [`offset,value\n1,${a}\n`, `value;offset\n${b};1\n`];
    expect(await records(zipSync({ x: utf8(first), y: utf8(other) }))).toBe(`${a}|${b}`);
    const wide = new Uint8Array(Buffer.from(`${b}\n`, 'utf16le'));
    expect(await records(zipSync({ x: utf8(a), y: wide, z: utf8(other) }))).toBe(`${a}|${b}|${b}`);
  });

  it('may hold several of one name', async () => {
    const zip = (of: readonly string[]) => {
      const made = zipSync({ a1: utf8(a), a2: utf8(b), a3: utf8(a) }, { level: 0 });
      const bytes = Buffer.from(made);
      of.forEach((name, at) => {
        for (let from = 0; ; from++) {
          from = bytes.indexOf(`a${at + 1}`, from);
          if (from < 0) break;
          bytes.write(name, from);
        }
      });
      return new Uint8Array(bytes);
    };
    expect(await content(zip(['x1', 'x1', 'x2']))).toBe(`${a}|${a}|${b}`);
    expect(await content(zip(['x1', 'x1', 'x1']))).toBe(`${a}|${b}|${a}`);
  });

  /** Lines that can't be packed well. */
  const lines = Array.from({ length: 20_000 }, (_, at) => `{"sid":"${Math.sin(at)}"}\n`).join('');
  const wrong = (bytes: Uint8Array, at: number) => {
    const damaged = Uint8Array.from(bytes);
    damaged.fill(0xff, at, at + 40);
    return damaged;
  };
  const half = (bytes: Uint8Array) => bytes.subarray(0, bytes.length >> 1);
  const tenth = lines.slice(0, lines.length / 10);

  it.each<[string, Uint8Array | undefined, string, string]>([
    ['gzip', half(gzipSync(lines)), 'gzip', tenth],
    ['gzip without its checksum', gzipSync(lines).subarray(0, -6), 'gzip', lines],
    ['gzip with a fault', wrong(gzipSync(lines), 40_000), 'gzip', tenth],
    ['a part of gzip', Buffer.concat([gzipSync(a), half(gzipSync(lines))]), 'gzip', a + tenth],
    ['zlib', half(deflateSync(lines)), 'zlib', tenth],
    ['zip', half(zipSync({ 'x/': utf8(''), x: utf8(lines) })), 'zip', tenth],
    ['zip of plain files', half(zipSync({ x: utf8(lines) }, { level: 0 })), 'zip', tenth],
    [
      'zip without its directory',
      zipSync({ x: utf8(a), y: utf8(lines) }).subarray(0, -90),
      'zip',
      a,
    ],
    ['tar', half(tar({ a: utf8(lines) })), 'tar', tenth],
    ['gzip in tar', half(tar({ a: gzipSync(lines) })), 'gzip', tenth],
    ['zstd', zstd && half(zstd(utf8(lines))), 'zstd', tenth],
  ])('that breaks off gives what is there: %s', async (_name, bytes, form, beginning) => {
    if (bytes === undefined) return;
    const opened = await unpackedContent(bytes, most);
    const [first, ...rest] = opened.ok ? opened.value : [];
    expect(text(first instanceof Uint8Array ? first : null)?.startsWith(beginning)).toBe(true);
    expect(rest.some((part) => !(part instanceof Uint8Array) && part.brokenOff === form)).toBe(
      true,
    );
    const records = opened.ok ? [...readRecords(opened.value, 'f')] : [];
    expect(records.at(-1)?.brokenOff).toBeDefined();
    expect(new Set(records.map(({ offset }) => offset)).size).toBe(records.length);
  });

  it.each<[string, Uint8Array, string]>([
    ['a bomb of gzip', gzipSync(new Uint8Array(2_000_000)), 'gzip: too large when unpacked'],
    ['a bomb of zip', zipSync({ a: new Uint8Array(2_000_000) }), 'zip: too large when unpacked'],
    [
      'several files that are too large together',
      zipSync({ a: new Uint8Array(600_000), b: new Uint8Array(600_000) }),
      'zip: too large when unpacked',
    ],
    [
      'bombs beside each other',
      zipSync(
        Object.fromEntries([1, 2, 3].map((n) => [`${n}.gz`, gzipSync(new Uint8Array(600_000))])),
      ),
      'gzip: too large when unpacked',
    ],
    ['a zip that says less than it holds', lyingZip(), 'damaged zip'],
    ['damaged gzip', gzipSync(a).subarray(0, 10), 'damaged gzip'],
    ['damaged zip', zipSync({ a: utf8(a) }).subarray(0, 30), 'damaged zip'],
    ['a bomb of zlib', deflateSync(new Uint8Array(2_000_000)), 'zlib: too large when unpacked'],
    [
      'a bomb in a bomb in tar',
      tar({ 'a.gz': gzipSync(gzipSync(new Uint8Array(2_000_000))) }),
      'gzip: too large when unpacked',
    ],
    ['tar that breaks off', tar({ a: utf8(a.repeat(99)) }).subarray(0, 512), 'damaged tar'],
    [
      'a bomb of zip that breaks off',
      zipSync({ a: new Uint8Array(2_000_000) }).subarray(0, -40),
      'zip: too large when unpacked',
    ],
    [
      'a bomb of gzip that breaks off',
      gzipSync(new Uint8Array(2_000_000)).subarray(0, -4),
      'gzip: too large when unpacked',
    ],
    ['a zip with a password', withFlag(zipSync({ a: utf8(a) }), 6, 1), 'zip with a password'],
    ['a zip of another method', withMethod(zipSync({ a: utf8(a) }), 93), 'zip with method 93'],
    ['a workbook', zipSync({ '[Content_Types].xml': utf8('<a/>') }), 'an Office document'],
    ['xz', Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0), 'xz'],
    ['7z', Uint8Array.of(0x37, 0x7a, 0xbc, 0xaf, 0), '7z'],
  ])('is refused in words: %s', async (_name, bytes, words) => {
    expect(await content(bytes)).toBe(words);
  });
});
