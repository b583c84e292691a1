import type { Place } from './parsedText.ts';
import type { SourceEntry, SourceList, SourceMap, SourceScalar, SourceTree } from './sourceTree.ts';
import { Anchors } from './yamlAnchors.ts';
import {
  doubleQuoted,
  endOfDoubleQuoted,
  endOfSingleQuoted,
  literalBlock,
  plainValue,
  singleQuoted,
} from './yamlTexts.ts';

/**
 * Reads the YAML that programs write: blocks of mappings and sequences, whose texts are folded or stand in a literal
 * block, others in brackets on one line, and what is said once more by its anchor. Undefined where the text holds
 * anything else, a mistake included: a parser of the whole language reads it then, which takes ten times as long.
 * Both make the same tree. No line ends with a carriage return.
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
/** What a text without quotes can't begin with; the first ones can before another sign. */
const beginsOther = /^(?:[-?:](?:\s|$)|[,[\]{}#&*!|>'"%@`])/;
/** What ends such a text, or makes another thing of it. */
const holdsOther = /:(?:\s|$)|\t/;
/** A text without quotes between brackets: signs that may end it are left to the parser where they might not. */
const inBrackets =
  /(?:[^\s,[\]{}&*!|>'"%@`:?#-]|-(?=[^\s,[\]{}]))(?:[^\s,[\]{}:#]|:(?=[^\s,[\]{}])|(?<=\S)#| +(?=[^\s,[\]{}:#]))*/uy;
const quotedInBrackets = /(?:'([^'\n]*)'|"([^"\\\n]*)"):/y;
/** Brackets in brackets; data goes deeper, and is read by the parser. */
const mostBrackets = 10;
/** A list or mapping that holds nothing, on two lines. */
const closedBelow = /(?:\[(?=\n *\])|\{(?=\n *\}))\n( *)[\]}](?= *(?:\n|$))/y;
const anchorOrAlias = /[&*]([\w-]+)(?=[ \n]|$)/y;

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
  /** Where the last literal block ends whose empty lines belong to it. */
  private keptTo = 0;
  private isBehindComment = false;
  private readonly anchors = new Anchors();

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
      if (typeof plainValue(plain) !== 'string') giveUp();
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
    const at = this.behindBlanks(from);
    if (text.charAt(at) === '&') return this.anchored(at, column, isInMap, depth);
    if (at < text.length && text.charCodeAt(at) !== lineFeed) {
      const value = this.valueAt(at, column, isInMap);
      const end = this.endOfLine(this.last) + 1;
      this.lastEnd = Math.max(this.keptTo, Math.min(end, text.length));
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

  /** A value with a name by which others say it once more. */
  private anchored(from: number, column: number, isInMap: boolean, depth: number): SourceTree {
    const { name, next } = this.nameAt(from);
    // Two names are one too many, and what is said once more has one.
    if (/[&*]/.test(this.text.charAt(this.behindBlanks(next)))) giveUp();
    const value = this.valueBehind(next, column, isInMap, depth);
    // What is nothing stands elsewhere then.
    if (value.kind === 'scalar' && value.range.start === value.range.end) giveUp();
    this.anchors.set(name, value);
    return value;
  }

  private nameAt(at: number): { readonly name: string; readonly next: number } {
    anchorOrAlias.lastIndex = at;
    const name = anchorOrAlias.exec(this.text)?.[1];
    if (name === undefined) giveUp();
    return { name, next: anchorOrAlias.lastIndex };
  }

  private alias(at: number): SourceTree {
    const { name, next } = this.nameAt(at);
    const value = this.anchors.again(name);
    if (value === undefined) giveUp();
    this.endLine(next, this.endOfLine(next));
    return value;
  }

  private valueAt(at: number, column: number, isInMap: boolean): SourceTree {
    const { text } = this;
    const end = this.endOfLine(at);
    switch (text.charAt(at)) {
      case '|':
        return this.literal(at, column, isInMap);
      case '*':
        return this.alias(at);
      case '[':
      case '{': {
        if (this.isClosedBelow(at, column)) return this.nothingIn(at);
        const value = this.bracketed(at, 0);
        this.endLine(this.last, end);
        return value;
      }
      case "'":
      case '"': {
        const value = this.quoted(at, column);
        this.endLine(this.last, this.endOfLine(this.last));
        return value;
      }
      default:
        return this.plain(at, end, column);
    }
  }

  /** Behind a value only a comment may stand, which the blocks that end here take with them. */
  private endLine(valueEnd: number, end: number): void {
    const { text } = this;
    const at = this.behindBlanks(valueEnd);
    if (at === end) this.last = valueEnd;
    else if (at === valueEnd || text.charCodeAt(at) !== hash) giveUp();
    else this.last = valueEnd + text.slice(valueEnd, end).trimEnd().length;
  }

  private plain(at: number, end: number, column: number): SourceScalar {
    const { text } = this;
    const comment = text.slice(at, end).indexOf(' #');
    const lineEnd = this.beforeBlanks(comment < 0 ? end : at + comment);
    const first = text.slice(at, lineEnd);
    if (first === '' || beginsOther.test(first) || holdsOther.test(first)) giveUp();
    const valueEnd = comment < 0 ? this.endOfFolded(lineEnd, column) : lineEnd;
    this.endLine(valueEnd, this.endOfLine(valueEnd));
    return this.scalar(plainValue(text.slice(at, valueEnd)), at, valueEnd);
  }

  /** Where a text without quotes ends that may go on in the lines below, as long as these stand deeper. */
  private endOfFolded(lineEnd: number, column: number): number {
    const { text } = this;
    let last = lineEnd;
    let line = this.endOfLine(lineEnd) + 1;
    while (line < text.length) {
      const at = this.behindBlanks(line);
      const end = this.endOfLine(at);
      if (at < end) {
        if (at - line <= column) break;
        const words = text.slice(at, this.beforeBlanks(end));
        if (/^#| #/.test(words) || holdsOther.test(words)) giveUp();
        last = at + words.length;
      }
      line = end + 1;
    }
    return last;
  }

  /** Whether brackets hold nothing and end on the next line, as some write them. */
  private isClosedBelow(at: number, column: number): boolean {
    closedBelow.lastIndex = at;
    const [, closesIn] = closedBelow.exec(this.text) ?? [];
    if (closesIn !== undefined && closesIn.length <= column) giveUp();
    return closesIn !== undefined;
  }

  private nothingIn(at: number): SourceList | SourceMap {
    this.last = closedBelow.lastIndex;
    const range = this.range(at, this.last);
    return this.text.charAt(at) === '['
      ? { kind: 'list', range, items: [] }
      : { kind: 'map', range, entries: [] };
  }

  /** A list or a mapping in brackets, on one line; leaves its end in `last`. */
  private bracketed(start: number, depth: number): SourceList | SourceMap {
    if (depth > mostBrackets) giveUp();
    const { text } = this;
    const isList = text.charAt(start) === '[';
    const closing = isList ? ']' : '}';
    const items: SourceTree[] = [];
    const entries: SourceEntry[] = [];
    let at = this.behindBlanks(start + 1);
    while (text.charAt(at) !== closing) {
      if (isList) items.push(this.bracketValue(at, depth));
      else entries.push(this.bracketEntry(at, depth));
      at = this.behindBlanks(this.last);
      if (text.charAt(at) === closing) break;
      if (text.charAt(at) !== ',') giveUp();
      at = this.behindBlanks(at + 1);
      // Nothing behind a comma is a value to some.
      if (text.charAt(at) === closing) giveUp();
    }
    this.last = at + 1;
    const range = this.range(start, this.last);
    return isList ? { kind: 'list', range, items } : { kind: 'map', range, entries };
  }

  private bracketEntry(at: number, depth: number): SourceEntry {
    const { text } = this;
    quotedInBrackets.lastIndex = at;
    const quoted = quotedInBrackets.exec(text);
    const plain = quoted === null ? this.keyAt(at) : undefined;
    const key = quoted?.[1] ?? quoted?.[2] ?? plain?.text;
    if (key === undefined) giveUp();
    const next = plain?.next ?? quotedInBrackets.lastIndex;
    const from = at + (quoted === null ? 0 : 1);
    const keyRange = this.range(from, from + key.length);
    return { key, keyRange, value: this.bracketValue(this.behindBlanks(next), depth) };
  }

  private bracketValue(at: number, depth: number): SourceTree {
    const { text } = this;
    const first = text.charAt(at);
    if (first === '[' || first === '{') return this.bracketed(at, depth + 1);
    if (first === "'" || first === '"') return this.quoted(at, Infinity);
    inBrackets.lastIndex = at;
    const value = inBrackets.exec(text)?.[0];
    if (value === undefined) giveUp();
    this.last = at + value.length;
    return this.scalar(plainValue(value), at, this.last);
  }

  /** No expression: of a run of blanks it would try each. */
  private beforeBlanks(end: number): number {
    let at = end;
    while (this.text.charCodeAt(at - 1) === space) at--;
    return at;
  }

  private behindBlanks(from: number): number {
    let at = from;
    while (this.text.charCodeAt(at) === space) at++;
    return at;
  }

  /** A text in quotes, whose lines stand deeper than a column; leaves its end in `last`. */
  private quoted(at: number, column: number): SourceScalar {
    const { text } = this;
    const isSingle = text.charAt(at) === "'";
    const end = isSingle ? endOfSingleQuoted(text, at) : endOfDoubleQuoted(text, at);
    if (end < 0) giveUp();
    this.last = end;
    const whole = text.slice(at, end);
    const [, ...lines] = whole.split('\n');
    // A line of blanks alone, and tabs, are folded otherwise.
    const isOut = (line: string) => line !== '' && line.search(/[^ ]/) <= column;
    if (lines.length > 0 && (whole.includes('\t') || lines.some(isOut))) giveUp();
    return this.scalar(isSingle ? singleQuoted(whole) : doubleQuoted(whole), at + 1, end - 1);
  }

  /** A literal block, whose head stands here. */
  private literal(at: number, column: number, isInMap: boolean): SourceScalar {
    const block = literalBlock(this.text, at, column);
    // How deep it stands in a list is told otherwise.
    if (block === undefined || (block.saysDepth && !isInMap)) giveUp();
    this.last = block.end;
    if (block.isKept) this.keptTo = block.next;
    return this.scalar(block.value, block.start, block.end);
  }

  private scalar(value: SourceScalar['value'], start: number, end: number): SourceScalar {
    return { kind: 'scalar', range: this.range(start, end), value };
  }

  private range(start: number, end: number): { readonly start: number; readonly end: number } {
    return { start: this.place(start), end: this.place(end) };
  }
}
