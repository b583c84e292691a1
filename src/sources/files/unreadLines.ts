import { openBrace, openBracket, quote } from '../../base/jsonSigns.ts';
import { isSpace } from './jsonScan.ts';

const newline = 0x0a;
const closers = new Set([0x29, 0x5d, 0x7d]);
/** What a line of an object that is written over lines ends with. */
const goesOn = new Set([0x2c, 0x3a, 0x5b, 0x7b]);

/** How a page or a document of markup begins. */
const markup = /^<(?:[?!]|[a-z][\w:-]*[\s/>])/i;
/** A line of YAML: a name with its value, an element of a list, a comment, the begin or the end of a document. */
const yaml = /^(?:[\w.-]{1,80}:(?:\s|$)|- |-$|#|---\s*$|\.\.\.\s*$)/;
const lookedAt = 200;
/** What may be the begin of a record: such a line is one of its own. */
const object = /\{\s*\\*["']/;

/**
 * Where what begins at `start` and can't be read ends: at the end of its line, or of all lines that belong to it. An
 * object over lines goes on as far as they are further in, and a document of another form to the next object: it
 * is listed once, as what it is, and the place of its fault is one in it.
 */
export function endOfUnread(bytes: Uint8Array, start: number): number {
  const first = lineAt(bytes, start);
  const inset = insetOf(bytes, start);
  if (inset === undefined) return first.end;
  const belongs = rule(bytes, start, first.end, inset);
  let { end } = first;
  for (let next = first.next; next < bytes.length;) {
    const line = lineAt(bytes, next);
    const text = next + leadOf(bytes, next, line.end);
    if (text < line.end) {
      if (!belongs(text, text - next, line.end)) break;
      ({ end } = line);
    }
    ({ next } = line);
  }
  return end;
}

type Belongs = (start: number, inset: number, end: number) => boolean;

function rule(bytes: Uint8Array, start: number, end: number, inset: number): Belongs {
  const holds = (from: number, to: number) => object.test(latin1(bytes, from, to));
  const opens = (at: number) => bytes[at] === openBrace || bytes[at] === openBracket;
  if (opens(start)) {
    if (!goesOn.has(bytes[end - 1] ?? 0)) return () => false;
    // With its bracket alone on a line it ends at one alone: a text in it may hold a bare line break.
    let isOpen = end === start + 1;
    return (at, further, to) => {
      const closes = further === inset && closers.has(bytes[at] ?? 0);
      const belongs = further > inset || closes || (isOpen && !opens(at) && !holds(at, to));
      isOpen &&= !closes;
      return belongs;
    };
  }
  if (bytes[start] === quote || holds(start, end)) return () => false;
  const head = textAt(bytes, start, end);
  if (inset === 0 && markup.test(head)) return (at, _further, to) => !holds(at, to);
  const isYaml = inset === 0 && yaml.test(head);
  return (at, further, to) => {
    const belongs = further > inset || (isYaml && yaml.test(textAt(bytes, at, to)));
    return belongs && !holds(at, to);
  };
}

function lineAt(bytes: Uint8Array, start: number): { readonly end: number; readonly next: number } {
  const found = bytes.indexOf(newline, start);
  let end = found < 0 ? bytes.length : found;
  const next = end + 1;
  while (end > start && isSpace(bytes[end - 1])) end--;
  return { end, next };
}

/** How far in its line it begins; undefined where something else stands before it. */
function insetOf(bytes: Uint8Array, start: number): number | undefined {
  let at = start;
  while (at > 0 && bytes[at - 1] !== newline) {
    at--;
    if (!isSpace(bytes[at])) return undefined;
  }
  return start - at;
}

/** How many bytes of white space begin the line, hard blanks too. */
function leadOf(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    if (isSpace(bytes[at])) at++;
    else if (bytes[at] === 0xc2 && bytes[at + 1] === 0xa0) at += 2;
    else break;
  }
  return at - start;
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}

function textAt(bytes: Uint8Array, start: number, end: number): string {
  return new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + lookedAt)));
}
