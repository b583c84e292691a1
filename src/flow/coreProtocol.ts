import type { NodeId } from '../trace/execution.ts';
import type { FlowShapeEdge } from '../trace/flowShape.ts';
import { edgeKind } from './consoleExport.ts';
import type { FlowNode, FlowReading } from './flowDocument.ts';
import { portsOf } from './flowPorts.ts';
import { nodeType } from './nodeType.ts';
import { at, itemsOf, scalarAt, type SourceTree, textAt } from './sourceTree.ts';

/** The core protocol: `{id, name, data: {nodes, edges}}`, or its `data` alone. Undefined when it is none. */
export function readCoreProtocol(root: SourceTree): FlowReading | undefined {
  const data = at(root, 'data', 'nodes') === undefined ? root : at(root, 'data');
  const nodeList = at(data, 'nodes');
  if (nodeList?.kind !== 'list') return undefined;
  // Other formats keep their nodes in `nodes` as well.
  const mark = data === root ? ['data', 'nodeMeta'] : ['data'];
  if (!nodeList.items.some((node) => at(node, ...mark))) return undefined;
  const edges = itemsOf(at(data, 'edges')).map(readEdge);
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
  const ports = portsOf(at(node, 'data'));
  return [
    {
      id: id.value,
      name: textAt(node, 'data', 'nodeMeta', 'aliasName'),
      otherName: '',
      type: nodeType(id.value),
      parentId: textAt(node, 'data', 'parentId') || (parents.get(id.value) ?? null),
      idRange: id.range,
      range: node.range,
      ...(ports === undefined ? {} : { ports }),
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

/** This form hardly ever names parents: the body of an iteration is what its start node leads to. */
function parentsOf(
  nodes: readonly SourceTree[],
  edges: readonly FlowShapeEdge[],
): ReadonlyMap<NodeId, NodeId> {
  const next = new Map<NodeId, NodeId[]>();
  for (const { source, target } of edges) {
    const targets = next.get(source);
    if (targets === undefined) next.set(source, [target]);
    else targets.push(target);
  }
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
