import type { FlowShapeEdge } from '../trace/flowShape.ts';
import { numberAt, onCanvas } from './canvasPlace.ts';
import type { FlowNode, FlowReading } from './flowDocument.ts';
import { at, itemsOf, scalarAt, type SourceTree, textAt } from './sourceTree.ts';

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
    nodes: items.filter(runs).flatMap((item) => readNode(item, instances)),
    edges: items.filter(runs).flatMap(edgesOf),
  };
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
