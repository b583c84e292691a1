import { openBrace, openBracket, quote } from '../../base/jsonSigns.ts';
import type { ConsumedRecord } from '../../record/consumedRecord.ts';
import { withDoubleQuotes, withLineFeeds, withoutClientEscapes } from './clientTables.ts';
import { readDumpLine, unwrap } from './dumpLine.ts';
import type { Dumped } from './dumpLine.ts';
import { containedIn, severalIn, textWithin } from './containers.ts';
import { contentAsItIs, readCsv, tableForm } from './csvRecords.ts';
import { isNoText, toUtf8, withoutColours } from './fileText.ts';
import { fromHexDump } from './hexDump.ts';
import { strictJson } from './looseJson.ts';
import { recordsInMarkup } from './markupRecords.ts';
import { PartedLines } from './partedLines.ts';
import { insertedRecords } from './sqlInserts.ts';
import { withStraightQuotes } from './straightQuotes.ts';
import { isToolLine } from './toolLines.ts';
import { isTraceFileHead } from './traceFileHead.ts';
import { withoutTripleQuotes } from './tripleQuotes.ts';
import { isYamlDump, readYaml } from './yamlDump.ts';
import { lengthOf, type BrokenOff, type UnpackedPart } from './packedFile.ts';
import { fromBase64, fromHex, withoutPrefixes } from './wrappedText.ts';
import { pieces, type Piece } from './pieces.ts';

const newline = 0x0a;

/** The bytes of a file, or of each file that is packed in it. */
export type FileContent = Uint8Array | readonly UnpackedPart[];

/** A record, and the share of the file that is read with it, 0 to 1. */
interface PlacedRecord {
  readonly record: ConsumedRecord;
  readonly share: number;
  /** Where its value stands in the content, byte for byte; undefined where it doesn't. */
  readonly standsAt?: number;
}

/** A record as it was found in a part. */
interface FoundRecord {
  readonly record: ConsumedRecord;
  readonly share: number;
  /** The bytes that its value was copied from. */
  readonly view?: Uint8Array | null;
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
  const total = parts.reduce((sum, part) => sum + lengthOf(part), 0);
  let before = 0;
  let last = 0;
  for (const part of parts) {
    const first = last;
    for (const { record, share, view } of readPart(part, name)) {
      last = first + Number(record.offset);
      const made = record.value && (fromHex(record.value) ?? withoutClientEscapes(record.value));
      const standsAt = made == null && parts.length === 1 ? placeIn(part, view) : undefined;
      yield {
        record: { ...record, offset: String(last), value: made ?? record.value },
        share: (before + share * lengthOf(part)) / total,
        ...(standsAt !== undefined && { standsAt }),
      };
    }
    before += lengthOf(part);
  }
}

/** Where bytes stand in a part of which they are a view; what was rewritten to be read is none. */
function placeIn(part: UnpackedPart, view?: Uint8Array | null): number | undefined {
  if (!(part instanceof Uint8Array) || view?.buffer !== part.buffer) return undefined;
  const at = view.byteOffset - part.byteOffset;
  // What Node makes of some bytes may stand in one buffer with others.
  return at >= 0 && at + view.length <= part.length ? at : undefined;
}

function* readPart(part: UnpackedPart, name: string): Generator<FoundRecord> {
  if (part instanceof Uint8Array)
    yield* readText(withLineFeeds(withoutColours(toUtf8(part))), name);
  else yield { record: brokenRecord(part, name), share: 1 };
}

function brokenRecord({ brokenOff, head }: BrokenOff, name: string): ConsumedRecord {
  return { ...contentAsItIs(head, name), brokenOff };
}

function* readText(content: Uint8Array, name: string): Generator<FoundRecord> {
  const plain =
    withoutPrefixes(content) ??
    fromBase64(content) ??
    fromHexDump(content) ??
    withStraightQuotes(content) ??
    insertedRecords(content) ??
    recordsInMarkup(content);
  if (plain !== undefined) {
    yield* readText(plain, name);
    return;
  }
  if (isNoText(content)) {
    yield { record: contentAsItIs(content, name), share: 1 };
    return;
  }
  const rows = withDoubleQuotes(content);
  const table = tableForm(rows);
  if (table !== undefined) yield* readCsv(rows, table, name);
  else if (isYamlDump(content)) yield* readYaml(content, name);
  else yield* readPieces(strictJson(withoutTripleQuotes(content)), name);
}

function* readPieces(content: Uint8Array, name: string): Generator<FoundRecord> {
  let line = 1;
  let counted = 0;
  let offset = 0;
  const parted = new PartedLines();
  const placed = ({ value, key, timestampMs, dumpedFrom }: Dumped, end: number): FoundRecord => {
    const record = {
      ...{ topic: name, partition: 0, offset: String(offset), timestampMs },
      // Copies, because a view would keep the whole file in memory as long as one record lives.
      key: key?.slice() ?? null,
      value: value?.slice() ?? null,
      ...(dumpedFrom === undefined ? {} : { dumpedFrom }),
    };
    return { record, share: end / content.length, view: value };
  };
  for (const piece of withContained(pieces(content), content)) {
    const bytes = content.subarray(piece.start, piece.end);
    if (isToolLine(bytes) || isTraceFileHead(bytes)) continue;
    const whole = parted.take(bytes);
    if (whole === 'begun') continue;
    // Each byte is looked at once: a file on one line has no break to find, for any of its records.
    for (; counted < piece.start; counted++) if (content[counted] === newline) line++;
    for (const found of whole === undefined ? dumped(bytes, piece.form) : [asItIs(whole)]) {
      // Several on one line still get a number each: a position names one record.
      offset = Math.max(offset + 1, piece.element ?? line);
      yield placed(found, piece.end);
    }
  }
  for (const rest of parted.rest()) {
    offset++;
    yield placed(asItIs(rest), content.length);
  }
}

function asItIs(value: Uint8Array): Dumped {
  return { value, key: null, timestampMs: null };
}

function dumped(piece: Uint8Array, form: Piece['form']): readonly Dumped[] {
  if (form === 'object') return [unwrap(piece)];
  if (form === 'line') return [readDumpLine(piece)];
  // A record as text inside JSON, as `jq` and log shippers write it; or several: an array, lines, an answer.
  const content = textWithin(piece);
  if (content === null) return [asItIs(piece)];
  const inner = [...withContained(pieces(content), content)]
    .map(({ start, end, form: kind }) => ({ bytes: content.subarray(start, end), kind }))
    .filter(({ bytes }) => !isToolLine(bytes));
  if (inner.length > 1 && inner.every(({ bytes, kind }) => kind !== 'line' || isEvent(bytes)))
    return inner.flatMap(({ bytes, kind }) => dumped(bytes, kind));
  return [asItIs(content[0] === openBrace ? content : piece)];
}

/** A line of a stream of server-sent events. */
const eventBegin = 'data:';

function isEvent(line: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(line.subarray(0, eventBegin.length)) === eventBegin;
}

/**
 * A search's answer, a page of it or a log store's answer is one object; its records are the pieces then. Behind the pages
 * of a scroll stands one without any, which is no record that could not be read.
 */
function* withContained(all: Iterable<Piece>, bytes: Uint8Array): Generator<Piece> {
  let isAnswered = false;
  for (const piece of all) {
    const content = bytes.subarray(piece.start, piece.end);
    const contained =
      piece.form === 'object'
        ? containedIn(content)
        : content[0] === openBracket
          ? severalIn(content)
          : [];
    if (contained?.length === 0 || (contained === null && !isAnswered)) yield piece;
    for (const { start, end } of contained ?? []) {
      isAnswered = true;
      const form = bytes[piece.start + start] === quote ? 'string' : 'object';
      yield { start: piece.start + start, end: piece.start + end, element: undefined, form };
    }
  }
}
