import { isJsonText } from '../base/jsonText.ts';
import type { Json } from '../base/json.ts';
import { endOfString } from '../base/jsonFault.ts';
import { pythonBytes } from './pythonBytes.ts';
import { parsePythonLiteral } from './pythonLiteral.ts';
import { recordText } from './recordText.ts';

/** Some objects stand before the record in a line of a log: its labels, its context. */
const mostTried = 32;

/** An object, its quotes escaped or not, or a text in quotes that begins with one: of JSON, of Python. */
const beginnings = /\{\s*\\*["']|[bBuU]?["']\s*\{/g;

/**
 * The texts within a text that may be a record: an object in a line of a log, a text in quotes (`msg="{\"sid\": …}"`),
 * what Python prints of bytes or of a dict. None for a record that breaks off: what is whole in it is a part of it.
 */
export function* textsWithin(written: string): Generator<string> {
  const text = withoutEscapes(written);
  let at = 0;
  for (let tried = 0; tried < mostTried; tried++) {
    beginnings.lastIndex = at;
    const found = beginnings.exec(text);
    if (found === null) return;
    const piece = pieceAt(text, found.index, found[0]);
    if (piece === undefined) return;
    if (piece.inner?.includes('sid') === true) yield piece.inner;
    if (piece.inner === undefined || isJsonText(piece.inner)) at = piece.end;
    // Of Ruby's hashes the parts are JSON; what else is none has a fault, and its parts are no records.
    else if (piece.inner.includes('=>')) at = found.index + 1;
    else return;
  }
}

const inPage = /\{\s{0,80}(?:&quot;|&#34;)/;
const inAddress = /%7B(?:%20|\+|%0A|%0D){0,80}%22/i;
const entity = /&(?:quot|apos|lt|gt|amp|#34|#39|#10);/g;
const entities: Readonly<Record<string, string>> = {
  ...{ '&quot;': '"', '&apos;': "'", '&lt;': '<', '&gt;': '>', '&amp;': '&' },
  ...{ '&#34;': '"', '&#39;': "'", '&#10;': '\n' },
};

/** A text out of a page, `{&quot;sid&quot;: …`, or an address, `%7B%22sid%22%3A…`, as it was before. */
function withoutEscapes(text: string): string {
  if (inPage.test(text)) return text.replace(entity, (found) => entities[found] ?? found);
  if (!inAddress.test(text)) return text;
  return text.replace(/(?:%[\da-f]{2}){1,4000}/gi, (found) => {
    try {
      return decodeURIComponent(found);
    } catch {
      return found;
    }
  });
}

interface Piece {
  readonly inner: string | undefined;
  readonly end: number;
}

function pieceAt(text: string, start: number, beginning: string): Piece | undefined {
  if (!beginning.startsWith('{')) return quotedAt(text, start);
  if (beginning.includes('\\')) return escapedAt(text, start);
  return objectAt(text, start, beginning.endsWith("'"));
}

/** An object whose quotes are escaped: copied out of a text of JSON, without the quotes around it. */
function escapedAt(text: string, start: number): Piece {
  const quote = /(?<!\\)"/g;
  quote.lastIndex = start;
  const end = text.lastIndexOf('}', quote.exec(text)?.index ?? text.length) + 1;
  const inner = end > start ? parsedText(`"${text.slice(start, end)}"`) : undefined;
  return { inner, end: Math.max(end, start + 1) };
}

function objectAt(text: string, start: number, isPython: boolean): Piece | undefined {
  if (isPython) {
    // The quotes of Python may be of either kind, so only the last brace is sure to be its end.
    const end = text.lastIndexOf('}') + 1;
    const value = parsePythonLiteral(text.slice(start, end));
    if (value === undefined) return { inner: undefined, end: start + 1 };
    return { inner: JSON.stringify(value), end };
  }
  const end = endOfObject(text, start);
  return end < 0 ? undefined : { inner: text.slice(start, end), end };
}

function quotedAt(text: string, start: number): Piece {
  const opening = /["']/.test(text.charAt(start)) ? start : start + 1;
  const end = endOfQuoted(text, opening);
  if (end < 0) return { inner: undefined, end: start + 1 };
  const quoted = text.slice(start, end);
  if (opening === start && quoted.startsWith('"')) {
    const inner = parsedText(quoted);
    if (inner !== undefined) return { inner, end };
  }
  const bytes = pythonBytes(quoted);
  const read = bytes === undefined ? undefined : recordText(bytes);
  return { inner: read?.ok === true ? read.text : undefined, end };
}

function parsedText(quoted: string): string | undefined {
  try {
    const value = JSON.parse(quoted) as Json;
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Behind the quote that closes the one at `opening`; -1 where none does. */
function endOfQuoted(text: string, opening: number): number {
  const quote = text.charAt(opening);
  if (quote === '"') return endOfString(text, opening);
  for (let at = text.indexOf(quote, opening + 1); at >= 0; at = text.indexOf(quote, at + 1)) {
    let before = at;
    while (text.charCodeAt(before - 1) === 0x5c) before--;
    if ((at - before) % 2 === 0) return at + 1;
  }
  return -1;
}

const marks = /["{}[\]]/g;

/** Behind the bracket that closes the one at `start`; -1 where none does. */
function endOfObject(text: string, start: number): number {
  let depth = 0;
  marks.lastIndex = start;
  for (let found = marks.exec(text); found !== null; found = marks.exec(text)) {
    const [mark] = found;
    if (mark === '"') {
      const end = endOfString(text, found.index);
      if (end < 0) return -1;
      marks.lastIndex = end;
    } else if (mark === '{' || mark === '[') depth++;
    else if (--depth === 0) return marks.lastIndex;
  }
  return -1;
}
