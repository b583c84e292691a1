import type { Json, JsonObject } from '../base/json.ts';
import { envelopes, EnvelopeFields } from './envelopes.ts';
import { isList, isObject, textIn } from './fields.ts';
import { textsWithin } from './textsWithin.ts';
import { withoutTypes } from './typedJson.ts';

/** A record out of what it came in. */
export interface Opened {
  readonly root: JsonObject;
  /** The text that it was parsed from; undefined for the one that was given. */
  readonly text: string | undefined;
}

/** What was found in place of one record. */
export interface Opening {
  readonly opened: Opened | undefined;
  readonly hasSeveral: boolean;
}

/** No tool nests so deep; each level of text in text doubles its backslashes, so texts end far before. */
const deepest = 64;
/** An envelope has some fields and its list some elements; a foreign record of a hundred thousand is left soon. */
const mostVisited = 10_000;
/** What is parsed again and again, in the length of the record: text in text in text, each nearly as long. */
const mostParsed = 16;

/**
 * Takes a record out of the envelopes that it came in: those of the table first, then whatever field, list or line holds
 * one. Where a list holds several none is taken, for one record of a topic is one execution.
 */
export function openEnvelopes(
  root: Json,
  size: number,
  parse: (text: string) => Json | undefined,
  isRecord: (root: JsonObject) => boolean,
): Opening {
  const opener = new Opener(parse, isRecord, mostParsed * size);
  const opened = opener.open(root, undefined, deepest);
  return opener.hasSeveral
    ? { opened: undefined, hasSeveral: true }
    : { opened, hasSeveral: false };
}

class Opener {
  hasSeveral = false;
  private readonly parse: (text: string) => Json | undefined;
  private readonly isRecord: (root: JsonObject) => boolean;
  private charsLeft: number;
  private visitsLeft = mostVisited;
  /** An envelope may be of several kinds that hold the same: eight levels of three are 6,561 ways to one text. */
  private readonly tried = new Set<Json>();

  constructor(
    parse: (text: string) => Json | undefined,
    isRecord: (root: JsonObject) => boolean,
    mostChars: number,
  ) {
    this.parse = parse;
    this.isRecord = isRecord;
    this.charsLeft = mostChars;
  }

  open(root: Json, from: string | undefined, left: number): Opened | undefined {
    if (left === 0 || this.visitsLeft-- <= 0) return undefined;
    if (typeof root !== 'string' && typeof root !== 'object') return undefined;
    if (root === null || this.tried.has(root)) return undefined;
    this.tried.add(root);
    if (typeof root === 'string') return this.openText(root.trim(), left - 1);
    if (isList(root)) return this.openList(root, from, left - 1);
    return isObject(root) ? this.openObject(root, from, left - 1) : undefined;
  }

  private openText(text: string, left: number): Opened | undefined {
    const plain = base64.test(text) ? decoded(text) : text;
    if (!plain?.includes('sid')) return undefined;
    this.charsLeft -= plain.length;
    if (this.charsLeft < 0) return undefined;
    // A record, a text of one, or a list of one; a run of brackets is none, and may be too deep to be parsed.
    const parsed = /^(?:[{"]|\[\s*[{"])/.test(plain) ? this.parse(plain) : undefined;
    if (parsed !== undefined) return this.open(parsed, plain, left);
    return this.only(textsWithin(plain), undefined, left);
  }

  private openList(
    list: readonly Json[],
    from: string | undefined,
    left: number,
  ): Opened | undefined {
    const text = bytesAsText(list);
    if (text !== undefined) return this.open(text, undefined, left);
    return this.only(list, from, left);
  }

  /** The one that holds a record. The same one may stand there twice: as it came, and as it was read. */
  private only(all: Iterable<Json>, from: string | undefined, left: number): Opened | undefined {
    let found: Opened | undefined;
    for (const each of all) {
      if (this.visitsLeft <= 0) break;
      const opened = this.open(each, from, left);
      if (opened === undefined) continue;
      if (found !== undefined) this.hasSeveral ||= found.root['sid'] !== opened.root['sid'];
      found ??= opened;
    }
    return found;
  }

  private openObject(
    typed: JsonObject,
    from: string | undefined,
    left: number,
  ): Opened | undefined {
    const root = withoutTypes(typed) ?? typed;
    const isWithin = left < deepest - 1;
    // Claims of a token have a subject and a status too: what is no envelope's own content needs the id.
    if (this.isRecord(root) && (!isWithin || textIn(root, 'sid') !== '')) {
      return { root, text: from };
    }
    const fields = new EnvelopeFields(root);
    for (const envelope of envelopes) {
      const content = envelope.open(fields);
      const opened = content === undefined ? undefined : this.open(content, from, left);
      if (opened !== undefined) return opened;
    }
    for (const content of fields.values()) {
      const opened = this.open(content, from, left);
      if (opened !== undefined) return opened;
    }
    return undefined;
  }
}

/** An object in base64, as tools write bytes into JSON. */
const base64 = /^(?:ey[A-DIJ]|ew[kos])[\w+/=\-\s]+$/;

function decoded(text: string): string | undefined {
  const plain = Buffer.from(text, 'base64').toString('utf8');
  return plain.startsWith('{') ? plain : undefined;
}

/** A text as the numbers of its bytes, as journald writes one that holds a control sign; Java's are signed. */
function bytesAsText(list: readonly Json[]): string | undefined {
  if (list.length < 8 || list[0] !== 0x7b) return undefined;
  const isByte = (value: Json) =>
    typeof value === 'number' && Number.isInteger(value) && value >= -128 && value < 256;
  return list.every(isByte) ? Buffer.from(list as readonly number[]).toString('utf8') : undefined;
}
