import type { FlowShapeEdge } from '../trace/flowShape.ts';
import type { FlowNode, FlowReading } from './flowDocument.ts';
import { inputsOfSchema } from './declaredInputs.ts';
import { expressionPorts, type NamedOutput, pathOf, textsOf } from './expressionPorts.ts';
import { VariablePorts } from './variablePorts.ts';
import { at, itemsOf, type SourceEntry, type SourceTree, textAt } from './sourceTree.ts';
import { withInputs } from './withInputs.ts';

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
  const variables = new VariablePorts();
  const found: Found = { nodes: [], edges: [], variables };
  for (const definition of definitions) {
    const triggers = entriesOf(at(definition, 'triggers'));
    const [trigger] = triggers;
    const read = (text: string) => namedIn(text, triggers.length === 1 ? trigger?.key : undefined);
    for (const each of triggers) found.nodes.push(nodeOf(each, null, read));
    const first = addActions(at(definition, 'actions'), null, { ...found, read });
    for (const source of triggers) {
      for (const target of first) found.edges.push({ source: source.key, target, kind: 'normal' });
    }
  }
  const name = textAt(root, 'properties', 'displayName') || textAt(root, 'name');
  const nodes = variables.addTo(found.nodes);
  return { format: 'logicApps', name, flowId: '', nodes, edges: found.edges };
}

interface Found {
  readonly nodes: FlowNode[];
  readonly edges: FlowShapeEdge[];
  readonly variables: VariablePorts;
}

type Read = (text: string) => readonly NamedOutput[];

const way = String.raw`((?:\?{0,2}\[(?:'[^']{1,200}'|\d{1,9})\]){0,50})`;
const ofAction = new RegExp(
  String.raw`\b(outputs|body|actionOutputs|actionBody)\('([^']{1,200})'\)${way}`,
  'g',
);
/** What may hold expressions beside what an action is given: what a loop goes through, and by what a way is chosen. */
const choices = /^(?:foreach|expression|limit)$/;
const ofVariable = new RegExp(String.raw`\bvariables\('([^']{1,200})'\)${way}`, 'g');
/** Actions that set a variable. */
const setters =
  /^(?:(?:Initialize|Set|Increment|Decrement)Variable|AppendTo(?:String|Array)Variable)$/i;
const ofTrigger = new RegExp(String.raw`\b(triggerOutputs|triggerBody)\(\)${way}`, 'g');

/** What an expression names: `@{outputs('Compose')?['body/total']}`. */
function namedIn(text: string, trigger: string | undefined): readonly NamedOutput[] {
  if (!text.includes('@')) return [];
  const path = (of: string, written: string) =>
    [/body/i.test(of) ? 'body' : '', pathOf(written)].filter((part) => part !== '').join('.');
  const named = [...text.matchAll(ofAction)].map(([, of = '', source = '', written = '']) => {
    return { source, path: path(of, written) };
  });
  if (trigger === undefined) return named;
  const started = [...text.matchAll(ofTrigger)].map(([, of = '', written = '']) => {
    return { source: trigger, path: path(of, written) };
  });
  return [...named, ...started];
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
  found: Found & { readonly read: Read },
): string[] {
  const first: string[] = [];
  for (const action of entriesOf(actions)) {
    const { key, value } = action;
    found.nodes.push(nodeOf(action, parent, found.read));
    readVariables(action, found.variables);
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

function nodeOf(
  { key, keyRange, value }: SourceEntry,
  parentId: string | null,
  read: Read,
): FlowNode {
  // People see the key with blanks.
  const name = textAt(value, 'metadata', 'displayName') || key;
  const inputs = at(value, 'inputs');
  const ports = expressionPorts(settingsOf(value), read);
  const node: FlowNode = {
    ...{
      id: key,
      name,
      otherName: key.replaceAll('_', ' '),
      type: textAt(value, 'type'),
      parentId,
    },
    // The object doesn't enclose its id, the key before it.
    ...{ idRange: keyRange, range: { start: keyRange.start, end: value.range.end } },
    ...(ports === undefined ? {} : { ports }),
  };
  // A request that starts the flow, and what is to be parsed, tell what they are given.
  return withInputs(node, inputsOfSchema(at(inputs, 'schema')));
}

/** What an action is given, and by what it chooses. What is composed has no name of its own. */
function settingsOf(action: SourceTree): SourceTree {
  const inputs = at(action, 'inputs');
  const own = entriesOf(action).filter(({ key, value }) => {
    return choices.test(key) || (key === 'inputs' && value.kind === 'scalar');
  });
  return { kind: 'map', range: action.range, entries: [...entriesOf(inputs), ...own] };
}

/** The variables of a flow: they are of all its steps. */
function readVariables({ key: node, value: action }: SourceEntry, variables: VariablePorts): void {
  for (const { key, value } of entriesOf(settingsOf(action))) {
    for (const { field, text, range } of textsOf(key, value)) {
      if (!text.includes('@')) continue;
      for (const [, variable = '', path = ''] of text.matchAll(ofVariable)) {
        const names = [...new Set([key, field])];
        variables.read({ node, variable, names, path: pathOf(path), range });
      }
    }
  }
  if (!setters.test(textAt(action, 'type'))) return;
  const inputs = at(action, 'inputs');
  const holders = [inputs, ...itemsOf(at(inputs, 'variables'))];
  for (const variable of holders.map((holder) => textAt(holder, 'name'))) {
    if (variable === '') continue;
    variables.set({ node, variable, names: [...new Set([variable, 'value', 'body'])] });
  }
}

/** Steps and the like; what is no object is none. */
function entriesOf(tree: SourceTree | undefined): readonly SourceEntry[] {
  return tree?.kind === 'map' ? tree.entries : [];
}
