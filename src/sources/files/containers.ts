import { endOfString, endOfValue, membersOf, skip } from './jsonScan.ts';

/** A place in bytes. */
interface Span {
  readonly start: number;
  readonly end: number;
}

const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const quote = 0x22;
const comma = 0x2c;

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
 * Empty for any other object. The spans count from the begin of `object`.
 */
export function containedIn(object: Uint8Array): readonly Span[] {
  let list: Uint8Array | undefined;
  let fields = 0;
  for (const [name, value] of membersOf(object, 0)) {
    // A record of ours may hold such names too, in any order.
    if (name === 'sid' || name === 'trace' || fields++ > mostFields) return [];
    list ??= listAt(name, value);
  }
  const listed = list === undefined ? [] : elementsOf(list).flatMap(streamLines);
  return listed.length > 0 ? listed.map((view) => spanIn(object, view)) : severalIn(object);
}

/** The records of an object or a list that holds more than one: with one alone it is its envelope. */
export function severalIn(value: Uint8Array): readonly Span[] {
  const found = recordsIn(value, deepest);
  return found.length > 1 ? found.map((view) => spanIn(value, view)) : [];
}

/**
 * Objects with a sid, and texts that seem to hold one. Of a list that has one all objects are given, so that those that are
 * no records are listed with their reason; an element is given with what it says of its record.
 */
function recordsIn(value: Uint8Array, left: number): readonly Uint8Array[] {
  if (left === 0 || !mayHoldRecord(value)) return [];
  if (value[0] === quote) return [value];
  if (value[0] === openBracket) {
    const elements = elementsOf(value);
    const found = elements.map((element) => recordsIn(element, left - 1));
    if (found.every((records) => records.length === 0)) return [];
    return elements.flatMap((element, at) => {
      const records = found[at] ?? [];
      return element[0] === openBrace && records.length < 2 ? [element] : records;
    });
  }
  if (value[0] !== openBrace) return [];
  const members = [...membersOf(value, 0)];
  if (members.some(([name]) => name === 'sid')) return [value];
  const nested = members.flatMap(([, member]) =>
    member[0] === quote ? [] : recordsIn(member, left - 1),
  );
  if (nested.length > 1) return nested;
  // One, or texts of one: as it came, and as it was cut.
  const hasOne = nested.length === 1 || members.some(([, member]) => mayHoldRecord(member));
  return hasOne ? [value] : [];
}

/** A sid, or an object in base64, wherever it stands. */
function mayHoldRecord(value: Uint8Array): boolean {
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return ['sid', '"ey', '"ew'].some((part) => bytes.includes(part));
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
