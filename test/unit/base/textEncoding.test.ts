import { describe, expect, it } from 'vitest';

import { isRatherGb18030, wideText } from '../../../src/base/textEncoding.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16le = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));
const utf16be = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le').swap16());
const utf32 = (isLittle: boolean) => (text: string) => {
  const codes = Array.from(text, (sign) => sign.codePointAt(0) ?? 0);
  const view = new DataView(new ArrayBuffer(4 * codes.length));
  codes.forEach((code, at) => {
    view.setUint32(4 * at, code, isLittle);
  });
  return new Uint8Array(view.buffer);
};
const encodings = [utf16le, utf16be, utf32(true), utf32(false)];

/** 一 is U+4E00: one byte of it is a zero, on the side where plain English has none. */
const withZeros = `{"question":"${'一二三'.repeat(300)}"}`;

describe('UTF-16 and UTF-32 are known', () => {
  it.each([
    ['English', '{"a":1}'],
    ['Chinese', '{"a":"甲乙丙"}'],
    ['signs with a zero in them', withZeros],
    ['a line of a console', 'CreateTime:17\tkey\t{"a":"一"}'],
    ['zeros at its end', '{"a":1}\0\0\0\0'],
    ['signs of two halves', '{"a":"😀"}'],
    ['a long text', `{"a":"${'长'.repeat(20_000)}"}`],
  ])('without a mark: %s', (_name, text) => {
    for (const encoded of encodings) expect(wideText(encoded(text))).toBe(text);
  });

  it('by its mark', () => {
    for (const encoded of encodings) expect(wideText(encoded('\ufeff甲'))).toBe('甲');
  });

  it.each<[string, Uint8Array]>([
    ['UTF-8', utf8(withZeros)],
    ['nothing', new Uint8Array()],
    ['zeros', new Uint8Array(64)],
    ['small numbers', Uint8Array.of(2, 0, 4, 0, 6, 0, 8, 0)],
    ['a registry’s frame', Uint8Array.of(0, 0, 0, 0, 7, ...utf8('{"a":1}'))],
    ['zeros before a text', Uint8Array.of(0, 0, 0, ...utf8('{"a":1}'))],
    ['small numbers of four bytes', Uint8Array.of(2, 0, 0, 0, 4, 0, 0, 0, 6, 0, 0, 0)],
  ])('and %s is none', (_name, bytes) => {
    expect(wideText(bytes)).toBeUndefined();
  });
});

describe('GB18030 is told from UTF-8 with a fault in it', () => {
  // 检查 and 好 in GBK; the middle byte of 检 is lacking.
  const gbk = Uint8Array.of(...utf8('{"a":"'), 0xbc, 0xec, 0xb2, 0xe9, 0xba, 0xc3, ...utf8('"}'));
  const cut = (text: string) => {
    const bytes = [...utf8(text)];
    bytes.splice(bytes.indexOf(0xe6) + 1, 1);
    return Uint8Array.from(bytes);
  };
  it.each<[string, Uint8Array, boolean]>([
    ['GBK', gbk, true],
    ['UTF-8', utf8('{"a":"检查好"}'), false],
    ['UTF-8 without one byte', cut('{"a":"检查好的一天"}'), false],
    ['UTF-8 that was cut', utf8('{"a":"检查好').subarray(0, -1), false],
    ['bytes that are no text', Uint8Array.of(0xbc, 0xec, 1, 2), false],
    ['ASCII', utf8('{"a":1}'), false],
  ])('%s', (_name, bytes, expected) => {
    expect(isRatherGb18030(bytes)).toBe(expected);
  });
});
