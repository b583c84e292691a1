import { SaxesParser } from 'saxes';
import { checkDepth, type ParsedText, type TextFault } from './parsedText.ts';
import type { SourceEntry, SourceMap, SourceTree } from './sourceTree.ts';

/** The key under which an element's own name stands. */
export const tagKey = '#tag';
/** The key under which its child elements stand. */
export const childrenKey = '#children';

/** The key under which the text of an element stands that has attributes beside it. */
export const textKey = '#text';

/** An element whose end was not seen yet. */
interface OpenElement {
  readonly start: number;
  readonly entries: SourceEntry[];
  readonly children: SourceTree[];
  tag: string;
  /** Where its content begins. */
  contentStart: number;
  text: string;
}

/**
 * Reads XML with places, also while it is being edited. An element is a map of its attributes, by name
 * without prefix, and of its children that hold but text; its other children are a list. A text beside attributes has a key.
 */
export function parseXmlTree(text: string): ParsedText {
  const parser = new SaxesParser({ xmlns: false });
  const open: OpenElement[] = [];
  const roots: SourceTree[] = [];
  let fault: TextFault | null = null;
  parser.on('error', ({ message }) => {
    fault ??= { detail: message, offset: Math.min(parser.position, text.length) };
  });
  parser.on('opentagstart', ({ name }) => {
    const start = text.lastIndexOf('<', parser.position - 1);
    checkDepth(open.length, start);
    const entries = [entryOf(tagKey, localName(name), start + 1, start + 1 + name.length)];
    open.push({ start, entries, children: [], tag: localName(name), contentStart: 0, text: '' });
  });
  parser.on('attribute', ({ name, value }) => {
    // The parser stands behind the closing quote, which can't occur in between, or behind a value without quotes.
    const end = parser.position - 1;
    const quote = text[end];
    const isQuoted = quote === '"' || quote === "'";
    const start = isQuoted ? text.lastIndexOf(quote, end - 1) + 1 : end - value.length;
    open.at(-1)?.entries.push(entryOf(localName(name), value, start, end));
  });
  parser.on('opentag', () => {
    const element = open.at(-1);
    if (element !== undefined) element.contentStart = parser.position;
  });
  parser.on('text', (value) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += value;
  });
  parser.on('closetag', () => {
    const element = open.pop();
    if (element !== undefined) close(element, parser.position);
  });

  parser.write(text).close();
  // What is still open is being written.
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    close(element, text.length);
  }
  const [root, ...others] = roots;
  // After a wrong end tag the parser takes what follows for further roots.
  const range = { start: 0, end: text.length };
  return { tree: others.length === 0 ? root : { kind: 'list', range, items: roots }, fault };

  function close(element: OpenElement, end: number): void {
    const parent = open.at(-1);
    const hasText = element.children.length === 0 && element.text.trim() !== '';
    if (hasText && !isText(element)) element.entries.push(textEntry(element, text, end, textKey));
    if (parent === undefined) roots.push(mapOf(element, end));
    else if (isText(element)) parent.entries.push(textEntry(element, text, end));
    else parent.children.push(mapOf(element, end));
  }
}

function isText({ entries, children, text }: OpenElement): boolean {
  return entries.length === 1 && children.length === 0 && text.trim() !== '';
}

function textEntry(
  element: OpenElement,
  text: string,
  end: number,
  key = element.tag,
): SourceEntry {
  const content = text.slice(element.contentStart, end);
  const close = content.lastIndexOf('</');
  const body = close === -1 ? content : content.slice(0, close);
  const start = element.contentStart + body.length - body.trimStart().length;
  const bodyEnd = element.contentStart + body.trimEnd().length;
  return entryOf(key, element.text.trim(), start, Math.max(start, bodyEnd));
}

function mapOf({ start, entries, children }: OpenElement, end: number): SourceMap {
  const range = { start, end };
  if (children.length === 0) return { kind: 'map', range, entries };
  const list: SourceEntry = {
    key: childrenKey,
    keyRange: { start, end: start },
    value: { kind: 'list', range, items: children },
  };
  return { kind: 'map', range, entries: [...entries, list] };
}

function entryOf(key: string, value: string, start: number, end: number): SourceEntry {
  const range = { start, end };
  return { key, keyRange: range, value: { kind: 'scalar', range, value } };
}

/** `sap2010:WorkflowViewState.IdRef` → `WorkflowViewState.IdRef`. `x:Name` is an id, `Name` a name: it stays. */
function localName(name: string): string {
  return name === 'x:Name' ? name : name.slice(name.indexOf(':') + 1);
}
