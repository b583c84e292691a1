import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { OffsetRange } from './flowDocument.ts';
import { checkDepth, type ParsedText, type Place } from './parsedText.ts';
import type { SourceTree } from './sourceTree.ts';

const samePlace: Place = (offset) => offset;

/**
 * Reads JSON with places, also while it is being edited: what can be read is there. `place` is needed for
 * a text that stands inside of another.
 */
export function parseJsonTree(text: string, place: Place = samePlace): ParsedText {
  const errors: ParseError[] = [];
  // A byte order mark is no mistake, only unknown to the parser: a space keeps all offsets.
  const readable = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const root = parseTree(readable, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [error] = errors;
  return {
    tree: root === undefined ? undefined : treeOf(root, 0, text, place),
    fault:
      error === undefined
        ? null
        : { detail: printParseErrorCode(error.error), offset: place(error.offset) },
  };
}

function treeOf(node: Node, depth: number, text: string, place: Place): SourceTree {
  const { offset, length, children = [] } = node;
  checkDepth(depth, place(offset));
  const range: OffsetRange = { start: place(offset), end: place(offset + length) };
  switch (node.type) {
    case 'object':
      return {
        kind: 'map',
        range,
        entries: children.flatMap(({ children: pair }) => {
          const [key, value] = pair ?? [];
          if (key === undefined || value === undefined) return [];
          return [
            {
              key: String(key.value),
              keyRange: inside(key, text, place),
              value: treeOf(value, depth + 1, text, place),
            },
          ];
        }),
      };
    case 'array':
      return {
        kind: 'list',
        range,
        items: children.map((item) => treeOf(item, depth + 1, text, place)),
      };
    case 'number':
      // As written: an id beyond 2^53 must keep every digit.
      return { kind: 'scalar', range, value: text.slice(offset, offset + length) };
    case 'string':
    case 'boolean':
    case 'null':
    case 'property':
      return {
        kind: 'scalar',
        range: inside(node, text, place),
        value: node.value as string | boolean | null,
      };
  }
}

/** The text of a string without its quotes; of one that is not closed yet, all of it. */
function inside({ type, offset, length }: Node, text: string, place: Place): OffsetRange {
  const end = offset + length;
  if (type !== 'string') return { start: place(offset), end: place(end) };
  const isClosed = length >= 2 && text[end - 1] === '"';
  return { start: place(offset + 1), end: place(isClosed ? end - 1 : end) };
}
