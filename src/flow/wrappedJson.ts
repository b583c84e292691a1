import { parseJsonTree } from './jsonTree.ts';
import type { Place } from './parsedText.ts';
import { at, type SourceScalar, type SourceTree } from './sourceTree.ts';

/** An answer of the platform holds its flow below `data` or below the `data` of that. */
const maxRoots = 3;

/**
 * The places where a flow may begin: the whole file, and what an answer of the platform wraps, outermost
 * first: `{"code": "000000", "data": "[{\"id\": …}]"}`. Places inside the text are places of the file.
 */
export function flowRoots(root: SourceTree, text: string): readonly SourceTree[] {
  const roots: SourceTree[] = [];
  let current: SourceTree | undefined = root;
  let isInText = false;
  while (current !== undefined && roots.length < maxRoots) {
    const data: SourceTree | undefined = at(current, 'data');
    const wrapped = data?.kind === 'scalar' && !isInText ? parseWrapped(data, text) : undefined;
    roots.push(wrapped === undefined ? current : withData(current, wrapped));
    if (wrapped !== undefined) isInText = true;
    current = wrapped ?? data;
  }
  return roots;
}

/** A core protocol may itself hold its `data` as a text. */
function withData(tree: SourceTree, data: SourceTree): SourceTree {
  if (tree.kind !== 'map') return tree;
  const entries = tree.entries.map((entry) =>
    entry.key === 'data' ? { ...entry, value: data } : entry,
  );
  return { ...tree, entries };
}

/** JSON that stands as an escaped string inside JSON. */
function parseWrapped({ value, range }: SourceScalar, text: string): SourceTree | undefined {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return undefined;
  return parseJsonTree(value, placesOf(text, range.start, value.length)).tree;
}

/** Where each character of a string's value stands in the text, escapes being longer than what they mean. */
function placesOf(text: string, start: number, length: number): Place {
  const places = new Uint32Array(length + 1);
  let offset = start;
  for (let index = 0; index < length; index++) {
    places[index] = offset;
    offset += text[offset] !== '\\' ? 1 : text[offset + 1] === 'u' ? 6 : 2;
  }
  places[length] = offset;
  return (index) => places[index] ?? offset;
}
