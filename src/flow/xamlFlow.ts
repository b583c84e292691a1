import type { FlowShapeEdge } from '../trace/flowShape.ts';
import type { PortType } from '../trace/portType.ts';
import { declaredInput } from './declaredInputs.ts';
import type { FlowNode, FlowReading } from './flowDocument.ts';
import {
  scalarAt,
  type SourceMap,
  type SourceScalar,
  type SourceTree,
  textAt,
} from './sourceTree.ts';
import { VariablePorts } from './variablePorts.ts';
import { withInputs } from './withInputs.ts';
import { readXamlVariables } from './xamlVariables.ts';
import { childrenOf, rootsOf, tagOf } from './xmlElements.ts';

/** The id of an activity, an attribute or an element of its own; unique in a file. */
const idKey = 'WorkflowViewState.IdRef';
/** How activities are drawn; there each id stands once more. */
const viewState = 'ViewState';
/** What hangs in an arrow, or in the step before, because that one names it first. */
const hangingIn: ReadonlyMap<string, RegExp> = new Map([
  ['State', /^StateMachine$/],
  ...['FlowStep', 'FlowDecision', 'FlowSwitch'].map((tag) => [tag, /^Flowchart$/] as const),
]);

/**
 * A workflow of UiPath or OpenRPA. An activity is known by its id, else by the name that people see, which is all that
 * logs tell. Undefined for other XAML, which describes windows.
 */
export function readXamlFlow(tree: SourceTree): FlowReading | undefined {
  const root = rootsOf(tree).find((element) => tagOf(element) === 'Activity');
  if (root === undefined) return undefined;
  const variables = new VariablePorts();
  const found: Found = { nodes: [], jumps: [], idsByName: new Map(), variables };
  for (const child of childrenOf(root)) readElement(child, [], found);
  const [first] = found.nodes;
  // The arguments of the workflow are what its outermost activity is started with.
  if (first !== undefined) found.nodes[0] = withInputs(first, argumentsOf(root));
  const edges = found.jumps.flatMap(({ source, target, kind }) => {
    const id = typeof target === 'string' ? target : found.idsByName.get(target.name);
    return id === undefined ? [] : [{ source, target: id, kind }];
  });
  const nodes = variables.addTo(found.nodes);
  return { format: 'xaml', name: textAt(root, 'Class'), flowId: '', nodes, edges };
}

/** `InArgument(x:String)`, of which the prefix is a matter of the file. */
const inArgument = /^In(?:Out)?Argument\((?:\w+:)?(\w+)(\[\])?/;

function argumentsOf(root: SourceMap): readonly PortType[] {
  const members = childrenOf(root).filter((child) => tagOf(child) === 'Members');
  return members.flatMap(childrenOf).flatMap((property) => {
    const [, type = '', list] = inArgument.exec(textAt(property, 'Type')) ?? [];
    const name = type === '' ? '' : textAt(property, 'Name');
    return declaredInput(name, list === undefined ? type : 'array');
  });
}

/** What was read so far. */
interface Found {
  readonly nodes: FlowNode[];
  readonly jumps: Jump[];
  /** What others call an element that they don't hold themselves. */
  readonly idsByName: Map<string, string>;
  readonly variables: VariablePorts;
}

/** Where an element leads: to one that it holds, or to one of a name, which may come later. */
interface Jump {
  readonly source: string;
  readonly target: string | { readonly name: string };
  readonly kind: FlowShapeEdge['kind'];
}

/** An element around another that is an activity. */
interface Around {
  readonly id: string;
  readonly tag: string;
}

function readElement(element: SourceMap, around: readonly Around[], found: Found): void {
  const tag = tagOf(element);
  if (tag.includes(viewState)) return;
  const id = idOf(element, tag);
  if (id === undefined) {
    for (const child of childrenOf(element)) readElement(child, around, found);
    return;
  }
  const name = shownName(element);
  const reference = textAt(element, 'x:Name');
  if (reference !== '') found.idsByName.set(reference, String(id.value));
  found.jumps.push(...jumpsOf(element, tag, String(id.value)));
  found.nodes.push({
    ...{ id: String(id.value), name, otherName: name === '' ? tag : '', type: tag },
    ...{ parentId: parentOf(tag, around), idRange: id.range, range: element.range },
  });
  readXamlVariables(element, String(id.value), isActivity, found.variables);
  const inside = [...around, { id: String(id.value), tag }];
  for (const child of childrenOf(element)) readElement(child, inside, found);
}

/** What has variables of its own, or says how something looks. */
function isActivity(element: SourceMap): boolean {
  const tag = tagOf(element);
  return tag.includes(viewState) || idOf(element, tag) !== undefined;
}

/** What follows an element, by the property that names it. */
const leads: ReadonlyMap<string, readonly string[]> = new Map([
  ['FlowStep', ['Next']],
  ['FlowDecision', ['True', 'False']],
  ['FlowSwitch', ['Default']],
  ['Transition', ['To']],
]);

function jumpsOf(element: SourceMap, tag: string, source: string): Jump[] {
  const names = leads.get(tag.replace(/\(.*$/s, '')) ?? [];
  if (names.length === 0) return [];
  const kind = /^Flow(?:Decision|Switch)/.test(tag) ? 'branch' : 'normal';
  const properties = new Set(names.map((name) => `${tag}.${name}`));
  const children = childrenOf(element);
  const held = children.filter((child) => properties.has(tagOf(child)));
  const targets = [
    ...held.flatMap((property) => targetsIn(property)),
    ...names.flatMap((name) => {
      // Short for an element that holds but a reference.
      const [, named] = /^\{x:Reference (.+)\}$/s.exec(textAt(element, name)) ?? [];
      return named === undefined ? [] : [{ name: named }];
    }),
    // The cases of a switch stand in it, beside what else it has.
    ...(names[0] === 'Default' ? targetsIn(element) : []),
  ];
  return targets.map((target) => ({ source, target, kind }));
}

function targetsIn(holder: SourceMap): Jump['target'][] {
  const name = textAt(holder, 'Reference');
  const steps = childrenOf(holder).flatMap((child): Jump['target'][] => {
    const tag = tagOf(child);
    if (!/^(?:State|Flow(?:Step|Decision|Switch))(?:\(|$)/.test(tag)) return [];
    const id = idOf(child, tag);
    return id === undefined ? [] : [String(id.value)];
  });
  return [...(name === '' ? [] : [{ name }]), ...steps];
}

function idOf(element: SourceTree, tag: string): SourceScalar | undefined {
  const id = scalarAt(element, idKey);
  if (typeof id?.value === 'string' && id.value.trim() !== '') return id;
  // `<Sequence.Variables>` is a property, no activity.
  if (tag.includes('.') || shownName(element) === '') return undefined;
  return scalarAt(element, 'DisplayName');
}

function shownName(element: SourceTree): string {
  const name = textAt(element, 'DisplayName');
  return name === '{x:Null}' || name.trim() === '' ? '' : name;
}

function parentOf(tag: string, around: readonly Around[]): string | null {
  const holder = hangingIn.get(tag);
  const held = holder && around.findLast((outer) => holder.test(outer.tag));
  return (held ?? around.at(-1))?.id ?? null;
}
