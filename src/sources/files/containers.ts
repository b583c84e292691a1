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
/** An answer says what it is in its first fields; a record of ours says its sid in its first three. */
const mostFields = 24;

/**
 * The records that stand in one object: those of a search's or a log store's answer. Empty for any other object. The
 * spans count from the begin of `object`.
 */
export function containedIn(object: Uint8Array): readonly Span[] {
  let list: Uint8Array | undefined;
  let fields = 0;
  for (const [name, value] of membersOf(object, 0)) {
    // A record of ours may hold such names too, in any order.
    if (name === 'sid' || name === 'trace' || fields++ > mostFields) return [];
    list ??= listAt(name, value);
  }
  return list === undefined
    ? []
    : elementsOf(list)
        .flatMap(streamLines)
        .map((view) => spanIn(object, view));
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
