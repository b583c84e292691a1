import { expect, test } from 'vitest';
import { isClean } from '../../../src/masking/cleanText.ts';
import { createNameJudge } from '../../../src/masking/secretNames.ts';

const names = createNameJudge(['employee no']);

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
  ['two\nlines', false],
  ['word '.repeat(50), false],
])('%s: %s', (text, clean) => {
  expect(isClean(text, names)).toBe(clean);
});
