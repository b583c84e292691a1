import {
  backslash,
  closeBrace,
  closeBracket,
  comma,
  openBrace,
  openBracket,
  quote,
} from '../../base/jsonSigns.ts';
import { endOfValue, isSpace } from './jsonScan.ts';

const hash = 0x23;
const star = 0x2a;
const slash = 0x2f;
const newline = 0x0a;
const blank = 0x20;
/** A blank that doesn't break, as pages and chat programs put it into what is copied there. */
const [firstOfHard, secondOfHard] = [0xc2, 0xa0];

/**
 * JSON as people and editors write it, with blanks where it has comments, commas behind the last element and hard
 * blanks: places and lines stay what they were. Given back as it is where it begins with JSON, or doesn't become it.
 */
export function strictJson(bytes: Uint8Array): Uint8Array {
  const start = startOfText(bytes, 0);
  const first = bytes[start];
  const isOpened = first === openBrace || first === openBracket;
  if (!isOpened && first !== slash && first !== hash) return bytes;
  if (isOpened && endOfValue(bytes, start) >= 0) return bytes;
  const copy = bytes.slice();
  blankOut(copy);
  const opening = startOfText(copy, 0);
  const opens = copy[opening] === openBrace || copy[opening] === openBracket;
  return opens && endOfValue(copy, opening) >= 0 ? copy : bytes;
}

function startOfText(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    if (isSpace(bytes[at])) at++;
    else if (bytes[at] === firstOfHard && bytes[at + 1] === secondOfHard) at += 2;
    else return at;
  }
}

/** Each byte is looked at once; a text that is open at the end of its line ends it, for what follows may be anything. */
function blankOut(bytes: Uint8Array): void {
  // Behind the last sign that closes a comment none does: each that opens would be looked for up to the end.
  const lastClose = lastCommentClose(bytes);
  let depth = 0;
  let lastComma = -1;
  let beginsLine = true;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (isSpace(byte)) {
      beginsLine ||= byte === newline;
      continue;
    }
    // Outside of records it is a comment only where a line begins with it: a log has addresses.
    const end = depth > 0 || beginsLine ? endOfComment(bytes, at, lastClose, depth === 0) : at;
    beginsLine = false;
    if (end > at) {
      fill(bytes, at, end);
      at = end - 1;
      continue;
    }
    if (byte === firstOfHard && bytes[at + 1] === secondOfHard) {
      fill(bytes, at, at + 2);
      continue;
    }
    if (byte === quote) {
      at = endOfText(bytes, at) - 1;
      if (at < 0) return;
    } else if (byte === openBrace || byte === openBracket) depth++;
    else if (byte === closeBrace || byte === closeBracket) {
      depth--;
      if (lastComma >= 0) bytes[lastComma] = blank;
    }
    lastComma = byte === comma ? at : -1;
  }
}

/** Behind the comment that begins here; `at` itself where none does. */
function endOfComment(
  bytes: Uint8Array,
  at: number,
  lastClose: number,
  mayBeHash: boolean,
): number {
  if (bytes[at] === hash && mayBeHash) return endOfLine(bytes, at);
  if (bytes[at] !== slash) return at;
  if (bytes[at + 1] === slash) return endOfLine(bytes, at);
  if (bytes[at + 1] !== star || lastClose < at + 3) return at;
  for (let end = bytes.indexOf(slash, at + 3); end >= 0; end = bytes.indexOf(slash, end + 1)) {
    if (bytes[end - 1] === star) return end + 1;
  }
  return at;
}

/** Where the slash of the last one is; -1 without any. */
function lastCommentClose(bytes: Uint8Array): number {
  let at = bytes.lastIndexOf(slash);
  while (at > 0 && bytes[at - 1] !== star) at = bytes.lastIndexOf(slash, at - 1);
  return at > 0 ? at : -1;
}

function endOfLine(bytes: Uint8Array, at: number): number {
  const end = bytes.indexOf(newline, at);
  return end < 0 ? bytes.length : end;
}

/** Behind the quote that closes it; 0 where its line ends before. */
function endOfText(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === backslash) at++;
    else if (byte === quote) return at + 1;
    else if (byte === newline) return 0;
  }
  return 0;
}

function fill(bytes: Uint8Array, from: number, to: number): void {
  for (let at = from; at < to; at++) if (bytes[at] !== newline) bytes[at] = blank;
}
