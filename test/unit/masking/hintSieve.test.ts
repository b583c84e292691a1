import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { HintSieve } from '../../../src/masking/hintSieve.ts';
import { createNameJudge, hintSource } from '../../../src/masking/secretNames.ts';
import { recordFixtures, recordsOf } from '../../support/fixtures.ts';

const words = new HintSieve(['pass', 'PW', '密码', 'ü', 'Straße']);

test.each([
  ['at the begin', 'password', 0, 0],
  ['whatever its case', 'my PASSWORD', 0, 3],
  ['behind a place', 'pass, pass', 1, 6],
  ['of two signs, whatever follows', 'dbPw!', 0, 2],
  ['at the very end', 'dbpw', 0, 2],
  ['of other letters', '登录密码：', 0, 2],
  ['of one sign', 'x Üb', 0, 2],
  ['with a letter that has no other case', 'die STRASSE', 0, 4],
  ['nowhere', 'plain', 0, -1],
  ['in nothing', '', 0, -1],
  ['that is all of it', 'ü', 0, 0],
  ['behind the end', 'pass', 4, -1],
  ['and not where other signs have the same five bits', 'pa3s, 0a33, pass', 0, 12],
])('the next place of a word: %s', (_, text, from, at) => {
  expect(words.next(text, from)).toBe(at);
});

const source = readFileSync(
  new URL('../../../src/masking/secretNames.ts', import.meta.url),
  'utf8',
);
const texts = [
  // The names themselves, each in its quotes.
  source,
  source.toUpperCase(),
  'employee_no=1 EmployeeNo: A-B a_b KÜRZEL kürzel 工号：7 x=1 ÿ Ÿ q-r QR '.repeat(40),
  'db_pw=1 smtpPw otp_ _TOTP _cvv card_pin sign=a X-Signature set_headers SESSION=1 ?p=1 &sig=2 u/p : x',
  '密 码 口　令 令  牌 验 证 码 授 权 码 p.a.s.s p a s s w o r d P@ssw0rd p4ss ПАРОЛЬ パスワード',
  ...recordFixtures().flatMap((name) =>
    recordsOf(name).map(({ value }) => new TextDecoder().decode(value ?? undefined)),
  ),
];

test.each<[string, string[], boolean]>([
  ['names that always are secret', [], false],
  ['and the reader’s own', ['employeeNo', 'a-b', 'Kürzel', '工号', 'x'], false],
  ['or those alone', ['employeeNo', 'ÿ', 'q_r'], true],
])('no hint is passed: %s', (_, more, only) => {
  const names = createNameJudge(more, { only });
  const expression = new RegExp(hintSource(more, only), 'i');
  let [found, windows] = [0, 0];
  for (const text of texts) {
    for (let at = 0; at < Math.min(text.length, 20_000); at += 5, windows++) {
      const window = text.slice(at, at + 11);
      const [hint, expected] = [names.nextHint(window, 0), expression.exec(window)];
      expect([window, hint?.start, hint?.end]).toEqual([
        window,
        expected?.index,
        expected === null ? undefined : expected.index + expected[0].length,
      ]);
      if (hint !== null) found++;
    }
  }
  expect(windows).toBeGreaterThan(50_000);
  expect(found).toBeGreaterThan(100);
});
