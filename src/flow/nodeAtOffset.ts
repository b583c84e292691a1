import type { FlowDocument, FlowNode } from './flowDocument.ts';

/** The innermost node whose object encloses the offset; undefined outside of all nodes. */
export function nodeAtOffset(document: FlowDocument, offset: number): FlowNode | undefined {
  let found: FlowNode | undefined;
  for (const node of document.nodes) {
    const { start, end } = node.range;
    if (offset < start || offset >= end) continue;
    if (found === undefined || end - start < found.range.end - found.range.start) found = node;
  }
  return found;
}
