import {
  backslash,
  closeBracket,
  comma,
  openBrace,
  openBracket,
  quote,
} from '../../base/jsonSigns.ts';
import type { Json, JsonObject } from '../../base/json.ts';
import { parseJsonExactly } from '../../base/jsonText.ts';
import { inOneGo } from '../../base/steps.ts';
import { asBuffer } from './asBuffer.ts';
import { isDigit } from './jsonScan.ts';
import type { FieldPlan } from './fieldPlan.ts';
import { lazyValue } from './lazyValue.ts';
import { TextTable } from './textTable.ts';
import { entryPlan, type RecordIndex, rootPlan, traceColumn } from './recordIndex.ts';

const minus = 0x2d;
/** What the records of a flow, or of a service, say over and over. */
const repeatedInRoot = columnsOf(rootPlan, [
  ...['service_id', 'flow_id', 'bot_id', 'sub', 'log_caller', 'answer', 'version', 'message'],
]);
const repeatedInEntry = columnsOf(entryPlan, [
  ...['sid', 'node_id', 'node_type', 'node_name', 'func_id', 'func_type', 'func_name'],
]);

function columnsOf(plan: FieldPlan, names: readonly string[]): Uint8Array {
  const columns = new Uint8Array(plan.end);
  for (const { names: planned, first } of [
    plan,
    ...plan.parts.filter((part) => part !== undefined),
  ]) {
    planned.forEach((name, index) => {
      if (names.includes(name)) columns[first + index] = 1;
    });
  }
  return columns;
}

// As the indexer's room: what is read is the same with it and without.
const texts = new TextTable();
const nothing: readonly string[] = [];
const noBytes = new Uint8Array();
const dataColumns = ['llm_output', 'data'].map(
  (name) => entryPlan.first + entryPlan.names.indexOf(name),
);
/** Behind the columns of an entry's own fields; those of the objects in them follow. */
const behindFields = entryPlan.first + entryPlan.names.length;
/** To parse a longer list at once takes no longer. */
const mostTexts = 8;
/** More digits may be more than a double holds. */
const mostDigits = 15;

/** The values of a record, read from its bytes where its index says that they stand. */
export class RecordValues {
  readonly index: RecordIndex;
  private readonly bytes: Buffer;
  // Made for all of them: a list that grows with what is asked for first is copied again and again.
  private readonly ofRoot: (Json | undefined)[] = new Array<Json | undefined>(rootPlan.end);

  constructor(index: RecordIndex) {
    this.index = index;
    this.bytes = asBuffer(index.json.bytes);
  }

  /** The value of a column; undefined where there is none, as of most. */
  read(row: number, column: number, part: View | undefined, isRepeated: boolean): Json | undefined {
    const at = this.index.placeOf(row, column);
    if (at === 0) return undefined;
    // Some of the root are asked for again and again.
    return row === 0
      ? (this.ofRoot[column] ??= this.readAt(at, 0, part, isRepeated))
      : this.readAt(at, row, part, isRepeated);
  }

  private readAt(at: number, row: number, part: View | undefined, isRepeated: boolean): Json {
    const byte = this.bytes[at] ?? 0;
    if (part !== undefined && byte === openBrace) return asObject(new part(this, row));
    return isRepeated && byte === quote ? this.knownTextAt(at) : this.valueAt(at);
  }

  /** The texts and objects of a list but those texts that begin in a certain way; undefined where there is no list. */
  itemsBut(row: number, column: number, isPassed: (bytes: Uint8Array, quote: number) => boolean) {
    const { json } = this.index;
    const list = this.index.placeOf(row, column);
    if (json.byteAt(list) !== openBracket) return undefined;
    const items: Json[] = [];
    let at = json.afterSpace(list + 1);
    while (json.byteAt(at) !== closeBracket) {
      const isText = json.byteAt(at) === quote;
      if (!isText || !isPassed(json.bytes, at)) items.push(this.valueAt(at));
      at = json.afterSpace(json.endOfValue(at));
      if (json.byteAt(at) === comma) at = json.afterSpace(at + 1);
    }
    return items;
  }

  /** How many items a list has; undefined where there is no list. */
  countOf(row: number, column: number): number | undefined {
    const { json } = this.index;
    const list = this.index.placeOf(row, column);
    if (json.byteAt(list) !== openBracket) return undefined;
    let count = 0;
    for (let at = json.afterSpace(list + 1); json.byteAt(at) !== closeBracket; count++) {
      at = json.afterSpace(json.endOfValue(at));
      if (json.byteAt(at) === comma) at = json.afterSpace(at + 1);
    }
    return count;
  }

  /** An entry of the trace with all that is in it. */
  entry(row: number): JsonObject {
    const index = this.index;
    return this.parsed(index.placeOf(row, 0), index.placeOf(row, 1)) as JsonObject;
  }

  /** The same for whoever looks at the beginning: what is large is parsed where it is looked at. */
  beginningOf(row: number): JsonObject {
    const { json } = this.index;
    const parts = inOneGo(this.index.partsOf(row));
    return parts === undefined
      ? this.entry(row)
      : (lazyValue(json, parts, parsedText) as JsonObject);
  }

  /** The bytes of an entry. */
  bytesOf(row: number): Uint8Array {
    return this.bytes.subarray(this.index.placeOf(row, 0), this.index.placeOf(row, 1));
  }

  /**
   * The bytes of what the node of an entry got, gave, was set to and said, with the sign and the name that stand behind:
   * where they are the same in two entries, so is that. To look for the ends of values would be to read all of them.
   */
  dataBytesOf(row: number): readonly Uint8Array[] {
    return dataColumns.map((column) => {
      const at = this.index.placeOf(row, column);
      return at === 0 ? noBytes : this.bytes.subarray(at, this.nextBehind(row, at));
    });
  }

  /** Where the next field begins that is planned, or the entry ends. */
  private nextBehind(row: number, at: number): number {
    let next = this.index.placeOf(row, 1);
    for (let column = entryPlan.first; column < behindFields; column++) {
      const place = this.index.placeOf(row, column);
      if (place > at && place < next) next = place;
    }
    return next;
  }

  /** All of the record but its entries. */
  withoutEntries(): JsonObject {
    const { bytes, index } = this;
    const trace = index.placeOf(0, traceColumn);
    if (trace === 0) return this.parsed(0, bytes.length) as JsonObject;
    const [before, behind] = [bytes.subarray(0, trace), bytes.subarray(index.traceEnd)];
    return parsedText(`${before.toString('utf8')}[]${behind.toString('utf8')}`) as JsonObject;
  }

  private valueAt(at: number): Json {
    const byte = this.bytes[at] ?? 0;
    if (byte === quote) return this.textAt(at);
    if (byte === minus || isDigit(byte)) return this.numberAt(at);
    // Only these words begin so, and what is indexed is JSON.
    if (byte === 0x74) return true;
    if (byte === 0x66) return false;
    if (byte === 0x6e) return null;
    const list = byte === openBracket ? this.textsAt(at) : undefined;
    return list ?? this.parsed(at, this.index.json.endOfValue(at));
  }

  /** A list of nothing or of some texts, as of the ids that follow; undefined for any other. */
  private textsAt(list: number): readonly string[] | undefined {
    const { json } = this.index;
    let at = list + 1;
    if (this.bytes[at] === closeBracket) return nothing;
    const found: string[] = [];
    while (this.bytes[at] === quote && found.length < mostTexts) {
      found.push(this.textAt(at));
      at = json.afterSpace(json.endOfText(at));
      if (this.bytes[at] === closeBracket) return found;
      at = json.afterSpace(at + 1);
    }
    return undefined;
  }

  private knownTextAt(opening: number): string {
    const { json } = this.index;
    const closing = json.endOfText(opening) - 1;
    return texts.of(json.words, opening + 1, closing, () => this.textAt(opening));
  }

  private textAt(opening: number): string {
    const { bytes } = this;
    const { words } = this.index.json;
    let at = opening + 1;
    // Four at a time, as long as no quote and no backslash is among them.
    for (const last = bytes.length - 4; at <= last; at += 4) {
      const word = words.getInt32(at, true);
      if (holdsByte(word ^ 0x22222222) || holdsByte(word ^ 0x5c5c5c5c)) break;
    }
    for (let byte = bytes[at] ?? quote; byte !== quote; byte = bytes[++at] ?? quote) {
      // No number is in it that would have to be looked at.
      if (byte === backslash)
        return JSON.parse(
          bytes.toString(utf8, opening, this.index.json.endOfText(opening)),
        ) as string;
    }
    // A count, often; to make one of many signs takes ten times as long.
    if (at === opening + 1) return '';
    if (at === opening + 2) return String.fromCharCode(bytes[opening + 1] ?? 0);
    return bytes.toString(utf8, opening + 1, at);
  }

  private numberAt(begin: number): Json {
    const { bytes } = this;
    let value = 0;
    let at = begin;
    for (let byte = bytes[at] ?? 0; isDigit(byte); byte = bytes[++at] ?? 0) {
      value = 10 * value + byte - 0x30;
    }
    // Nearly all are whole.
    const isWhole = at - begin <= mostDigits && at > begin && !isInNumber(bytes[at] ?? 0);
    if (isWhole) return value;
    const end = this.index.json.endOfValue(begin);
    if (end - begin > mostDigits) return this.parsed(begin, end);
    return at === end ? value : Number(bytes.toString(utf8, begin, end));
  }

  private parsed(start: number, end: number): Json {
    return parsedText(this.bytes.toString(utf8, start, end));
  }
}

/** To look up the name of an encoding takes as long as making a short text. */
const utf8 = undefined;

const highBits = 0x80808080 | 0;

/** Whether one of four bytes is 0. */
function holdsByte(word: number): boolean {
  return ((word - 0x01010101) & ~word & highBits) !== 0;
}

/** A point, a sign or the beginning of an exponent. */
function isInNumber(byte: number): boolean {
  return byte === 0x2e || byte === 0x2d || byte === 0x2b || (byte | 0x20) === 0x65;
}

function parsedText(text: string): Json {
  // In a list: a number that is too long for a double is known by what stands before it.
  const parsed = parseJsonExactly(`[${text}]`);
  if (!parsed.ok) throw new Error('What was stepped over is no JSON');
  return (parsed.value as readonly Json[])[0] ?? null;
}

type View = new (values: RecordValues, row: number) => FieldView;

/** An object of a record that reads like the parsed one: each planned field, by its name, and no other. */
class FieldView {
  readonly values: RecordValues;
  readonly row: number;

  constructor(values: RecordValues, row: number) {
    this.values = values;
    this.row = row;
  }
}

function viewOf(plan: FieldPlan, repeated: Uint8Array): View {
  class PlannedView extends FieldView {}
  plan.names.forEach((name, index) => {
    const column = plan.first + index;
    const planned = plan.parts[index];
    const part = planned === undefined ? undefined : viewOf(planned, repeated);
    const isRepeated = repeated[column] === 1;
    Object.defineProperty(PlannedView.prototype, name, {
      get(this: FieldView) {
        return this.values.read(this.row, column, part, isRepeated);
      },
    });
  });
  return PlannedView;
}

const RootView = viewOf(rootPlan, repeatedInRoot);
const EntryView = viewOf(entryPlan, repeatedInEntry);

function entriesOf(values: RecordValues): readonly JsonObject[] {
  const { index } = values;
  const entries: JsonObject[] = [];
  for (let entry = 0; entry < index.entryCount; entry++) {
    entries.push(asObject(new EntryView(values, index.rowOf(entry))));
  }
  return entries;
}

/** The record itself, with its entries. */
class WholeView extends RootView {
  private entries: readonly JsonObject[] | undefined;

  get trace(): readonly JsonObject[] | undefined {
    const { values } = this;
    const { index } = values;
    if (index.placeOf(0, traceColumn) === 0) return undefined;
    return (this.entries ??= entriesOf(values));
  }
}

/** The fields of a record that lists, trees and what is concluded from them read, as if it were parsed. */
export function viewOfRecord(index: RecordIndex): JsonObject {
  return asObject(new WholeView(new RecordValues(index), 0));
}

const logsColumn = entryPlan.first + entryPlan.names.indexOf('logs');
/** How logs that tell of no error begin, in their bytes. */
const harmless = ['INFO', 'DEBUG', 'WARNING'].flatMap((level) =>
  ['', ' '].map((space) => Buffer.from(JSON.stringify(`{"level":${space}"${level}"`).slice(0, -1))),
);

/** The logs of an entry that may tell of an error; undefined where nothing is known of them before they are read. */
export function suspectLogs(entry: JsonObject): readonly Json[] | undefined {
  const view: unknown = entry;
  return view instanceof EntryView
    ? view.values.itemsBut(view.row, logsColumn, isHarmless)
    : undefined;
}

/** How many logs the list of an entry has, none of which is read for it; undefined where nothing is known of them. */
export function itemsOfLogs(entry: JsonObject): number | undefined {
  const view: unknown = entry;
  return view instanceof EntryView ? view.values.countOf(view.row, logsColumn) : undefined;
}

function isHarmless(bytes: Uint8Array, opening: number): boolean {
  const first = bytes[opening + 1];
  // Another text than an object, or one that begins with an escape.
  if (first !== openBrace) return first !== backslash;
  return harmless.some((beginning) => begins(bytes, opening, beginning));
}

function begins(bytes: Uint8Array, at: number, beginning: Uint8Array): boolean {
  if (at + beginning.length > bytes.length) return false;
  for (let place = beginning.length - 1; place >= 0; place--) {
    if (bytes[at + place] !== beginning[place]) return false;
  }
  return true;
}

/** All of an entry; what was parsed is whole. */
export function wholeEntry(entry: JsonObject): JsonObject {
  const view: unknown = entry;
  return view instanceof EntryView ? view.values.entry(view.row) : entry;
}

/** All of an entry, whose large lists are parsed as far as somebody looks at them. */
export function beginningOfEntry(entry: JsonObject): JsonObject {
  const view: unknown = entry;
  return view instanceof EntryView ? view.values.beginningOf(view.row) : entry;
}

/** Where an entry stands in its record; undefined for what was parsed: of that nobody knows. */
export function bytesOfEntry(entry: JsonObject): Uint8Array | undefined {
  const view: unknown = entry;
  return view instanceof EntryView ? view.values.bytesOf(view.row) : undefined;
}

/** Where what its node got, gave, was set to and said stands: equal bytes, equal data. Undefined for what was parsed. */
export function dataBytesOfEntry(entry: JsonObject): readonly Uint8Array[] | undefined {
  const view: unknown = entry;
  return view instanceof EntryView ? view.values.dataBytesOf(view.row) : undefined;
}

/** All of a record; its trace is empty where its entries are read by their bytes, one by one. */
export function wholeRoot(root: JsonObject): JsonObject {
  const view: unknown = root;
  return view instanceof WholeView ? view.values.withoutEntries() : root;
}

function asObject(view: FieldView): JsonObject {
  return view as unknown as JsonObject;
}
