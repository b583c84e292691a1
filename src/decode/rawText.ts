import { wideText } from '../base/textEncoding.ts';
import { lengthOfCharacter } from '../base/utf8.ts';
import { ownText } from './ownText.ts';
import type { Redactor } from '../masking/redact.ts';

/** What a record holds that can't be read, masked. `hex`: it is no text, so its bytes are shown in rows of 16. */
export interface RawText {
  readonly text: string;
  readonly form: 'text' | 'hex';
  /** Nothing is left out at the end. */
  readonly whole: boolean;
}

/**
 * Stands for a byte that is no UTF-8, so that the text around it can be masked and the byte still be told: a
 * half of a surrogate pair, which decoded text never holds.
 */
const escaped = 0xdc00;
/** More than a third of what no text has, and it is none. */
const mostOdd = 1 / 3;
const bytesPerRow = 16;
/** `00000000  7b 22 …  {"…` and its line break. */
const charsPerRow = 76;

/** The beginning of a record's bytes, at most `maxChars` long, masked before it is cut: half a secret is not known any more. */
export function rawText(bytes: Uint8Array, maxChars: number, redactor: Redactor): RawText {
  const beginning = bytes.subarray(0, endOfCharacter(bytes, 2 * maxChars));
  const decoded = decode(beginning);
  const masked = redactor.text(decoded);
  const form = isBinary(decoded) ? 'hex' : 'text';
  const text = form === 'hex' ? hexRows(masked, maxChars) : printable(masked);
  const shown = ownText(text.slice(0, maxChars));
  const rows = Math.floor(maxChars / charsPerRow);
  const isCut = form === 'hex' ? beginning.length > rows * bytesPerRow : text.length > maxChars;
  return { text: shown, form, whole: !isCut && beginning.length === bytes.length };
}

/** All that may hold a secret, for those who collect them. */
export function decodeRaw(bytes: Uint8Array): string {
  return decode(bytes);
}

function decode(bytes: Uint8Array): string {
  // As single bytes its secrets would be unknown.
  const wide = wideText(bytes);
  if (wide !== undefined) return wide;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decodeByParts(bytes);
  }
}

function decodeByParts(bytes: Uint8Array): string {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < bytes.length;) {
    const length = lengthOfCharacter(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    parts.push(decoder.decode(bytes.subarray(from, at)));
    parts.push(String.fromCharCode(escaped + (bytes[at] ?? 0)));
    from = ++at;
  }
  parts.push(decoder.decode(bytes.subarray(from)));
  return parts.join('');
}

/** Back from `end` to where a character begins. */
function endOfCharacter(bytes: Uint8Array, end: number): number {
  if (end >= bytes.length) return bytes.length;
  let at = end;
  while (at > end - 4 && (bytes[at] ?? 0) >> 6 === 0b10) at--;
  return at;
}

function isBinary(text: string): boolean {
  const odd = text.match(oddCharacters)?.length ?? 0;
  return odd > mostOdd * text.length;
}

const oddCharacters = /[\0-\x08\x0b\x0c\x0e-\x1f]|(?<![\ud800-\udbff])[\udc00-\udcff]/g;

function printable(text: string): string {
  return text.replace(oddCharacters, (found) => `\\x${hexOf(found.charCodeAt(0) & 0xff)}`);
}

function hexRows(masked: string, maxChars: number): string {
  const bytes = bytesOf(masked.slice(0, maxChars));
  const rows: string[] = [];
  const most = Math.min(bytes.length, Math.floor(maxChars / charsPerRow) * bytesPerRow);
  for (let at = 0; at < most; at += bytesPerRow) {
    const row = bytes.slice(at, Math.min(at + bytesPerRow, most));
    const hex = row
      .map(hexOf)
      .join(' ')
      .padEnd(3 * bytesPerRow - 1);
    const signs = row.map((byte) => (byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : '.'));
    rows.push(`${at.toString(16).padStart(8, '0')}  ${hex}  ${signs.join('')}`);
  }
  return rows.join('\n');
}

/** The bytes again; a mask is as many asterisks, so that it is seen in both columns. */
function bytesOf(text: string): number[] {
  const encoder = new TextEncoder();
  const bytes: number[] = [];
  for (const character of text.replaceAll('•', '*')) {
    const code = character.charCodeAt(0);
    if (character.length === 1 && code >= escaped && code < escaped + 0x100)
      bytes.push(code - escaped);
    else bytes.push(...encoder.encode(character));
  }
  return bytes;
}

function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
