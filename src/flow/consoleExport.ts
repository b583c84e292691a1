import type { FlowShapeEdge } from '../trace/flowShape.ts';
import { boxOnCanvas, numberAt } from './canvasPlace.ts';
import type { FlowNode, FlowReading } from './flowDocument.ts';
import { portsOf } from './flowPorts.ts';
import { nodeType } from './nodeType.ts';
import { at, itemsOf, scalarAt, type SourceTree, textAt } from './sourceTree.ts';

/** The console's export: `flowMeta`, perhaps `dependencyManifest`, `flowData`. Undefined when it is none. */
export function readConsoleExport(root: SourceTree): FlowReading | undefined {
  const nodeList = at(root, 'flowData', 'nodes');
  if (nodeList?.kind !== 'list') return undefined;
  return {
    format: 'astronYaml',
    name: textAt(root, 'flowMeta', 'name'),
    flowId: '',
    nodes: nodeList.items.flatMap((node) => readNode(node)),
    edges: itemsOf(at(root, 'flowData', 'edges')).map(readEdge),
  };
}

function readNode(node: SourceTree): FlowNode[] {
  const id = scalarAt(node, 'id');
  if (typeof id?.value !== 'string' || id.value === '') return [];
  const ports = portsOf(at(node, 'data'));
  const parentId = textAt(node, 'parentId') || textAt(node, 'data', 'parentId');
  const label = textAt(node, 'data', 'label');
  const aliasName = textAt(node, 'data', 'nodeMeta', 'aliasName');
  return [
    {
      id: id.value,
      // What the developer sees and what the record calls it; aliasName is the type's default name here.
      name: label || aliasName,
      otherName: aliasName,
      type: nodeType(id.value),
      parentId: parentId === '' ? null : parentId,
      idRange: id.range,
      range: node.range,
      // What stands in an iteration is placed within it.
      ...boxOnCanvas(
        [numberAt(node, 'position', 'x'), numberAt(node, 'position', 'y')],
        [numberAt(node, 'width'), numberAt(node, 'height')],
        parentId,
      ),
      ...(ports === undefined ? {} : { ports }),
    },
  ];
}

function readEdge(edge: SourceTree): FlowShapeEdge {
  const handle = textAt(edge, 'sourceHandle');
  return {
    source: textAt(edge, 'source'),
    target: textAt(edge, 'target'),
    kind: edgeKind(handle),
  };
}

/** What a handle stands for: `fail_one_of::…`, or a branch of a decision. */
export function edgeKind(handle: string): FlowShapeEdge['kind'] {
  const name = handle.replace(/^intent_chain\|/, '');
  if (name.startsWith('fail_one_of')) return 'fail';
  return name === '' ? 'normal' : 'branch';
}
