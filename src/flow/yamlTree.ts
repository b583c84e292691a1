import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument, type Document } from 'yaml';
import type { OffsetRange } from './flowDocument.ts';
import type { SourceTree } from './sourceTree.ts';

/** Deeper than any flow; a text that nests further is not one, and must not exhaust the stack. */
const maxDepth = 200;

/** Reads YAML with places, also while it is being edited: what can be read is there. */
export function parseYamlTree(text: string): SourceTree | undefined {
  // Warnings and key checks cost time and tell nothing that is needed here.
  const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false, strict: false });
  return document.contents === null ? undefined : treeOf(document.contents, document, text, 0);
}

function treeOf(node: Node, document: Document, text: string, depth: number): SourceTree {
  const range = rangeOf(node);
  if (depth > maxDepth) return { kind: 'scalar', range, value: null };
  if (isMap<Node, Node | null>(node)) {
    return {
      kind: 'map',
      range,
      entries: node.items.flatMap(({ key, value }) => {
        if (!isScalar(key) || value === null) return [];
        return [
          {
            key: String(key.value),
            keyRange: withoutQuotes(key, text),
            value: treeOf(value, document, text, depth + 1),
          },
        ];
      }),
    };
  }
  if (isSeq<Node>(node)) {
    return {
      kind: 'list',
      range,
      items: node.items.map((item) => treeOf(item, document, text, depth + 1)),
    };
  }
  if (isAlias(node)) {
    const target = node.resolve(document);
    return target === undefined
      ? { kind: 'scalar', range, value: null }
      : treeOf(target, document, text, depth + 1);
  }
  const value = isScalar(node) ? node.value : null;
  const plain =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return {
    kind: 'scalar',
    range: withoutQuotes(node, text),
    // A plain scalar that looks like a number keeps its text: `7379450201923928066` is an id, beyond 2^53.
    value: typeof value === 'number' ? text.slice(range.start, range.end) : plain ? value : null,
  };
}

/** `range` of the library: start, end of the value, end with what follows it. */
function rangeOf(node: Node): OffsetRange {
  const [start, end] = node.range ?? [0, 0];
  return { start, end };
}

function withoutQuotes(node: Node, text: string): OffsetRange {
  const { start, end } = rangeOf(node);
  const first = text[start];
  const isQuoted = end - start >= 2 && (first === '"' || first === "'") && text[end - 1] === first;
  return isQuoted ? { start: start + 1, end: end - 1 } : { start, end };
}
