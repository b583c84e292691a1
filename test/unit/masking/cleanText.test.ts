import { expect, test } from 'vitest';
import { isClean } from '../../../src/masking/cleanText.ts';
import { createNameJudge } from '../../../src/masking/secretNames.ts';

const names = createNameJudge(['employee no']);

test.each([
  ['#btnSave', true],
  ['SO-20391', true],
  ['clicked Save in 20 ms, then waited.', true],
  ['已录入订单 SO-1，共 3 行。', true],
  ['done:SO-20391', false],
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
  ['two\nlines', false],
  ['word '.repeat(50), false],
])('%s: %s', (text, clean) => {
  expect(isClean(text, names)).toBe(clean);
});
