import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';

import { pythonBytes } from '../../../src/decode/pythonBytes.ts';
import { framed, textIn } from '../../../src/decode/schemaFrame.ts';

const id = [0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0x4d, 0xef, 0x80, 1, 2, 3, 4, 5, 6, 7];
const glue = (compression: number, content: Uint8Array) =>
  Uint8Array.of(3, compression, ...id, ...content);
const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (value: Uint8Array | undefined) =>
  value === undefined ? undefined : new TextDecoder().decode(value);

test.each<[string, Uint8Array, string | undefined]>([
  ['as it is', glue(0, bytes('{}')), '{}'],
  ['packed', glue(5, deflateSync('{}')), '{}'],
  ['packed, and damaged', glue(5, bytes('no zlib')), undefined],
  ['packed in another way', glue(7, bytes('{}')), undefined],
  [
    'whose id is no random one',
    Uint8Array.of(3, 0, ...new Array<number>(16).fill(0), 1),
    undefined,
  ],
])('a frame of AWS Glue %s', (_, value, content) => {
  expect(textOf(framed(value)?.content)).toBe(content);
});

test.each<[string, Uint8Array, string | undefined]>([
  ['JSON', bytes('{"a":1}'), '{"a":1}'],
  ['a text behind its length', Uint8Array.of(14, ...bytes('{"a":1}')), '{"a":1}'],
  ['a brace by chance', Uint8Array.of(2, ...bytes('{ab')), undefined],
  ['what begins with one says itself what is wrong with it', bytes('{ab'), '{ab'],
  ['no text', Uint8Array.of(0x7b, 0xff, 0xfe), undefined],
  ['no brace', bytes('abc'), undefined],
])('content that is %s', (_, value, text) => {
  expect(textIn(value)).toBe(text);
});

test.each<[string, string | undefined]>([
  [String.raw`b'{"a": "\x41b"}'`, '{"a": "Ab"}'],
  [String.raw`b'{"a": "\xZZ"}'`, String.raw`{"a": "\xZZ"}`],
  [String.raw`b'{"a": "\q"}'`, String.raw`{"a": "\q"}`],
  ['text', undefined],
])('bytes as Python writes them: %s', (literal, text) => {
  expect(textOf(pythonBytes(literal))).toBe(text);
});
