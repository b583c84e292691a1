import type { NodeId } from '../trace/execution.ts';
import type { FlowDocument, FlowNode } from './flowDocument.ts';

/** What runs call a node of a file that gives none an id: `suites/tasks.robot:12`. */
const place = /^(.*[^:]):(\d+)$/s;

/**
 * The nodes that an execution means by an id. In most formats they carry it; in some, runs call them otherwise: by file
 * and line, by their name, or by the subflow around them as well.
 */
export function nodesOfId(document: FlowDocument, nodeId: NodeId): readonly FlowNode[] {
  if (nodeId === '') return [];
  const { nodesById, otherIds } = document;
  const nodes = nodesById.get(nodeId) ?? nodesById.get(otherIds?.get(nodeId) ?? '');
  if (nodes !== undefined) return nodes;
  switch (document.format) {
    case 'robot':
    case 'python':
      return nodesAtPlace(document, extensions[document.format], nodeId);
    case 'nodeRed':
      // Of a node in a subflow: the node that stands for the subflow goes before it.
      return document.nodesById.get(nodeId.slice(nodeId.lastIndexOf('-') + 1)) ?? [];
    case 'n8n':
      // Its runs go by names, which are unique in a flow.
      return document.nodes.filter(({ name }) => name === nodeId);
    case 'astronYaml':
    case 'astronJson':
    case 'astronRpa':
    case 'astronRpaRun':
    case 'logicApps':
    case 'bpmn':
    case 'xaml':
    case 'bluePrism':
    case 'generic':
      return [];
  }
}

/** Whether nodes are known by their lines. */
export function isKnownByPlace({ format }: FlowDocument): boolean {
  return format === 'robot' || format === 'python';
}

const extensions = { robot: /^\.(?:robot|resource)$/i, python: /^\.py$/i } as const;

/** Whether two ids are of steps of one file: of a node, or by lines, that it may have moved between. */
export function areOfOneFile(one: NodeId, other: NodeId): boolean {
  if (one === other) return true;
  const [, file] = place.exec(one) ?? [];
  return file !== undefined && file === place.exec(other)?.[1];
}

/** How many names at the end of a path an id and a file have in common; 0 for an id that is no place. */
export function sharedPath(nodeId: NodeId, uri: string): number {
  const [, path] = place.exec(nodeId) ?? [];
  if (path === undefined) return 0;
  const named = path.split(/[\\/]/).reverse();
  const own = uri.split('/').reverse();
  const different = named.findIndex((name, index) => name !== decoded(own[index] ?? ''));
  return different === -1 ? named.length : different;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The innermost node around a line: a traceback names lines within a function. */
function nodesAtPlace(
  { name, nodes, nodesById }: FlowDocument,
  wanted: RegExp,
  nodeId: NodeId,
): readonly FlowNode[] {
  const [, path = '', digits = ''] = place.exec(nodeId) ?? [];
  const [, stem, extension = ''] = /^(?:.*[\\/])?(.*)(\.\w+)$/s.exec(path) ?? [];
  const line = Number(digits);
  // The name of such a flow is that of its file.
  if (stem !== name || !wanted.test(extension)) return [];
  let node = lastBefore(nodes, line);
  while (node?.lines !== undefined && node.lines[1] < line) {
    node = node.parentId === null ? undefined : nodesById.get(node.parentId)?.[0];
  }
  return node === undefined ? [] : [node];
}

/** The last node that begins on a line or before it, in a list by lines. */
function lastBefore(nodes: readonly FlowNode[], line: number): FlowNode | undefined {
  let [low, high] = [0, nodes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle]?.lines?.[0] ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return nodes[low - 1];
}
