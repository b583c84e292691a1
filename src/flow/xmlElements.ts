import { at, itemsOf, type SourceMap, type SourceTree, textAt } from './sourceTree.ts';
import { childrenKey, tagKey } from './xmlTree.ts';

/** The name of an element, without its prefix. */
export function tagOf(element: SourceTree): string {
  return textAt(element, tagKey);
}

/** The elements in an element, but those that hold only a text: they are among its attributes. */
export function childrenOf(element: SourceTree): readonly SourceMap[] {
  return itemsOf(at(element, childrenKey)).filter((child) => child.kind === 'map');
}

/** The outermost elements: one, unless the text is broken. */
export function rootsOf(tree: SourceTree): readonly SourceMap[] {
  return (tree.kind === 'list' ? tree.items : [tree]).filter((root) => root.kind === 'map');
}
