import { isValueOfPair, namesOfPair } from './namedPair.ts';
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
  readonly closing: string;
  readonly start: number;
  readonly items: Node[];
  readonly entries: [string, Node][];
  name: string | undefined;
  /** What was read last, and whether it is complete: behind it a comma or a bracket stands. */
  last: Node | undefined;
}

const quote = `(?:${quoteSource})`;
const escapedQuote = new RegExp(`(?:${quoteSource})`, 'y');
const bareRun = /[^\s[\](){},:：=，"'\x60\\&%]+/y;
const blanks = /\s+/y;
const closingOf: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' };
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
export function findInStructures(text: string, names: NameJudge, work: Work): SecretSpan[] {
  if (!structured.test(text)) return [];
  const spans: SecretSpan[] = [];
  new StructureReader(text, names, work, spans).read(0, text.length, 0);
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

  read(from: number, to: number, depth: number): void {
    const { text } = this;
    const groups: Group[] = [];
    let lastQuote = '"';
    for (let at = from; at < to;) {
      if (groups.length === 0) {
        at = this.nextGroup(at, to);
        if (at >= to) return;
      }
      const begin = at;
      const sign = text.charAt(at);
      const group = groups.at(-1);
      const quoteLength = group?.last === undefined ? quoteAt(text, at) : 0;
      if (sign in closingOf) {
        this.open(groups, sign, at++);
      } else if (group === undefined) {
        at++;
      } else if (sign === ']' || sign === '}' || sign === ')') {
        this.close(groups, sign, ++at);
      } else if (sign === ',' || sign === '，') {
        finish(group);
        at++;
      } else if (sign === ':' || sign === '：' || sign === '=') {
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
            this.read(inner.start, end, depth + 1);
        }
      } else {
        at = Math.min(endOfRun(text, at), to);
        if (group.last === undefined && !/[\s\\&%"'`]/.test(sign))
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

  private open(groups: Group[], opened: string, start: number): void {
    // What is so deep is none, and what it would hold is not held.
    if (groups.length >= deepestGroup) groups.length = 0;
    const closing = closingOf[opened] ?? '';
    groups.push({ closing, start, items: [], entries: [], name: undefined, last: undefined });
  }

  private close(groups: Group[], closing: string, end: number): void {
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

  private hide({ parts, rows }: SecretParts, node: Node): void {
    for (const key of parts) this.hideAll(partOf(node, key));
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
    const texts = entries.map(([key, node]) => [key, this.reading.text(node) ?? null] as const);
    const isPair = namesOfPair(texts).some((word) => this.names.isSecret(word));
    for (const [index, [key, node]] of entries.entries()) {
      const text = texts[index]?.[1] ?? null;
      if (
        isPair &&
        text !== null &&
        isValueOfPair(key, text) &&
        (isPlainValue(key) || isTelling(text))
      )
        this.hideAll(node);
      if (isStorage(key)) this.hideStored(node);
    }
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

/** How long the quote is that stands here, with the letter before it that Python writes; 0 where none does. */
function quoteAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === 0x22 || code === 0x27 || code === 0x60) return 1;
  const isPrefix = prefixes.includes(text.charAt(at)) && /["']/.test(text.charAt(at + 1));
  if (isPrefix) return 2;
  // A backslash, `&quot;` or `%22`.
  if (code !== 0x5c && code !== 0x26 && code !== 0x25) return 0;
  escapedQuote.lastIndex = at;
  return escapedQuote.test(text) ? escapedQuote.lastIndex - at : 0;
}

const prefixes = 'bfruBFRU';

/** Behind blanks, a word, or a sign that is none of the notation's. */
function endOfRun(text: string, at: number): number {
  for (const run of [blanks, bareRun]) {
    run.lastIndex = at;
    if (run.test(text)) return run.lastIndex;
  }
  if (text.charAt(at) !== '\\') return at + 1;
  let end = at + 1;
  while (text.charAt(end) === '\\') end++;
  return end;
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
