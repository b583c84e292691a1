import { isUtf8 } from 'node:buffer';

import { isRatherGb18030, wideText } from '../../base/textEncoding.ts';

const newline = 0x0a;

/**
 * The content as UTF-8 without a mark: UTF-16 and UTF-32 with or without one, and GB18030, as Chinese Windows writes it. Of the
 * latter each line is judged by itself: two files that were joined have lines of both.
 */
export function toUtf8(bytes: Uint8Array): Uint8Array {
  // A Buffer's `slice` would be a view.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [first, second, third] = plain;
  if (first === 0xef && second === 0xbb && third === 0xbf) return toUtf8(plain.subarray(3));
  const wide = wideText(plain);
  if (wide !== undefined) return new TextEncoder().encode(wide);
  // A picture's first line can be read as Chinese, and would no longer say what it is.
  return isUtf8(plain) || isNoText(plain) ? plain : linesToUtf8(plain);
}

function linesToUtf8(bytes: Uint8Array): Uint8Array {
  const decoder = new TextDecoder('gb18030');
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  let from = 0;
  // Neither encoding has this byte within a character.
  for (let at = 0; at < bytes.length;) {
    const found = bytes.indexOf(newline, at);
    const end = found < 0 ? bytes.length : found + 1;
    const line = bytes.subarray(at, end);
    if (!isUtf8(line) && isRatherGb18030(line)) {
      parts.push(bytes.subarray(from, at), encoder.encode(decoder.decode(line)));
      from = end;
    }
    at = end;
  }
  return parts.length === 0 ? bytes : joined([...parts, bytes.subarray(from)]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const escape = 0x1b;
const colour = /\u001b\[[\d;]*[mK]/g;

/** Without the colours that a tool wrote for a terminal (`jq -C`, a container's log): JSON has no such sign. */
export function withoutColours(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(escape)) return bytes;
  // Each byte as a sign, so that what is no UTF-8 stays what it is.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return new Uint8Array(Buffer.from(text.replace(colour, ''), 'latin1'));
}

/** So many bytes tell. */
const sampled = 4_096;
/** Of what is compressed or a program one byte in nine is a control sign; text has hardly one. */
const mostControls = 0.05;

/** Whether content is no text, and none of it seems to be a record: a picture, a document, a database. */
export function isNoText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, sampled);
  const controls = head.filter((byte) => byte < 0x20 && (byte < 0x09 || byte > 0x0d)).length;
  if (controls <= mostControls * head.length) return isDocument(head);
  // Zeros are a buffer's that holds nothing.
  if (head.every((byte) => byte === 0)) return false;
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return !whole.includes('sid"') && !whole.includes('sid\\');
}

/** A document whose first lines are text. */
function isDocument(head: Uint8Array): boolean {
  return (
    Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1', 0, 5) === '%PDF-'
  );
}
