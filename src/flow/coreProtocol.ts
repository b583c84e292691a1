import type { NodeId } from '../trace/execution.ts';
import type { FlowShapeEdge } from '../trace/flowShape.ts';
import { edgeKind } from './consoleExport.ts';
import type { FlowDocument, FlowNode } from './flowDocument.ts';
import { nodeType } from './nodeType.ts';
import { at, itemsOf, scalarAt, type SourceTree, textAt } from './sourceTree.ts';

/** The core protocol: `{id, name, data: {nodes, edges}}`. Undefined when it is none. */
export function readCoreProtocol(root: SourceTree): FlowDocument | undefined {
  const nodeList = at(root, 'data', 'nodes');
  if (nodeList?.kind !== 'list') return undefined;
  const edges = itemsOf(at(root, 'data', 'edges')).map(readEdge);
  const parents = parentsOf(nodeList.items, edges);
  return {
    format: 'astronJson',
    name: textAt(root, 'name'),
    flowId: textAt(root, 'id'),
    nodes: nodeList.items.flatMap((node) => readNode(node, parents)),
    edges,
  };
}

function readNode(node: SourceTree, parents: ReadonlyMap<NodeId, NodeId>): FlowNode[] {
  const id = scalarAt(node, 'id');
  if (typeof id?.value !== 'string' || id.value === '') return [];
  return [
    {
      id: id.value,
      name: textAt(node, 'data', 'nodeMeta', 'aliasName'),
      type: nodeType(id.value),
      parentId: parents.get(id.value) ?? null,
      idRange: id.range,
      range: node.range,
    },
  ];
}

function readEdge(edge: SourceTree): FlowShapeEdge {
  return {
    source: textAt(edge, 'sourceNodeId'),
    target: textAt(edge, 'targetNodeId'),
    kind: edgeKind(textAt(edge, 'sourceHandle')),
  };
}

/** This form names no parents: the body of an iteration is what its start node leads to. */
function parentsOf(
  nodes: readonly SourceTree[],
  edges: readonly FlowShapeEdge[],
): ReadonlyMap<NodeId, NodeId> {
  const next = new Map<NodeId, NodeId[]>();
  for (const { source, target } of edges) next.set(source, [...(next.get(source) ?? []), target]);
  const parents = new Map<NodeId, NodeId>();
  for (const node of nodes) {
    const container = textAt(node, 'id');
    const queue = [textAt(node, 'data', 'nodeParam', 'IterationStartNodeId')].filter(Boolean);
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (parents.has(id) || id === container) continue;
      parents.set(id, container);
      queue.push(...(next.get(id) ?? []));
    }
  }
  return parents;
}
