import {
  backslash,
  closeBrace,
  closeBracket,
  colon,
  comma,
  openBrace,
  openBracket,
  quote,
} from '../../base/jsonSigns.ts';

const newline = 0x0a;

/** Whether `byte` is JSON white space. */
export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === newline || byte === 0x0d || byte === 0x09;
}

/**
 * The index after the closing quote of the string that opens at `start`; -1 when it is still open at the
 * end of its line, because JSON strings hold no bare line break.
 */
export function endOfString(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === backslash) at++;
    else if (byte === quote) return at + 1;
    else if (byte === newline) return -1;
  }
  return -1;
}

/**
 * The index after the object or array that opens at `start`, however many lines it has, but at most at
 * `until`; when it is cut off, the complement (`~`) of where that was seen, a negative number. Values are not checked (a bare NaN passes), only the nesting, and at each line break whether the
 * next line can go on where the last stopped: so a line that was cut off never swallows the good ones
 * after it.
 */
export function endOfValue(bytes: Uint8Array, start: number, until = bytes.length): number {
  const open: number[] = [];
  let last = 0;
  let lineBroken = false;
  for (let at = start; at < until; at++) {
    const byte = bytes[at] ?? 0;
    if (isSpace(byte)) {
      if (byte === newline) lineBroken = true;
      continue;
    }
    if (lineBroken && !goesOn(open.at(-1), last, byte)) return ~at;
    lineBroken = false;
    last = byte;
    if (byte === quote) {
      const end = endOfString(bytes, at);
      if (end < 0) return ~at;
      at = end - 1;
    } else if (byte === openBrace || byte === openBracket) {
      open.push(byte);
    } else if (byte === closeBrace || byte === closeBracket) {
      if (open.pop() !== (byte === closeBrace ? openBrace : openBracket)) return ~at;
      if (open.length === 0) return at + 1;
    }
  }
  return ~until;
}

/** Whether `next`, the first byte of a line, may follow `last`, the last one before it, inside `container`. */
function goesOn(container: number | undefined, last: number, next: number): boolean {
  const startsValue = next !== comma && next !== colon && next !== closeBrace;
  if (container === openBracket) {
    if (last === openBracket || last === comma) return startsValue;
    return next === comma || next === closeBracket;
  }
  if (last === openBrace) return next === quote || next === closeBrace;
  if (last === comma) return next === quote;
  if (last === colon) return startsValue && next !== closeBracket;
  return next === comma || next === colon || next === closeBrace;
}

/** The members of the object that opens at `start`: each key as text, each value as its raw bytes. */
export function* membersOf(bytes: Uint8Array, start: number): Generator<[string, Uint8Array]> {
  let at = start + 1;
  for (;;) {
    at = skip(bytes, at, comma);
    if (bytes[at] !== quote) return;
    const keyEnd = endOfString(bytes, at);
    if (keyEnd < 0) return;
    const key = new TextDecoder().decode(bytes.subarray(at + 1, keyEnd - 1));
    at = skip(bytes, keyEnd, colon);
    const end = endOfMember(bytes, at);
    if (end < 0) return;
    yield [key, bytes.subarray(at, end)];
    at = end;
  }
}

function endOfMember(bytes: Uint8Array, start: number): number {
  const first = bytes[start];
  if (first === quote) return endOfString(bytes, start);
  if (first === openBrace || first === openBracket) return endOfValue(bytes, start);
  return endOfScalar(bytes, start);
}

/** The index after the number or word that starts at `start`. */
export function endOfScalar(bytes: Uint8Array, start: number): number {
  let at = start;
  for (; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === comma || byte === closeBrace || byte === closeBracket || isSpace(byte)) break;
  }
  return at;
}

/** The first index from `start` that is neither white space nor `separator`. */
export function skip(bytes: Uint8Array, start: number, separator?: number): number {
  let at = start;
  while (at < bytes.length && (isSpace(bytes[at]) || bytes[at] === separator)) at++;
  return at;
}
