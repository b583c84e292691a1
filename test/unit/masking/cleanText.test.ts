import { expect, test } from 'vitest';
import { createCleanJudge } from '../../../src/masking/cleanText.ts';
import { createNameJudge } from '../../../src/masking/secretNames.ts';

const isClean = createCleanJudge(createNameJudge(['employee no']));

test.each([
  ['#btnSave', true],
  ['SO-20391', true],
  ['clicked Save in 20 ms, then waited.', true],
  ['已录入订单 SO-1，共 3 行。', true],
  ['done:SO-20391', true],
  ['12:30:45 Order: SO-1, rows: 3', true],
  ['done... 3.5 ms, 2.0 s', true],
  ['admin:Xk29dJ!7', false],
  ['db:5432:erp:bob:Xk29dJ', false],
  ['WIFI:T:WPA;S:erp;P:Xk29dJ;', false],
  ['Private-Lines: 1 Xk29dJ', false],
  ['password:Xk29dJ', false],
  ['密码：Xk29dJ', false],
  ['see https://erp', false],
  ['bob:Xk29dJ@proxy', false],
  ['password hunter2', false],
  ['employee-no 17', false],
  ['密码 hunter2', false],
  ['密 码 hunter2', false],
  ['ｐａｓｓ hunter2', false],
  ['signed in as bob with Xk29dJ', false],
  ['Basic dXNlcj', false],
  ['10.0.0.9 root Xk29dJ', false],
  ['sshpass -p Xk29dJ', false],
  ['sk-abcdefghijkl', false],
  ['zip -P Xk29dJ', false],
  ['mysql-pXk29dJ', false],
  ['-x Xk29dJ', false],
  ['elevenWords', true],
  ['twelve+signs', false],
  ['凭Xk29dJ登', false],
  ['12345 is Xk29dJ', false],
  ['user:Xk29dJ', false],
  ['superuser:Xk29dJ', true],
  ['because 3', true],
  ['use 3', false],
  ['dbpw', false],
  ['ak', false],
  ['ask', true],
  ['two\nlines', false],
  ['word '.repeat(50), false],
])('%s: %s', (text, clean) => {
  expect(isClean(text)).toBe(clean);
});

/** Each at the begin, in the middle and at the end of a text, in both cases. */
test.each([
  ...['bearer', 'basic', 'using', 'with', 'via', 'auth', 'rasdial', 'login', 'log on', 'sign'],
  ...['ident', 'otp', '2fa', 'mfa', 'sqlplus', 'impdp', 'expdp', 'sqlldr', 'sp_', 'net  use'],
  ...['SecureString', 'your', 'use 7', 'community', 'nircmd', '9 is ', 'wifi:', 'private-lines'],
  ...[
    'jdbc',
    'p:',
    'root:',
    'sa:',
    'ftp:',
    '凭',
    '登',
    '认',
    '账',
    '帐',
    'pass',
    'key',
    'tel',
    '口令',
  ],
])('what may tell a secret is looked for: %s', (word) => {
  for (const text of [
    word,
    `${word} Xk29`,
    `a ${word} b`,
    `a 1, ${word}`,
    `12 ${word.toUpperCase()}`,
  ])
    expect([text, isClean(text)]).toEqual([text, false]);
});
