import { describe, expect, it } from 'vitest';

import { readRecords } from '../../../../src/sources/files/readRecords.ts';

const utf8 = (content: string) => new TextEncoder().encode(content);
const text = (bytes: Uint8Array | null) =>
  bytes === null ? null : new TextDecoder().decode(bytes);
const read = (content: string) =>
  [...readRecords(utf8(content), 'f')].map(
    ({ timestampMs, key, value }) =>
      `${timestampMs === null ? '' : `@${timestampMs} `}${key === null ? '' : `${text(key) ?? ''}|`}${text(value) ?? 'null'}`,
  );

const a = '{"sid":"a"}';
const b = '{"sid":"b"}';
const hex = (plain: string) => Buffer.from(plain).toString('hex');
const quoted = (json: string) => JSON.stringify(json);
const cell = (value: string) => `"${value.replaceAll('"', '""')}"`;
const triple = '"'.repeat(3);
const hits = (json: string) => `{"hits":{"hits":[{"_source":${json}}]}}`;

describe('one object that holds several records', () => {
  it.each<[string, string, string[]]>([
    ['answers to several searches', `{"responses":[${hits(a)},${hits(b)}]}`, [hits(a), hits(b)]],
    [
      'an answer that came later',
      `{"id":"x","response":{"hits":{"hits":[{"_source":${a}},{"_source":${b}}]}}}`,
      [`{"_source":${a}}`, `{"_source":${b}}`],
    ],
    [
      'what was got by ids, one not found',
      `{"docs":[{"_source":${a}},{"found":false},{"_source":${b}}]}`,
      [`{"_source":${a}}`, '{"found":false}', `{"_source":${b}}`],
    ],
    [
      'hits in buckets',
      `{"hits":{"hits":[]},"aggregations":{"x":{"buckets":[{"t":{"hits":{"hits":[{"_source":${a}},{"_source":${b}}]}}}]}}}`,
      [`{"_source":${a}}`, `{"_source":${b}}`],
    ],
    ['rows', `{"columns":[{"name":"m"}],"rows":[[${quoted(a)}],[${quoted(b)}]]}`, [a, b]],
    [
      'frames of Grafana',
      `{"results":{"A":{"frames":[{"data":{"values":[[{},{}],[17,18],[${quoted(a)},${quoted(b)}]]}}]}}}`,
      [a, b],
    ],
    [
      'events of CloudWatch',
      `{"logEvents":[{"id":"1","message":${quoted(a)}},{"id":"2","message":"other"},{"message":${quoted(b)}}]}`,
      [
        `{"id":"1","message":${quoted(a)}}`,
        '{"id":"2","message":"other"}',
        `{"message":${quoted(b)}}`,
      ],
    ],
    [
      'an event of Lambda',
      `{"records":{"t-0":[{"partition":0,"offset":1,"value":"${btoa(a)}"},{"partition":0,"offset":2,"value":"${btoa(b)}"}]}}`,
      [btoa(a), btoa(b)],
    ],
    [
      'fluentd’s forward',
      `["tag",[[17,{"log":${quoted(a)}}],[18,{"log":${quoted(b)}}]]]`,
      ['"tag"', `{"log":${quoted(a)}}`, `{"log":${quoted(b)}}`],
    ],
    [
      'a message, and what was cut of it',
      `{"short":${quoted(a)},"full":${quoted(b)}}`,
      [`{"short":${quoted(a)},"full":${quoted(b)}}`],
    ],
    [
      'an answer as Kibana’s console shows it',
      `{"hits":{"hits":[{"_source":{"sid":"a","question":${triple}{"x": "y\n"}${triple},"n":1}}]}}`,
      ['{"_source":{"sid":"a","question":"{\\"x\\": \\"y\\n\\"}","n":1}}'],
    ],
    [
      'pages of a scroll, the last of which is empty',
      `{"_scroll_id":"x",${hits(a).slice(1)}\n{"_scroll_id":"x","took":1,"hits":{"total":{"value":2},"hits":[ ]}}\n`,
      [`{"_source":${a}}`],
    ],
    [
      'a page without a hit, from an index that did not answer whole',
      `${hits(a)}\n{"_shards":{"failed":1,"failures":[{"shard":0}]},"hits":{"hits":[]}}`,
      [`{"_source":${a}}`, '{"_shards":{"failed":1,"failures":[{"shard":0}]},"hits":{"hits":[]}}'],
    ],
    ...[`"_shards":{"total":5,"failed":3}`, `"timed_out":true`].map(
      (part): [string, string, string[]] => [
        `a page without a hit, with ${part}`,
        `${hits(a)}\n{${part},"hits":{"total":5000,"hits":[]}}`,
        [`{"_source":${a}}`, `{${part},"hits":{"total":5000,"hits":[]}}`],
      ],
    ),
    ['an array as text', quoted(`[${a},${b}]`), [a, b]],
    ['lines as text', quoted(`${a}\n${b}`), [a, b]],
    [
      'a record beside a text in whose lines “sid” is a part of words',
      `{"message":"considered\\nan inside job","json":${quoted(a)}}`,
      [`{"message":"considered\\nan inside job","json":${quoted(a)}}`],
    ],
    ['an array as the text of a field', `{"code":0,"data":${quoted(`[${a},${b}]`)}}`, [a, b]],
    ['lines as the text of a field', `{"body":${quoted(`${a}\n${b}`)},"n":1}`, [a, b]],
    ['an array as text in text in a list', `[${quoted(quoted(`[${a},${b}]`))}]`, [a, b]],
    [
      'a browser’s archive: answers as text',
      `{"log":{"entries":[{"request":{},"response":{"content":{"text":${quoted(`[${a},${b}]`)}}}},{"response":{"content":{"text":${quoted(b)}}}}]}}`,
      [a, b, `{"response":{"content":{"text":${quoted(b)}}}}`],
    ],
    [
      'a browser’s archive: an answer to a search',
      `{"log":{"entries":[{"response":{"content":{"text":${quoted(`{"hits":{"hits":[{"_source":${a}},{"_source":${b}}]}}`)}}}}]}}`,
      [`{"_source":${a}}`, `{"_source":${b}}`],
    ],
    [
      'a browser’s archive: a stream of events',
      `{"log":{"entries":[{"response":{"content":{"text":${quoted(`data: ${a}\n\ndata: ${b}\n\n`)}}}}]}}`,
      [a, b],
    ],
    [
      'a browser’s archive: an answer in base64',
      `{"log":{"entries":[{"response":{"content":{"encoding":"base64","text":"${btoa(`[${a},${b}]`)}"}}}]}}`,
      [a, b],
    ],
  ])('%s', (_name, content, expected) => {
    expect(read(content)).toEqual(expected);
  });

  it('of any depth and length is read in bounded time', () => {
    expect(read(`${'{"a":['.repeat(50_000)}${a}`).length).toBeGreaterThan(0);
    const elements = Array.from({ length: 50_000 }, (_, n) => `{"m":${quoted(`{"sid":"${n}"}`)}}`);
    expect(read(`{"x":{"y":[${elements.join(',')}]}}`)).toHaveLength(50_000);
  });
});

describe('what topic browsers and their command lines save', () => {
  it.each<[string, string, string[]]>([
    [
      'Redpanda Console’s bytes, and no key',
      `[{"partitionID":0,"offset":1,"timestamp":17,"key":{"isPayloadNull":true},"value":{"rawPayload":"${btoa(a)}"}}]`,
      [`@17 ${btoa(a)}`],
    ],
    ['kafkactl', `{\n\t"Partition": 0,\n\t"Offset": 1,\n\t"Value": ${quoted(a)}\n}\n`, [a]],
    ['kafkactl with keys', `k#${a}\nk#${b}\n`, [a, b]],
    [
      'kafkactl as YAML',
      `partition: 0\noffset: 1\nkey: k\nvalue: '{"a":\n  "it''s"}'\ntimestamp: 2026-11-23T16:47:46.535Z\n\npartition: 0\noffset: 2\nvalue: "{\\"b\\": 1}"\n\n`,
      [`@1795452466535 k|{"a": "it's"}`, '{"b": 1}'],
    ],
    ['kafdrop', `[{"partition":0,"offset":1,"message":${quoted(a)},"timestamp":17}]`, [`@17 ${a}`]],
    [
      'times in seconds and nanoseconds',
      `[{"partition":0,"offset":1,"value":${a},"timestamp":1795452466.535},{"partition":0,"offset":2,"value":${b},"timestamp":1795452466535000000}]`,
      [`@1795452466535 ${a}`, `@1795452466535 ${b}`],
    ],
    ['an array with a comma at its end', `[${a},${b},]`, [a, b]],
    ['one without its end', `[\n${a},\n${b},\n`, [a, b]],
    ['elements behind their comma', `${a}\n,${b}`, [a, b]],
    ['elements with semicolons', `${a};\n${b};\n`, [a, b]],
    ['texts pasted without brackets', `${quoted(a)},\n${quoted(b)}`, [a, b]],
    ['plumber', `[{"Partition":0,"Offset":1,"Msg":${quoted(a)},"Timestamp":17}]`, [`@17 ${a}`]],
    ['bytes as hex, in lines', `${hex(a)}\n${hex(b).toUpperCase()}\n`, [a, b]],
    ['bytes as hex, of kafkactl', `{"Partition":0,"Offset":1,"Value":"${hex(a)}"}`, [a]],
    [
      'bytes as hex, of Offset Explorer',
      `Partition,Offset,Key,Value\n0,1,6B,${hex(a)}\n`,
      [`6B|${a}`],
    ],
    ['bytes as hex, of psql', `\\x${hex(a)}\n0x${hex(b)}\n`, [a, b]],
    ['hex that is no object', `${hex('x{}')}\n${hex(a)}7\n`, [hex('x{}'), `${hex(a)}7`]],
    ['Python’s list of bytes', `[b'${a}', b'{"x":"it\\'s"}']`, [`b'${a}'`, `b'{"x":"it\\'s"}'`]],
  ])('%s', (_name, content, expected) => {
    expect(read(content)).toEqual(expected);
  });
});

describe('the console consumer’s lines', () => {
  it.each<[string, string, string[]]>([
    [
      'with a key and headers that are JSON',
      `CreateTime:17\th:{"x":1},i:2\t{"id":1}\t${a}`,
      [`@17 {"id":1}|${a}`],
    ],
    ['with the partition at the end', `CreateTime:17\tk\t${a}\t0`, [`@17 k|${a}`]],
    ['with the partition at the end alone', `${a}\t0\n${b}\t0`, [a, b]],
    ['with a deletion mark behind headers', 'CreateTime:17\th:1\tk\tnull', ['@17 k|null']],
    ['with a deletion mark behind a key of JSON', '{"id":1}\tnull', ['{"id":1}|null']],
    ['with a text behind headers', `CreateTime:17\th:1\tk\t${quoted(a)}`, [`@17 k|${quoted(a)}`]],
    ['with other separators', `CreateTime:17|Partition:0|Offset:1|k|${a}`, [`@17 ${a}`]],
    ['with a word as separator', `CreateTime:17 => k => ${a}`, [`@17 ${a}`]],
    [
      'over lines',
      `CreateTime:17\tk\t{\n  "sid": "a"\n}\nCreateTime:18\tk\t${b}`,
      ['@17 k|{\n  "sid": "a"\n}', `@18 k|${b}`],
    ],
    [
      'of Confluent’s CLI, with the key in front',
      `k\tTimestamp:17 Partition:0 Offset:1\t${a}\nnull\tTimestamp:18\t${b}\n`,
      [`@17 k|${a}`, `@18 ${b}`],
    ],
    [
      'of Confluent’s CLI, with a key of JSON',
      `{"id":1}\tTimestamp:17 Partition:0 Offset:1\t${a}`,
      [`@17 {"id":1}|${a}`],
    ],
    ['with a key that only looks like a part', `k\tOffset: x\t${a}`, [`Offset: x|${a}`]],
    ['of Offset Explorer, pasted', `0\t1\t\t${a}\t2026-11-23 16:47:46`, [a]],
  ])('%s', (_name, content, expected) => {
    expect(read(content)).toEqual(expected);
  });
});

describe('lines that a container’s log was cut into', () => {
  const long = `{"sid":"a","answer":"${'x'.repeat(40_000)}"}`;
  const cut = (whole: string) => whole.match(/[^]{1,16384}/g) ?? [];
  const docker = (log: string, stream = 'stdout') =>
    `{"log":${quoted(log)},"stream":"${stream}","time":"t"}`;
  const other = docker('other\n', 'stderr');

  it.each<[string, string, string[]]>([
    [
      'by Docker',
      cut(`${long}\n`)
        .map((part) => docker(part))
        .join('\n'),
      [`${long}\n`],
    ],
    [
      'by Docker, with the other stream between',
      cut(`${long}\n`)
        .flatMap((part) => [docker(part), other])
        .join('\n'),
      [other, other, `${long}\n`, other],
    ],
    [
      'by a runtime of Kubernetes',
      cut(long)
        .map((part, at) => `2026-11-23T16:47:46.535123456Z stdout ${at < 2 ? 'P' : 'F'} ${part}`)
        .join('\n'),
      [long],
    ],
    [
      'and broken off',
      `${docker(long.slice(0, 16_384))}\n${other}`,
      [other, long.slice(0, 16_384)],
    ],
  ])('%s are joined', (_name, content, expected) => {
    expect(read(content)).toEqual(expected);
  });

  it('are none where another tool took the line ends off', () => {
    expect(read(`${docker('x')}\n${docker(a)}`)).toEqual([docker('x'), docker(a)]);
  });
});

describe('between records', () => {
  const zeros = '\0'.repeat(64);
  it.each<[string, string, string[]]>([
    ['zeros of a buffer', `${a}${zeros}${b}${zeros}`, [a, b]],
    ['zeros and line ends', `${a}\n${zeros}${b}\n${zeros}`, [a, b]],
    ['a zero', `${a}\0${b}\0`, [a, b]],
    ['separators of RFC 7464', `\x1e${a}\n\x1e${b}\n`, [a, b]],
    ['marks of an encoding', `\ufeff${a}\n\ufeff${b}`, [a, b]],
    ['a registry’s frames', `\0\0\0\0\x07${a}\n\0\0\0\0\n${b}`, [a, b]],
    ['zeros alone', zeros, []],
  ])('may stand %s', (_name, content, expected) => {
    expect(read(content)).toEqual(expected);
  });
});

describe('a table', () => {
  it.each<[string, string, string[]]>([
    [
      'of somebody’s own, with a name that nobody knows',
      `id,created,trace_json\n1,2026,${cell(a)}\n2,2026,${cell(b)}\n`,
      [a, b],
    ],
    ['without a column of values that has records', `offset,topic,x\n1,t,${cell(a)}\n`, [a]],
    [
      'of kafbat’s, which has no quotes',
      'Value,Offset,Key,Partition,Headers,Timestamp\n{"sid":"a","b":[1,"x,y"]},1,k,0,{"h":"1","i":"2"},17\n',
      ['@17 k|{"sid":"a","b":[1,"x,y"]}'],
    ],
    [
      'of Redpanda Console’s, which has no commas',
      'timestamp,partitionID,offset,key,value,keySize,valueSize\n17,0,1,,{"sid":"a; b";"logs":["{\\"x\\":1;\\"y\\":2}"];"c":1},,9\n',
      ['@17 {"sid":"a; b","logs":["{\\"x\\":1,\\"y\\":2}"],"c":1}'],
    ],
    ['in Chinese', `偏移量,分区,时间戳,键,消息内容\n1,0,17,k,${cell(a)}\n`, [`@17 k|${a}`]],
    [
      'with names of another form',
      `kafka_offset,kafka_timestamp,Message Key,Message Value\n1,17,k,${cell(a)}\n`,
      [`@17 k|${a}`],
    ],
    ['of Splunk’s', `"_raw","_time",host\n${cell(a)},17,h\n`, [`@17 ${a}`]],
    [
      'of Grafana’s',
      `"Time","labels","Line","tsNs","id"\n17,${cell('{"job":"x"}')},${cell(a)},17000000,1\n`,
      [`@17 ${a}`],
    ],
    [
      'of Kibana’s',
      `"@timestamp","_id","_source"\n"Nov 23, 2026 @ 16:47:46.535",1,${cell(a)}\n`,
      [`@${Date.parse('Nov 23, 2026 16:47:46.535')} ${a}`],
    ],
    ['with bars', `Partition|Offset|Value\n0|1|${cell(a)}\n0|2|${cell(b)}\n`, [a, b]],
    [
      'of ids, with quotes behind backslashes',
      `id,value\n1,"${a.replaceAll('"', '\\"')}"\n`,
      [`1,"${a.replaceAll('"', '\\"')}"`],
    ],
    ['with blanks in front of quotes', `Partition, Offset, Value\n0, 1, ${cell(a)}\n`, [a]],
    ['of values alone', `value\n${cell(a)}\n${cell(b)}\n`, [a, b]],
    ['without a header', `0,1,,${cell(a)}\n0,2,,${cell(b)}\n`, [a, b]],
    ['of Excel’s, with its hint', `sep=;\r\noffset;value\r\n1;${cell(a)}\r\n`, [a]],
  ])('%s', (_name, content, expected) => {
    expect(read(content)).toEqual(expected);
  });
});

it.each<[string, string]>([
  [
    'kafkactl’s YAML',
    `partition: 0\noffset: 1\nvalue: null\n\npartition: 0\noffset: 2\nvalue: '${a}'\n`,
  ],
  ['a table', `offset,value\n1,null\n2,${cell(a)}\n`],
])('the word null is a deletion mark in %s', (_name, content) => {
  expect([...readRecords(utf8(content), 'f')].map(({ value }) => text(value))).toEqual([null, a]);
});

describe('where a record stood in Kafka', () => {
  it.each<[string, string, unknown]>([
    [
      'kafka-ui',
      `{"Value":${quoted(a)},"Offset":41,"Partition":3}`,
      { partition: 3, offset: '41' },
    ],
    [
      'Redpanda Console',
      `[{"partitionID":3,"offset":41,"value":{"payload":${a}}}]`,
      { partition: 3, offset: '41' },
    ],
    [
      'kcat, beyond what a double holds',
      `{"partition":3,"offset":9007199254740993,"payload":${quoted(a)}}`,
      { partition: 3, offset: '9007199254740993' },
    ],
    [
      'the console consumer',
      `CreateTime:17\tPartition:3\tOffset:41\tnull\t${a}`,
      { partition: 3, offset: '41' },
    ],
    [
      'Confluent’s CLI',
      `k\tTimestamp:17 Partition:3 Offset:41\t${a}`,
      { partition: 3, offset: '41' },
    ],
    ['a table', `Value,Offset,Partition\n${cell(a)},41,3\n`, { partition: 3, offset: '41' }],
    ['YAML', `partition: 3\noffset: 41\nvalue: '${a}'\n`, { partition: 3, offset: '41' }],
    ['no word of it', a, undefined],
    ['one of both', `CreateTime:17\tOffset:41\t${a}`, undefined],
    ['no numbers', `{"Value":${quoted(a)},"Offset":"x","Partition":-1}`, undefined],
  ])('is told of: %s', (_name, content, expected) => {
    const [record] = readRecords(utf8(content), 'f');
    expect(record).toMatchObject({ partition: 0, offset: '1' });
    expect(record?.dumpedFrom).toEqual(expected);
  });
});
