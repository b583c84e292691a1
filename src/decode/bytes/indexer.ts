import { isUtf8 } from 'node:buffer';

import {
  closeBrace,
  closeBracket,
  colon,
  comma,
  openBrace,
  openBracket,
  quote,
} from '../../base/jsonSigns.ts';
import { asBuffer } from './asBuffer.ts';
import type { FieldPlan } from './fieldPlan.ts';
import { deepest, isDigit, isSpace, JsonScan } from './jsonScan.ts';
import { KeptIndexes } from './keptIndexes.ts';
import { entryPlan, RecordIndex, rootPlan, traceIndex } from './recordIndex.ts';
import { Tokens } from './tokens.ts';

const zero = 0x30;

/** Places of twenty entries; a longer trace doubles them. */
const usualPlaces = 1_024;
/** Room that a record of megabytes needed is given back. */
const mostKept = 64 * 1_024;

const noRecord = new JsonScan(Buffer.alloc(0));
const noWords = new DataView(new ArrayBuffer(0));
const noTokens = new Int32Array();

/**
 * Makes indexes, one record at a time. Strict: what JSON.parse would refuse, what is nested deeper than a record is, and
 * names that another reader may understand otherwise have no index; then whoever reads any JSON reads the record.
 *
 * Each of its steps begins at a token and answers which token is behind, -1 for what is odd. None of them asks whether
 * there is another token: behind the last stands the record's first brace, twice. Nothing but a value may be a brace, and
 * behind the brace of a value a second one is odd.
 */
class Indexer {
  private readonly found: Tokens;
  private json = noRecord;
  private bytes: Uint8Array = noRecord.bytes;
  private words: DataView = noWords;
  private tokens: Int32Array = noTokens;
  private places = new Int32Array(usualPlaces);
  private entries = 0;
  private behindTrace = 0;

  constructor(found: Tokens) {
    this.found = found;
  }

  indexOf(bytes: Uint8Array, isKept: boolean): RecordIndex | undefined {
    const index = this.look(bytes, isKept);
    if (bytes.length > mostKept) this.letGo();
    return index;
  }

  private look(bytes: Uint8Array, isKept: boolean): RecordIndex | undefined {
    const tokens = this.found.of(bytes);
    if (tokens === undefined) return undefined;
    this.tokens = tokens.places;
    this.words = tokens.words;
    this.bytes = asBuffer(bytes);
    // The view of the tokens is right until the next record is looked at.
    this.json = isKept ? new JsonScan(this.bytes) : new JsonScan(this.bytes, tokens.words);
    this.entries = this.behindTrace = 0;
    this.places.fill(0, 0, rootPlan.end);
    // The first is the brace by which the record begins.
    if (this.object(rootPlan, 0, 1) !== tokens.count) return undefined;
    const { json, places, entries, behindTrace } = this;
    const isLarge = places.length > mostKept;
    if (isLarge) this.places = new Int32Array(usualPlaces);
    const own = isKept ? places.slice(0, rootPlan.end + entries * entryPlan.end) : places;
    return new RecordIndex(json, own, entries, behindTrace);
  }

  /** A large record, with half as much of tokens, would stay until the next one comes, which may be never. */
  private letGo(): void {
    this.json = noRecord;
    this.bytes = noRecord.bytes;
    this.words = noWords;
    this.tokens = noTokens;
  }

  /**
   * Notes where the fields of the object stand whose brace was the token before. Of a name that comes twice another
   * reader may take the other one.
   */
  private object(plan: FieldPlan, row: number, first: number): number {
    const { tokens, bytes, words } = this;
    let at = first;
    let place = tokens[at++] ?? 0;
    if (bytes[place] === closeBrace) return at;
    for (let expected = 0; ;) {
      const colonAt = tokens[at++] ?? 0;
      if (bytes[place] !== quote || bytes[colonAt] !== colon) return -1;
      const index = plan.stands(expected, words, place)
        ? expected
        : this.nameAt(plan, place, colonAt);
      if (index === escapedName) return -1;
      if (index < 0) at = this.value(at);
      else {
        const column = row + plan.first + index;
        if (this.places[column] !== 0) return -1;
        this.places[column] = tokens[at] ?? 0;
        at = this.plannedValue(plan, index, row, at);
        expected = index + 1;
      }
      if (at < 0) return -1;
      place = tokens[at++] ?? 0;
      if (bytes[place] === closeBrace) return at;
      if (bytes[place] !== comma) return -1;
      place = tokens[at++] ?? 0;
    }
  }

  /** Which of the planned names stands between a quote and the colon behind it. */
  private nameAt(plan: FieldPlan, opening: number, colonAt: number): number {
    const { bytes } = this;
    let end = colonAt - 1;
    while (end > opening && bytes[end] !== quote) end--;
    const index = plan.indexOf(bytes, opening + 1, end);
    return index < 0 && plan.isEscaped(bytes, opening + 1, end) ? escapedName : index;
  }

  private plannedValue(plan: FieldPlan, index: number, row: number, at: number): number {
    const sign = this.bytes[this.tokens[at] ?? 0];
    if (plan === rootPlan && index === traceIndex) return this.trace(at);
    const part = plan.parts[index];
    return part !== undefined && sign === openBrace
      ? this.object(part, row, at + 1)
      : this.value(at);
  }

  /** A trace that is a text, or holds one, is read by who reads any. */
  private trace(first: number): number {
    const { tokens, bytes } = this;
    let at = first;
    if (bytes[tokens[at++] ?? 0] !== openBracket) return -1;
    let place = tokens[at++] ?? 0;
    if (bytes[place] !== closeBracket) {
      for (;;) {
        if (bytes[place] !== openBrace) return -1;
        const row = this.addRow();
        this.places[row] = place;
        at = this.object(entryPlan, row, at);
        if (at < 0) return -1;
        this.places[row + 1] = (tokens[at - 1] ?? 0) + 1;
        place = tokens[at++] ?? 0;
        if (bytes[place] === closeBracket) break;
        if (bytes[place] !== comma) return -1;
        place = tokens[at++] ?? 0;
      }
    }
    this.behindTrace = place + 1;
    return at;
  }

  private addRow(): number {
    const row = rootPlan.end + this.entries++ * entryPlan.end;
    const end = row + entryPlan.end;
    if (end > this.places.length) {
      const places = new Int32Array(2 * this.places.length);
      places.set(this.places);
      this.places = places;
    }
    this.places.fill(0, row, end);
    return row;
  }

  /** Steps over a value; no call within a call, which would take twice as long. */
  private value(first: number): number {
    const { tokens, bytes } = this;
    let at = first;
    let depth = 0;
    // A bit for each level: whether it is an object.
    let objects = 0;
    for (;;) {
      let place = tokens[at++] ?? 0;
      let sign = bytes[place] ?? 0;
      if (sign === openBrace || sign === openBracket) {
        if (++depth > deepest) return -1;
        objects = (objects << 1) | (sign === openBrace ? 1 : 0);
        // `{` and `}`, as `[` and `]`, are two apart.
        const closing = sign + 2;
        sign = bytes[tokens[at] ?? 0] ?? 0;
        if (sign !== closing) {
          at = this.behindName(at, objects);
          if (at < 0) return -1;
          continue;
        }
        at++;
      } else {
        if (sign !== quote && !this.isScalar(place)) return -1;
        if (depth === 0) return at;
        place = tokens[at++] ?? 0;
        sign = bytes[place] ?? 0;
      }
      while (sign === ((objects & 1) === 1 ? closeBrace : closeBracket)) {
        if (--depth === 0) return at;
        objects >>= 1;
        sign = bytes[tokens[at++] ?? 0] ?? 0;
      }
      at = sign === comma ? this.behindName(at, objects) : -1;
      if (at < 0) return -1;
    }
  }

  /** Where the next value begins: in an object, whose bit is set, behind a name and a colon. */
  private behindName(at: number, objects: number): number {
    if ((objects & 1) === 0) return at;
    const { tokens, bytes } = this;
    const isName = bytes[tokens[at] ?? 0] === quote && bytes[tokens[at + 1] ?? 0] === colon;
    return isName ? at + 2 : -1;
  }

  /** Whether a number or a word is one to its end. */
  private isScalar(at: number): boolean {
    const { json, bytes } = this;
    const first = bytes[at] ?? 0;
    if (first !== zero && isDigit(first)) {
      // Whole numbers, as nearly all are.
      let place = at + 1;
      while (isDigit(bytes[place] ?? 0)) place++;
      const sign = bytes[place];
      if (sign === comma || sign === closeBrace || sign === closeBracket) return true;
    }
    const end = json.endOfValue(at);
    if (end < 0) return false;
    const behind = json.byteAt(end);
    return behind === comma || behind === closeBrace || behind === closeBracket || isSpace(behind);
  }
}

/** A name that is one of ours in another way of writing it. */
const escapedName = -2;

// Only scratch: nothing in it means anything behind a call. Without WebAssembly all records are parsed.
const tokens = Tokens.make();
const indexer = tokens && new Indexer(tokens);
// What is read of a record is the same with it and without.
const kept = new KeptIndexes();

/**
 * The index of a record; undefined for bytes that are not plainly one. What is read of an index is what a parser reads.
 * One that is not kept is right until the next is made, and costs half of it; that of a large record is kept anyhow.
 */
export function indexOfRecord(bytes: Uint8Array, isKept = true): RecordIndex | undefined {
  if (bytes[0] !== openBrace) return undefined;
  return kept.wants(bytes) ? kept.of(bytes, () => indexNow(bytes, true)) : indexNow(bytes, isKept);
}

function indexNow(bytes: Uint8Array, isKept: boolean): RecordIndex | undefined {
  return isUtf8(bytes) ? indexer?.indexOf(bytes, isKept) : undefined;
}
