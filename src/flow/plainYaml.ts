import type { Place } from './parsedText.ts';
import type { SourceEntry, SourceList, SourceMap, SourceScalar, SourceTree } from './sourceTree.ts';

/**
 * Reads the YAML that programs write: blocks of mappings and sequences, whose texts stand on one line or in a literal
 * block. Undefined where the text holds anything else, a mistake included: a parser of the whole language reads it then,
 * which takes ten times as long. Both make the same tree. No line ends with a carriage return.
 */
export function parsePlainYaml(text: string, place: Place): SourceTree | undefined {
  if (text.includes('\r')) return undefined;
  try {
    return new PlainReader(text, place).document();
  } catch (error) {
    if (error === notPlain) return undefined;
    throw error;
  }
}

/** Thrown from within: what was read so far is of no use then. */
const notPlain = new Error('no plain YAML');

function giveUp(): never {
  throw notPlain;
}

/** What nests deeper is not written by a program, and must not exhaust the stack. */
const deepest = 100;
/** A key with its colon. What begins with a digit may be a number and is left to the parser. */
const plainKey = /([\p{L}_$][\p{L}\p{N}_$./-]*):(?=[ \n]|$)/uy;
const quotedKey = /(?:'([^'\n]*)'|"([^"\\\n]*)"):(?=[ \n]|$)/y;
/** Words that are no texts. */
const noValue = /^(?:~|null|Null|NULL)$/;
const truth = /^(?:true|True|TRUE)$/;
const untruth = /^(?:false|False|FALSE)$/;
/** What a text without quotes can't begin with; the first ones can before another sign. */
const beginsOther = /^(?:[-?:](?:\s|$)|[,[\]{}#&*!|>'"%@`])/;
/** What ends such a text, or makes another thing of it. */
const holdsOther = /:(?:\s|$)|\s#|\t/;
const emptyBrackets = /(?:\[(?:\n( *))?\]|\{(?:\n( *))?\})(?= *(?:\n|$))/y;
const singleQuoted = /'((?:[^'\n]|'')*)'/y;
const doubleQuoted = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;

const space = 0x20;
const hash = 0x23;
const lineFeed = 0x0a;
const dash = 0x2d;

class PlainReader {
  private readonly text: string;
  private readonly place: Place;
  /** Where the line begins that is read, where on it the next value stands, and in which column; -1 at the end. */
  private line = 0;
  private first = 0;
  private column = -1;
  /** Where the last value ends, and a list that ends with it: with the end of the line, if there is a value at all. */
  private last = 0;
  private lastEnd = 0;
  private isBehindComment = false;

  constructor(text: string, place: Place) {
    this.text = text;
    this.place = place;
    this.goTo(0);
  }

  document(): SourceTree {
    if (this.column !== 0) giveUp();
    const tree = this.block(0);
    if (!this.isOver) giveUp();
    return tree;
  }

  private get isOver(): boolean {
    return this.column < 0;
  }

  /** Moves to a line, over empty ones and comments. */
  private goTo(line: number): void {
    const { text } = this;
    let start = line;
    let at = line;
    let comment = -1;
    for (;;) {
      while (text.charCodeAt(at) === space) at++;
      if (text.charCodeAt(at) === hash) {
        comment = Math.max(comment, at - start);
        at = this.endOfLine(at);
      }
      if (text.charCodeAt(at) !== lineFeed) break;
      start = ++at;
    }
    this.line = start;
    this.first = at;
    this.column = at < text.length ? at - start : -1;
    // One that stands deeper belongs to what ends before it.
    if (comment > Math.max(0, this.column)) giveUp();
    this.isBehindComment = comment >= 0;
    // A directive, the begin of a document or its end.
    if (
      at < text.length &&
      /[%\t\uFEFF]|^---|^\.\.\./.test(text.slice(at, at + 3).slice(0, this.column === 0 ? 3 : 1))
    )
      giveUp();
  }

  private endOfLine(at: number): number {
    const end = this.text.indexOf('\n', at);
    return end < 0 ? this.text.length : end;
  }

  private block(depth: number): SourceMap | SourceList {
    if (depth > deepest) giveUp();
    return this.isDash() ? this.list(depth) : this.map(depth, this.first);
  }

  private isDash(): boolean {
    const { text, first } = this;
    if (text.charCodeAt(first) !== dash) return false;
    const next = text.charCodeAt(first + 1);
    return next === space || next === lineFeed || Number.isNaN(next);
  }

  /** `start` is where its first key stands, or the line with the dash before that. */
  private map(depth: number, start: number): SourceMap {
    const { column } = this;
    const entries: SourceEntry[] = [];
    do {
      if (this.isDash()) giveUp();
      entries.push(this.entry(depth));
    } while (this.column === column);
    if (this.column > column) giveUp();
    const end = start + this.text.slice(start, this.last).trimEnd().length;
    return { kind: 'map', range: this.range(start, end), entries };
  }

  private entry(depth: number): SourceEntry {
    const { first, column } = this;
    const key = this.keyAt(first);
    if (key === undefined) giveUp();
    const isQuoted = key.next - first > key.text.length + 1;
    const from = first + (isQuoted ? 1 : 0);
    const keyRange = this.range(from, from + key.text.length);
    return { key: key.text, keyRange, value: this.valueBehind(key.next, column, true, depth + 1) };
  }

  /** The key that stands here, and where its colon ends. */
  private keyAt(at: number): { readonly text: string; readonly next: number } | undefined {
    const { text } = this;
    plainKey.lastIndex = at;
    const plain = plainKey.exec(text)?.[1];
    if (plain !== undefined) {
      if (noValue.test(plain) || truth.test(plain) || untruth.test(plain)) giveUp();
      return { text: plain, next: plainKey.lastIndex };
    }
    quotedKey.lastIndex = at;
    const quoted = quotedKey.exec(text);
    return quoted === null
      ? undefined
      : { text: quoted[1] ?? quoted[2] ?? '', next: quotedKey.lastIndex };
  }

  private list(depth: number): SourceList {
    const { column, first } = this;
    const items: SourceTree[] = [];
    do items.push(this.item(depth));
    while (this.column === column && this.isDash());
    if (this.column > column) giveUp();
    return { kind: 'list', range: this.range(first, this.lastEnd), items };
  }

  private item(depth: number): SourceTree {
    const { text, column, line } = this;
    let at = this.first + 1;
    while (text.charCodeAt(at) === space) at++;
    if (depth < deepest && at < text.length && text.charCodeAt(at) !== lineFeed) {
      this.first = at;
      this.column = at - line;
      if (this.isDash()) return this.list(depth + 1);
      if (this.keyAt(at) !== undefined) return this.map(depth + 1, line);
      this.column = column;
    }
    return this.valueBehind(this.first === at ? at : this.first + 1, column, false, depth + 1);
  }

  /** What stands behind a colon or a dash of a block in a column; leaves the next line as the one that is read. */
  private valueBehind(from: number, column: number, isInMap: boolean, depth: number): SourceTree {
    const { text } = this;
    let at = from;
    while (text.charCodeAt(at) === space) at++;
    if (at < text.length && text.charCodeAt(at) !== lineFeed) {
      const value = this.valueAt(at, column);
      const end = this.endOfLine(this.last) + 1;
      this.lastEnd = Math.min(end, text.length);
      this.goTo(end);
      return value;
    }
    this.last = this.lastEnd = at;
    this.goTo(at + 1);
    const isBelow = this.column > column || (isInMap && this.column === column && this.isDash());
    if (isBelow) return this.block(depth);
    // It would go with the nothing that stands before it.
    if (this.isBehindComment) giveUp();
    return this.scalar(null, at, at);
  }

  private valueAt(at: number, column: number): SourceTree {
    const { text } = this;
    const end = this.endOfLine(at);
    // No expression: of a run of blanks it would try each.
    this.last = end;
    while (text.charCodeAt(this.last - 1) === space) this.last--;
    const rest = text.slice(at, this.last);
    const first = rest.charAt(0);
    if (first === '|') return this.literal(rest, end + 1, column);
    if (first === "'") {
      return this.quoted(singleQuoted, at, (whole) => whole.slice(1, -1).replaceAll("''", "'"));
    }
    if (first === '"') return this.quoted(doubleQuoted, at, (whole) => JSON.parse(whole) as string);
    if (/^(?:\[\]?|\{\}?)$/.test(rest)) return this.nothingIn(at, column);
    if (beginsOther.test(rest) || holdsOther.test(rest)) giveUp();
    return this.scalar(plainValue(rest), at, this.last);
  }

  /** An empty list or mapping; some write it on two lines. */
  private nothingIn(at: number, column: number): SourceList | SourceMap {
    emptyBrackets.lastIndex = at;
    const found = emptyBrackets.exec(this.text);
    const closesIn = (found?.[1] ?? found?.[2])?.length;
    if (found === null || (closesIn !== undefined && closesIn <= column)) giveUp();
    this.last = emptyBrackets.lastIndex;
    const range = this.range(at, this.last);
    return found[0].startsWith('[')
      ? { kind: 'list', range, items: [] }
      : { kind: 'map', range, entries: [] };
  }

  private quoted(pattern: RegExp, at: number, valueOf: (whole: string) => string): SourceScalar {
    pattern.lastIndex = at;
    const found = pattern.exec(this.text);
    if (found === null || pattern.lastIndex !== this.last) giveUp();
    return this.scalar(valueOf(found[0]), at + 1, this.last - 1);
  }

  /** The lines below, each without what all of them begin with. */
  private literal(head: string, from: number, column: number): SourceScalar {
    if (head !== '|' && head !== '|-') giveUp();
    const { text } = this;
    let indent = 0;
    while (text.charCodeAt(from + indent) === space) indent++;
    if (indent <= column) giveUp();
    const lines: string[] = [];
    let at = from;
    while (at < text.length) {
      const end = this.endOfLine(at);
      const line = text.slice(at, end);
      const isEmpty = /^ *$/.test(line);
      if (!isEmpty && !line.startsWith(' '.repeat(indent))) break;
      // Of empty lines before, between and behind others each has rules of its own.
      if (isEmpty && (lines.length === 0 || line !== '')) giveUp();
      lines.push(line.slice(indent));
      at = end + 1;
    }
    while (lines.at(-1) === '') lines.pop();
    const body = lines.join('\n');
    const raw = text.slice(from, Math.min(at, text.length));
    const start = from + raw.length - raw.trimStart().length;
    this.last = from + raw.trimEnd().length;
    // A line end that the text does not have is none that it could keep.
    if (body.trim() === '' || (head === '|' && at > text.length)) giveUp();
    return this.scalar(head === '|' ? `${body}\n` : body, start, this.last);
  }

  private scalar(value: SourceScalar['value'], start: number, end: number): SourceScalar {
    return { kind: 'scalar', range: this.range(start, end), value };
  }

  private range(start: number, end: number): { readonly start: number; readonly end: number } {
    return { start: this.place(start), end: this.place(end) };
  }
}

/** A number stays its text, as an id may be one that no number can be. */
function plainValue(text: string): string | boolean | null {
  if (noValue.test(text)) return null;
  if (truth.test(text)) return true;
  return untruth.test(text) ? false : text;
}
