import type { FoundPlace } from '../protocol/find.ts';
import type { TreeNode } from '../trace/tree.ts';

/** A place in a row, its name for now. */
export function placeOf(node: TreeNode | null): FoundPlace {
  return node === null
    ? { row: null, nodeId: '', name: '', type: '', match: null, path: '' }
    : {
        ...{ row: node.key, nodeId: node.nodeId, name: node.name, type: node.type },
        ...{ match: null, path: '' },
      };
}
