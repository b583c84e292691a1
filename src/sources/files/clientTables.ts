import { backslash, openBrace, quote } from '../../base/jsonSigns.ts';

/** Tables as database clients write them, in the form of all others. */

const newline = 0x0a;
const carriageReturn = 0x0d;
const apostrophe = 0x27;

/** Enough to see how a file begins. */
const lookedAt = 2_000;
/** A record in single quotes: where a cell begins, in the first row or below the names. */
const singleQuoted = /^(?!INSERT\s)(?:[^{}\n]{0,1000}\r?\n)?(?:[^{\n]{0,1000}[,;\t|])?'\{\s*"/;
const delimiters = new Set([0x2c, 0x3b, 0x09, 0x7c]);

/** Lines that end as on old Macs, with the sign of today; the same bytes where there is another. */
export function withLineFeeds(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(carriageReturn) || bytes.includes(newline)) return bytes;
  return bytes.map((byte) => (byte === carriageReturn ? newline : byte));
}

/** A table whose cells stand in single quotes, with double ones; the same bytes where it is none. */
export function withDoubleQuotes(bytes: Uint8Array): Uint8Array {
  if (!singleQuoted.test(new TextDecoder('latin1').decode(bytes.subarray(0, lookedAt))))
    return bytes;
  // Each quote of a value may be doubled.
  const quotes = bytes.reduce((sum, byte) => sum + (byte === quote ? 1 : 0), 0);
  const made = new Uint8Array(bytes.length + quotes);
  let length = 0;
  let isCell = false;
  let before: number | undefined = newline;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (!isCell) {
      const opens = byte === apostrophe && (before === newline || delimiters.has(before));
      made[length++] = opens ? quote : byte;
      isCell = opens;
      before = byte;
      continue;
    }
    const next = bytes[at + 1];
    if (byte === quote) {
      made[length++] = quote;
      made[length++] = quote;
    } else if (byte === apostrophe && next !== apostrophe) {
      made[length++] = quote;
      isCell = false;
      before = byte;
    } else {
      // Two stand for one; so does one behind a backslash, where it is not the end.
      const isEscaped = byte === backslash && next === apostrophe && !endsCell(bytes[at + 2]);
      if (byte === apostrophe || isEscaped) at++;
      made[length++] = isEscaped ? apostrophe : byte;
    }
  }
  return made.subarray(0, length);
}

function endsCell(byte: number | undefined): boolean {
  return byte === undefined || byte === apostrophe || byte === newline || delimiters.has(byte);
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', 0: '\0' };
/** JSON has neither: a text that ends in a backslash, and is followed by no sign of JSON; an escaped apostrophe. */
const clientEscape = /\\\\"(?!\s*[,:}\]])|(?<!\\)(?:\\\\)*\\'/;

/**
 * A record without the escapes that `mysql -B`, PostgreSQL's COPY and ClickHouse add to those of JSON; undefined where it
 * has none. Only what is no JSON with them, and is some without.
 */
export function withoutClientEscapes(value: Uint8Array): Uint8Array | undefined {
  if (value[0] !== openBrace) return undefined;
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  // Nearly no record has one, and to look for bytes is fast.
  if (!bytes.includes('\\\\"') && !bytes.includes("\\'")) return undefined;
  const text = bytes.toString('utf8');
  if (!clientEscape.test(text)) return undefined;
  const plain = text.replace(/\\([^])/g, (_, sign: string) => escapes[sign] ?? sign);
  return !isJson(text) && isJson(plain) ? new TextEncoder().encode(plain) : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
