import { isTextStart, wideEncoding } from '../base/textEncoding.ts';

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
const openBrace = 0x7b;
/** A registry's framing: a zero, and the schema's id in four bytes. */
const framing = 5;

/** What compressed or packed content begins with. */
const magics: readonly (readonly [string, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf]],
  ['Snappy', [0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59]],
  ['Avro', [0x4f, 0x62, 0x6a, 0x01]],
  ['Parquet', [0x50, 0x41, 0x52, 0x31]],
];

/** What bytes are compressed or packed with; undefined where they begin like nothing known. */
function packedAs(bytes: Uint8Array): string | undefined {
  return magics.find(([, magic]) => magic.every((byte, index) => bytes[index] === byte))?.[0];
}

/** Reads a record's bytes: UTF-8, UTF-16, GB18030, padded with zeros, or framed by a schema registry. */
export function recordText(bytes: Uint8Array): RecordText {
  // In UTF-16 every other byte of a record's first signs is zero, which is UTF-8 too.
  const wide =
    bytes[0] === 0 || bytes[1] === 0 || bytes[0] === 0xff ? wideEncoding(bytes) : undefined;
  if (wide !== undefined) return { ok: true, text: new TextDecoder(wide).decode(bytes) };
  const plain = unpadded(bytes);
  const framed = plain === bytes ? frameOf(bytes) : undefined;
  if (framed !== undefined) return framed;
  try {
    return { ok: true, text: utf8.decode(plain) };
  } catch {
    return otherEncoding(plain);
  }
}

function otherEncoding(bytes: Uint8Array): RecordText {
  const packed = packedAs(bytes);
  if (packed !== undefined) return { ok: false, reason: 'compressed', detail: packed };
  const chinese = gb18030(bytes);
  if (chinese !== undefined) return { ok: true, text: chinese };
  return { ok: false, reason: 'notUtf8', detail: `byte ${firstBadByte(bytes)}` };
}

/** Only what is JSON then: nearly any bytes are some text in it. */
function gb18030(bytes: Uint8Array): string | undefined {
  if (bytes[0] !== openBrace && bytes[0] !== 0x22) return undefined;
  try {
    const text = new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? text : undefined;
  } catch {
    return undefined;
  }
}

/** `0x00`, four bytes, then the record: as JSON it is read, else it is said which schema would be needed. */
function frameOf(bytes: Uint8Array): RecordText | undefined {
  if (bytes[0] !== 0 || bytes.length <= framing || wideEncoding(bytes) !== undefined)
    return undefined;
  const id = new DataView(bytes.buffer, bytes.byteOffset, framing).getUint32(1);
  const rest = bytes.subarray(framing);
  if (rest[0] === openBrace) {
    try {
      return { ok: true, text: utf8.decode(rest) };
    } catch {
      // A text of Avro may begin with a brace by chance.
    }
  }
  return { ok: false, reason: 'needsSchema', detail: `Avro or Protobuf, schema ${id}` };
}

/** Without the zeros that a buffer of a fixed size leaves at the end, or in front. */
function unpadded(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  let start = 0;
  while (start < end && bytes[start] === 0) start++;
  if (start > 0 && bytes[start] !== openBrace) start = 0;
  if (start > 0 && start < framing) return bytes.subarray(start, end);
  return end === bytes.length || end === 0 ? bytes : bytes.subarray(0, end);
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
