import type { FlowShapeEdge } from '../trace/flowShape.ts';
import type { FlowNode, FlowReading } from './flowDocument.ts';
import { nodeType } from './nodeType.ts';
import {
  scalarAt,
  type SourceEntry,
  type SourceMap,
  type SourceTree,
  textAt,
} from './sourceTree.ts';
import { childrenKey, tagKey } from './xmlTree.ts';

/** Keys of home-made formats, which go before those that are known. */
export interface FlowKeys {
  /** By which a step is known. */
  readonly identity: readonly string[];
  /** What holds the id of another step. */
  readonly reference: readonly string[];
  /** What people call a step. */
  readonly name: readonly string[];
}

export const noFlowKeys: FlowKeys = { identity: [], reference: [], name: [] };

/** Keys by which home-made and foreign formats name a step. */
const usualIdentityKeys = [
  ...['id', 'uid', 'uuid', 'stageid', 'WorkflowViewState.IdRef', 'x:Name', 'node_id'],
];
/** Names, the one that people see first. */
const usualNameKeys = [
  ...['label', 'name', 'alias', 'displayName', 'DisplayName', 'anotherName', 'title', 'aliasName'],
];
/** Below these keys steps stand by their own name: `"actions": {"Get_items": {…}}`. */
const parentsOfNamedSteps = new Set([
  ...['actions', 'triggers', 'nodes', 'steps', 'tasks', 'states', 'activities'],
]);
/** Below these keys stand references to nodes, not nodes. */
const usualReferenceKeys = new Set([
  ...['source', 'target', 'sourceNodeId', 'targetNodeId', 'sourceRef', 'targetRef', 'parentId'],
  ...['nodeId', 'node', 'previousNode', 'runAfter', 'scope', 'wires', 'z', 'connections'],
  ...['bpmnElement', 'onsuccess', 'IterationStartNodeId', 'dependencyManifest'],
  ...['ontrue', 'onfalse', 'processid', 'subsheetid', 'attachedToRef', 'operationMetadataId'],
]);
/** How formats write an edge. */
const edgeEnds = [
  ['sourceRef', 'targetRef'],
  ['sourceNodeId', 'targetNodeId'],
  ['source', 'target'],
] as const;

/** An object that may be a step. */
interface Candidate {
  readonly node: FlowNode;
  /** How surely the object is where the id is defined. */
  readonly score: number;
  readonly ends: Omit<FlowShapeEdge, 'kind'> | null;
}

/** Any file of objects with ids, such as n8n's, Node-RED's or a BPMN file: which steps it has and where. */
export function readGenericFlow(
  root: SourceTree,
  extra: FlowKeys = noFlowKeys,
): FlowReading | undefined {
  const candidates = bestOfEach(collect(root, withUsual(extra)));
  const ids = new Set(candidates.map(({ node }) => node.id));
  // A step may well have a `source` and a `target` of its own, files to copy for one: edges join nodes.
  const joins = ({ ends }: Candidate) =>
    ends !== null && ids.has(ends.source) && ids.has(ends.target);
  const nodes = candidates.filter((candidate) => !joins(candidate)).map(({ node }) => node);
  if (nodes.length === 0) return undefined;
  return {
    format: 'generic',
    name: textAt(root, 'name'),
    flowId: textAt(root, 'id'),
    nodes: nodes.sort((a, b) => a.range.start - b.range.start),
    edges: candidates
      .filter(joins)
      .flatMap(({ ends }) => (ends === null ? [] : [{ ...ends, kind: 'normal' as const }])),
  };
}

/** A value still to be looked at. */
interface Waiting {
  readonly tree: SourceTree;
  /** The entry whose value it is; undefined for the root and in a list. */
  readonly under: SourceEntry | undefined;
  /** The key above that. */
  readonly parentKey: string;
}

/** All keys that count. */
interface CountingKeys {
  readonly identity: readonly string[];
  readonly reference: ReadonlySet<string>;
  readonly name: readonly string[];
}

function withUsual({ identity, reference, name }: FlowKeys): CountingKeys {
  // What somebody calls a reference is no identity, whatever others mean by it.
  const usual = usualIdentityKeys.filter((key) => !reference.includes(key));
  const own = new Set([...identity, ...name]);
  return {
    identity: [...identity, ...usual],
    reference: new Set([...reference, ...[...usualReferenceKeys].filter((key) => !own.has(key))]),
    name: [...name, ...usualNameKeys],
  };
}

function collect(root: SourceTree, keys: CountingKeys): Candidate[] {
  const candidates: Candidate[] = [];
  const seen = new Set<SourceTree>();
  const waiting: Waiting[] = [{ tree: root, under: undefined, parentKey: '' }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { tree, under, parentKey } = next;
    const key = under?.key ?? '';
    // Aliases share their tree: each is looked at once.
    if (tree.kind === 'scalar' || seen.has(tree)) continue;
    seen.add(tree);
    if (tree.kind === 'list') {
      for (const item of tree.items) waiting.push({ tree: item, under: undefined, parentKey: key });
      continue;
    }
    const named = parentsOfNamedSteps.has(parentKey) ? under : undefined;
    const candidate = candidateOf(tree, named, keys);
    // The whole file often has an id of its own: that one is the flow, not a step.
    if (candidate !== undefined && tree !== root) candidates.push(candidate);
    for (const entry of tree.entries) {
      if (keys.reference.has(entry.key)) continue;
      waiting.push({ tree: entry.value, under: entry, parentKey: key });
    }
  }
  return candidates;
}

function candidateOf(
  map: SourceMap,
  named: SourceEntry | undefined,
  keys: CountingKeys,
): Candidate | undefined {
  // The picture of a node carries an id of its own.
  if (scalarAt(map, 'bpmnElement') !== undefined) return undefined;
  const name = keys.name.map((key) => textAt(map, key)).find(Boolean) ?? '';
  const ends = endsOf(map);
  for (const key of keys.identity) {
    const id = scalarAt(map, key);
    if (id === undefined || id.value === null || id.value === '') continue;
    const score = 100 + Math.min(sizeOf(map) - 1, 20);
    return { node: nodeOf(map, String(id.value), name, id.range), score, ends };
  }
  if (named !== undefined) {
    const { key, keyRange } = named;
    const node = nodeOf(map, key, name || key, keyRange);
    // The object doesn't enclose its id, the key before it.
    return { node: { ...node, range: { ...node.range, start: keyRange.start } }, score: 90, ends };
  }
  const displayName = scalarAt(map, 'DisplayName');
  if (typeof displayName?.value !== 'string' || displayName.value === '') return undefined;
  return { node: nodeOf(map, displayName.value, name, displayName.range), score: 60, ends };
}

function nodeOf(map: SourceMap, id: string, name: string, idRange: FlowNode['idRange']): FlowNode {
  const type = textAt(map, 'type') || textAt(map, 'key') || textAt(map, tagKey) || nodeType(id);
  return { id, name, otherName: '', type, parentId: null, idRange, range: map.range };
}

function endsOf(map: SourceMap): Candidate['ends'] {
  for (const [sourceKey, targetKey] of edgeEnds) {
    const source = textAt(map, sourceKey);
    const target = textAt(map, targetKey);
    if (source !== '' && target !== '') return { source, target };
  }
  return null;
}

function sizeOf({ entries }: SourceMap): number {
  const children = entries.find(({ key }) => key === childrenKey)?.value;
  return entries.length + (children?.kind === 'list' ? children.items.length - 1 : 0);
}

/** Of objects with the same id, the likeliest: a reference says less than a definition, an inner object less than an outer. */
function bestOfEach(candidates: readonly Candidate[]): Candidate[] {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const group = groups.get(candidate.node.id);
    const best = group?.[0]?.score ?? 0;
    if (group === undefined || candidate.score > best) groups.set(candidate.node.id, [candidate]);
    else if (candidate.score === best) group.push(candidate);
  }
  return [...groups.values()].flatMap(outermost);
}

function outermost(candidates: readonly Candidate[]): Candidate[] {
  if (candidates.length === 1) return [...candidates];
  let coveredTo = -1;
  return candidates
    .toSorted(
      ({ node: a }, { node: b }) => a.range.start - b.range.start || b.range.end - a.range.end,
    )
    .filter(({ node }) => {
      if (node.range.end <= coveredTo) return false;
      coveredTo = node.range.end;
      return true;
    });
}
