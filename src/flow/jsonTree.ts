import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { OffsetRange } from './flowDocument.ts';
import type { SourceTree } from './sourceTree.ts';

/**
 * Reads JSON with places, also while it is being edited: what can be read is there. Undefined for a text
 * without any value.
 */
export function parseJsonTree(text: string): SourceTree | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  return root === undefined ? undefined : treeOf(root);
}

function treeOf(node: Node): SourceTree {
  const range: OffsetRange = { start: node.offset, end: node.offset + node.length };
  switch (node.type) {
    case 'object':
      return {
        kind: 'map',
        range,
        entries: (node.children ?? []).flatMap(({ children }) => {
          const [key, value] = children ?? [];
          if (key === undefined || value === undefined) return [];
          return [{ key: String(key.value), keyRange: inside(key), value: treeOf(value) }];
        }),
      };
    case 'array':
      return { kind: 'list', range, items: (node.children ?? []).map(treeOf) };
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
    case 'property':
      return {
        kind: 'scalar',
        range: inside(node),
        value: node.value as string | number | boolean | null,
      };
  }
}

/** The text of a string without its quotes. */
function inside({ type, offset, length }: Node): OffsetRange {
  return type === 'string'
    ? { start: offset + 1, end: Math.max(offset + 1, offset + length - 1) }
    : { start: offset, end: offset + length };
}
