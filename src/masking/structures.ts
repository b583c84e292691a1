import type { Steps } from '../base/steps.ts';
import { holdsValue, isValueOfPair, namesOfPair } from './namedPair.ts';
import { isStorage, isStoredSecret } from './pairs.ts';
import { quotedValue } from './quotedText.ts';
import type { Reading, SecretParts } from './reading.ts';
import { partsOfList, partsOfObject } from './secretParts.ts';
import type { NameJudge } from './secretNames.ts';
import { quoteSource, type SecretSpan } from './secretSpan.ts';
import { holdsCells, isValueOfCell } from './tables.ts';
import type { Work } from './work.ts';

/** Texts within texts are read so deep, and brackets within brackets: what is deeper nobody wrote. */
const deepestText = 6;
const deepestGroup = 60;
/** To look at a sign of a notation takes as long as to look at so many characters. */
const costOfSign = 24;

/** So many signs are read in some milliseconds. */
const signsPerPause = 64 * 1024;

/** A value as it stands in a text, in JSON, Python or what looks like them. */
interface Node {
  readonly start: number;
  readonly end: number;
  /** The quote to put around what hides it, where it has none of its own. */
  readonly quote: string;
  readonly items?: readonly Node[];
  readonly entries?: readonly (readonly [string, Node])[];
}

interface Group {
  /** The code of the bracket that ends it. */
  readonly closing: number;
  readonly start: number;
  readonly items: Node[];
  readonly entries: [string, Node][];
  name: string | undefined;
  /** What was read last, and whether it is complete: behind it a comma or a bracket stands. */
  last: Node | undefined;
}

const quote = `(?:${quoteSource})`;
const escapedQuote = new RegExp(`(?:${quoteSource})`, 'y');
const opening = /[[({]/g;
/** Without one of these beside each other no list and no object stands in a text. */
const structured = new RegExp(
  String.raw`[[({,]\s{0,40}(?:[[({]\s{0,40}){0,4}[bfru]{0,2}${quote}`,
  'i',
);

/**
 * The secrets in lists and objects that stand in a text, at any depth of texts within texts: cells of tables, values of
 * pairs and cookies. Each sign is looked at once for each text it stands in.
 */
export function* findInStructures(text: string, names: NameJudge, work: Work): Steps<SecretSpan[]> {
  if (!structured.test(text)) return [];
  const spans: SecretSpan[] = [];
  yield* new StructureReader(text, names, work, spans).read(0, text.length, 0);
  return spans.sort((a, b) => a.start - b.start);
}

class StructureReader {
  private readonly text: string;
  private readonly names: NameJudge;
  private readonly work: Work;
  private readonly spans: SecretSpan[];
  private readonly reading: Reading<Node>;

  constructor(text: string, names: NameJudge, work: Work, spans: SecretSpan[]) {
    this.text = text;
    this.names = names;
    this.work = work;
    this.spans = spans;
    this.reading = {
      text: (node) =>
        node.items === undefined && node.entries === undefined
          ? text.slice(node.start, node.end)
          : undefined,
      items: (node) => node.items,
      entries: (node) => node.entries,
    };
  }

  *read(from: number, to: number, depth: number): Steps<void> {
    const { text } = this;
    const groups: Group[] = [];
    let lastQuote = '"';
    let pause = from + signsPerPause;
    for (let at = from; at < to;) {
      if (at > pause) {
        pause = at + signsPerPause;
        yield;
      }
      if (groups.length === 0) {
        at = this.nextGroup(at, to);
        if (at >= to) return;
      }
      const begin = at;
      const code = text.charCodeAt(at);
      const role = roleOf(code);
      const group = groups.at(-1);
      const quoteLength =
        role === undefined && group?.last === undefined ? quoteAt(text, at, code) : 0;
      if (role === 'opens') {
        this.open(groups, code, at++);
      } else if (group === undefined) {
        at++;
      } else if (role === 'closes') {
        this.close(groups, code, ++at);
      } else if (role === 'parts') {
        finish(group);
        at++;
      } else if (role === 'names') {
        name(group, text);
        at++;
      } else if (quoteLength > 0) {
        const inner = quotedValue(text, at);
        at = Math.min(inner?.next ?? at + quoteLength, to);
        if (inner !== undefined) {
          const end = Math.min(inner.end, to);
          group.last = { start: inner.start, end, quote: '' };
          lastQuote = text.slice(inner.end, inner.next);
          if (depth < deepestText && mayHoldMore(text, inner.start, end))
            yield* this.read(inner.start, end, depth + 1);
        }
      } else {
        at = Math.min(endOfRun(text, at), to);
        if (group.last === undefined && isInWord(code))
          group.last = { start: begin, end: at, quote: lastQuote };
      }
      this.work.spend(costOfSign + at - begin);
    }
  }

  private nextGroup(at: number, to: number): number {
    opening.lastIndex = at;
    const next = opening.exec(this.text)?.index ?? to;
    this.work.spend(next - at);
    return next;
  }

  private open(groups: Group[], opened: number, start: number): void {
    // What is so deep is none, and what it would hold is not held.
    if (groups.length >= deepestGroup) groups.length = 0;
    const closing = opened === 0x28 ? 0x29 : opened + 2;
    groups.push({ closing, start, items: [], entries: [], name: undefined, last: undefined });
  }

  private close(groups: Group[], closing: number, end: number): void {
    const group = groups.pop();
    if (group?.closing !== closing) {
      groups.length = 0;
      return;
    }
    finish(group);
    const span = { start: group.start, end, quote: '' };
    const { items, entries } = group;
    const isObject = entries.length > 0 && items.length === 0;
    const node: Node = isObject ? { ...span, entries } : { ...span, items };
    this.hide(
      isObject
        ? partsOfObject(entries, this.reading, this.names)
        : partsOfList(items, this.reading, this.names),
      node,
    );
    if (isObject) this.hideNamed(entries);
    const outer = groups.at(-1);
    if (outer !== undefined) outer.last = node;
  }

  private hide({ parts, rows, within }: SecretParts, node: Node): void {
    for (const key of parts) this.hideAll(partOf(node, key));
    const inner = within === undefined ? undefined : partOf(node, within.under);
    for (const key of within?.parts ?? []) this.hideAll(partOf(inner, key));
    if (rows === undefined) return;
    const list = rows.under === '' ? node.items : partOf(node, rows.under)?.items;
    for (const [index, row] of (list ?? []).entries()) {
      const inner = row.entries?.find(([key, { items }]) => holdsCells(key) && items !== undefined);
      for (const cell of rows.cellsOf(index) ?? []) {
        this.hideAll(partOf(row, cell));
        this.hideAll(partOf(inner?.[1], cell));
      }
    }
  }

  /** The values of a pair, and of a browser's storage. */
  private hideNamed(entries: readonly (readonly [string, Node])[]): void {
    const isPair = this.isSecretPair(entries);
    for (const [key, node] of entries) {
      const text = isPair ? this.reading.text(node) : undefined;
      if (isPair && text === undefined && holdsValue(key)) this.hidePart(node);
      if (text !== undefined && isValueOfPair(key, text) && (isPlainValue(key) || isTelling(text)))
        this.hideAll(node);
      if (isStorage(key)) this.hideStored(node);
    }
  }

  /** The value of a pair that is an object or a list itself; one that refers to a value elsewhere holds none. */
  private hidePart({ items, entries }: Node): void {
    for (const item of items ?? []) {
      const text = this.reading.text(item);
      if (text !== undefined && isTelling(text)) this.hideAll(item);
    }
    const type = entries?.find(([key]) => key === 'type')?.[1];
    if (type !== undefined && this.reading.text(type) === 'ref') return;
    for (const [key, node] of entries ?? []) {
      if (!holdsValue(key)) continue;
      if (this.reading.text(node) === undefined) this.hidePart(node);
      else this.hideAll(node);
    }
  }

  private isSecretPair(entries: readonly (readonly [string, Node])[]): boolean {
    // Few objects hold a value beside its name: to see that this is none costs less than to take their texts.
    if (!entries.some(([key]) => holdsValue(key))) return false;
    const texts = entries.map(([key, node]) => [key, this.reading.text(node) ?? null] as const);
    return namesOfPair(texts).some((word) => this.names.isSecret(word));
  }

  private hideStored(storage: Node): void {
    for (const item of storage.items ?? []) {
      for (const [field, part] of item.entries ?? []) {
        if (isStoredSecret(field, this.text.slice(part.start, part.end))) this.hideAll(part);
      }
    }
  }

  private hideAll(node: Node | undefined): void {
    if (node === undefined) return;
    if (node.items !== undefined) for (const item of node.items) this.hideAll(item);
    else if (node.entries !== undefined) for (const [, item] of node.entries) this.hideAll(item);
    else if (isValueOfCell(this.text.slice(node.start, node.end)))
      this.spans.push({ start: node.start, end: node.end, quote: node.quote });
  }
}

/** `content` and `text` also say what is drawn beside a field. */
function isPlainValue(key: string): boolean {
  return !/^(?:content|text|data|文本|内容)$/i.test(key);
}

function isTelling(text: string): boolean {
  return !/\s/.test(text) && /\d|[^\w.-]|[a-z][A-Z]/.test(text) && !/[\u4e00-\u9fff]{2}/.test(text);
}

/** What a sign of the notation does: it opens a group or closes one, parts two values, or ends a name. */
type Role = 'opens' | 'closes' | 'parts' | 'names';

function roleOf(code: number): Role | undefined {
  switch (code) {
    case 0x5b: // [
    case 0x28: // (
    case 0x7b: // {
      return 'opens';
    case 0x5d:
    case 0x29:
    case 0x7d:
      return 'closes';
    case 0x2c: // a comma, and a Chinese one
    case 0xff0c:
      return 'parts';
    case 0x3a: // a colon, and a Chinese one
    case 0xff1a:
    case 0x3d: // =
      return 'names';
    default:
      return undefined;
  }
}

/** How long the quote is that stands here, with the letter before it that Python writes; 0 where none does. */
function quoteAt(text: string, at: number, code: number): number {
  if (code === 0x22 || code === 0x27 || code === 0x60) return 1;
  if (isPrefix(code)) {
    const next = text.charCodeAt(at + 1);
    return next === 0x22 || next === 0x27 ? 2 : 0;
  }
  // A backslash, `&quot;` or `%22`.
  if (code !== 0x5c && code !== 0x26 && code !== 0x25) return 0;
  escapedQuote.lastIndex = at;
  return escapedQuote.test(text) ? escapedQuote.lastIndex - at : 0;
}

/** One of `bfru`, in either case. */
function isPrefix(code: number): boolean {
  const small = code | 0x20;
  return small === 0x62 || small === 0x66 || small === 0x72 || small === 0x75;
}

/** Behind blanks, a word, or a sign that is none of the notation's. */
function endOfRun(text: string, at: number): number {
  for (const isRun of [isBlank, isInWord]) {
    let end = at;
    while (end < text.length && isRun(text.charCodeAt(end))) end++;
    if (end > at) return end;
  }
  let end = at + 1;
  if (text.charCodeAt(at) === 0x5c) while (text.charCodeAt(end) === 0x5c) end++;
  return end;
}

/** A blank as `\s` has it. */
function isBlank(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 9 && code <= 13);
  return code >= 0xa0 && otherBlank.test(String.fromCharCode(code));
}

const otherBlank = /\s/;

/** Neither a blank nor a sign of the notation, nor one that a quote may begin with. */
function isInWord(code: number): boolean {
  switch (code) {
    case 0x22:
    case 0x27:
    case 0x60:
    case 0x5c:
    case 0x26:
    case 0x25:
      return false;
    default:
      return roleOf(code) === undefined && !isBlank(code);
  }
}

/** What stands between two commas, or before the bracket. */
function finish(group: Group): void {
  const { last, name: key } = group;
  if (last !== undefined) {
    if (key === undefined) group.items.push(last);
    else group.entries.push([key, last]);
  }
  group.name = undefined;
  group.last = undefined;
}

/** What was read last is the name of what comes. */
function name(group: Group, text: string): void {
  const { last } = group;
  if (last === undefined || last.items !== undefined || last.entries !== undefined) return;
  group.name ??= text.slice(last.start, last.end);
  group.last = undefined;
}

function partOf(node: Node | undefined, key: string): Node | undefined {
  if (node?.entries !== undefined) return node.entries.find(([field]) => field === key)?.[1];
  return /^\d+$/.test(key) ? node?.items?.[Number(key)] : undefined;
}

/** A text within may hold a list of its own. */
function mayHoldMore(text: string, start: number, end: number): boolean {
  return end - start >= 12 && /[[({]/.test(text.slice(start, end));
}
