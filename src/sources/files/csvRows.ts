import { openBrace, quote } from '../../base/jsonSigns.ts';
import { endOfValue } from './jsonScan.ts';

const newline = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;

/** A row that has no end by then began with a stray quote, and is read as a line. */
const longestRow = 64 * 1024 * 1024;

/** A row of a table: views on the file's bytes, where nothing had to be taken out of them. */
export interface Row {
  /** Without what is beyond the wanted number; undefined where quotes stand as they can't: the row is a line then. */
  readonly cells: readonly Uint8Array[] | undefined;
  readonly line: Uint8Array;
  /** Where the next one begins. */
  readonly end: number;
}

/**
 * The rows of a table, empty ones left out. A quote opens a cell only where the cell begins, and closes
 * it only before a delimiter or the end of the row; each place is looked at a few times at most, whatever stands there.
 */
export function* csvRows(bytes: Uint8Array, delimiter: number, mostCells: number): Generator<Row> {
  for (let at = 0; at < bytes.length;) {
    const row = quotedRow(bytes, at, delimiter, mostCells) ?? plainLine(bytes, at);
    if (row.line.length > 0) yield row;
    at = row.end;
  }
}

function quotedRow(
  bytes: Uint8Array,
  start: number,
  delimiter: number,
  mostCells: number,
): Row | undefined {
  const within = bytes.subarray(0, start + longestRow);
  const cells: Uint8Array[] = [];
  const objects = new BareObjects(within, start, delimiter);
  for (let at = start; ; at++) {
    const opening = behindBlanks(within, at);
    const cell =
      within[opening] === quote
        ? quotedCell(within, opening)
        : plainCell(within, at, objects.endAt(at), delimiter);
    at = cell.end;
    if (at < bytes.length && within[at] !== delimiter && within[at] !== newline) return undefined;
    if (cells.length < mostCells) cells.push(cell.content);
    if (within[at] !== delimiter) return { cells, ...lineOf(bytes, start, at) };
  }
}

/** Some write a blank behind each delimiter, which is no part of a cell in quotes. */
function behindBlanks(bytes: Uint8Array, start: number): number {
  let at = start;
  while (bytes[at] === space) at++;
  return at;
}

function plainLine(bytes: Uint8Array, start: number): Row {
  return { cells: undefined, ...lineOf(bytes, start, endOfLine(bytes, start)) };
}

function lineOf(bytes: Uint8Array, start: number, end: number) {
  return { line: bytes.subarray(start, beforeReturn(bytes, start, end)), end: end + 1 };
}

interface Cell {
  readonly content: Uint8Array;
  readonly end: number;
}

function plainCell(bytes: Uint8Array, start: number, from: number, delimiter: number): Cell {
  let end = from;
  while (end < bytes.length && bytes[end] !== delimiter && bytes[end] !== newline) end++;
  const last = bytes[end] === delimiter ? end : beforeReturn(bytes, start, end);
  return { content: bytes.subarray(start, last), end };
}

/**
 * The objects of a row that stand there without quotes, as kafbat's UI writes them. Where one is none the row is not looked
 * through for others, and the end of the line is looked for once: a row may have a million braces.
 */
class BareObjects {
  private readonly bytes: Uint8Array;
  private readonly start: number;
  private readonly delimiter: number;
  private lineEnd: number | undefined;
  private hasFailed = false;

  constructor(bytes: Uint8Array, start: number, delimiter: number) {
    this.bytes = bytes;
    this.start = start;
    this.delimiter = delimiter;
  }

  /** Behind the object at `at`, if a cell ends there; else `at` itself. */
  endAt(at: number): number {
    const { bytes } = this;
    if (bytes[at] !== openBrace || this.hasFailed) return at;
    this.lineEnd ??= endOfLine(bytes, this.start);
    const end = endOfValue(bytes, at, this.lineEnd);
    const next = bytes[end];
    const isCell =
      end === bytes.length ||
      next === this.delimiter ||
      next === newline ||
      next === carriageReturn;
    if (end > 0 && isCell) return end;
    this.hasFailed = true;
    return at;
  }
}

function endOfLine(bytes: Uint8Array, start: number): number {
  const found = bytes.indexOf(newline, start);
  return found < 0 ? bytes.length : found;
}

/** Up to the quote that stands alone, and what is blank behind it. */
function quotedCell(bytes: Uint8Array, start: number): Cell {
  let close = bytes.indexOf(quote, start + 1);
  let isDoubled = false;
  while (close >= 0 && bytes[close + 1] === quote) {
    isDoubled = true;
    close = bytes.indexOf(quote, close + 2);
  }
  // No end at all: where the cell begins is no end of it, so that the row is a line.
  if (close < 0) return { content: bytes.subarray(start, start), end: start };
  const content = bytes.subarray(start + 1, close);
  let end = close + 1;
  while (bytes[end] === space || bytes[end] === carriageReturn) end++;
  return { content: isDoubled ? withoutDoubles(content) : content, end };
}

function withoutDoubles(bytes: Uint8Array): Uint8Array {
  const made = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    made[length++] = byte;
    if (byte === quote) at++;
  }
  return made.subarray(0, length);
}

/** `end`, or one less where a line ends as on Windows. */
function beforeReturn(bytes: Uint8Array, start: number, end: number): number {
  return end > start && bytes[end - 1] === carriageReturn ? end - 1 : end;
}
