import type { TreeNode } from '../trace/tree.ts';

/** A row of one of the trees, while its partner in the other is looked for. */
export interface Row {
  readonly node: TreeNode;
  readonly parent: Row | null;
  /** The rows that it stands among. */
  readonly siblings: readonly Row[];
  readonly children: Row[];
  partner: Row | null;
}
