import {
  backslash,
  closeBracket,
  comma,
  openBrace,
  openBracket,
  quote,
} from '../../base/jsonSigns.ts';
import { endOfScalar, endOfString, endOfValue, isSpace, skip } from './jsonScan.ts';
import { endOfUnread } from './unreadLines.ts';

/** Where one record stands in the file; `element` is its number when it stands in an array, from 1. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly element: number | undefined;
  readonly form: 'object' | 'string' | 'line';
}

const apostrophe = 0x27;
const semicolon = 0x3b;
const newline = 0x0a;
const tab = 0x09;
/** A registry's framing: a zero, and the schema's id in four bytes. */
const frame = 5;

/** What stands between records and is none: a buffer's zeros, what RFC 7464 puts in front of each, marks of an encoding. */
const recordSeparator = 0x1e;
const mark = [0xef, 0xbb, 0xbf];

/** The records of a file, and what stands between them and is no gap. */
export function* pieces(bytes: Uint8Array): Generator<Piece> {
  const endOf = boundedEndOfValue(bytes);
  let at = 0;
  let element: number | undefined;
  for (;;) {
    at = gapEnd(bytes, at);
    if (at >= bytes.length) return;
    if (element === undefined && opensArray(bytes, at)) {
      element = 0;
      at++;
    } else if (element !== undefined && bytes[at] === closeBracket) {
      element = undefined;
      at++;
    } else {
      if (element !== undefined) element++;
      const find = element === undefined ? lineAt : elementAt;
      const { next, ...piece } = find(bytes, at, endOf);
      yield { ...piece, element };
      at = next;
    }
  }
}

/** Behind white space, separators of elements that were pasted without brackets, and what else is no record. */
function gapEnd(bytes: Uint8Array, start: number): number {
  for (let at = start; ;) {
    const byte = bytes[at];
    if (isSpace(byte) || byte === comma || byte === semicolon || byte === recordSeparator) at++;
    else if (mark.every((part, index) => bytes[at + index] === part)) at += mark.length;
    else {
      const zeros = byte === 0 ? endOfZeros(bytes, at) : at;
      if (zeros === at) return at;
      at = zeros;
    }
  }
}

/** Zeros of a buffer are a gap; a registry's frame begins with zeros too, and with others it goes on. */
function endOfZeros(bytes: Uint8Array, start: number): number {
  let end = start;
  while (bytes[end] === 0) end++;
  const next = bytes[end];
  const isGap = end >= bytes.length || next === openBrace || next === openBracket || next === quote;
  return isGap || (isSpace(next) && !isFramed(bytes, start)) ? end : start;
}

function isFramed(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0 && bytes[at + frame] === openBrace;
}

/**
 * `endOfValue` that stops looking beyond the line once looking in vain has cost as much as reading the
 * file a few times: a large file of open braces would otherwise be read once for each of them.
 */
function boundedEndOfValue(bytes: Uint8Array): (start: number) => number {
  let left = 4 * bytes.length;
  return (start) => {
    const end = endOfValue(bytes, start, left > 0 ? bytes.length : restOfLine(bytes, start).end);
    if (end < 0) left -= ~end - start;
    return end;
  };
}

/** An array of records, not a line that happens to start with a bracket, as many log lines do. */
function opensArray(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== openBracket) return false;
  const inner = skip(bytes, at + 1);
  const first = bytes[inner];
  return first === openBrace || first === closeBracket || first === quote || isPython(bytes, inner);
}

/** What Python prints of bytes or of a text that is an object: `b'{`, `'{`. */
function isPython(bytes: Uint8Array, at: number): boolean {
  const opening = at + (bytes[at] === 0x62 ? 1 : 0);
  const isQuote = bytes[opening] === apostrophe || (opening > at && bytes[opening] === quote);
  return isQuote && bytes[opening + 1] === openBrace;
}

/** Behind the quote that closes it; -1 where none does on its line. */
function endOfPython(bytes: Uint8Array, start: number): number {
  const opening = start + (bytes[start] === 0x62 ? 1 : 0);
  for (let at = opening + 1; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === backslash) at++;
    else if (byte === bytes[opening]) return at + 1;
    else if (byte === newline) return -1;
  }
  return -1;
}

type Found = Omit<Piece, 'element'> & { readonly next: number };
type EndOf = (start: number) => number;

function elementAt(bytes: Uint8Array, start: number, endOf: EndOf): Found {
  const first = bytes[start];
  let end: number;
  if (first === openBrace || first === openBracket) end = endOf(start);
  else if (first === quote) end = endOfString(bytes, start);
  else if (isPython(bytes, start)) end = endOfPython(bytes, start);
  else end = Math.max(endOfScalar(bytes, start), start + 1);
  const form = first === openBrace ? 'object' : first === quote ? 'string' : 'line';
  if (end >= 0) return { start, end, next: end, form };
  const line = unread(bytes, start);
  const cut = bytes[line.end - 1] === comma ? line.end - 1 : line.end;
  return { ...line, end: cut, form: 'line' };
}

function lineAt(bytes: Uint8Array, start: number, endOf: EndOf): Found {
  const first = bytes[start];
  // The end of the line is looked for only where it is needed: a file may be one line of a million objects.
  const rest = () => restOfLine(bytes, start);
  if (first === quote) return aloneTo(bytes, start, endOfString(bytes, start), 'string') ?? rest();
  if (isFramed(bytes, start)) {
    const end = endOf(start + frame);
    return end < 0 ? rest() : { start, end, next: end, form: 'line' };
  }
  if (first !== openBrace) return lineWith(bytes, rest(), endOf);
  const end = endOf(start);
  if (end < 0) return unread(bytes, start);
  return aloneTo(bytes, start, end, 'object') ?? lineTo(bytes, start, end);
}

/**
 * An object or a text that is a record by itself: nothing more on its line, or the next one right behind it; or elements of
 * an array, pasted without its brackets.
 */
function aloneTo(
  bytes: Uint8Array,
  start: number,
  end: number,
  form: 'object' | 'string',
): Found | undefined {
  if (end < 0) return undefined;
  const next = gapEnd(bytes, end);
  const isAlone =
    next >= bytes.length || bytes[next] === bytes[start] || hasLineEnd(bytes, end, next);
  // A tab parts a key from what follows it.
  return isAlone && bytes[end] !== tab ? { start, end, next: end, form } : undefined;
}

function hasLineEnd(bytes: Uint8Array, from: number, to: number): boolean {
  const found = bytes.subarray(from, to).indexOf(newline);
  return found >= 0;
}

/** The line, or all of those over which an object goes on that it begins at its end: a record behind a key, in a log. */
function lineWith(bytes: Uint8Array, line: Found, endOf: EndOf): Found {
  const last = line.end - 1;
  const end = bytes[last] === openBrace && last > line.start ? endOf(last) : -1;
  return end < 0 ? unread(bytes, line.start) : lineTo(bytes, line.start, end);
}

/** What can't be read from `start` on: a line, or several that belong together. */
function unread(bytes: Uint8Array, start: number): Found {
  const end = endOfUnread(bytes, start);
  return { start, end, next: end, form: 'line' };
}

/** From `start` to the end of the line that `end` stands in. */
function lineTo(bytes: Uint8Array, start: number, end: number): Found {
  return { ...restOfLine(bytes, end), start };
}

/** From `start` to the end of its line, without the white space at the end. */
function restOfLine(bytes: Uint8Array, start: number): Found {
  const found = bytes.indexOf(newline, start);
  const next = found < 0 ? bytes.length : found;
  let end = next;
  while (end > start && isSpace(bytes[end - 1])) end--;
  return { start, end, next, form: 'line' };
}
