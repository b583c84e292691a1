import type { OffsetRange } from './flowDocument.ts';

/** A value of a YAML or JSON text with its place in it. */
export type SourceTree = SourceMap | SourceList | SourceScalar;

/** A mapping or object, keys in the order of the text; of repeated keys the last one counts. */
export interface SourceMap {
  readonly kind: 'map';
  readonly range: OffsetRange;
  readonly entries: readonly SourceEntry[];
}

/** A key with its value. */
export interface SourceEntry {
  readonly key: string;
  readonly keyRange: OffsetRange;
  readonly value: SourceTree;
}

/** A sequence or array. */
export interface SourceList {
  readonly kind: 'list';
  readonly range: OffsetRange;
  readonly items: readonly SourceTree[];
}

/** A leaf. `range` covers the text of the value without its quotes, so that it can be selected. */
export interface SourceScalar {
  readonly kind: 'scalar';
  readonly range: OffsetRange;
  readonly value: string | number | boolean | null;
}

/** The value at a path of keys; undefined where the path leaves the tree. */
export function at(
  tree: SourceTree | undefined,
  ...path: readonly string[]
): SourceTree | undefined {
  let current = tree;
  for (const key of path) {
    if (current?.kind !== 'map') return undefined;
    current = current.entries.findLast((entry) => entry.key === key)?.value;
  }
  return current;
}

/** The items of a list; none where it is something else. */
export function itemsOf(tree: SourceTree | undefined): readonly SourceTree[] {
  return tree?.kind === 'list' ? tree.items : [];
}

/** The scalar at a path; undefined where there is none. */
export function scalarAt(
  tree: SourceTree | undefined,
  ...path: readonly string[]
): SourceScalar | undefined {
  const found = at(tree, ...path);
  return found?.kind === 'scalar' ? found : undefined;
}

/** The text at a path, empty where there is none. */
export function textAt(tree: SourceTree | undefined, ...path: readonly string[]): string {
  const value = scalarAt(tree, ...path)?.value;
  return value === undefined || value === null ? '' : String(value);
}
