import { expect, test } from 'vitest';

import { inOneGo } from '../../../src/base/steps.ts';
import { findBase64Text } from '../../../src/masking/base64Text.ts';
import { countWork } from '../../support/countWork.ts';

/** Shorter ones, and such as begin with each of the letters that a text in base64 may begin with. */
const inner = [
  'a=b cd ef',
  'p: "Wn7!"',
  'user="bob" password="Wn7!kq2z"',
  '{"pw":"Wn7!kq2zRt5-x"}',
];
const before: readonly [string, (length: number) => string][] = [
  ['blanks', (length) => ' '.repeat(length)],
  ['a short word', (length) => `${'w'.repeat(length)} `],
  ['short words', (length) => 'ab cde '.repeat(length)],
  ['a long word', (length) => `${'word'.repeat(length)}.`],
  ['an escaped line end', (length) => `${' '.repeat(length)}\\n`],
  ['a word before an escaped line end', (length) => `${'w'.repeat(length)}\\r\\n`],
  ['letters beyond ASCII', (length) => '发票é'.repeat(length)],
];

function base64In(text: string, perStep?: number): string[] {
  return inOneGo(findBase64Text(text, perStep));
}

test.each(before)('base64 is found behind %s, wherever it begins', (_, signs) => {
  for (let length = 0; length < 40; length++) {
    for (const text of inner) {
      const encoded = Buffer.from(text).toString('base64');
      for (const behind of ['', ' ', '"', '.more', '\\n']) {
        expect(base64In(signs(length) + encoded + behind)).toEqual([text]);
      }
    }
  }
});

test('what is a part of a longer word is none', () => {
  const encoded = Buffer.from('password="Wn7!kq2z"').toString('base64');
  for (const before of ['x', '0', '/', '-', '_n', 'word'.repeat(9)]) {
    expect(base64In(before + encoded)).not.toContain('password="Wn7!kq2z"');
  }
});

test.each(['Abcdefghijkl=== ', 'Abcdefghijkl==x ', 'abcdefghijkl/=', 'zbcdefghijklmnop'])(
  'of %s again and again each sign is looked at some times',
  (sign) => {
    const text = sign.repeat(2_000);
    expect(countWork(() => base64In(text)).units / text.length).toBeLessThan(100);
  },
);

test('what begins with each two bytes is a text where it can be read, and none else', () => {
  const unreadable = /[^\s\x20-\x7e\u00a0-\uffff]|\ufffd/;
  const wrong: string[] = [];
  for (let first = 0; first < 256; first++) {
    for (const second of [0x00, 0x09, 0x1f, 0x20, 0x3a, 0x7f, 0x80, 0x9f, 0xa0, 0xbf, 0xc3, 0xff]) {
      const bytes = Buffer.from([0x61, first, second, ...Buffer.from(' pw="Wn7!kq2z"')]);
      const text = bytes.toString('utf8');
      const encoded = bytes.toString('base64');
      const expected = unreadable.test(text) ? [] : [text];
      const found = base64In(`: ${encoded}`);
      if (JSON.stringify(found) !== JSON.stringify(expected)) wrong.push(bytes.toString('hex'));
    }
  }
  expect(wrong).toEqual([]);
});

test.each(before)('the same is found in steps, wherever they end: behind %s', (_, signs) => {
  const encoded = inner.map((text) => Buffer.from(text).toString('base64'));
  const text = [0, 3, 12, 30]
    .map((length) => signs(length) + encoded.join(` ${signs(2)}`))
    .join(' ');
  const found = base64In(text);
  for (let perStep = 1; perStep < 60; perStep += 3) expect(base64In(text, perStep)).toEqual(found);
});
