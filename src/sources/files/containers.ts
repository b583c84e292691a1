import { closeBracket, comma, openBrace, openBracket, quote } from '../../base/jsonSigns.ts';
import { contentOf } from './dumpLine.ts';
import { endOfString, endOfValue, membersOf, skip } from './jsonScan.ts';
import { pieces } from './pieces.ts';

/** A place in bytes. */
interface Span {
  readonly start: number;
  readonly end: number;
}

const letterT = 0x74;
const zero = 0x30;

/** Where the records of an answer stand, by the names that lead there. */
const paths: readonly (readonly string[])[] = [
  // Elasticsearch and OpenSearch: a search's answer, and a page of a scroll.
  ['hits', 'hits'],
  ['rawResponse', 'hits', 'hits'],
  // Loki: a query's answer, and what is pushed.
  ['data', 'result'],
  ['streams'],
  ['messages'],
  ['records'],
  ['items'],
  ['data'],
];
/** Answers nest some levels: a list in a list of frames, hits in buckets of buckets. */
const deepest = 16;
/** An answer says what it is in its first fields; a record of ours says its sid in its first three. */
const mostFields = 24;

/**
 * The records that stand in one object: those of a search's or a log store's answer, and of whatever else holds several.
 * Empty for any other object, null for a search that found nothing. The spans count from the begin of `object`.
 */
export function containedIn(object: Uint8Array): readonly Span[] | null {
  let list: Uint8Array | undefined;
  let isWithoutHits = false;
  let fields = 0;
  for (const [name, value] of membersOf(object, 0)) {
    // A record of ours may hold such names too, in any order.
    if (name === 'sid' || name === 'trace' || fields++ > mostFields) return [];
    list ??= listAt(name, value);
    isWithoutHits ||= name === 'hits' && isEmptyList(valueAt(value, ['hits']));
  }
  const listed = list === undefined ? [] : elementsOf(list).flatMap(streamLines);
  if (listed.length > 0) return listed.map((view) => spanIn(object, view));
  const several = severalIn(object);
  return several.length === 0 && isWithoutHits && !tellsMore(object) ? null : several;
}

function isEmptyList(value: Uint8Array | undefined): boolean {
  return value?.[0] === openBracket && value[skip(value, 1)] === closeBracket;
}

/** That a part of the index did not answer, or not in time, or a hit somewhere else than among the hits. */
function tellsMore(answer: Uint8Array): boolean {
  const text = Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength);
  const isInPart = [...membersOf(answer, 0)].some(([name, value]) => {
    const failed = name === '_shards' ? valueAt(value, ['failed']) : undefined;
    return (
      (name === 'timed_out' && value[0] === letterT) || (failed !== undefined && failed[0] !== zero)
    );
  });
  return isInPart || text.includes('"failures"') || mayHoldRecord(answer);
}

/** The records of an object or a list that holds more than one: with one alone it is its envelope. */
export function severalIn(value: Uint8Array): readonly Span[] {
  const { views, isSeveral } = recordsIn(value, deepest);
  return isSeveral ? views.map((view) => spanIn(value, view)) : [];
}

/** The text that stands in a text of JSON, whatever it is written in: JSON once more, or base64. */
export function textWithin(json: Uint8Array): Uint8Array | null {
  let content = contentOf(json);
  // Each level of text in text has half of its length before it is read: backslashes.
  while (content?.[0] === quote) {
    const inner = contentOf(content);
    if (inner === content) return content;
    content = inner;
  }
  return content === null ? null : (inBase64(content) ?? content);
}

const base64Begin = /^(?:ey[A-DIJ]|ew[kos]|W[3yw])/;
const onlyBase64 = /^[\w+/\s-]+={0,2}\s*$/;

function inBase64(content: Uint8Array): Uint8Array | undefined {
  const text = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (!base64Begin.test(text.toString('latin1', 0, 3))) return undefined;
  const whole = text.toString('latin1');
  return onlyBase64.test(whole) ? Buffer.from(whole, 'base64') : undefined;
}

/** Whether a text has several records in it: an array, lines, or a stream of events. */
function holdsSeveral(json: Uint8Array, left: number): boolean {
  const content = textWithin(json);
  if (content === null) return false;
  let records = 0;
  for (const { start, end } of pieces(content)) {
    const piece = content.subarray(start, end);
    if (!namesSid(piece)) continue;
    records += recordsIn(piece, left).isSeveral ? 2 : 1;
    if (records > 1) return true;
  }
  return false;
}

/** What holds the records of a value; one view of it may be a text that holds several. */
interface Found {
  readonly views: readonly Uint8Array[];
  readonly isSeveral: boolean;
}

const none: Found = { views: [], isSeveral: false };

/**
 * Objects with a sid, and texts that seem to hold one. Of a list that has one all objects are given, so that those that are
 * no records are listed with their reason; an element is given with what it says of its record.
 */
function recordsIn(value: Uint8Array, left: number): Found {
  if (left === 0 || !mayHoldRecord(value)) return none;
  if (value[0] === quote) return { views: [value], isSeveral: holdsSeveral(value, left - 1) };
  if (value[0] === openBracket) return recordsInList(elementsOf(value), left - 1);
  if (value[0] !== openBrace) return none;
  const members = [...membersOf(value, 0)];
  if (members.some(([name]) => name === 'sid')) return { views: [value], isSeveral: false };
  const found = members.map(([, member]) => recordsIn(member, left - 1));
  // Of texts that hold one there may be several of the same: as it came, and as it was cut.
  const nested = found.filter(({ isSeveral }, at) => isSeveral || members[at]?.[1][0] !== quote);
  const views = nested.flatMap((each) => each.views);
  if (views.length > 1 || nested.some(({ isSeveral }) => isSeveral)) {
    return { views, isSeveral: true };
  }
  const hasOne = views.length === 1 || members.some(([, member]) => mayHoldRecord(member));
  return hasOne ? { views: [value], isSeveral: false } : none;
}

function recordsInList(elements: readonly Uint8Array[], left: number): Found {
  const found = elements.map((element) => recordsIn(element, left));
  if (found.every(({ views }) => views.length === 0)) return none;
  const views = found.flatMap((each, at) => {
    const element = elements[at];
    return element?.[0] === openBrace && !each.isSeveral ? [element] : each.views;
  });
  return { views, isSeveral: views.length > 1 || found.some(({ isSeveral }) => isSeveral) };
}

/** A sid, or an object or a list in base64, wherever it stands. */
function mayHoldRecord(value: Uint8Array): boolean {
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return ['sid', '"ey', '"ew', '"W3', '"Ww'].some((part) => bytes.includes(part));
}

/** A field of that name in an object, or in one that stands in a text: “inside” and “considered” are no such. */
function namesSid(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return text.includes('{') && ['"sid"', '"sid\\'].some((name) => text.includes(name));
}

function listAt(name: string, value: Uint8Array): Uint8Array | undefined {
  for (const path of paths) {
    const list = path[0] === name ? valueAt(value, path.slice(1)) : undefined;
    if (list?.[0] === openBracket) return list;
  }
  return undefined;
}

function valueAt(value: Uint8Array, path: readonly string[]): Uint8Array | undefined {
  let at: Uint8Array | undefined = value;
  for (const name of path) {
    if (at?.[0] !== openBrace) return undefined;
    at = memberOf(at, name);
  }
  return at;
}

function memberOf(object: Uint8Array, name: string): Uint8Array | undefined {
  for (const [key, value] of membersOf(object, 0)) if (key === name) return value;
  return undefined;
}

/** The objects and texts of an array; a list that breaks off gives what is whole. */
function elementsOf(list: Uint8Array): Uint8Array[] {
  const elements: Uint8Array[] = [];
  for (let at = skip(list, 1, comma); at < list.length && list[at] !== closeBracket;) {
    const first = list[at];
    const isNested = first === openBrace || first === openBracket;
    const end = isNested ? endOfValue(list, at) : first === quote ? endOfString(list, at) : at + 1;
    if (end < 0) break;
    if (isNested || first === quote) elements.push(list.subarray(at, end));
    at = skip(list, end, comma);
  }
  return elements;
}

/** Loki keeps lines by stream, each as `[nanoseconds, line]`: the lines. Any other element is one itself. */
function streamLines(element: Uint8Array): readonly Uint8Array[] {
  if (element[0] !== openBrace) return element[0] === quote ? [element] : [];
  const members = new Map(membersOf(element, 0));
  const values = members.get('values');
  if (values?.[0] !== openBracket || !members.has('stream')) return [element];
  return elementsOf(values).flatMap((pair) => elementsOf(pair).slice(1, 2));
}

/** Both are views on one buffer, so their places tell where one stands in the other. */
function spanIn(object: Uint8Array, view: Uint8Array): Span {
  const start = view.byteOffset - object.byteOffset;
  return { start, end: start + view.length };
}
