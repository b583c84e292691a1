import type { NodeId } from '../trace/execution.ts';
import type { FlowDocument, FlowNode } from './flowDocument.ts';
import { isKnownByPlace } from './nodesOfId.ts';

/** The nodes of a flow as it was, and which of those of now each of them is; what is gone is missing. */
export function nodesNow(then: FlowDocument, now: FlowDocument): ReadonlyMap<FlowNode, FlowNode> {
  const { byKey } = identitiesOf(now);
  return new Map(
    [...identitiesOf(then).byKey].flatMap(([key, was]) => {
      const node = byKey.get(key);
      return node === undefined ? [] : [[was, node]];
    }),
  );
}

/**
 * What a node stays the same by when its file is edited: its id; in files whose ids are lines, its name among those of its
 * block. Of several with one id or name each is told apart by its rank.
 */
export function identitiesOf(document: FlowDocument): {
  readonly byKey: ReadonlyMap<string, FlowNode>;
  /** Of several nodes with one id the key of the first. */
  readonly keyOfId: ReadonlyMap<NodeId, string>;
} {
  const byKey = new Map<string, FlowNode>();
  const keyOfId = new Map<NodeId, string>();
  const ranks = new Map<string, number>();
  const isByName = isKnownByPlace(document);
  for (const node of document.nodes) {
    // A block stands before what is in it.
    const block = node.parentId === null ? '' : (keyOfId.get(node.parentId) ?? '');
    const key = isByName ? `${block}\n${node.name}` : node.id;
    const rank = ranks.get(key) ?? 0;
    ranks.set(key, rank + 1);
    const whole = rank === 0 ? key : `${key}\n#${String(rank)}`;
    byKey.set(whole, node);
    if (!keyOfId.has(node.id)) keyOfId.set(node.id, whole);
  }
  return { byKey, keyOfId };
}
