import type { ConsumedRecord } from '../../record/consumedRecord.ts';
import { contentOf, readDumpLine, unwrap } from './dumpLine.ts';
import type { Dumped } from './dumpLine.ts';
import { containedIn } from './containers.ts';
import { isCsv, readCsv } from './csvRecords.ts';
import { toUtf8 } from './fileText.ts';
import { endOfScalar, endOfString, endOfValue, isSpace, skip } from './jsonScan.ts';

const quote = 0x22;
const comma = 0x2c;
const newline = 0x0a;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const tab = 0x09;

/** The bytes of a file, or of each file that is packed in it. */
export type FileContent = Uint8Array | readonly Uint8Array[];

/** A record, and the share of the file that is read with it, 0 to 1. */
interface PlacedRecord {
  readonly record: ConsumedRecord;
  readonly share: number;
}

/** Where one record stands in the file; `element` is its number when it stands in an array, from 1. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly element: number | undefined;
  readonly form: 'object' | 'string' | 'line';
}

/**
 * Reads the records of a file: one JSON record (pretty-printed or not), an array, JSON lines, a dump of the console
 * consumer, kcat or a topic browser, a table (CSV), or the answer to a search with all that it found. Values are the
 * bytes of the file, never written anew, so that what JSON.parse refuses survives; what can't be a record is given out
 * too, to be listed as rejected. The topic is `name`; the offset is the line where the record starts, or its number
 * in an array or in a table, from 1. In the next file of an archive they go on behind the last one.
 */
export function* readRecords(content: FileContent, name: string): Generator<ConsumedRecord> {
  for (const { record } of readPlaced(content, name)) yield record;
}

/** The same records, each with how far reading is with it. */
export function* readPlaced(content: FileContent, name: string): Generator<PlacedRecord> {
  const parts = content instanceof Uint8Array ? [content] : content;
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  let before = 0;
  let last = 0;
  for (const part of parts) {
    const first = last;
    for (const { record, share } of readPart(toUtf8(part), name)) {
      last = first + Number(record.offset);
      yield {
        record: { ...record, offset: String(last) },
        share: (before + share * part.length) / total,
      };
    }
    before += part.length;
  }
}

function* readPart(content: Uint8Array, name: string): Generator<PlacedRecord> {
  if (isCsv(content)) {
    yield* readCsv(content, name);
    return;
  }
  let line = 1;
  let counted = 0;
  let offset = 0;
  for (const piece of withContained(pieces(content), content)) {
    // Each byte is looked at once: a file on one line has no break to find, for any of its records.
    for (; counted < piece.start; counted++) if (content[counted] === newline) line++;
    // Several on one line still get a number each: a position names one record.
    offset = Math.max(offset + 1, piece.element ?? line);
    const { value, key, timestampMs } = dumped(
      content.subarray(piece.start, piece.end),
      piece.form,
    );
    const record: ConsumedRecord = {
      topic: name,
      partition: 0,
      offset: String(offset),
      timestampMs,
      // Copies, because a view would keep the whole file in memory as long as one record lives.
      key: key?.slice() ?? null,
      value: value?.slice() ?? null,
    };
    yield { record, share: piece.end / content.length };
  }
}

function dumped(piece: Uint8Array, form: Piece['form']): Dumped {
  if (form === 'object') return unwrap(piece);
  if (form === 'line') return readDumpLine(piece);
  // A record as text inside JSON, as `jq` and log shippers write it.
  const content = contentOf(piece);
  return { value: content?.[0] === openBrace ? content : piece, key: null, timestampMs: null };
}

/** A search's answer, a page of it or a log store's answer is one object; its records are the pieces then. */
function* withContained(all: Iterable<Piece>, bytes: Uint8Array): Generator<Piece> {
  for (const piece of all) {
    const contained =
      piece.form === 'object' ? containedIn(bytes.subarray(piece.start, piece.end)) : [];
    if (contained.length === 0) yield piece;
    for (const { start, end } of contained) {
      const form = bytes[piece.start + start] === quote ? 'string' : 'object';
      yield { start: piece.start + start, end: piece.start + end, element: undefined, form };
    }
  }
}

function* pieces(bytes: Uint8Array): Generator<Piece> {
  const endOf = boundedEndOfValue(bytes);
  let at = 0;
  let element: number | undefined;
  for (;;) {
    at = skip(bytes, at, element === undefined ? undefined : comma);
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
  const first = bytes[skip(bytes, at + 1)];
  return first === openBrace || first === closeBracket || first === quote;
}

type Found = Omit<Piece, 'element'> & { readonly next: number };
type EndOf = (start: number) => number;

function elementAt(bytes: Uint8Array, start: number, endOf: EndOf): Found {
  const first = bytes[start];
  let end: number;
  if (first === openBrace || first === openBracket) end = endOf(start);
  else if (first === quote) end = endOfString(bytes, start);
  else end = Math.max(endOfScalar(bytes, start), start + 1);
  const form = first === openBrace ? 'object' : first === quote ? 'string' : 'line';
  if (end >= 0) return { start, end, next: end, form };
  const line = restOfLine(bytes, start);
  const cut = bytes[line.end - 1] === comma ? line.end - 1 : line.end;
  return { ...line, end: cut, form: 'line' };
}

function lineAt(bytes: Uint8Array, start: number, endOf: EndOf): Found {
  const line = restOfLine(bytes, start);
  const first = bytes[start];
  if (first === quote && endOfString(bytes, start) === line.end) return { ...line, form: 'string' };
  if (first !== openBrace) return { ...line, form: 'line' };
  const end = endOf(start);
  if (end < 0 || bytes[end] === tab) return { ...line, form: 'line' };
  const after = restOfLine(bytes, end);
  // Nothing more on its line, or the next record right behind it; or elements of an array, pasted without its brackets.
  const next = skip(bytes, end, comma);
  const alone =
    after.end <= end ||
    bytes[next] === openBrace ||
    (next >= bytes.length && bytes[skip(bytes, end)] === comma);
  if (alone)
    return { start, end, next: bytes[skip(bytes, end)] === comma ? next : end, form: 'object' };
  return { ...after, start, form: 'line' };
}

/** From `start` to the end of its line, without the white space at the end. */
function restOfLine(bytes: Uint8Array, start: number): Found {
  const found = bytes.indexOf(newline, start);
  const next = found < 0 ? bytes.length : found;
  let end = next;
  while (end > start && isSpace(bytes[end - 1])) end--;
  return { start, end, next, form: 'line' };
}
