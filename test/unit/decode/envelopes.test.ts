import { deflateSync, gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import type { Json } from '../../../src/base/json.ts';
import { jsonOf } from '../../../src/decode/deepJson.ts';
import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { decodeRecord } from '../../../src/decode/decodeRecord.ts';
import { envelopes } from '../../../src/decode/envelopes.ts';
import { aRecord } from '../../support/builders.ts';
import { wholeExecution } from '../../support/decoded.ts';
import { recordWith } from '../../support/fixtures.ts';
import { usualRules } from '../../support/usualRules.ts';

const sid = 'spf00970001@hf1a2094e36ee0009782';
const trace = {
  sid,
  sub: 'workflow',
  status: { code: 0, message: 'success' },
  answer: '好',
  trace: [],
};
const text = JSON.stringify(trace);

const utf8 = (content: string) => new TextEncoder().encode(content);
const decoded = (value: Uint8Array) => {
  const result = decodeRecord(aRecord({ value }), usualRules);
  return result.ok ? result.value.summary.sid : `${result.error.reason}: ${result.error.detail}`;
};
const base64 = (content: string) => Buffer.from(content).toString('base64');
const nested = (levels: number, wrap: (inner: string) => Json) => {
  let json: Json = text;
  for (let level = 0; level < levels; level++)
    json = wrap(level === 0 ? text : JSON.stringify(json));
  return json;
};
const objects = (levels: number, inner: Json): Json =>
  Array.from({ length: levels }).reduce<Json>((json) => ({ payload: json }), inner);
const python = (content: string) => content.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
/** A text of Avro: its length, doubled, in groups of seven bits. */
const avroText = (content: string) => {
  const length: number[] = [];
  for (let left = 2 * utf8(content).length; ; left = Math.floor(left / 128)) {
    length.push((left % 128) | (left > 127 ? 128 : 0));
    if (left < 128) return Uint8Array.of(0, 0, 0, 0, 42, ...length, ...utf8(content));
  }
};
const cutText = Uint8Array.from(
  [...utf8('{"sid":"x","sub":"workflow","status":{},"question":"检查好的一天"}')].filter(
    (_, at) => at !== 53,
  ),
);
const glueId = [0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0x4d, 0xef, 0x80, 1, 2, 3, 4, 5, 6, 7];
const glue = (compression: number, content: Uint8Array) =>
  Uint8Array.of(3, compression, ...glueId, ...content);
const ofJson = (json: Json) => decoded(utf8(jsonOf(json)));

/** A record with a step, as stores write it with the types around its values. */
const withStep = {
  ...{ sid, sub: 'workflow', status: { code: 21600, message: 'failed' }, answer: '好' },
  trace: [
    {
      ...{ id: 'a', node_id: 'ifly-code::1', node_name: '代码', running_status: true },
      ...{ start_time: 1_700_000_000_000, end_time: 1_700_000_000_500, duration: 500.5 },
      data: { input: { S: 'x', n: null, list: ['a', 1] }, output: { password: 'aB3dE6gH9' } },
      logs: [],
    },
  ],
};
const dynamo = (json: Json): Json => {
  if (json === null) return { NULL: true };
  if (typeof json === 'string') return { S: json };
  if (typeof json === 'number') return { N: String(json) };
  if (typeof json === 'boolean') return { BOOL: json };
  return Array.isArray(json) ? { L: json.map(dynamo) } : { M: inEach(json, dynamo) };
};
const avro =
  (record: string, isInUnion: (name: string) => boolean) =>
  (json: Json, name = ''): Json => {
    const inner = avro(record, isInUnion);
    const wrap = (type: string, content: Json): Json =>
      isInUnion(name) ? { [type]: content } : content;
    if (json === null) return json;
    if (typeof json === 'string') return wrap('string', json);
    if (typeof json === 'number') return wrap(Number.isInteger(json) ? 'long' : 'double', json);
    if (typeof json === 'boolean') return wrap('boolean', json);
    return Array.isArray(json)
      ? wrap(
          'array',
          json.map((item) => inner(item as Json, name)),
        )
      : wrap(record, inEach(json, inner));
  };
const mongo = (json: Json): Json => {
  if (typeof json === 'number')
    return Number.isInteger(json) ? { $numberLong: String(json) } : { $numberDouble: String(json) };
  if (typeof json !== 'object' || json === null) return json;
  return Array.isArray(json) ? json.map((item) => mongo(item as Json)) : inEach(json, mongo);
};
function inEach(json: object, change: (value: Json, name: string) => Json): Json {
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [name, change(value as Json, name)]),
  );
}
const fields = (wrapped: Json, name: string): Json =>
  typeof wrapped === 'object' && wrapped !== null && name in wrapped
    ? ((wrapped as Readonly<Record<string, Json>>)[name] ?? null)
    : null;

describe('a record is found as it was escaped for', () => {
  it.each<[string, string]>([
    ['a page', `<pre>${text.replaceAll('"', '&quot;')}</pre>`],
    ['XML', `<message><value>${text.replaceAll('"', '&#34;')}</value></message>`],
    ['an address', `GET /trace?record=${encodeURIComponent(text)}&x=1`],
    ['a form', encodeURIComponent(JSON.stringify(trace, null, 2))],
  ])('%s', (_name, content) => {
    expect(decoded(utf8(content))).toBe(sid);
  });
});

describe('what was written with types around its values is the same record', () => {
  const plain = openRecord(recordWith(withStep), usualRules);
  const [run] = plain.execution().runs;
  it.each<[string, Json]>([
    ['an item of DynamoDB', fields(dynamo(withStep), 'M')],
    ['an item in an export', { Item: fields(dynamo(withStep), 'M') }],
    ['an item in a stream', { dynamodb: { NewImage: fields(dynamo(withStep), 'M') } }],
    ['Avro, all in unions', avro('com.example.Trace', () => true)(withStep)],
    ['Avro, records without names', avro('record', () => true)(withStep)],
    ['Avro, some in unions', avro('a.B', (name) => ['sid', 'input'].includes(name))(withStep)],
    ['Avro, entries in unions', avro('a.B', (name) => name === 'node_name')(withStep)],
    ['Avro, a status in unions', avro('a.B', (name) => name === 'message')(withStep)],
    ['Avro, a list in a union', avro('a.B', (name) => name === 'trace')(withStep)],
    ['MongoDB’s', { _id: { $oid: '65' }, ...(mongo(withStep) as object) }],
  ])('%s', (_name, json) => {
    const opened = openRecord(recordWith(json), usualRules);
    expect(wholeExecution(opened.execution())).toEqual(wholeExecution(plain.execution()));
    expect(opened.nodeData(run?.key ?? '')).toEqual(plain.nodeData(run?.key ?? ''));
    expect(JSON.stringify(opened.nodeData(run?.key ?? ''))).not.toContain('aB3dE6gH9');
  });

  it('and values that look so stay what they are', () => {
    const input = { S: 'x', string: { long: 1 }, 'a.b': {} };
    const data = { input: { value: { string: 'a' }, other: { S: 'b' }, input }, output: {} };
    const entry = { id: 'a', node_id: 'ifly-code::1', node_name: 'x', logs: [], data };
    const opened = openRecord(recordWith({ ...withStep, trace: [entry] }), usualRules);
    const key = opened.execution().runs[0]?.key ?? '';
    expect(JSON.stringify(opened.nodeData(key))).toContain('{"string":"a"}');
  });
});

describe('a record is found in', () => {
  it.each<[string, Json]>([
    [
      'what kafka-ui saves',
      { Value: text, Offset: 1, Partition: 0, Timestamp: '2026-11-23T16:47:46Z' },
    ],
    ['what kafbat saves, with capitals', { Content: text, Offset: 1, Partition: 0, Key: null }],
    [
      'Redpanda Console’s download',
      { partitionID: 0, offset: 4, value: { payload: trace }, key: {} },
    ],
    ['kcat -J', { topic: 't', partition: 0, offset: 1, ts: 17, payload: text }],
    ['kafkactl -o json', { Partition: 0, Offset: 3, Key: '', Value: text, Timestamp: 'x' }],
    ['Kafka Connect', { schema: { type: 'string' }, payload: text }],
    ['Kafka Connect with a structure', { schema: { type: 'struct' }, payload: trace }],
    ['Debezium', { op: 'c', before: null, after: { id: 7, payload: text }, source: {} }],
    ['Debezium in Connect', { schema: {}, payload: { op: 'r', before: null, after: trace } }],
    ['Elasticsearch’s hit', { _index: 'spark', _id: 'a', _source: trace }],
    [
      'a hit of a shipper’s index',
      { _index: 'logs', _source: { '@timestamp': 'x', message: text } },
    ],
    ['CloudEvents', { specversion: '1.0', type: 'trace', data: trace }],
    ['Filebeat', { '@timestamp': 'x', '@metadata': { beat: 'filebeat' }, message: text }],
    ['Filebeat that parsed it', { '@timestamp': 'x', json: trace }],
    ['Logstash', { '@version': '1', event: { original: text }, message: 'cut' }],
    ['Docker', { log: `${text}\n`, stream: 'stdout', time: 'x' }],
    ['journald', { MESSAGE: text, __REALTIME_TIMESTAMP: '17' }],
    ['logcli', { labels: {}, line: text, timestamp: 'x' }],
    ['an OpenTelemetry log', { timeUnixNano: '17', body: { stringValue: text } }],
    ['fluentd', { log: text, container_name: '/astron' }],
    ['text in text', JSON.stringify(text)],
    ['text in text in text', JSON.stringify(JSON.stringify(text))],
    ['text in text, twelve times', nested(12, (inner) => inner)],
    ['messages in messages', nested(7, (inner) => ({ message: inner }))],
    ['objects in objects', objects(40, trace)],
    ['a column of Debezium’s', { op: 'c', before: null, after: { id: 1, trace_json: text } }],
    ['what Debezium saw deleted', { op: 'd', before: { payload: text }, after: null }],
    ['Debezium of a document store', { op: 'c', after: text, source: {} }],
    ['a field that a shipper was told', { '@timestamp': 'x', host: {}, astron: trace }],
    [
      'an Elasticsearch hit of a record’s fields',
      {
        ...{ _index: 'x', _id: 'a' },
        fields: {
          sid: [trace.sid],
          'sid.keyword': [trace.sid],
          trace: [[]],
          'trace.node_id': ['a', 'b'],
        },
      },
    ],
    ['an Elasticsearch hit of fields', { _index: 'x', fields: { message: [text] } }],
    ['an answer with one hit', { responses: [{ hits: { hits: [{ _source: trace }] } }] }],
    ['journald’s bytes', { MESSAGE: [...utf8(text)], __REALTIME_TIMESTAMP: '17' }],
    ['GELF', { version: '1.1', short_message: text.slice(0, 20), full_message: text }],
    ['Splunk’s export', { preview: false, result: { _raw: text, _time: 'x' } }],
    ['Google Cloud Logging', { insertId: 'x', jsonPayload: trace }],
    ['Google Cloud Logging’s text', { insertId: 'x', textPayload: text }],
    ['a subscription of CloudWatch', { logEvents: [{ id: '1', message: text }] }],
    [
      'OTLP’s logs',
      { resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: text } }] }] }] },
    ],
    ['base64, as a REST proxy gives it', { topic: 't', key: null, value: base64(text), offset: 1 }],
    ['base64 of CloudEvents', { specversion: '1.0', data_base64: base64(text) }],
    ['a line of a log in a message', { '@timestamp': 'x', message: `16:47 INFO sent ${text}` }],
    ['fluentd’s event', ['astron.trace', 1795452466, { log: text }]],
    ['a list of one', [trace]],
    [
      'a shipper around Docker around Connect',
      {
        '@timestamp': 'x',
        message: JSON.stringify({
          log: JSON.stringify({ schema: {}, payload: text }),
          stream: 'x',
        }),
      },
    ],
  ])('%s', (_name, json) => {
    expect(ofJson(json)).toBe(sid);
  });

  it.each<[string, Uint8Array]>([
    ['a registry’s frame', Uint8Array.of(0, 0, 0, 0, 7, ...utf8(text))],
    ['one whose id is a line break', Uint8Array.of(0, 0, 0, 0, 10, ...utf8(text))],
    ['a frame around a text of Avro', avroText(text)],
    ['a frame around a text of Protobuf', Uint8Array.of(0, 0, 0, 0, 7, 0, 10, 90, ...utf8(text))],
    ['a frame with a longer id', Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 9, ...utf8(text))],
    ['a frame around UTF-16', Buffer.from([0, 0, 0, 0, 7, ...Buffer.from(text, 'utf16le')])],
    ['AWS Glue’s frame', glue(0, utf8(text))],
    ['AWS Glue’s frame, packed', glue(5, deflateSync(text))],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
    ['UTF-16 padded with zeros', Buffer.from(`${text}\0\0\0`, 'utf16le')],
    [
      'UTF-16 with zeros in common signs',
      Buffer.from(JSON.stringify({ question: '一二三'.repeat(300), ...trace }), 'utf16le'),
    ],
    ['big-endian UTF-16 with a mark', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['zeros in front, many', Uint8Array.of(...new Uint8Array(64), ...utf8(text))],
    ['UTF-16 with one', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['big-endian UTF-16', Buffer.from(text, 'utf16le').swap16()],
    ['a buffer padded with zeros', Uint8Array.of(...utf8(text), 0, 0, 0, 0)],
    ['a text of C, with a zero at its end', Uint8Array.of(...utf8(text), 0)],
    [
      'GB18030',
      Buffer.concat(
        [Buffer.from(text.replace('好', '\u0001')).map((byte) => byte)].map((bytes) => {
          const at = bytes.indexOf(1);
          // 好 in GBK.
          return Buffer.concat([
            bytes.subarray(0, at),
            Buffer.from([0xba, 0xc3]),
            bytes.subarray(at + 1),
          ]);
        }),
      ),
    ],
    ['a text with its quotes escaped', utf8(text.replaceAll('"', '\\"'))],
    ['… twice, in a line of a log', utf8(`sent ${text.replaceAll('"', '\\\\\\"')} "ok" {}`)],
    ['a Python bytes literal', utf8(`b'${text.replaceAll('\\', '\\\\')}'`)],
    ['one with escapes', utf8(`b'${text.replace('好', '\\xe5\\xa5\\xbd')}'`)],
    ['the repr of a text', utf8(`'${text}'`)],
    ['a Python 2 text', utf8(`u'${text}'`)],
    ['a bytearray', utf8(`bytearray(b'${text.replace('好', '')}')`)],
    [
      'a Python dict',
      utf8(`{'sid': '${sid}', 'sub': 'workflow', 'status': {'code': 0, 'x': None}}`),
    ],
    [
      'a record of kafka-python',
      utf8(`ConsumerRecord(topic='t', offset=1, key=None, value=b'${python(text)}', headers=[])`),
    ],
    [
      'a record of Java’s client',
      utf8(`ConsumerRecord(topic = t, headers = RecordHeaders(headers = []), value = ${text})`),
    ],
    ['a line of a log', utf8(`2026-11-23 16:47:46,535 INFO [core] sent ${text} to the topic`)],
    ['a coloured one', utf8(`\x1b[36mcore-1 | \x1b[0m${text}`)],
    ['a container’s line', utf8(`2026-11-23T16:47:46.535Z stdout F ${text}`)],
    ['syslog', utf8(`<14>1 2026-11-23T16:47:46.535Z host app 12 ID47 - ${text}`)],
    ['logfmt', utf8(`time="2026" level=info msg=${JSON.stringify(text)} component=x`)],
    ['logcli’s line', utf8(`2026-11-23T16:47:46Z {job="x", pod="y"} ${text}`)],
    ['Logstash’s rubydebug', utf8(`{\n "message" => ${JSON.stringify(text)},\n "n" => nil\n}`)],
    [
      'Fluent Bit’s standard output',
      utf8(`[0] app: [1795452466.5, {"log"=>${JSON.stringify(text)}}]`),
    ],
    ['a record between others that are none', utf8(`{"a":1} ${text} {"b":2}`)],
    ['the same record twice', utf8(`${JSON.stringify(text)} ${text}`)],
  ])('%s', (_name, value) => {
    expect(decoded(value)).toBe(sid);
  });
});

const several = 'notATrace: several traces in one record';
const noValues = 'notJson: CSV without a value column';
const truncated = `truncatedJson: position ${'INFO '.length + text.length - 9}`;

describe('an envelope without a trace', () => {
  const other = '{"a":1}';
  const samples: Readonly<Record<string, Json>> = {
    'Redpanda Console': { partitionID: 0, offset: 1, value: { payload: { a: 1 } } },
    'Kafka topic browser': { Offset: 1, Partition: 0, Value: other },
    'Kafka Connect': { schema: {}, payload: other },
    Debezium: { op: 'c', before: null, after: { a: 1 } },
    Elasticsearch: { _index: 'x', _source: { a: 1 } },
    CloudEvents: { specversion: '1.0', data: { a: 1 } },
    Logstash: { event: { original: other } },
    Filebeat: { '@timestamp': 'x', message: other },
    'Google Cloud Logging': { insertId: 'x', jsonPayload: { a: 1 } },
    GELF: { short_message: 'a', full_message: other },
    Splunk: { result: { _raw: other } },
    Docker: { log: other, stream: 'stdout' },
    journald: { MESSAGE: other, _PID: '1' },
    Loki: { labels: {}, line: other },
    'OpenTelemetry log': { timeUnixNano: '17', body: { stringValue: other } },
  };

  it.each(Object.entries(samples))('is named: %s', (kind, json) => {
    expect(ofJson(json)).toBe(`notATrace: ${kind}, no trace in it`);
  });

  it('is each that is known', () => {
    expect(Object.keys(samples)).toEqual([...new Set(envelopes.map(({ kind }) => kind))]);
  });
});

describe('what is not read says what it is', () => {
  it.each<[string, Uint8Array, string]>([
    [
      'Avro behind a registry',
      Uint8Array.of(0, 0, 0, 0, 42, 2, 0xff),
      'needsSchema: Avro or Protobuf, schema 42',
    ],
    [
      'Avro behind AWS Glue',
      glue(0, Uint8Array.of(2, 0xff)),
      'needsSchema: Avro or Protobuf, AWS Glue schema 12345678-9abc-4def-8001-020304050607',
    ],
    ['Java’s own form', Uint8Array.of(0xac, 0xed, 0, 5, 0x73), 'notUtf8: Java serialization'],
    ['UTF-8 that lacks a byte', cutText, 'notUtf8: byte 54'],
    ['xz', Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 1), 'compressed: xz'],
    ['gzip', Uint8Array.of(0x1f, 0x8b, 8, 0xff, 0xfe), 'compressed: gzip'],
    ['an Avro file', Uint8Array.of(0x4f, 0x62, 0x6a, 0x01, 0xff), 'notUtf8: Avro'],
    ['other bytes', Uint8Array.of(0x41, 0xff, 0xfe, 0x41), 'notUtf8: byte 1'],
    [
      'a shipper’s line without a trace',
      utf8('{"log":"started","stream":"stdout"}'),
      'notATrace: Docker, no trace in it',
    ],
    [
      'an export without one',
      utf8('{"_index":"x","_source":{"a":1}}'),
      'notATrace: Elasticsearch, no trace in it',
    ],
    [
      'an answer that found nothing',
      utf8('{"took":1,"hits":{"total":{"value":0},"hits":[]}}'),
      'notATrace: Elasticsearch, no trace in it',
    ],
    [
      'an answer that is an error',
      utf8('{"error":{"root_cause":[],"type":"index_not_found_exception"},"status":404}'),
      'notATrace: Elasticsearch, no trace in it',
    ],
    ['a document of plain text', utf8('%PDF-1.7\n1 0 obj\n'), 'notJson: PDF'],
    ['gzip in base64', utf8(`${gzipSync(text).toString('base64')}\n`), 'notJson: gzip in base64'],
    ['two records in one', utf8(`${text}\n${text.replace('spf', 'spg')}`), several],
    [
      'two events in one',
      utf8(
        JSON.stringify({ logEvents: [{ message: text }, { message: text.replace('spf', 'x') }] }),
      ),
      several,
    ],
    ['a record that breaks off in a log', utf8(`INFO ${text.slice(0, -9)}`), truncated],
    ['one that holds a whole entry', utf8(`{"a":${text},"b":"`), 'truncatedJson: position 134'],
    ['claims of a token', utf8('{"user":{"sub":"x","status":{"a":1}}}'), 'notATrace: no sid'],
    ['a chat’s quotes', utf8('{“sid”: “a”, “q”: “click “Save””}'), 'notJson: typographic quotes'],
    ['XML', utf8('<?xml version="1.0"?><a/>'), 'notJson: XML'],
    ['HTML', utf8('<!DOCTYPE html><html></html>'), 'notJson: HTML'],
    ['YAML', utf8('sid: x\nsub: workflow\n'), 'notJson: YAML'],
    ['a list of YAML', utf8('# x\n- sid: x\n  sub: workflow\n'), 'notJson: YAML'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a), 'notUtf8: PNG'],
    ['SQL', utf8(`INSERT INTO records VALUES (1,'{"sid":"it''s"}');`), 'notJson: SQL'],
    [
      'a dump of bytes without some of its lines',
      utf8('00000010  7b 22 73 69 64 22 3a 22  61 61 61 61 61 61 61 61  |{"sid":"aaaaaaaa|'),
      'notJson: a hexadecimal dump',
    ],
    ['Node’s Buffer', utf8('<Buffer 7b 22 ... 9 more bytes>'), 'notJson: Node’s Buffer'],
    ['Java’s Struct', utf8('Struct{sid=x,sub=workflow}'), 'notJson: Java’s Struct'],
    ['a table of no values', utf8('offset,partition,timestamp\n1,0,17\n'), noValues],
    ['an object of another kind', utf8('{"a":1}'), 'notATrace: no sid'],
    ['zeros alone', new Uint8Array(64), 'empty: '],
    ['a list', utf8('[1,2]'), 'notAnObject: list'],
    ['a word', utf8('"word"'), 'notAnObject: string'],
    ['null', utf8('null'), 'notAnObject: null'],
  ])('%s', (_name, value, reason) => {
    expect(decoded(value)).toBe(reason);
  });

  it.each<[string, Json]>([
    [
      'envelopes that never do',
      nested(12, (inner) => ({ log: inner.replaceAll('status', 'x').replaceAll('trace', 'y') })),
    ],
    ['objects of any depth', objects(5_000, { sid, no: 'record' })],
    ['lists of many', Array.from({ length: 200_000 }, (_, n) => ({ sid: String(n) }))],
    [
      'many fields of many fields',
      Object.fromEntries(
        Array.from({ length: 300 }, (_, n) => [
          `f${n}`,
          Array.from({ length: 300 }, () => ({ sid })),
        ]),
      ),
    ],
    ['braces that nothing closes', '{"sid" '.repeat(50_000)],
    ['quotes that nothing closes', `'{sid `.repeat(50_000)],
  ])('ends with %s', (_name, json) => {
    expect(ofJson(json)).toMatch(/^not/);
  });
});
