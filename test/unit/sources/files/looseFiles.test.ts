import { describe, expect, it } from 'vitest';

import { readRecords } from '../../../../src/sources/files/readRecords.ts';

const utf8 = (content: string) => new TextEncoder().encode(content);
const text = (bytes: Uint8Array | null) =>
  bytes === null ? null : new TextDecoder().decode(bytes);
const read = (content: string | Uint8Array) =>
  [...readRecords(typeof content === 'string' ? utf8(content) : content, 'f')].map(
    ({ offset, value }) => `${offset} ${text(value) ?? 'null'}`,
  );
/** As they are read in the end: what stands for a comment is white space. */
const parsed = (content: string) =>
  read(content).map((line) => JSON.parse(line.slice(line.indexOf(' '))) as unknown);

const a = '{"sid":"a"}';
const b = '{"sid":"b"}';

it.each([
  ['that nothing closes', '/* '],
  ['that each could close', '/* x/ '],
])('a file of comments %s takes steps for each sign, not for each pair of them', (_, piece) => {
  expect(read(`{${piece.repeat(400_000)}`)).toHaveLength(1);
});

describe('JSON as people write it is read', () => {
  it.each<[string, string, unknown[]]>([
    [
      'with comments',
      '// saved by hand\n{\n  /* the run */ "sid": "a", // one\n  "n": [1, // two\n    2]\n}\n',
      [{ sid: 'a', n: [1, 2] }],
    ],
    ['with a comment over lines', '/* one\n * two {\n */\n{"sid":"a"}', [{ sid: 'a' }]],
    [
      'with what only looks like one',
      '{\n"u":"http://x/*", // y\n"v":"// z"\n}',
      [{ u: 'http://x/*', v: '// z' }],
    ],
    [
      'with commas behind the last',
      '{\n  "sid": "a",\n  "n": [1, 2,],\n}\n',
      [{ sid: 'a', n: [1, 2] }],
    ],
    [
      'with hard blanks',
      '{\n\u00a0\u00a0"sid": "a",\n\u00a0\u00a0"n":\u00a01\n}',
      [{ sid: 'a', n: 1 }],
    ],
    [
      'with the quotes of a chat',
      '{\n  “sid”: “a”,\n  “text”: „say \\"x\\"”\n}\n',
      [{ sid: 'a', text: 'say "x"' }],
    ],
    [
      'in the cells of a page',
      '<html><body><table><tr><th>n</th><th>value</th></tr><tr><td>1</td><td>{&quot;sid&quot;: &quot;a&quot;, &quot;t&quot;: &quot;&lt;b&gt; &amp;amp; &#20013;&#x4e2d;&quot;}</td></tr>\n<tr><td>2</td><td> {"sid":"b"} </td></tr></table></body></html>',
      [{ sid: 'a', t: '<b> &amp; 中中' }, { sid: 'b' }],
    ],
    [
      'as data of XML',
      '<?xml version="1.0"?>\n<RESULTS><ROW><COLUMN NAME="BODY"><![CDATA[{"sid":"a","t":"</b>&amp;"}]]></COLUMN></ROW><ROW><COLUMN NAME="BODY"><![CDATA[{"sid":"b"}]]></COLUMN></ROW></RESULTS>',
      [{ sid: 'a', t: '</b>&amp;' }, { sid: 'b' }],
    ],
    ['behind hard blanks', '\u00a0{\n\u00a0"sid": "a"\n}', [{ sid: 'a' }]],
    ['quoted in a mail', '> {\n>   "sid": "a",\n>\n>   "n": 1\n> }\n', [{ sid: 'a', n: 1 }]],
    [
      'behind the name of a container',
      'rpa-1  | {\nrpa-1  |   "sid": "a"\nrpa-1  | }\nrpa-1  | {"sid":"b"}\n',
      [{ sid: 'a' }, { sid: 'b' }],
    ],
    [
      'in base64 over lines',
      (btoa(`{"sid":"a","text":"${'x'.repeat(90)}"}`).match(/.{1,76}/g) ?? []).join('\n'),
      [{ sid: 'a', text: 'x'.repeat(90) }],
    ],
    [
      'an array with comments',
      '[\n  // one\n  {"sid":"a"}, // two\n  {"sid":"b"},\n]\n',
      [{ sid: 'a' }, { sid: 'b' }],
    ],
    [
      'with colours',
      '\u001b[1;39m{\n  \u001b[34;1m"sid"\u001b[0m: \u001b[0;32m"a"\u001b[0m\n}\u001b[0m',
      [{ sid: 'a' }],
    ],
  ])('%s', (_name, content, expected) => {
    expect(parsed(content)).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    [
      'with lines where they were',
      `/* x\n*/\n{\n"sid":"a" // y\n}\n${b}`,
      ['3 {\n"sid":"a"     \n}', `6 ${b}`],
    ],
    ['where it breaks off, as it is', '{"a":"x // y\n{"b":2}', ['1 {"a":"x // y', '2 {"b":2}']],
    [
      'and no address in a log',
      `{"a":\n{"b":2}\nGET http://x/ ${b}`,
      ['1 {"a":', '2 {"b":2}', `3 ${b}`],
    ],
    ['and no colour of a text', `\u001b[36mx |\u001b[0m ${a}`, [`1 ${a}`]],
  ])('%s', (_name, content, expected) => {
    expect(read(content)).toEqual(expected);
  });
});

describe('what a tool prints beside the records is none', () => {
  it.each<[string, string]>([
    ['the console consumer', `${a}\n${b}\nProcessed a total of 2 messages\n`],
    [
      'NATS',
      `16:27:40 Subscribing on t\n[#1] Received on "t"\n${a}\n\n\n[#2] Received on "t"\n${b}\n`,
    ],
    ['`tail` of two files', `==> a b.json <==\n${a}\n\n==> b.json <==\n${b}\n`],
    ['… ended by hand', `${a}\n${b}\n^CProcessed a total of 2 messages\n`],
    [
      '… with warnings and an error',
      `[2026-11-28 10:00:00,000] WARN [Consumer] Error while fetching metadata with correlation id 2 : {x=LEADER_NOT_AVAILABLE} (org.apache.kafka.clients.NetworkClient)\n${a}\n${b}\n[2026-11-28 10:00:01,000] ERROR Error processing message (kafka.tools.ConsoleConsumer$)\norg.apache.kafka.common.errors.TimeoutException\n\tat a.B.c(D.java:1)\nProcessed a total of 2 messages\n`,
    ],
    [
      'kcat',
      `% Auto-selecting Consumer mode (use -P or -C to override)\n${a}\n${b}\n% Reached end of topic t [0] at offset 2\n%3|1795452466.535|FAIL|rdkafka#consumer-1| [thrd:x:9092/bootstrap]: Connection refused\n`,
    ],
    [
      'Confluent’s CLI',
      `Starting Kafka Consumer. Use Ctrl-C to exit.\n${a}\n% Headers: [a="b"]\n${b}\n% Current assignment lost.\n% Error: ErrAllBrokersDown: 1/1 brokers are down\nStopping Consumer.\n`,
    ],
    [
      'kafka-ui’s answer as a stream of events',
      `data:{"type":"PHASE","phase":{"name":"Polling"}}\n\ndata:${a}\n\ndata:{"type":"CONSUMING","consuming":{"bytesConsumed":1}}\n\ndata:${b}\n\ndata:{"type":"DONE"}\n\n`,
    ],
    [
      'kaf',
      `Key:         k\nPartition:   0\nOffset:      1\nTimestamp:   2026-11-23 16:47:46 +0000\n${a}\nPartition:   0\nOffset:      2\nTimestamp:   2026-11-23 16:47:46 +0000\n${b}\n`,
    ],
    [
      'Kafka’s extension of VS Code',
      `Key: k\nPartition: 0\nOffset: 1\nHeaders: h=1\nValue:\n${a}\n\nKey: k\nPartition: 0\nOffset: 2\nValue:\n${b}\n\n`,
    ],
    [
      'journald, as it exports',
      `__CURSOR=s=1;i=2\n__REALTIME_TIMESTAMP=17\n_BOOT_ID=x\nPRIORITY=6\nSYSLOG_IDENTIFIER=x\nMESSAGE=${a}\n_CMDLINE=java -Dx={y}\n\n__CURSOR=s=1;i=3\nMESSAGE=${b}\n_PID=1\n`,
    ],
    [
      'journald, with all it knows',
      `Mon 2026-11-23 16:47:46.535000 CST [s=1;i=2]\n    _UID=0\n    PRIORITY=6\n    MESSAGE=${a}\n    _PID=1\nMon 2026-11-23 16:47:47 CST [s=1;i=3]\n    MESSAGE=${b}\n`,
    ],
    [
      'journald, between starts of the machine',
      `-- Journal begins at Mon 2026-11-23 16:47:46 CST, ends at Tue. --\nNov 23 16:47:46 host x[1]: ${a}\n-- Boot 12ab --\nNov 23 16:47:46 host x[1]: ${b}\n-- Reboot --\n`,
    ],
    ['kubectl', `Defaulted container "kafka" out of: kafka, init (init)\n${a}\n${b}`],
    [
      'Elasticsearch’s bulk request',
      `{"index":{"_index":"x","_id":"1"}}\n${a}\n{"create":{}}\n${b}\n`,
    ],
    ['a table that is drawn', `+----+\n${a}\n${b}\n+----+\n`],
    ['server-sent events', `data: ${a}\n\ndata: ${b}\n\ndata: [DONE]\n`],
    ['comments', `// one\n${a}\n# two\n${b}\n`],
    ['a block of Markdown', `\`\`\`json\n${a}\n${b}\n\`\`\`\n`],
    [
      'kcat, with the format of its manual',
      `Key (-1 bytes):\nValue (11 bytes): ${a}\nTimestamp: 17\tPartition: 0\tOffset: 12\n--\nKey (1 bytes): k\nValue (11 bytes): ${b}\nTimestamp: 17\tPartition: 0\tOffset: 13\n--\n`,
    ],
    ['Kafdrop', `Offset: 1   Key: empty   Timestamp: 2026 Headers: empty\n${a}\n${b}\n`],
    [
      'the dump of a broker’s log',
      `Dumping /tmp/t-0/0.log\nLog starting offset: 0\nbaseOffset: 0 lastOffset: 1 count: 2 isvalid: true\n| offset: 0 payload: ${a}\n| offset: 1 payload: ${b}\n`,
    ],
    [
      'mysql',
      `*************************** 1. row ***************************\n  id: 1\nbody: ${a}\n*************************** 2. row ***************************\n  id: 2\nbody: ${b}\n2 rows in set (0.00 sec)\n`,
    ],
    ['psql', ` id |  body\n----+-------\n  1 | ${a}\n  2 | ${b}\n(2 rows)\n`],
  ])('%s', (_name, content) => {
    expect(read(content).map((line) => line.replace(/^\d+ /, ''))).toEqual([a, b]);
  });

  it('… of a table that Hive draws', () => {
    const rows = `+-------+\n| value |\n+-------+\n| ${a} |\n| ${b} |\n+-------+\n`;
    expect(read(`${rows}2 rows selected (0.1 seconds)\n`)).toEqual([`4 | ${a} |`, `5 | ${b} |`]);
  });

  it('but a record that speaks of it is one', () => {
    const record = '{"index":{"sid":"x"}}';
    expect(read(record)).toEqual([`1 ${record}`]);
    expect(read('% of what?\n100 % Reached\n')).toEqual(['1 % of what?', '2 100 % Reached']);
  });
});

describe('what can’t be read is listed once', () => {
  it.each<[string, string, number[]]>([
    [
      'an object over lines with a fault',
      '{\n  "sid": "a",\n  "trace": [\n    {\n      "x": +1\n    }\n  ]\n}\n{"sid":"b"}',
      [1, 9],
    ],
    [
      'an element of an array with a fault',
      `[\n  {\n    "sid": +1,\n    "n": 'x'\n  },\n  ${b}\n]`,
      [1, 2],
    ],
    [
      'an object over lines that breaks off',
      '{\n  "sid": "a",\n  "trace": [\n    {"x": 1},\n    {"y":',
      [1],
    ],
    [
      'an object over lines with a bare line break',
      `{\n  "sid": "a",\n  "m": "one\ntwo",\n  "n": 1\n}\n${b}`,
      [1, 7],
    ],
    ['… that breaks off', `{\n  "m": "one\ntwo\n${b}\nINFO ${a}`, [1, 4, 5]],
    [
      'what Python prints over lines',
      "{'sid': 'a',\n 'status': {'code': 0},\n 'trace': []}\n",
      [1],
    ],
    ['YAML', 'sid: a\nstatus:\n  code: 0\n\ntrace: []\n', [1]],
    ['a list of YAML', '# x\n- sid: a\n  status:\n    code: 0\n- sid: b\n', [1]],
    [
      'XML',
      '<?xml version="1.0"?>\n<records>\n  <record>\n    <sid>a</sid>\n  </record>\n</records>\n',
      [1],
    ],
    ['a page', '<!DOCTYPE html>\n<html>\n<body>\nplease log in\n</body>\n</html>', [1]],
    [
      'a line of a log with its stack',
      'ERROR x\n\tat a.B(C.java:1)\n\tat a.D(C.java:2)\nINFO y\n',
      [1, 4],
    ],
  ])('%s', (_name, content, lines) => {
    expect(read(content).map((line) => Number.parseInt(line, 10))).toEqual(lines);
  });

  it.each<[string, string, string[]]>([
    ['YAML', `event: x\ndata: ${a}\nevent: y\ndata: ${b}`, [a, b]],
    ['markup', `<p>\n<p>${a}</p>\n${b}\n</p>`, [a, b]],
    [
      'XML that breaks off',
      `<a><![CDATA[${a}]]></a><b><![CDATA[{"sid":"b","q":`,
      [a, '{"sid":"b","q":'],
    ],
    ['a line', `sent:\n  ${a}\nsent:\n  ${b}`, [a, b]],
    ['a line that was cut', `{"sid":"x\n  ${a}\n  ${b}`, [a, b]],
  ])('and no record in it is lost: %s', (_name, content, expected) => {
    const values = read(content).map((line) => line.replace(/^\d+ /, ''));
    expect(values).toEqual(expect.arrayContaining(expected));
  });

  it.each<[string, Uint8Array]>([
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13)],
    ['a database', utf8(`SQLite format 3\0${'\u0001\n\u0002x\0'.repeat(50)}`)],
    ['a document', utf8('%PDF-1.7\n%x\n1 0 obj\n<< >>\nendobj\n')],
  ])('%s, which stays what it is', (_name, content) => {
    expect([...readRecords(content, 'f')].map(({ value }) => value)).toEqual([content]);
  });

  it('of any length in bounded time', () => {
    const lines = 60_000;
    expect(read('{\n  "a": +1,\n'.repeat(lines))).toHaveLength(lines);
    expect(read('  x\n'.repeat(lines))).toHaveLength(lines);
    expect(read(`a:\n${'  b:\n'.repeat(lines)}`)).toHaveLength(1);
    expect(read(`<a>\n${'  {"b":\n'.repeat(lines)}`)).toHaveLength(lines + 1);
    expect(read(`// x\n${'/* '.repeat(lines)}`).length).toBeGreaterThan(0);
  });
});
