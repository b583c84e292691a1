import type { FlowDocument, FlowNode } from './flowDocument.ts';

/**
 * The innermost node whose object encloses the offset; undefined outside of all nodes. A cursor right
 * behind an object still counts as on it, unless another node begins there.
 */
export function nodeAtOffset(document: FlowDocument, offset: number): FlowNode | undefined {
  let found: FlowNode | undefined;
  let before: FlowNode | undefined;
  for (const node of document.nodes) {
    const { start, end } = node.range;
    if (offset < start || offset > end) continue;
    if (offset === end) before = smaller(before, node);
    else found = smaller(found, node);
  }
  return found ?? before;
}

function smaller(a: FlowNode | undefined, b: FlowNode): FlowNode {
  if (a === undefined) return b;
  return b.range.end - b.range.start < a.range.end - a.range.start ? b : a;
}
