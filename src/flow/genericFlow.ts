import type { FlowDocument, FlowNode } from './flowDocument.ts';
import { nodeType } from './nodeType.ts';
import { scalarAt, type SourceMap, type SourceTree, textAt } from './sourceTree.ts';

/** Keys by which home-made and foreign formats name a step. */
const identityKeys = ['id', 'uid', 'uuid', 'stageid', 'node_id'];
const nameKeys = ['label', 'name', 'alias', 'displayName', 'anotherName', 'title', 'aliasName'];
/** Below these keys stand references to nodes, not nodes. */
const referenceKeys = new Set([
  ...['source', 'target', 'sourceNodeId', 'targetNodeId', 'sourceRef', 'targetRef', 'parentId'],
  ...['nodeId', 'node', 'previousNode', 'runAfter', 'scope', 'wires', 'z', 'connections'],
  'dependencyManifest',
]);

/** Any file of objects with ids, such as n8n's or Node-RED's: steps can be found, edges are not known. */
export function readGenericFlow(root: SourceTree): FlowDocument | undefined {
  const nodes: FlowNode[] = [];
  const queue: SourceTree[] = [root];
  for (let tree = queue.shift(); tree !== undefined; tree = queue.shift()) {
    if (tree.kind === 'list') queue.push(...tree.items);
    if (tree.kind !== 'map') continue;
    const node = readNode(tree);
    // The whole file often has an id of its own: that one is the flow, not a step.
    if (node !== undefined && tree !== root) nodes.push(node);
    for (const { key, value } of tree.entries) if (!referenceKeys.has(key)) queue.push(value);
  }
  if (nodes.length === 0) return undefined;
  return {
    format: 'generic',
    name: textAt(root, 'name'),
    flowId: textAt(root, 'id'),
    nodes: nodes.sort((a, b) => a.range.start - b.range.start),
    edges: [],
  };
}

function readNode(map: SourceMap): FlowNode | undefined {
  for (const key of identityKeys) {
    const id = scalarAt(map, key);
    if (id === undefined || id.value === null || id.value === '') continue;
    const value = String(id.value);
    const name = nameKeys.map((nameKey) => textAt(map, nameKey)).find(Boolean) ?? '';
    return {
      id: value,
      name,
      type: textAt(map, 'type') || textAt(map, 'key') || nodeType(value),
      parentId: null,
      idRange: id.range,
      range: map.range,
    };
  }
  return undefined;
}
