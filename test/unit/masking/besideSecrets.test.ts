import { describe, expect, it } from 'vitest';
import { collectSecrets } from '../../../src/masking/knownSecrets.ts';
import { createRedactor } from '../../../src/masking/redact.ts';
import { usualRules } from '../../support/usualRules.ts';

const redactor = createRedactor([], usualRules);

describe('what stands beside a secret', () => {
  it.each([
    ['登录密码为hunter2x，server01', 'hunter2x'],
    ['密码是Abc12345。v2', 'Abc12345'],
    ['数据库密码为 Abc12345，db01 连接失败', 'Abc12345'],
    ['验证码是482913，order2024', '482913'],
    ['Cookie: 123456 abc=Abc12345xyz', 'Abc12345xyz'],
    ['set-cookie: 42 t=Abc12345', 'Abc12345'],
    ['Authorization: 123456 abcdefgh', 'abcdefgh'],
    ['secret_pin: 4821', '4821'],
    ['passwordPin=48213', '48213'],
    ['校验码：a8k2', 'a8k2'],
    ['短信校验码是 7k9m', '7k9m'],
    ['Bearer hunter2', 'hunter2'],
    ['$gy$j9T$AAAAAAAAAAAAAAAAAAAAAAAA', 'j9T'],
    ['your verification authentication confirmation code is 482913', '482913'],
    ['密码输入方式：Abc12345', 'Abc12345'],
    ['登录密码位置：Abc12345', 'Abc12345'],
    ['482913 is your verification code', '482913'],
    ['C: AUTH LOGIN dXNlcm5hbWU= UzNjcjN0UHc5OQ==', 'UzNjcjN0UHc5'],
    ['235 AUTH LOGIN bob@x.com Hunter2xyz', 'Hunter2'],
    ['AUTHX LOGIN bob S3cr3tPw99', 'S3cr3tPw'],
    ['Login failed, password: sunshine "user": "bob"', 'sunshine'],
    ["pwd: dragonfly 'retry 2'", 'dragonfly'],
    ['retry with token: abcdefgh "attempt 2"', 'abcdefgh'],
    ['callback?state=eyJwYXNzd29yZCI6IlMzY3IzdFB3OTkifQ-sig=abc', 'IlMzY3IzdFB3OTki'],
    ['{"wxappsec":"Zq7EchoSecret12"}', 'Zq7Echo'],
    ['{"appsec_prod":"Zq7EchoSecret12"}', 'Zq7Echo'],
  ])('hides none of it: %s', (text, secret) => {
    expect(redactor.text(text)).not.toContain(secret);
  });

  it.each([
    'Duplicate entry for key 1 INV-20391 in table orders',
    'primary key 2 order-2024-01',
    'your company code 1000 does not exist',
    'Check your plant code 1000',
    'Your tracking code 12345678',
    '12345 is your order number',
    'use 1000 to confirm the amount',
    'Basic auth: failed',
    '密码输入方式：手动录入',
    '密码位置：B2',
  ])('is shown: %s', (text) => {
    expect(redactor.text(text)).toBe(text);
  });

  it('the parts of an order are no logins, however many', () => {
    const rows = Array.from({ length: 501 }, (_, at) => ({
      ...{ user: 'bob', p: `part-no${String(at)}`, count: at, price: 1.5, unit: 'kg' },
    }));
    expect(collectSecrets(JSON.stringify({ rows }), usualRules.names)).toEqual([]);
    expect(redactor.named('rows', rows)).toEqual(rows);
  });

  it('is a host behind a pass', () => {
    expect(redactor.text('smtp_pass=hunter22 srv01.example.com')).toContain('srv01.example.com');
  });
});

describe('the cells of a sheet', () => {
  it.each([
    [
      'below a name beside one with a digit',
      { A1: 'User', B1: 'Password', C1: 'Address1', A2: 'bob', B2: 'winterrain', C2: 'north sea' },
    ],
    [
      'that say where they stand, in capitals',
      [
        { Ref: 'A1', Value: 'User' },
        { Ref: 'B1', Value: 'Password' },
        { Ref: 'A2', Value: 'bob' },
        { Ref: 'B2', Value: 'winterrain' },
      ],
    ],
  ])('are hidden: %s', (_name, sheet) => {
    expect(JSON.stringify(redactor.named('sheet', sheet))).not.toContain('winterrain');
    expect(redactor.text(JSON.stringify(sheet))).not.toContain('winterrain');
  });
});

it('a step of Playwright names its field, and its way to it is no secret', () => {
  const step = `page::fill getByLabel('Password')`;
  const entry = JSON.stringify({ node_id: step, func_id: step, node_name: step });
  expect(collectSecrets(entry, usualRules.names)).toEqual([]);
});
