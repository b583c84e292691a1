import { isUtf8 } from 'node:buffer';

import { openBrace } from '../base/jsonSigns.ts';
import { isRatherGb18030, isTextStart, wideText } from '../base/textEncoding.ts';
import { asBuffer } from './bytes/asBuffer.ts';
import { framed, textIn } from './schemaFrame.ts';

/** A record's bytes as the text that was meant, or what they are instead. */
export type RecordText =
  | { readonly ok: true; readonly text: string }
  /** `detail` names what it is: `gzip`; `Avro or Protobuf, schema 42`; `byte 17`, where UTF-8 ends. */
  | {
      readonly ok: false;
      readonly reason: 'compressed' | 'needsSchema' | 'notUtf8';
      readonly detail: string;
    };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** What content begins with that is packed, or in a form that is no text. */
const magics: readonly (readonly [
  form: string,
  reason: 'compressed' | 'notUtf8',
  magic: readonly number[],
])[] = [
  ['gzip', 'compressed', [0x1f, 0x8b]],
  ['zstd', 'compressed', [0x28, 0xb5, 0x2f, 0xfd]],
  ['zip', 'compressed', [0x50, 0x4b, 0x03, 0x04]],
  ['xz', 'compressed', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['bzip2', 'compressed', [0x42, 0x5a, 0x68]],
  ['lz4', 'compressed', [0x04, 0x22, 0x4d, 0x18]],
  ['7z', 'compressed', [0x37, 0x7a, 0xbc, 0xaf]],
  ['Snappy', 'compressed', [0xff, 0x06, 0x00, 0x00, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59]],
  ['Snappy', 'compressed', [0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59]],
  ['zlib', 'compressed', [0x78, 0x9c]],
  ['zlib', 'compressed', [0x78, 0xda]],
  ['Avro', 'notUtf8', [0x4f, 0x62, 0x6a, 0x01]],
  ['Parquet', 'notUtf8', [0x50, 0x41, 0x52, 0x31]],
  ['ORC', 'notUtf8', [0x4f, 0x52, 0x43]],
  ['Java serialization', 'notUtf8', [0xac, 0xed, 0x00, 0x05]],
  ['Python pickle', 'notUtf8', [0x80, 0x04, 0x95]],
  ['Python pickle', 'notUtf8', [0x80, 0x05, 0x95]],
  ['Smile', 'notUtf8', [0x3a, 0x29, 0x0a]],
  ['PNG', 'notUtf8', [0x89, 0x50, 0x4e, 0x47]],
  ['JPEG', 'notUtf8', [0xff, 0xd8, 0xff]],
  ['GIF', 'notUtf8', [0x47, 0x49, 0x46, 0x38]],
  ['PDF', 'notUtf8', [0x25, 0x50, 0x44, 0x46]],
  ['Office 97–2003', 'notUtf8', [0xd0, 0xcf, 0x11, 0xe0]],
  ['SQLite', 'notUtf8', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65]],
  ['a Windows program', 'notUtf8', [0x4d, 0x5a]],
  ['ELF', 'notUtf8', [0x7f, 0x45, 0x4c, 0x46]],
];

/** Reads a record's bytes: UTF-8, UTF-16, UTF-32, GB18030, padded with zeros, or framed by a schema registry. */
export function recordText(bytes: Uint8Array): RecordText {
  if (isPlainly(bytes)) return { ok: true, text: asBuffer(bytes).toString('utf8') };
  const wide = unpaddedWide(bytes);
  if (wide !== undefined) return { ok: true, text: wide };
  const plain = unpadded(bytes);
  const isInFront = plain.byteOffset > bytes.byteOffset;
  const read = isInFront || plain.length === 0 ? undefined : readFrame(bytes);
  if (read !== undefined) return read;
  try {
    return { ok: true, text: utf8.decode(plain) };
  } catch {
    return otherEncoding(plain);
  }
}

/** An object in UTF-8 with nothing around it, as nearly every record is: no other encoding begins with a brace and no zero. */
function isPlainly(bytes: Uint8Array): boolean {
  return bytes[0] === openBrace && bytes[1] !== 0 && bytes.at(-1) !== 0 && isUtf8(bytes);
}

function unpaddedWide(bytes: Uint8Array): string | undefined {
  // Zeros of a buffer stand behind it here too.
  return wideText(bytes)?.replace(/\0+$/, '');
}

function otherEncoding(bytes: Uint8Array): RecordText {
  const known = magics.find(([, , magic]) => magic.every((byte, at) => bytes[at] === byte));
  if (known !== undefined) return { ok: false, reason: known[1], detail: known[0] };
  const chinese = gb18030(bytes);
  if (chinese !== undefined) return { ok: true, text: chinese };
  return { ok: false, reason: 'notUtf8', detail: `byte ${firstBadByte(bytes)}` };
}

/** Only what holds an object, for short runs of any bytes are some text in it. */
function gb18030(bytes: Uint8Array): string | undefined {
  if (!isRatherGb18030(bytes)) return undefined;
  const text = new TextDecoder('gb18030').decode(bytes);
  return /\{\s*\\*["']/.test(text) ? text : undefined;
}

/** The record in a registry's frame; where it is not one text, it is said which schema would be needed. */
function readFrame(bytes: Uint8Array): RecordText | undefined {
  const frame = framed(bytes);
  if (frame === undefined) return undefined;
  const text = unpaddedWide(frame.content) ?? textIn(unpadded(frame.content));
  if (text !== undefined) return { ok: true, text };
  return { ok: false, reason: 'needsSchema', detail: `Avro or Protobuf, ${frame.schema}` };
}

/** Without the zeros that a buffer of a fixed size leaves at the end, or in front. */
function unpadded(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  let start = 0;
  while (start < end && bytes[start] === 0) start++;
  // A frame begins with zeros too, and has an id before the brace.
  if (bytes[start] !== openBrace) start = 0;
  return bytes.subarray(start, end);
}

/** Position of the first byte that is not UTF-8; found by halves, for the decoder doesn't tell. */
function firstBadByte(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.byteLength;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (isTextStart(bytes.subarray(0, middle), 'utf-8')) low = middle;
    else high = middle - 1;
  }
  return low;
}
