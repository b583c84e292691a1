import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

import { decodeRaw, rawText } from '../../../src/decode/rawText.ts';
import { createRedactor } from '../../../src/masking/redact.ts';
import { usualRules } from '../../support/usualRules.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...utf8(part)] : part)));
const shown = (value: Uint8Array, maxChars = 2048) =>
  rawText(value, maxChars, createRedactor([], usualRules));

function utf16(text: string, littleEndian: boolean, mark: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let at = 0; at < text.length; at++) {
    view.setUint16(2 * at, text.charCodeAt(at), littleEndian);
  }
  const beginning = mark ? (littleEndian ? [0xff, 0xfe] : [0xfe, 0xff]) : [];
  return bytes(beginning, [...new Uint8Array(view.buffer)]);
}

describe('text', () => {
  it.each<[string, Uint8Array, string]>([
    ['plain', utf8('hello 世界'), 'hello 世界'],
    ['empty', new Uint8Array(), ''],
    ['a byte that is no UTF-8', bytes('{"a": "b', [0xff], 'c"}'), '{"a": "b\\xffc"}'],
    ['Latin-1', bytes('Gr', [0xfc], [0xdf], 'e aus Hefei'), 'Gr\\xfc\\xdfe aus Hefei'],
    [
      'a character cut in two',
      bytes('a name in Chinese: ', [0xe4, 0xb8]),
      'a name in Chinese: \\xe4\\xb8',
    ],
    ['an overlong form', bytes('a long way from /', [0xc0, 0xaf]), 'a long way from /\\xc0\\xaf'],
    [
      'half a pair',
      bytes('half of one smiley', [0xed, 0xa0, 0xbd]),
      'half of one smiley\\xed\\xa0\\xbd',
    ],
    [
      'three bytes for what two can say',
      bytes('a long way from a letter', [0xe0, 0x80, 0xaf]),
      'a long way from a letter\\xe0\\x80\\xaf',
    ],
    [
      'four bytes for what three can say',
      bytes('a long way from a letter', [0xf0, 0x80, 0x80, 0xaf]),
      'a long way from a letter\\xf0\\x80\\x80\\xaf',
    ],
    [
      'what lies behind the last character',
      bytes('a long way from a letter', [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80]),
      'a long way from a letter\\xf4\\x90\\x80\\x80\\xf5\\x80',
    ],
    ['a whole pair', utf8('a 😀'), 'a 😀'],
    ['a control sign', utf8('hello there, world\0'), 'hello there, world\\x00'],
    ['a line break and a tab', utf8('a\n\tb'), 'a\n\tb'],
    ['UTF-16', utf16('{"order": 17}', true, true), '{"order": 17}'],
    ['UTF-16, the other way round', utf16('{"order": 17}', false, true), '{"order": 17}'],
    ['UTF-16 without a mark', utf16('{"order": 17}', true, false), '{"order": 17}'],
    ['the other without a mark', utf16('{"order": 17}', false, false), '{"order": 17}'],
  ])('%s', (_, value, text) => {
    expect(shown(value)).toEqual({ text, form: 'text', whole: true });
  });

  it('is cut at a whole character, and says so', () => {
    expect(shown(utf8('世'.repeat(100)), 20)).toEqual({
      ...{ text: '世'.repeat(13), form: 'text', whole: false },
    });
    expect(shown(utf8('a'.repeat(30)), 20).whole).toBe(false);
    expect(shown(utf8('a'.repeat(20)), 20).whole).toBe(true);
  });
});

describe('what is no text', () => {
  it('is its bytes in rows of 16', () => {
    const value = bytes([0, 1, 2, 3], 'AvroSchema', [0xfe, 0xff, 0x80, 0]);
    expect(shown(value)).toEqual({
      form: 'hex',
      whole: true,
      text: [
        '00000000  00 01 02 03 41 76 72 6f 53 63 68 65 6d 61 fe ff  ....AvroSchema..',
        '00000010  80 00                                            ..',
      ].join('\n'),
    });
  });

  it('is cut by rows, and says so', () => {
    const { text, whole } = shown(gzipSync(Math.E.toString().repeat(9_000).concat('x')), 160);
    expect(text.split('\n')).toHaveLength(2);
    expect(whole).toBe(false);
    expect(shown(new Uint8Array(26 * 16 + 1)).whole).toBe(false);
    expect(shown(new Uint8Array(26 * 16)).whole).toBe(true);
  });
});

describe('no secret is left', () => {
  const secret = 'sk-EXAMPLE-7f3a9b2c4d5e6f708192';
  const record = `{"apiKey": "${secret}", "order": 17}`;
  it.each<[string, Uint8Array]>([
    ['in text', utf8(record)],
    ['before a wrong byte', bytes(record, [0xff])],
    ['around a wrong byte', bytes(`{"apiKey": "${secret}`, [0xff], `${secret}"}`)],
    ['in UTF-16', utf16(record, true, true)],
    ['in UTF-16 without a mark', utf16(record, false, false)],
    ['in what is no text', bytes([0, 1, 2, 3, 4, 5, 6, 7, 8, 0xff, 0xfe], record)],
    ['across the cut', utf8(`${'x'.repeat(2030)} ${record}`)],
  ])('%s', (_, value) => {
    const { text } = shown(value);
    const hex = Buffer.from(secret).toString('hex');
    const columns = text.replaceAll(/^[0-9a-f]{8} {2}|(?: {2}.{1,16})$|\s/gm, '');
    expect(text.replaceAll('\n', '')).not.toContain(secret.slice(3, 20));
    expect(columns).not.toContain(hex.slice(6, 40));
  });

  it('is looked for in what the bytes mean', () => {
    expect(decodeRaw(utf16(record, true, false))).toBe(record);
  });
});
