import { describe, expect, it } from 'vitest';

import type { Json } from '../../../src/base/json.ts';
import { createRedactor } from '../../../src/masking/redact.ts';
import { usualRules } from '../../support/usualRules.ts';

const { text, named, id } = bound();

function bound() {
  const redactor = createRedactor([], usualRules);
  return {
    text: (value: string) => redactor.text(value),
    named: (name: string, value: Json) => redactor.named(name, value),
    id: (value: string) => redactor.id(value),
  };
}

const base64 = (value: Json) => Buffer.from(JSON.stringify(value)).toString('base64');
const hex = '0123456789abcdef0123456789abcdef';

describe('text', () => {
  it.each<[string, string, string]>([
    [
      'rpa question, comma missing',
      'sid:None, access_token:EXAMPLE-RPA-KEY, project_id:19exec_position:E',
      'sid:None, access_token:••••-KEY, project_id:19exec_position:E',
    ],
    [
      'rpa question, phone',
      'access_token:k9, version: None, phone_number: 13800001234, exec_position:E',
      'access_token:••••, version: None, phone_number: ••••, exec_position:E',
    ],
    [
      'JSON',
      '{"apiKey": "EXAMPLE-API-KEY", "order": "SO-1"}',
      '{"apiKey": "••••-KEY", "order": "SO-1"}',
    ],
    [
      'JSON in JSON',
      '{"body": "{\\"api_secret\\": \\"EXAMPLE-API-SECRET\\", \\"no\\": 7}"}',
      '{"body": "{\\"api_secret\\": \\"••••CRET\\", \\"no\\": 7}"}',
    ],
    [
      'JSON, three deep',
      '\\\\\\"pwd\\\\\\": \\\\\\"hunter2\\\\\\", \\\\\\"x\\\\\\": 1',
      '\\\\\\"pwd\\\\\\": \\\\\\"••••\\\\\\", \\\\\\"x\\\\\\": 1',
    ],
    [
      'a quote within the value',
      '{"password": "a\\"b\\"c", "x": 1}',
      '{"password": "••••", "x": 1}',
    ],
    ['a number in JSON text stays JSON', '{"pwd": 123456}', '{"pwd": "••••"}'],
    [
      'pair of name and value',
      '{"name": "password", "value": "hunter2"}',
      '{"name": "password", "value": "••••"}',
    ],
    ['Python', "{'password': 'hunter2', 'user': 'bob'}", "{'password': '••••', 'user': 'bob'}"],
    [
      'bearer',
      'Authorization: Bearer EXAMPLEKEY1:EXAMPLESECRET1',
      'Authorization: Bearer ••••RET1',
    ],
    [
      'bearer in JSON',
      '{"Authorization": "Bearer abc:def", "a": 1}',
      '{"Authorization": "Bearer ••••", "a": 1}',
    ],
    [
      'basic',
      'curl -H "Authorization: Basic dXNlcjpwYXNz"',
      'curl -H "Authorization: Basic ••••YXNz"',
    ],
    ['cookie line', 'Cookie: a=1; sid=abcdefghijkl\nHost: x', 'Cookie: ••••ijkl\nHost: x'],
    [
      'key:secret',
      `{"req_body": "${hex}:YmFzZTY0c2VjcmV0YmFzZTY0c2Vj"}`,
      '{"req_body": "••••cdef:••••c2Vj"}',
    ],
    [
      'token in an address',
      'GET https://mcp.example/sse?token=abcdefghijklmnop&x=1',
      'GET https://mcp.example/sse?token=••••mnop&x=1',
    ],
    [
      'key in an address',
      'https://x.example/?key=AbCdEf1234567890&q=a',
      'https://x.example/?key=••••7890&q=a',
    ],
    ['user info', 'amqp://bob:hunter2@mq.example:5672/x', 'amqp://bob:••••@mq.example:5672/x'],
    ['sentence', 'login failed: password=hunter2 for bob', 'login failed: password=•••• for bob'],
    ['sentence in Chinese', '登录失败，密码：hunter2，请重试', '登录失败，密码：••••，请重试'],
    ['Python code', 'API_KEY = "EXAMPLE-API-KEY"\nprint(1)', 'API_KEY = "••••-KEY"\nprint(1)'],
    [
      'index in code',
      'os.environ["DB_PASSWORD"] = "hunter2"',
      'os.environ["DB_PASSWORD"] = "••••"',
    ],
    [
      'SQL',
      "CREATE USER bob IDENTIFIED BY 'hunter2'; SELECT 1",
      "CREATE USER bob IDENTIFIED BY '••••'; SELECT 1",
    ],
    [
      'SQL condition',
      "WHERE password = 'hunter2' AND id = 7",
      "WHERE password = '••••' AND id = 7",
    ],
    [
      'connection string',
      'Server=db;Uid=bob;Pwd=hunter2;Port=1',
      'Server=db;Uid=bob;Pwd=••••;Port=1',
    ],
    ['command line', 'run --password hunter2 --verbose', 'run --password •••• --verbose'],
    [
      'XML',
      '<user>bob</user><password>hunter2</password>',
      '<user>bob</user><password>••••</password>',
    ],
    [
      'YAML',
      'user: bob\nclient_secret: abcdefghijklmnop\n',
      'user: bob\nclient_secret: ••••mnop\n',
    ],
    ['JWT', 'got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghijkl there', 'got ••••ijkl there'],
    [
      'PEM',
      '-----BEGIN RSA PRIVATE KEY-----\nMIIEabcdefghijklmnop\n-----END RSA PRIVATE KEY-----',
      '-----BEGIN RSA PRIVATE KEY----- ••••-----END RSA PRIVATE KEY-----',
    ],
    [
      'well-known keys',
      'sk-abcdefghijklmnopqrst ghp_abcdefghijklmnopqrstuvwx',
      '••••qrst ••••uvwx',
    ],
    ['cut off within a secret', '{"password": "hunter2 and no end', '{"password": "•••• end'],
  ])('%s', (_name, given, masked) => {
    expect(text(given)).toBe(masked);
    // What was masked stays as it is.
    expect(text(masked)).toBe(masked);
  });

  it.each([
    'RPA node request failed(Query task error: element not found: #btnSave)',
    '{"prompt_tokens": 212, "max_tokens": 2048, "total_tokens": "253", "question_tokens": 0}',
    '{"stream_node_first_token": "{\\"_value\\": \\"False\\"}", "token_type": "x"}',
    'Invalid control character: Unexpected token: } in JSON',
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'node-start::d61b0f71-87ee-475e-93ba-f1607f0ce783',
    'spf00970001@hf1a2094e36ee0009782',
    'https://llm.example/v1/chat?model=qwen-plus&page=2',
    'http://127.0.0.1:9000/workflow/3f9d2b1a6c414c0ea8f72b8b4a9a1c33.txt',
    'order SO-1001 for 合肥启明办公, INV-20391, 12 High Street, bob@example.com',
    'def login(password: str) -> None: token = json.loads(text)["x"]',
    'password is required; api key missing',
    '{"password": "", "secret": null, "apiKey": "{{apiKey}}", "token": "None"}',
    'the secretary sorted by primary_key: id, public_key: yes',
    '2026-11-23 16:47:33 INFO author: bob, keyboard: us, authored_by: bob',
    'basic plan, bearer of news',
  ])('leaves %s', (plain) => {
    expect(text(plain)).toBe(plain);
  });

  it('masks JSON in base64 and writes base64 again', () => {
    const given = base64({ Authorization: 'Bearer EXAMPLE-TOOL-KEY', from: 'USD' });
    const masked = text(`{"header": "${given}"}`);
    expect(masked).not.toContain(given);
    const inner = /: "([^"]+)"/.exec(masked)?.[1] ?? '';
    expect(Buffer.from(inner, 'base64').toString()).toBe(
      '{"Authorization":"Bearer ••••-KEY","from":"USD"}',
    );
    const harmless = base64({ from: 'USD', to: 'CNY' });
    expect(text(harmless)).toBe(harmless);
  });

  it('masks base64 in JSON in base64', () => {
    const inner = base64({ password: 'correct horse battery' });
    const masked = text(base64({ body: inner }));
    expect(Buffer.from(masked, 'base64').toString()).not.toContain(inner);
  });

  it('hides known secrets wherever they are echoed', () => {
    const redactor = createRedactor(['S3cr3tPa55', 'S3cr3tPa55-and-more'], usualRules);
    expect(redactor.text('user bob / S3cr3tPa55, S3cr3tPa55-and-more')).toBe(
      'user bob / ••••, ••••more',
    );
  });
});

describe('named', () => {
  it.each<[string, string, Json, Json]>([
    ['by name', 'apiSecret', 'EXAMPLE-API-SECRET', '••••CRET'],
    ['any case', 'X-API-KEY', 'EXAMPLE-API-KEY', '••••-KEY'],
    ['snake', 'access_token', 'abc', '••••'],
    ['a number', 'pwd', 123456, '••••'],
    ['lists under the name', 'passwords', ['a', 'b'], ['••••', '••••']],
    [
      'within',
      'config',
      { header: { apiKey: 'EXAMPLE-RPA-KEY' }, max_tokens: 7 },
      { header: { apiKey: '••••-KEY' }, max_tokens: 7 },
    ],
    [
      'pair',
      'headers',
      [{ name: 'Authorization', value: 'Bearer abcdefghijklmnop' }],
      [{ name: 'Authorization', value: 'Bearer ••••mnop' }],
    ],
    [
      'a header of unknown name',
      'req_headers',
      { 'X-Company': 'a1b2c3d4e5f6a7b8', 'app-id': 'a1b2c3d4e5f6a7b8' },
      { 'X-Company': '••••a7b8', 'app-id': 'a1b2c3d4e5f6a7b8' },
    ],
    [
      'JSON text within',
      'config',
      { req_body: '{"password": "hunter2", "n": 1}' },
      { req_body: '{"password": "••••", "n": 1}' },
    ],
    ['counts', 'usage', { token: 3, tokens: '253' }, { token: '••••', tokens: '253' }],
    [
      'objects under the name',
      'secret',
      { a: { b: 'x', c: false }, d: '{"password": "hunter2", "n": 1}' },
      { a: { b: '••••', c: false }, d: '{"password": "••••", "n": 1}' },
    ],
    [
      'pair of key and value',
      'params',
      [
        { key: 'token', value: 'abcdefghijklmnop' },
        { name: 1, value: 2 },
      ],
      [
        { key: 'token', value: '••••mnop' },
        { name: 1, value: 2 },
      ],
    ],
    ['digits', 'pwd', '1234', '••••'],
    [
      'a list of name and value',
      'headers',
      [['X-Api-Key', 'a1b2c3d4e5f6']],
      [['X-Api-Key', '••••e5f6']],
    ],
    ['a list of two names', 'fields', ['password', 'username'], ['password', 'username']],
    [
      'field and content',
      'form',
      [{ field: 'password', content: 'hunter2' }],
      [{ field: 'password', content: '••••' }],
    ],
    [
      'an input of a flow',
      'inputs',
      [
        {
          name: 'apiKey',
          schema: { type: 'string', value: { type: 'literal', content: 'hunter2' } },
        },
      ],
      [{ name: 'apiKey', schema: { type: 'string', value: { type: 'literal', content: '••••' } } }],
    ],
    [
      'a reference to an output',
      'inputs',
      [
        {
          name: 'token',
          schema: { type: 'string', value: { type: 'ref', content: { name: 'out' } } },
        },
      ],
      [
        {
          name: 'token',
          schema: { type: 'string', value: { type: 'ref', content: { name: 'out' } } },
        },
      ],
    ],
    [
      'JSON text under the name',
      'credential',
      '{"user": "bob", "k": "hunter2", "n": 1}',
      '{"user": "••••", "k": "••••", "n": 1}',
    ],
    ['nothing to hide', 'password', null, null],
    ['switches', 'password', true, true],
  ])('%s', (_name, name, given, masked) => {
    expect(named(name, given)).toStrictEqual(masked);
  });

  it('keeps __proto__ a plain key', () => {
    const value = JSON.parse('{"__proto__": {"polluted": "yes", "password": "hunter2"}}') as Json;
    expect(JSON.stringify(named('data', value))).toBe(
      '{"__proto__":{"polluted":"yes","password":"••••"}}',
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('cuts what is nested beyond measure', () => {
    const deep = JSON.parse('[{"a":'.repeat(100_000) + '1' + '}]'.repeat(100_000)) as Json;
    expect(JSON.stringify(named('data', deep))).toContain('…');
    expect(JSON.stringify(named('secret', deep))).toContain('…');
  });
});

describe('id', () => {
  it('masks the token in an address and gives the same for the same', () => {
    const address = 'https://mcp.example/sse?access_token=abcdefghijklmnop';
    expect(id(address)).toBe('https://mcp.example/sse?access_token=••••mnop~1emLu3yamTTV');
    expect(id(id(address))).toBe(id(address));
  });
});

it.each(['账密', '账号密码', '帐密分别为'])(
  'of a login below %s the password alone is hidden, and all of it',
  (name) => {
    for (const sign of ['/', '、', ' / ']) {
      expect(createRedactor([], usualRules).text(`${name}：robot7${sign}Zx9!kkQ2`)).toBe(
        `${name}：robot7${sign}••••`,
      );
    }
  },
);

describe('a login in one value, below a name of both', () => {
  const signs = ['/', '、', ' / ', ' ', '：', ':', '，', '｜', '／'];
  const pairs = [
    ...[
      '""',
      "''",
      '``',
      '“”',
      '‘’',
      '「」',
      '『』',
      '＂＂',
      '＇＇',
      '【】',
      '（）',
      '()',
      '[]',
      '{}',
      '<>',
      '《》',
    ],
    ...['〈〉', '［］', '｛｝', '＜＞', '〔〕'],
  ];

  it.each(['账密：', '账密:\n', '账密\n', '账密 ', '账号密码：', '帐密是', '账密='])(
    'is hidden to its end in quotes and brackets, and without any: %j',
    (head) => {
      for (const sign of signs) {
        for (const [open = '', close = ''] of [[], ...pairs]) {
          const given = `${head}${open}robot7${sign}Zx9!kkQ2${close}`;
          const shown = text(given);
          expect([given, `${shown}${text(shown)}`.includes('kQ2')]).toEqual([given, false]);
        }
      }
    },
  );

  it('is hidden to its end in JSON', () => {
    expect(named('账密', 'robot7/Zx9!kkQ2')).toBe('••••');
    expect(text('{"账密": "robot7/Zx9!kkQ2", "n": 1}')).toBe('{"账密": "••••", "n": 1}');
    expect(text('{\\"账密\\": \\"robot7/Zx9!kkQ2\\"}')).toBe('{\\"账密\\": \\"••••\\"}');
  });

  it.each([
    '账密（用户名/密码）必填',
    '账密（在 Vault/KeePass 中）',
    '账密：{user/password}',
    '账密：[必填]',
    '对账密集\n共 3 批',
  ])('is none: %s', (given) => {
    expect(text(given)).toBe(given);
  });
});

it('a password with such a sign in it is hidden whole', () => {
  const shown = createRedactor([], usualRules).text('账号密码：Zx9k/kkQ2');
  expect(shown).toBe('账号密码：••••');
});
