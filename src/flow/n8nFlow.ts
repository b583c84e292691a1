import type { FlowShapeEdge } from '../trace/flowShape.ts';
import { numberAt, onCanvas } from './canvasPlace.ts';
import type { NodeId } from '../trace/execution.ts';
import type { FlowNode, FlowPart, FlowReading } from './flowDocument.ts';
import { at, itemsOf, scalarAt, type SourceTree, textAt } from './sourceTree.ts';

/** What outputs are called that lead to the node that uses the one they are of. */
const partOutput = 'ai_';

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
    nodes: workflows.flatMap(withParents),
    edges: workflows.flatMap(edgesOf),
    parts: workflows.flatMap(partsOf),
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

/** What belongs to one node alone stands in it; what several share stands for itself. */
function withParents(workflow: SourceTree): FlowNode[] {
  const hosts = new Map<NodeId, Set<NodeId>>();
  for (const { node, of } of partsOf(workflow)) {
    hosts.set(node, (hosts.get(node) ?? new Set()).add(of));
  }
  return nodesOf(workflow).map((node) => {
    const [host, ...others] = hosts.get(node.id) ?? [];
    return host === undefined || others.length > 0 ? node : { ...node, parentId: host };
  });
}

/**
 * The models, memories, tools and parsers of agents: each is connected from its own output, `ai_tool` for one, to the node
 * that uses it.
 */
function partsOf(workflow: SourceTree): FlowPart[] {
  const connections = at(workflow, 'connections');
  if (connections?.kind !== 'map') return [];
  const byName = new Map(nodesOf(workflow).map(({ id, name }) => [name, id]));
  return connections.entries.flatMap(({ key, value }) => {
    const node = byName.get(key);
    if (node === undefined || value.kind !== 'map') return [];
    const outputs = value.entries.filter((output) => output.key.startsWith(partOutput));
    return outputs
      .flatMap((output) => itemsOf(output.value))
      .flatMap((inputs) => itemsOf(inputs))
      .flatMap((input) => {
        const of = byName.get(textAt(input, 'node'));
        return of === undefined || of === node ? [] : [{ node, of }];
      });
  });
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
