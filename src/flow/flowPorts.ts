import type { FlowPorts, FlowReference } from './flowDocument.ts';
import { type PortType, portTypes } from '../trace/portType.ts';
import { at, itemsOf, scalarAt, type SourceTree, textAt } from './sourceTree.ts';

/** So many of a node: a form of a hundred fields is a long one. */
const mostPorts = 200;
/** A prompt may have pages. */
const mostText = 100_000;

/** Names between braces, up to the first dot or bracket; what begins with an underscore is the engine's own. */
const named = /\{\{\s*([^\s{}.[\]_][^\s{}.[\]]*)/g;

/** What a node of an astron flow is given and gives; undefined where it has neither. */
export function portsOf(data: SourceTree | undefined): FlowPorts | undefined {
  const given = itemsOf(at(data, 'inputs')).slice(0, mostPorts);
  const inputs = given.flatMap(typeOf);
  const references = given.flatMap(referenceOf);
  const outputs = itemsOf(at(data, 'outputs'))
    .slice(0, mostPorts)
    .map((output) => ({ id: textAt(output, 'id'), name: textAt(output, 'name') }));
  const inTexts = namesInTexts(at(data, 'nodeParam'));
  const isNone = inputs.length + references.length + outputs.length + inTexts.length === 0;
  if (isNone) return undefined;
  return { references, outputs, inTexts, ...(inputs.length === 0 ? {} : { inputs }) };
}

/** A form writes `array-string`, the engine `array` with its items. */
function typeOf(input: SourceTree): PortType[] {
  const name = textAt(input, 'name');
  const [type = ''] = textAt(input, 'schema', 'type').split('-');
  const known = portTypes.find((one) => one === type);
  return name === '' ? [] : [{ name, type: known ?? null }];
}

function referenceOf(input: SourceTree): FlowReference[] {
  const value = at(input, 'schema', 'value');
  const named = scalarAt(value, 'content', 'name');
  if (textAt(value, 'type') !== 'ref') return [];
  const source = textAt(value, 'content', 'nodeId');
  const path = textAt(value, 'content', 'name');
  if (named === undefined || source === '' || path === '') return [];
  const outputId = textAt(value, 'content', 'id');
  return [{ input: textAt(input, 'name'), source, outputId, path, range: named.range }];
}

/** Of all texts of its settings, whatever they are called. */
function namesInTexts(settings: SourceTree | undefined): string[] {
  const names = new Set<string>();
  const todo = settings === undefined ? [] : [settings];
  for (let tree = todo.pop(); tree !== undefined; tree = todo.pop()) {
    if (tree.kind === 'list') todo.push(...tree.items);
    else if (tree.kind === 'map') todo.push(...tree.entries.map(({ value }) => value));
    else if (typeof tree.value === 'string' && tree.value.includes('{{')) {
      for (const [, name = ''] of tree.value.slice(0, mostText).matchAll(named)) {
        if (names.size < mostPorts) names.add(name);
      }
    }
  }
  return [...names];
}
