import type { FlowShapeEdge } from '../trace/flowShape.ts';
import { numberAt, onCanvas } from './canvasPlace.ts';
import type { FlowNode, FlowReading } from './flowDocument.ts';
import { at, itemsOf, scalarAt, type SourceTree, textAt } from './sourceTree.ts';

/** Notes on the canvas; nothing runs. */
const note = '.stickyNote';

/**
 * A workflow of n8n, whatever packages its nodes are from, or several of them in a list, as its command line exports all.
 * Only what stands in its list of nodes is one: credentials, conditions and tags have ids and names too. Undefined for
 * any other file.
 */
export function readN8nFlow(root: SourceTree): FlowReading | undefined {
  const workflows = (root.kind === 'list' ? root.items : [root]).filter(isWorkflow);
  const [first] = workflows;
  if (first === undefined) return undefined;
  return {
    format: 'n8n',
    name: textAt(first, 'name'),
    flowId: textAt(first, 'id'),
    nodes: workflows.flatMap(nodesOf),
    edges: workflows.flatMap(edgesOf),
  };
}

function isWorkflow(tree: SourceTree): boolean {
  return itemsOf(at(tree, 'nodes')).some(
    (node) => at(node, 'typeVersion') !== undefined && textAt(node, 'type') !== '',
  );
}

function nodesOf(workflow: SourceTree): FlowNode[] {
  return itemsOf(at(workflow, 'nodes')).flatMap((node) => {
    // Older exports have no ids; there the name is what everything goes by.
    const id = scalarAt(node, 'id') ?? scalarAt(node, 'name');
    const type = textAt(node, 'type');
    if (typeof id?.value !== 'string' || id.value === '' || type.endsWith(note)) return [];
    return [
      {
        ...{ id: id.value, name: textAt(node, 'name'), otherName: '', type, parentId: null },
        ...{ idRange: id.range, range: node.range, ...placeOf(node) },
      },
    ];
  });
}

function placeOf(node: SourceTree) {
  const [x, y] = itemsOf(at(node, 'position')).map((item) => numberAt(item));
  return onCanvas(x, y);
}

/** Connections go by names: of a node's outputs each leads to the inputs of some others. */
function edgesOf(workflow: SourceTree): FlowShapeEdge[] {
  const connections = at(workflow, 'connections');
  if (connections?.kind !== 'map') return [];
  const nodes = nodesOf(workflow);
  const byName = new Map(nodes.map(({ id, name }) => [name, id]));
  const failing = new Set(
    itemsOf(at(workflow, 'nodes'))
      .filter((node) => textAt(node, 'onError') === 'continueErrorOutput')
      .map((node) => textAt(node, 'name')),
  );
  return connections.entries.flatMap(({ key, value }) => {
    const source = byName.get(key);
    const outputs = itemsOf(at(value, 'main'));
    if (source === undefined) return [];
    return outputs.flatMap((inputs, output) =>
      itemsOf(inputs).flatMap((input) => {
        const target = byName.get(textAt(input, 'node'));
        const isFailure = failing.has(key) && output === outputs.length - 1 && output > 0;
        const kind = isFailure
          ? 'fail'
          : outputs.length > 1 && !failing.has(key)
            ? 'branch'
            : 'normal';
        return target === undefined ? [] : [{ source, target, kind } as const];
      }),
    );
  });
}
