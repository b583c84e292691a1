import type { ConsumedRecord } from '../../src/record/consumedRecord.ts';
import { recordWith } from './fixtures.ts';

const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
const others = [
  ...[
    '\n',
    '\t',
    '\r\n',
    '\u00a0',
    '\u200b',
    '中',
    '密',
    '：',
    '，',
    'Ａ',
    '“',
    '　',
    'é',
    '\u0301',
  ],
  ...['😀', '\\n', '\\"', '\\\\"', '\\u0041', '\\u0022', '\\x41', '%41', '%22', '%2522', '%3D'],
  ...['&amp;', '&quot;', '&#34;', "''", '""', '"""', '``', '\\r\\n', '\\n\\n', '; ', '  ', 'u0022'],
];
/** Names and what may stand beside them. */
const names = [
  ...['password', 'password ', 'password:', 'password: ', 'password=', '"password" ', 'password, '],
  ...['"password", ', '{"password":', '"password": [', 'password=["\'', '(password', 'password("'],
  ...[
    "password('",
    'password["',
    '"""password',
    'password\n',
    'password:\n',
    'password;',
    'token=',
  ],
  ...[
    'key ',
    'key: ',
    'sk ',
    'ak',
    'sign ',
    'salt',
    'headers ',
    '&sig=',
    '?key=',
    '密码',
    '密码是',
  ],
  ...[
    '验证码',
    '令 牌',
    'passpass',
    'key_key',
    'token:aaaaaaaaaaaaaaaaaaaa',
    'cookie: ',
    'cookie=\\"',
  ],
  ...['password == ', 'password || ', 'user/password:', 'authorization: ', 'os.environ["TOKEN"] '],
];
/** Beginnings of notations that each read on. */
const notations = [
  ...[
    'a=',
    'a=a ',
    'a:',
    'a,',
    'a.b',
    'a\n',
    '- a\n',
    'a: b\n',
    'a\tb',
    '| a ',
    '|password',
    'value ',
  ],
  ...[
    '--password ',
    '-p ',
    '--a',
    '--',
    'mysql ',
    'mysql -p',
    "'mysql', ",
    'curl -u a:',
    'echo a | ',
  ],
  ...[
    'net user a ',
    'sqlplus a ',
    'htpasswd -b ',
    'ConvertTo-SecureString ',
    'keytool ',
    'docker login ',
  ],
  ...['curl -u "a:', 'mc alias set ', '用 a ', 'a{TAB}', 'Connection("a","', "appmask['a']['"],
  ...[
    'login(',
    'login("a","',
    'login("',
    'connect(',
    'auth (',
    '.equals("',
    'strcmp("a", ',
    '"a" == ',
  ],
  ...[
    'typed "a" into ',
    '"a" + ',
    '|| ',
    '?? ',
    'or ',
    'insert into t (',
    "('a'), (",
    "values (''",
  ],
  ...[
    'insert into t (password) values (',
    'identified by ',
    'set password for ',
    'jdbc:oracle:a:b/',
  ],
  ...['<', '<a>', '<password>', '</password>', '<input ', '<input type="password" value="', '&lt;'],
  ...[
    '&lt;password',
    '<key>password</key>',
    '<value>',
    '<password x="',
    'name="password"',
    'form-data; ',
  ],
  ...[
    '://',
    'http://',
    '://a:',
    'http://a@',
    'aB1:',
    'a:b@',
    'aA1aaaaaaaaA:@',
    'eyJ',
    'eyJ-',
    'eyJa.',
  ],
  ...[
    'eyJaaaaaaaa.',
    'Bearer ',
    'Basic ',
    'sk-',
    'SG.',
    '-----BEGIN PRIVATE KEY-----',
    '-----',
    'WIFI:',
  ],
  ...[
    'WIFI:S:;',
    'Private-Lines: 1 ',
    '/token/',
    'log in as ',
    '/hook/',
    'YWJj',
    'eyJhIjoi',
    'YTphYTE6',
  ],
  ...[
    `${'e'.repeat(24)}\n`,
    `${'YWJj'.repeat(8)}\n`,
    '{"a":',
    '["',
    '[{',
    '],',
    '{}',
    '[]',
    '[[',
    "{'a':",
  ],
  ...["{'a': ", "('a', ", "'a' ", 'True', '1.', '1_', '1e', 'name,password\n', 'name,password\\n'],
  ...[
    'password,b\n',
    `http://a/${'0'.repeat(32)}.txt?`,
    'value="',
    '"value": "',
    '"name": "',
    '[1]',
  ],
];
/** What a text consists of. */
export const runPieces: readonly string[] = [...ascii, ...others, ...names, ...notations];
/** What it begins with: some is read only behind a name, in JSON, or in a table. */
export const runHeads = ['', 'password: ', '{"a": "', 'name,password\n'];
const runTails = ['!', '"}'];

/** A text that is one piece again and again. */
export interface HostileRun {
  readonly name: string;
  ofLength(length: number): string;
}

/** All pieces behind one beginning. */
export function hostileRuns(head = ''): readonly HostileRun[] {
  return runPieces.map((piece, index) => ({
    name: `${JSON.stringify(head)} and ${JSON.stringify(piece)} …`,
    ofLength: (length) =>
      head + piece.repeat(Math.ceil(length / piece.length)) + (runTails[index % 2] ?? ''),
  }));
}

/** Texts of which some part is read on and on, in other ways than a run is. */
export const hostileForms: readonly HostileRun[] = [
  { name: 'a number that is none', ofLength: (length) => `[${'1'.repeat(length)}x]` },
  { name: 'digits before a point', ofLength: (length) => `[${'1'.repeat(length)}.5]` },
  { name: 'an open list of blanks', ofLength: (length) => `[${' '.repeat(length)}x` },
  { name: 'dicts as keys of dicts', ofLength: (length) => nested("{'a': 1}", '{', ': 1}', length) },
  { name: 'dicts in tuples as keys', ofLength: (length) => nested('1', '{(', ',): 1}', length) },
  { name: 'JSON in JSON', ofLength: (length) => jsonInJson(length) },
  { name: 'base64 in base64', ofLength: (length) => base64InBase64(length) },
  { name: 'backslashes, ever fewer', ofLength: (length) => everFewer('password("', length) },
  { name: 'calls of ever deeper quotes', ofLength: (length) => everFewer('login("', length) },
  {
    name: 'addresses before a blank',
    ofLength: (length) => `http://a${addressPart.repeat(length / addressPart.length)} `,
  },
  {
    name: 'lines, ever deeper',
    ofLength: (length) =>
      Array.from({ length: length / 50 }, (_, at) => `${' '.repeat(at % 80)}tokens:\n`).join(''),
  },
];

const addressPart = `/${'0'.repeat(32)}.txt?`;

function nested(inner: string, before: string, behind: string, length: number): string {
  const levels = Math.min(150, length / (before.length + behind.length));
  return before.repeat(levels) + inner + behind.repeat(levels);
}

function jsonInJson(length: number): string {
  let text = 'password=x';
  while (text.length < length / 2) text = JSON.stringify({ text });
  return text;
}

function base64InBase64(length: number): string {
  let text = '{"password": "x"}';
  while (text.length < length / 2) text = Buffer.from(text).toString('base64');
  return text;
}

function everFewer(opened: string, length: number): string {
  const texts: string[] = [];
  for (let deep = Math.floor(Math.sqrt(length)); deep > 0; deep--) {
    texts.push(opened.replace('"', `${'\\'.repeat(deep)}u0022`), 'a b ');
  }
  return texts.join('');
}

/** Envelopes of which each may be one of several kinds, and none holds a record. */
function envelopes(content: string): string {
  let text = content;
  for (let level = 0; level < 6; level++) {
    text = `{"offset":1,"partition":0,"partitionid":1,"value":${text}}`;
  }
  return text;
}

interface Parts {
  readonly sid: string;
  readonly sub: string;
  readonly flow_id: string;
  readonly question: string;
  readonly message: string;
  readonly entry: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
}

const usual: Parts = {
  sid: 'spf00970001@hf1a2094e36ee0009782',
  sub: 'workflow',
  flow_id: '7300000000000000001',
  question: '',
  message: 'Failed',
  entry: {},
  data: {},
};

function failedRun({ message, entry, data, ...parts }: Parts): ConsumedRecord {
  const own = { id: 'a', node_id: 'ifly-code::1', node_name: 'Code', running_status: false };
  return recordWith({
    ...parts,
    status: { code: 1, message },
    trace: [{ ...own, ...entry, data }],
  });
}

const inLog = (message: string) => JSON.stringify({ level: 'ERROR', message });

/** A text as a model streams it, some characters in each frame. */
function frames(text: string): readonly string[] {
  const pieces = text.match(/.{1,20}/gsu) ?? [];
  return pieces.map((content) => {
    const message = JSON.stringify({ id: 'c', choices: [{ index: 0, delta: { content } }] });
    return JSON.stringify({ level: 'INFO', message });
  });
}

/** Records of a failed run, by where the text stands in them. */
export const hostileRecords: Readonly<Record<string, (text: string) => ConsumedRecord>> = {
  'status.message': (message) => failedRun({ ...usual, message }),
  log: (text) => failedRun({ ...usual, entry: { logs: [inLog(text)] } }),
  'plain log': (text) => failedRun({ ...usual, entry: { logs: [text] } }),
  frames: (text) => failedRun({ ...usual, entry: { logs: frames(text) } }),
  'lines of events': (text) =>
    failedRun({ ...usual, entry: { logs: [`data: {"choices": []}\n${text}\ndata:${text}`] } }),
  input: (text) => failedRun({ ...usual, data: { input: { text } } }),
  'JSON in input': (text) =>
    failedRun({ ...usual, data: { input: { a: JSON.stringify({ text }) } } }),
  output: (text) => failedRun({ ...usual, data: { output: text } }),
  config: (text) => failedRun({ ...usual, data: { config: { password: text, headers: text } } }),
  'name of a value': (text) => failedRun({ ...usual, data: { input: { [text]: text } } }),
  'node name': (text) => failedRun({ ...usual, entry: { node_name: text } }),
  'node id': (text) => failedRun({ ...usual, entry: { node_id: text } }),
  'address of a node': (text) => failedRun({ ...usual, entry: { node_id: `http://a/${text}` } }),
  'id of a log': (id) => failedRun({ ...usual, entry: { id, next_log_ids: id } }),
  sid: (sid) => failedRun({ ...usual, sid }),
  sub: (sub) => failedRun({ ...usual, sub }),
  flow_id: (flow_id) => failedRun({ ...usual, flow_id }),
  question: (question) => failedRun({ ...usual, question }),
  'message and log': (text) =>
    failedRun({ ...usual, message: text, entry: { logs: [inLog(text)] } }),
  'many messages': (text) =>
    recordWith({
      ...usual,
      status: { code: 1, message: text },
      trace: Array.from({ length: text.length / 100 }, (_, at) => ({
        ...{ id: `n${String(at)}`, node_id: `http://a/${String(at)}`, running_status: false },
        logs: [inLog(`Step ${String(at)} has failed`)],
      })),
    }),
  envelopes: (text) => recordWith(envelopes(JSON.stringify(`{${text}`))),
  'no record': (text) => recordWith(text),
};
