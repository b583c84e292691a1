import type { FlowShapeEdge } from '../trace/flowShape.ts';
import { numberAt, type OnCanvas, onCanvas } from './canvasPlace.ts';
import type { FlowNode, FlowReading } from './flowDocument.ts';
import { scalarAt, type SourceMap, type SourceTree, textAt } from './sourceTree.ts';
import { childrenOf, rootsOf, tagOf } from './xmlElements.ts';

/** What lies on a page and never runs: frames, what is said of pages and of the process, and data. */
const notRun = new Set(['Block', 'SubSheetInfo', 'ProcessInfo', 'Data', 'Collection']);

/**
 * A process, an object or a release of Blue Prism; a release holds whole processes. Each stage stands with an id of its
 * own; where its outcome leads, and on which page it is, are references. Undefined for any other XML.
 */
export function readBluePrismFlow(tree: SourceTree): FlowReading | undefined {
  const root = rootsOf(tree).find((element) => /^(?:process|object|release)$/.test(tagOf(element)));
  const stages = root === undefined ? [] : stagesIn(root);
  if (root === undefined || stages.length === 0) return undefined;
  const running = stages.filter((stage) => !notRun.has(textAt(stage, 'type')));
  return {
    format: 'bluePrism',
    name: textAt(root, 'name'),
    flowId: '',
    nodes: running.flatMap(readStage),
    edges: running.flatMap(edgesOf),
  };
}

function stagesIn(element: SourceMap): SourceMap[] {
  return childrenOf(element).flatMap((child) =>
    tagOf(child) === 'stage' ? [child] : stagesIn(child),
  );
}

function readStage(stage: SourceMap): FlowNode[] {
  const id = scalarAt(stage, 'stageid');
  if (typeof id?.value !== 'string' || id.value === '') return [];
  const type = textAt(stage, 'type');
  return [
    {
      ...{ id: id.value, name: textAt(stage, 'name'), otherName: '', type, parentId: null },
      ...{ idRange: id.range, range: stage.range, ...placeOf(stage) },
    },
  ];
}

/** A child of its own, or in older files a child for each number. The main page has no id. */
function placeOf(stage: SourceMap): OnCanvas {
  const display = childrenOf(stage).find((child) => tagOf(child) === 'display');
  const [x, y] = (['x', 'y'] as const).map(
    (axis) => numberAt(display, axis) ?? numberAt(stage, `display${axis}`),
  );
  return onCanvas(x, y, textAt(stage, 'subsheetid'));
}

function edgesOf(stage: SourceMap): FlowShapeEdge[] {
  const source = textAt(stage, 'stageid');
  const choices = childrenOf(stage)
    .filter((child) => tagOf(child) === 'choices')
    .flatMap((list) => childrenOf(list));
  const to = (target: string, kind: FlowShapeEdge['kind']) =>
    target === '' ? [] : [{ source, target, kind }];
  return [
    ...to(textAt(stage, 'onsuccess'), 'normal'),
    ...to(textAt(stage, 'ontrue'), 'branch'),
    ...to(textAt(stage, 'onfalse'), 'branch'),
    ...choices.flatMap((choice) => to(textAt(choice, 'ontrue'), 'branch')),
  ];
}
