import type { FlowShapeEdge } from '../trace/flowShape.ts';
import { numberAt, onCanvas } from './canvasPlace.ts';
import { expressionPorts, pathOf } from './expressionPorts.ts';
import type { FlowNode, FlowPorts, FlowReading, FlowReference } from './flowDocument.ts';
import { at, itemsOf, scalarAt, type SourceScalar, type SourceTree, textAt } from './sourceTree.ts';
import { VariablePorts } from './variablePorts.ts';

/** What lies on the canvas and never runs. */
const notRun = new Set(['tab', 'subflow', 'group', 'comment']);

/**
 * The flows of Node-RED: a list of nodes, or an object that holds it. Tabs, groups and configurations have ids as well;
 * what runs has `wires`. Undefined for any other file.
 */
export function readNodeRedFlow(root: SourceTree): FlowReading | undefined {
  const items = itemsOf(root.kind === 'list' ? root : at(root, 'flows'));
  if (!items.some((item) => runs(item) && textAt(item, 'z') !== '')) return undefined;
  const instances = instancesOf(items);
  return {
    format: 'nodeRed',
    name: textAt(
      items.find((item) => textAt(item, 'type') === 'tab'),
      'label',
    ),
    flowId: '',
    nodes: withPorts(items, instances),
    edges: items.filter(runs).flatMap(edgesOf),
  };
}

/** The way to a field, as code writes it. */
const way = String.raw`((?:\??\.?\[(?:\d{1,9}|"[^"]{0,200}"|'[^']{0,200}')\]|\??\.[\p{ID_Start}_$][\p{ID_Continue}$]{0,200}){0,50})`;
/** `msg.payload.total` of code; what stands in front of an `=` is set, not read. */
const ofMessage = new RegExp(String.raw`\bmsg${way}(?!\s*=[^=>])`, 'gu');
/** `{{payload.total}}` of a template. */
const ofTemplate = /\{\{[{&]?\s*([^\s{}#/^!>&]{1,200})\s*\}?\}\}/g;
/** `flow.get("total")`, `global.set('total', …)`: kept beside the message, for all nodes of a tab or of all. */
const ofContext = /\b(flow|global)\.(get|set)\(\s*(?:"([^"]{1,200})"|'([^']{1,200})')/g;
/** The fields that name a property of the message, by the field that says so. */
const typed: ReadonlyMap<string, string> = new Map([
  ...[['property', 'propertyType'] as const, ['complete', 'targetType'] as const],
  ...[['p', 'pt'] as const, ['to', 'tot'] as const, ['from', 'fromt'] as const],
]);
/** What says nothing of the message, or is code. */
const setting = /^(?:wires|links|scope|id|z|name|type|func|initialize|finalize|info|x|y)$/;

/** With what nodes read of the message: that of the node before, where it is but one. */
function withPorts(
  items: readonly SourceTree[],
  instances: ReadonlyMap<string, string | null>,
): readonly FlowNode[] {
  const before = new Map<string, string[]>();
  for (const { source, target } of items.filter(runs).flatMap(edgesOf)) {
    const known = before.get(target);
    if (known === undefined) before.set(target, [source]);
    else known.push(source);
  }
  const variables = new VariablePorts();
  const nodes = items.filter(runs).flatMap((item) => {
    readContext(item, variables);
    const [source, ...others] = before.get(textAt(item, 'id')) ?? [];
    // Of several before it nobody knows whose message it was.
    const read = source === undefined || others.length > 0 ? undefined : source;
    return readNode(item, instances).map((node) => {
      const ports = read === undefined ? undefined : messagePorts(item, read);
      return ports === undefined ? node : { ...node, ports };
    });
  });
  return variables.addTo(nodes);
}

function messagePorts(item: SourceTree, source: string): FlowPorts | undefined {
  if (item.kind !== 'map') return undefined;
  const entries = item.entries.filter(({ key }) => !setting.test(key));
  const byTemplates = expressionPorts({ ...item, entries }, (text) =>
    [...text.matchAll(ofTemplate)].map(([, path = '']) => ({ source, path: pathOf(path) })),
  );
  const given = [...(byTemplates?.references ?? []), ...propertiesOf(item, source)];
  const code = scalarAt(item, 'func');
  const read = [...given, ...(code === undefined ? [] : ofCode(code, source))];
  // What a node gets is called as it is in the message, whatever it makes of it.
  const whole = new Map(
    read.flatMap(({ path, range }) => {
      const [name = ''] = path.split(/[.[]/);
      const of = { input: name, source, outputId: '', path: name };
      return name === '' ? [] : [[name, range === undefined ? of : { ...of, range }] as const];
    }),
  );
  const references = [...whole.values(), ...given.filter(({ input }) => !whole.has(input))];
  if (references.length === 0) return undefined;
  return { references: references.slice(0, mostProperties), outputs: [], inTexts: [] };
}

function ofCode({ value, range }: SourceScalar, source: string): FlowReference[] {
  if (typeof value !== 'string') return [];
  return [...value.slice(0, mostCode).matchAll(ofMessage)].map(([, path = '']) => {
    return { input: '', source, outputId: '', path: pathOf(path), range };
  });
}

/** Settings that are the name of a property, and rules that hold such. */
function propertiesOf(item: SourceTree, source: string): FlowReference[] {
  return [item, ...itemsOf(at(item, 'rules'))].flatMap((holder) =>
    [...typed].flatMap(([field, type]): FlowReference[] => {
      const named = scalarAt(holder, field);
      const said = textAt(holder, type);
      const isMessage = said === 'msg' || (said === '' && field === 'property');
      if (!isMessage || typeof named?.value !== 'string' || named.value === '') return [];
      const path = pathOf(named.value);
      return [{ input: field, source, outputId: '', path, range: named.range }];
    }),
  );
}

/** A switch has some rules, a message some properties. */
const mostProperties = 200;
/** A program may have pages. */
const mostCode = 100_000;

function readContext(item: SourceTree, variables: VariablePorts): void {
  const code = scalarAt(item, 'func');
  const node = textAt(item, 'id');
  if (typeof code?.value !== 'string') return;
  for (const [, of, does, double, single] of code.value.slice(0, mostCode).matchAll(ofContext)) {
    const name = double ?? single ?? '';
    const variable = `${of === 'global' ? '' : textAt(item, 'z')} ${name}`;
    if (does === 'set') variables.set({ node, variable, names: [name] });
    else variables.read({ node, variable, names: [name], path: '', range: code.range });
  }
}

function runs(item: SourceTree): boolean {
  return at(item, 'wires')?.kind === 'list' && !notRun.has(textAt(item, 'type'));
}

/** Of each subflow the node that stands for it, where there is but one. */
function instancesOf(items: readonly SourceTree[]): ReadonlyMap<string, string | null> {
  const instances = new Map<string, string | null>();
  for (const item of items) {
    const [, subflow] = /^subflow:(.+)$/s.exec(textAt(item, 'type')) ?? [];
    if (subflow === undefined) continue;
    instances.set(subflow, instances.has(subflow) ? null : textAt(item, 'id'));
  }
  return instances;
}

function readNode(item: SourceTree, instances: ReadonlyMap<string, string | null>): FlowNode[] {
  const id = scalarAt(item, 'id');
  if (typeof id?.value !== 'string' || id.value === '') return [];
  const type = textAt(item, 'type');
  return [
    {
      ...{ id: id.value, name: textAt(item, 'name'), otherName: '', type },
      parentId: instances.get(textAt(item, 'z')) ?? null,
      ...{ idRange: id.range, range: item.range },
      // Each tab and each subflow is a canvas of its own.
      ...onCanvas(numberAt(item, 'x'), numberAt(item, 'y'), textAt(item, 'z')),
    },
  ];
}

function edgesOf(item: SourceTree): FlowShapeEdge[] {
  const id = textAt(item, 'id');
  const outputs = itemsOf(at(item, 'wires'));
  const kind = outputs.length > 1 ? 'branch' : 'normal';
  const wires = outputs.flatMap(textsOf).map((target) => ({ source: id, target, kind }) as const);
  const isCatch = textAt(item, 'type') === 'catch';
  const isLink = textAt(item, 'type') === 'link out';
  return [
    ...wires,
    ...(isLink ? textsOf(at(item, 'links')) : []).map(
      (target) => ({ source: id, target, kind: 'normal' }) as const,
    ),
    // Without a scope it catches what fails anywhere in its tab.
    ...(isCatch ? textsOf(at(item, 'scope')) : []).map(
      (source) => ({ source, target: id, kind: 'fail' }) as const,
    ),
  ];
}

function textsOf(list: SourceTree | undefined): string[] {
  return itemsOf(list).flatMap((item) =>
    item.kind === 'scalar' && typeof item.value === 'string' ? [item.value] : [],
  );
}
