import type { FlowShapeEdge } from '../trace/flowShape.ts';
import type { FlowNode, FlowReading } from './flowDocument.ts';
import { at, itemsOf, type SourceEntry, type SourceTree, textAt } from './sourceTree.ts';

/** Statuses after which an action goes on although the one before it did not do its work. */
const failures = new Set(['FAILED', 'TIMEDOUT']);

/**
 * A workflow of Logic Apps or a cloud flow of Power Automate. A step is known by the key that it stands under, and runs
 * are told by that; `operationMetadataId` is kept by copies. Undefined for any other file.
 */
export function readLogicAppsFlow(root: SourceTree): FlowReading | undefined {
  const definitions = [
    ...[root, at(root, 'definition'), at(root, 'properties', 'definition')],
    // A template of resources, as it is deployed.
    ...itemsOf(at(root, 'resources')).map((resource) => at(resource, 'properties', 'definition')),
  ].filter(isDefinition);
  if (definitions.length === 0) return undefined;
  const found: Found = { nodes: [], edges: [] };
  for (const definition of definitions) {
    const triggers = entriesOf(at(definition, 'triggers'));
    for (const trigger of triggers) found.nodes.push(nodeOf(trigger, null));
    const first = addActions(at(definition, 'actions'), null, found);
    for (const source of triggers) {
      for (const target of first) found.edges.push({ source: source.key, target, kind: 'normal' });
    }
  }
  const name = textAt(root, 'properties', 'displayName') || textAt(root, 'name');
  return { format: 'logicApps', name, flowId: '', ...found };
}

interface Found {
  readonly nodes: FlowNode[];
  readonly edges: FlowShapeEdge[];
}

function isDefinition(tree: SourceTree | undefined): tree is SourceTree {
  const actions = at(tree, 'actions');
  if (actions?.kind !== 'map') return false;
  if (/\/workflowdefinition\.json/i.test(textAt(tree, '$schema'))) return true;
  return actions.entries.some(({ value }) => at(value, 'runAfter')?.kind === 'map');
}

/** Adds actions and what stands in them; answers with those that run first. */
function addActions(
  actions: SourceTree | undefined,
  parent: string | null,
  found: Found,
): string[] {
  const first: string[] = [];
  for (const action of entriesOf(actions)) {
    const { key, value } = action;
    found.nodes.push(nodeOf(action, parent));
    const before = entriesOf(at(value, 'runAfter'));
    if (before.length === 0) first.push(key);
    for (const { key: source, value: statuses } of before) {
      found.edges.push({ source, target: key, kind: isFailure(statuses) ? 'fail' : 'normal' });
    }
    for (const inner of bodiesOf(value)) addActions(inner, key, found);
  }
  return first;
}

/** Where a step holds others: its body, what else is done, and each case. */
function bodiesOf(action: SourceTree): (SourceTree | undefined)[] {
  return [
    at(action, 'actions'),
    at(action, 'else', 'actions'),
    ...entriesOf(at(action, 'cases')).map(({ value }) => at(value, 'actions')),
    at(action, 'default', 'actions'),
  ];
}

function isFailure(statuses: SourceTree): boolean {
  const texts = itemsOf(statuses).map((status) =>
    status.kind === 'scalar' ? String(status.value).toUpperCase() : '',
  );
  return !texts.includes('SUCCEEDED') && texts.some((status) => failures.has(status));
}

function nodeOf({ key, keyRange, value }: SourceEntry, parentId: string | null): FlowNode {
  // People see the key with blanks.
  const name = textAt(value, 'metadata', 'displayName') || key;
  return {
    ...{
      id: key,
      name,
      otherName: key.replaceAll('_', ' '),
      type: textAt(value, 'type'),
      parentId,
    },
    // The object doesn't enclose its id, the key before it.
    ...{ idRange: keyRange, range: { start: keyRange.start, end: value.range.end } },
  };
}

/** Steps and the like; what is no object is none. */
function entriesOf(tree: SourceTree | undefined): readonly SourceEntry[] {
  return tree?.kind === 'map' ? tree.entries : [];
}
