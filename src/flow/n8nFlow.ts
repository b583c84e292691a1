import type { PortType } from '../trace/portType.ts';
import type { FlowShapeEdge } from '../trace/flowShape.ts';
import { numberAt, onCanvas } from './canvasPlace.ts';
import type { NodeId } from '../trace/execution.ts';
import { declaredInput } from './declaredInputs.ts';
import { expressionPorts, pathOf } from './expressionPorts.ts';
import type { FlowNode, FlowPart, FlowReading } from './flowDocument.ts';
import { at, itemsOf, scalarAt, type SourceTree, textAt } from './sourceTree.ts';
import { withInputs } from './withInputs.ts';

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

/** The way to a field, as code writes it. */
const way = String.raw`((?:\??\.?\[(?:\d{1,9}|"[^"]{0,200}"|'[^']{0,200}')\]|\??\.[\p{ID_Start}_$][\p{ID_Continue}$]{0,200}){0,50})`;
const quoted = String.raw`(?:"([^"]{1,200})"|'([^']{1,200})')`;
/** One item of several: which, the record tells by its round. */
const item = String.raw`\.(?:item|(?:first|last|itemMatching)\([^()]{0,50}\)|all\(\)\[\d{1,9}\])`;
const ofPrevious = new RegExp(String.raw`\$(?:json|input${item}\.json)${way}`, 'gu');
const ofNamed = new RegExp(
  String.raw`\$(?:node\[${quoted}\](?:\.(?:json|data))|\(${quoted}\)${item}\.json|items\(${quoted}[^()]{0,50}\)\[\d{1,9}\]\.json)${way}`,
  'gu',
);

/** With what the expressions of its parameters name: the item before it, or that of a node by its name. */
function nodesWithPorts(workflow: SourceTree): FlowNode[] {
  const nodes = nodesOf(workflow);
  const byName = new Map(nodes.map(({ id, name }) => [name, id]));
  const sources = new Map<string, string[]>();
  for (const { source, target } of edgesOf(workflow)) {
    const before = sources.get(target);
    if (before === undefined) sources.set(target, [source]);
    else before.push(source);
  }
  const parameters = new Map(
    itemsOf(at(workflow, 'nodes')).map((node) => {
      const id = scalarAt(node, 'id') ?? scalarAt(node, 'name');
      return [id?.value, at(node, 'parameters')] as const;
    }),
  );
  return nodes.map((node) => {
    // Of several before it nobody knows whose item it was.
    const [previous, ...others] = sources.get(node.id) ?? [];
    const before = others.length === 0 ? previous : undefined;
    const ports = expressionPorts(parameters.get(node.id), (text) => {
      if (!text.startsWith('=') || !text.includes('{{')) return [];
      const named = [...text.matchAll(ofNamed)].flatMap(([, a, b, c, d, e, f, path = '']) => {
        const source = byName.get(a ?? b ?? c ?? d ?? e ?? f ?? '');
        return source === undefined ? [] : [{ source, path: pathOf(path) }];
      });
      if (before === undefined) return named;
      const own = [...text.matchAll(ofPrevious)].map(([, path = '']) => pathOf(path));
      return [...named, ...own.map((path) => ({ source: before, path }))];
    });
    const withPorts = ports === undefined ? node : { ...node, ports };
    return withInputs(withPorts, inputsOf(parameters.get(node.id)));
  });
}

/** What starts a workflow says what it is to be given: another workflow that calls it, or a form. */
function inputsOf(parameters: SourceTree | undefined): readonly PortType[] {
  return [
    ...itemsOf(at(parameters, 'workflowInputs', 'values')).flatMap((input) =>
      declaredInput(textAt(input, 'name'), textAt(input, 'type')),
    ),
    ...itemsOf(at(parameters, 'formFields', 'values')).flatMap((field) => {
      const isRequired = scalarAt(field, 'requiredField')?.value === true;
      return declaredInput(textAt(field, 'fieldLabel'), textAt(field, 'fieldType'), isRequired);
    }),
  ];
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
  return nodesWithPorts(workflow).map((node) => {
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
