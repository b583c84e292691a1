import type { FlowNode, FlowReading } from './flowDocument.ts';
import {
  scalarAt,
  type SourceMap,
  type SourceScalar,
  type SourceTree,
  textAt,
} from './sourceTree.ts';
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
  const nodes: FlowNode[] = [];
  for (const child of childrenOf(root)) readElement(child, [], nodes);
  return { format: 'xaml', name: textAt(root, 'Class'), flowId: '', nodes, edges: [] };
}

/** An element around another that is an activity. */
interface Around {
  readonly id: string;
  readonly tag: string;
}

function readElement(element: SourceMap, around: readonly Around[], nodes: FlowNode[]): void {
  const tag = tagOf(element);
  if (tag.includes(viewState)) return;
  const id = idOf(element, tag);
  if (id === undefined) {
    for (const child of childrenOf(element)) readElement(child, around, nodes);
    return;
  }
  const name = shownName(element);
  nodes.push({
    ...{ id: String(id.value), name, otherName: name === '' ? tag : '', type: tag },
    ...{ parentId: parentOf(tag, around), idRange: id.range, range: element.range },
  });
  const inside = [...around, { id: String(id.value), tag }];
  for (const child of childrenOf(element)) readElement(child, inside, nodes);
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
