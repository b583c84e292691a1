import { withoutColours } from '../base/shownSigns.ts';
import type { Json, JsonObject } from '../base/json.ts';
import { notCheckedMark } from '../trace/notChecked.ts';
import { replaceEscapedLiterals } from './escapedLiterals.ts';
import { digestLength } from './digest.ts';
import { maskBase64Text } from './base64Text.ts';
import { maskCommandLines } from './commandLines.ts';
import type { HarmlessTexts } from './harmlessTexts.ts';
import { isMadeValue } from './madeValue.ts';
import { maskMark, maskSecret, maskSecretValue } from './maskSecret.ts';
import { maskGroup, maskNamedText } from './maskNamedText.ts';
import { holdsValue, isNamedBefore, isReference, isValueOfPair, namesOfPair } from './namedPair.ts';
import type { RedactionRules } from './redactionRules.ts';
import { isStorage, isStoredSecret } from './pairs.ts';
import { noParts, type Reading, type SecretParts } from './reading.ts';
import { partsOfList, partsOfObject } from './secretParts.ts';
import type { NameJudge } from './secretNames.ts';
import { plainForm } from './plainForm.ts';
import { placesOf } from './placesOf.ts';
import { maskTokenShapes, mayBeKey } from './tokenShapes.ts';
import { isValueOfCell } from './tables.ts';
import type { UserPatterns } from './userPatterns.ts';
import { createWork, TooCostly, type Work } from './work.ts';

/** Deeper values are cut, so that nothing behind us (structured clone, JSON.stringify) meets its own limit. */
export const deepestValue = 200;
/** What stands for a value that is cut. */
export const cutMark = '…';
/** Base64 in base64, and JSON in JSON, is looked into this often. */
const deepestEncoding = 6;

/** No secret is as plain, so what can't be checked may show it: a count, or a word. */
const harmlessWord = /^(?:\d{1,7}|[A-Z]?[a-z]{1,15})$/;
/** A number or a short word: neither has a shape, an encoding or a name beside it. Most texts of a summary are such. */
const plainText = /^(?:\d+|[A-Z]?[a-z-]{1,15})$/;
/** The `::` of a node id or the `@` of a sid between words. */
const plainId = /^[\w-]+(?:(?:::|@)[\w-]+){1,3}$/;

/** Ids as the services make them: of a node, of a flow, of a call. Each record has tens, and none is a key. */
const usualId = /^(?:[a-z-]{2,40}::[\da-f-]{36}|\d{1,24}|[a-z]{3}[\da-f]{8}@[a-z\d]{8,32})$/;

/** Masks secrets; everything that leaves `decode/` went through one of these. */
export interface Redactor {
  /** A text of any kind: a sentence, code, SQL, JSON in text, an address; without the colours of a terminal. */
  text(text: string): string;
  /** The value of a field; its name decides too. */
  named(name: string, value: Json): Json;
  /**
   * An id that may be a token, or an address with one in it: masked, with a mark behind it by which it is told apart
   * from others. The same id always gives the same, and two never do.
   */
  id(id: string): string;
  /** `masked` with that mark, for an id that was masked for another reason, such as its name. */
  marked(masked: string, id: string): string;
}

/** Makes a redactor. `known` are secrets found elsewhere in the same record: hidden wherever they are echoed. */
export function createRedactor(known: readonly string[], rules: RedactionRules): Redactor {
  return new RecordRedactor(known, rules);
}

/**
 * The same with what `find` knows of the record, or `plain` where that is nothing; where it takes too long, a
 * redactor that hides all sentences.
 */
export function createKnowingRedactor(
  find: () => readonly string[],
  rules: RedactionRules,
  plain?: Redactor,
): Redactor {
  try {
    const known = find();
    return plain !== undefined && known.length === 0 ? plain : new RecordRedactor(known, rules);
  } catch (error) {
    if (error instanceof TooCostly) return new RecordRedactor([], rules, true);
    throw error;
  }
}

type Rows = Exclude<SecretParts['rows'], undefined>;

const jsonReading: Reading<Json> = {
  text: (value) =>
    typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined,
  items: (value) => (isArray(value) ? value : undefined),
  entries: (value) =>
    typeof value === 'object' && value !== null && !isArray(value)
      ? Object.entries(value)
      : undefined,
};

class RecordRedactor implements Redactor {
  private readonly known: readonly string[];
  /** Nobody knows which secrets of its record a text repeats. */
  private readonly hidesAll: boolean;
  private readonly names: NameJudge;
  private readonly patterns: UserPatterns;
  /** An address is the id of each of its many entries. It lives as long as its record is read. */
  private maskedIds: Map<string, string> | undefined;
  private readonly harmless: HarmlessTexts;
  private readonly markOf: (id: string) => string;

  constructor(
    known: readonly string[],
    { names, patterns, harmless, markOf }: RedactionRules,
    hidesAll = false,
  ) {
    this.hidesAll = hidesAll;
    const plain = known.map((secret) => plainForm(secret).text);
    // The longest first: one secret may be a part of another.
    this.known = plain.sort((a, b) => b.length - a.length);
    this.names = names;
    this.patterns = patterns;
    this.harmless = harmless;
    this.markOf = markOf;
  }

  text(text: string): string {
    return this.written(withoutColours(text));
  }

  /** The same for a value: what is saved of it is what was there. */
  private written(text: string): string {
    return this.hidesAll && !harmlessWord.test(text) ? notCheckedMark : this.nameText(text);
  }

  /** The name of a field is no sentence: it repeats no secret, and two that were hidden would be one. */
  private nameText(name: string): string {
    return withinWork(name, (work) => this.maskText(name, 0, work));
  }

  id(id: string): string {
    if (!this.patterns.any && usualId.test(id)) return id;
    const isPlain = !/[:=?@\s]/.test(id) || plainId.test(id);
    if (isPlain && !this.patterns.any && !mayBeKey(id)) return id;
    const seen = (this.maskedIds ??= new Map<string, string>());
    let marked = seen.get(id);
    if (marked === undefined) {
      const before = withoutMark(id);
      const masked = isPlain ? this.patterns.mask(maskTokenShapes(before)) : this.text(before);
      marked = masked === before ? id : this.marked(masked, id);
      seen.set(id, marked);
    }
    return marked;
  }

  marked(masked: string, id: string): string {
    return `${masked}~${this.markOf(id)}`;
  }

  named(name: string, value: Json): Json {
    return this.maskField(name, value, isHeaders(name), 0);
  }

  private maskText(text: string, encodings: number, work: Work): string {
    if (text.length < 4) return this.patterns.mask(text);
    const masked = this.patterns.mask(this.maskUnlessHarmless(text, encodings, work));
    return this.known.length === 0 ? masked : withoutEchoes(masked, this.known, work);
  }

  private maskUnlessHarmless(text: string, encodings: number, work: Work): string {
    if (plainText.test(text) || this.harmless.has(text)) return text;
    const masked = this.maskFound(text, encodings, work);
    // Deep inside, encodings are no longer looked into.
    if (masked === text && encodings === 0) this.harmless.add(text);
    return masked;
  }

  private maskFound(text: string, encodings: number, work: Work): string {
    let masked = maskCommandLines(maskTokenShapes(text));
    if (encodings < deepestEncoding) {
      masked = maskBase64Text(masked, (json) => this.maskText(json, encodings + 1, work));
    }
    masked = maskNamedText(masked, this.names, work);
    return encodings < deepestEncoding && /^\s*[[{"]/.test(masked)
      ? replaceEscapedLiterals(masked, (literal) => this.maskLiteral(literal, encodings + 1, work))
      : masked;
  }

  /** What stands in a JSON text is a text of its own: `\\n` in it ends a line. */
  private maskLiteral(literal: string, encodings: number, work: Work): string {
    const inner = parseLiteral(literal);
    if (inner === undefined) return literal;
    const masked = this.maskText(inner, encodings, work);
    return masked === inner ? literal : JSON.stringify(masked);
  }

  private maskField(name: string, value: Json, inHeaders: boolean, depth: number): Json {
    const kind = this.names.kindOf(name);
    if (kind === 'secret') return this.hide(value, depth);
    if (kind === 'secretIfMade' && (typeof value === 'string' || !isHeaders(name)))
      return this.hideMade(name, value, depth);
    if (inHeaders && typeof value === 'string' && isOpaqueHeader(name, value)) {
      return maskSecretValue(value);
    }
    return this.maskValue(value, isHeaders(name), depth);
  }

  private maskValue(value: Json, inHeaders: boolean, depth: number): Json {
    if (typeof value === 'string') return this.written(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= deepestValue) return cutMark;
    if (isArray(value)) return this.maskList(value, inHeaders, depth);
    const entries = Object.entries(value);
    const isSecretPair = namesOfPair(entries).some((name) => this.names.isSecret(name));
    const { parts, rows } = partsOfObject(entries, jsonReading, this.names);
    // fromEntries defines properties: a key `__proto__` stays a key.
    return Object.fromEntries(
      entries.map(([key, item]) => {
        const name = this.nameText(key);
        if (isSecretPair && holdsValue(key)) return [name, this.hidePart(key, item, depth + 1)];
        if (parts.has(key)) return [name, this.hideCell(item, depth + 1)];
        if (rows?.under === key && isArray(item))
          return [name, this.maskRows(item, rows, depth + 1)];
        if (isStorage(key) && isArray(item)) return [name, this.maskStorage(item, depth + 1)];
        return [name, this.maskField(key, item, inHeaders, depth + 1)];
      }),
    );
  }

  private maskList(list: readonly Json[], inHeaders: boolean, depth: number): Json {
    const { parts, rows } = partsOfList(list, jsonReading, this.names);
    if (rows !== undefined) return this.maskRows(list, rows, depth);
    return list.map((item, index) =>
      isNamedBefore(list, index, this.names) || parts.has(String(index))
        ? this.hide(item, depth + 1)
        : this.maskValue(item, inHeaders, depth + 1),
    );
  }

  /** A table, some of whose cells are secret. */
  private maskRows(list: readonly Json[], rows: Rows, depth: number): Json {
    return list.map((row, index) => {
      const cells = rows.cellsOf(index);
      if (cells === undefined || typeof row !== 'object' || row === null)
        return this.maskValue(row, false, depth + 1);
      return this.maskRow(row, cells, depth + 1);
    });
  }

  private maskRow(
    row: JsonObject | readonly Json[],
    cells: ReadonlySet<string>,
    depth: number,
  ): Json {
    if (depth >= deepestValue) return cutMark;
    if (isArray(row)) {
      return row.map((cell, column) =>
        cells.has(String(column))
          ? this.hideCell(cell, depth + 1)
          : this.maskValue(cell, false, depth + 1),
      );
    }
    return Object.fromEntries(
      Object.entries(row).map(([key, cell]) => [
        this.nameText(key),
        cells.has(key)
          ? this.hideCell(cell, depth + 1)
          : this.maskField(key, cell, false, depth + 1),
      ]),
    );
  }

  private hideCell(cell: Json, depth: number): Json {
    return typeof cell === 'string' && !isValueOfCell(cell) ? cell : this.hide(cell, depth);
  }

  /** What a browser keeps for a page: values that look made are tokens. */
  private maskStorage(list: readonly Json[], depth: number): Json {
    return list.map((item) => {
      if (typeof item !== 'object' || item === null || isArray(item))
        return this.maskValue(item, false, depth + 1);
      const secret = Object.entries(item).filter(
        ([key, value]) => typeof value === 'string' && isStoredSecret(key, value),
      );
      const keys = secret.length === 0 ? noParts : new Set(secret.map(([key]) => key));
      return keys.size === 0
        ? this.maskValue(item, false, depth + 1)
        : this.maskRow(item, keys, depth + 1);
    });
  }

  /** What looks generated, under a name that ordinary values have as well. */
  private hideMade(name: string, value: Json, depth: number): Json {
    if (typeof value === 'string')
      return isMadeValue(name, value) ? maskSecretValue(value) : this.written(value);
    if (typeof value !== 'object' || value === null || depth >= deepestValue)
      return this.maskValue(value, false, depth);
    if (isArray(value)) return value.map((item) => this.hideMade(name, item, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        this.nameText(key),
        this.names.isSecret(key)
          ? this.hide(item, depth + 1)
          : this.hideMade(name, item, depth + 1),
      ]),
    );
  }

  /** What a pair of a secret name holds; the type of it and references stay. */
  private hidePart(key: string, value: Json, depth: number): Json {
    const isPart = typeof value === 'object' && value !== null && !isArray(value);
    if (isValueOfPair(key, value) && !(isPart && 'content' in value))
      return this.hide(value, depth);
    if (!isPart || depth >= deepestValue) return this.maskValue(value, false, depth);
    return Object.fromEntries(
      Object.entries(value).map(([inner, item]) => [
        this.nameText(inner),
        holdsValue(inner) && !isReference(value)
          ? this.hidePart(inner, item, depth + 1)
          : this.maskField(inner, item, false, depth + 1),
      ]),
    );
  }

  /** Everything under a secret name, numbers too; yes, no and nothing are no secrets. */
  private hide(value: Json, depth: number): Json {
    if (typeof value === 'string') {
      const inner = innerObject(value);
      // A small number under `token` is a count.
      if (/^\d{1,5}$/.test(value)) return maskMark;
      if (!inner) return maskSecretValue(value);
      return this.written(withinWork(value, (work) => maskGroup(value, work)));
    }
    if (typeof value === 'number') return maskMark;
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= deepestValue) return cutMark;
    if (isArray(value)) return value.map((item) => this.hide(item, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [this.nameText(key), this.hide(item, depth + 1)]),
    );
  }
}

/** What would take too long is hidden whole: nobody knows what is in it. */
function withinWork(text: string, mask: (work: Work) => string): string {
  try {
    return mask(createWork(text.length));
  } catch (error) {
    if (error instanceof TooCostly) return notCheckedMark;
    throw error;
  }
}

/** An id that went through here before, because it is kept without its record or was saved, as it was then masked. */
function withoutMark(id: string): string {
  const isMarked = id.includes(maskMark) && id.at(-digestLength - 1) === '~';
  return isMarked ? id.slice(0, -digestLength - 1) : id;
}

/** Hides what repeats a secret, in whatever escapes: both are compared without any. The longest come first. */
function withoutEchoes(text: string, secrets: readonly string[], work: Work): string {
  const plain = plainForm(text);
  const found: { readonly start: number; readonly end: number; readonly secret: string }[] = [];
  for (const secret of secrets) {
    for (const start of placesOf(secret, plain.text, work)) {
      found.push({ start, end: start + secret.length, secret });
    }
  }
  if (found.length === 0) return text;
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const parts: string[] = [];
  let from = 0;
  let done = 0;
  for (const { start, end, secret } of found) {
    if (start < done) continue;
    const place = plain.original(start, end);
    parts.push(text.slice(from, place.start), maskSecret(secret));
    from = place.end;
    done = end;
  }
  return parts.join('') + text.slice(from);
}

function parseLiteral(literal: string): string | undefined {
  try {
    const value: unknown = JSON.parse(literal);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** A configuration under a name like `auth` is read on, not hidden whole: its names and numbers stay. */
function innerObject(text: string): boolean {
  return /^\s*(?:\{\s*|\[\s*(?:[[{]\s*)?)\\*["']/.test(text);
}

function isHeaders(name: string): boolean {
  return /(?:^|[_-])headers?$/i.test(name) || name.endsWith('Headers') || name.endsWith('Header');
}

const plainHeader =
  /(?:^|[-_])(?:id|uid|sid|type|version|agent|host|accept|language|encoding|length|date|trace|traceparent|referer|origin|code|message|status|control|url|name|domain|tenant|locale|charset|connection)$/i;

/** A header of a name we don't know, with a value that looks made rather than written. */
function isOpaqueHeader(name: string, value: string): boolean {
  if (plainHeader.test(name)) return false;
  return (
    value.length >= 16 && /^[\w+/=.~-]+$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value)
  );
}
