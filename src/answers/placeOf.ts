import type { FoundPlace } from '../protocol/find.ts';
import type { TreeNode } from '../trace/tree.ts';

/** A place in a row, its name for now. */
export function placeOf(node: TreeNode | null): FoundPlace {
  const none = { match: null, path: '' } as const;
  if (node === null) return { row: null, nodeId: '', name: '', type: '', ...none };
  const { key: row, nodeId, name, type, subExecution } = node;
  const kind = subExecution === null ? {} : { executionKind: subExecution.kind };
  return { row, nodeId, name, type, ...kind, ...none };
}
