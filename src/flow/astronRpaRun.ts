import { atomType } from './astronRpaFlow.ts';
import { declaredInput } from './declaredInputs.ts';
import type { FlowNode, FlowReading, OffsetRange } from './flowDocument.ts';
import { parseJsonTree } from './jsonTree.ts';
import { at, itemsOf, scalarAt, type SourceEntry, type SourceTree, textAt } from './sourceTree.ts';
import { linesOf } from './textLines.ts';
import { withInputs } from './withInputs.ts';

/** A step and what else it is called. */
interface NamedNode {
  readonly node: FlowNode;
  readonly others: readonly string[];
}

/**
 * The `package.json` that a run of the robot leaves beside its Python files: for each process a table of
 * `[line, id, alias, key]`. Undefined for any other `package.json`.
 */
export function readAstronRpaRun(root: SourceTree): FlowReading | undefined {
  const processes = at(root, 'process_info');
  if (processes?.kind !== 'map') return undefined;
  return readingOf(
    textAt(root, 'project_info', 'project_name'),
    processes.entries.flatMap(nodesOf),
  );
}

function nodesOf({ key: processId, value: process }: SourceEntry): NamedNode[] {
  const file = textAt(process, 'process_file_name').replace(/\.py$/i, '');
  const given = itemsOf(at(process, 'process_params'))
    .filter((one) => textAt(one, 'varDirection') === '0')
    .flatMap((one) => declaredInput(textAt(one, 'varName'), textAt(one, 'varType')));
  return itemsOf(at(process, 'process_meta')).flatMap((row, index) => {
    const [line, id, alias, key] = itemsOf(row);
    if (id?.kind !== 'scalar' || typeof id.value !== 'string' || id.value === '') return [];
    const names = [processId, ...(file === '' ? [] : [file])];
    const called = { name: textOf(alias), key: textOf(key) };
    const node = nodeOf(id.value, called, id.range, row.range);
    return {
      // What a process is given is what its first atom finds.
      node: index === 0 ? withInputs(node, given) : node,
      others: names.map((name) => `${name}:${textOf(line)}`),
    };
  });
}

/**
 * The report of a run, an object a line: the steps that it tells of, each at the last line that says how it failed, else
 * at its last one. Undefined for any other text.
 */
export function readAstronRpaReport(text: string): FlowReading | undefined {
  const told = new Map<string, NamedNode & { readonly isError: boolean }>();
  for (const { start, end } of linesOf(text)) {
    const line = text.slice(start, end);
    // Most lines of a long one tell of no step.
    if (!line.includes('"line_id"')) continue;
    const root = treeOf(line, start);
    const step = root && toldStep(at(root, 'data'), { start, end });
    if (step === undefined) continue;
    const known = told.get(step.node.id);
    if (known?.isError !== true || step.isError) told.set(step.node.id, step);
  }
  return told.size === 0 ? undefined : readingOf('', [...told.values()]);
}

/** A line that can't be read tells of no step; the others do. */
function treeOf(line: string, start: number): SourceTree | undefined {
  try {
    return parseJsonTree(line, (offset) => start + offset).tree;
  } catch {
    return undefined;
  }
}

function toldStep(data: SourceTree | undefined, range: OffsetRange) {
  const id = scalarAt(data, 'line_id');
  if (typeof id?.value !== 'string' || id.value === '') return undefined;
  const process = textAt(data, 'process_id');
  const line = textAt(data, 'line');
  const called = { name: textAt(data, 'atomic'), key: textAt(data, 'key') };
  return {
    node: nodeOf(id.value, called, id.range, range),
    others: process === '' || line === '' ? [] : [`${process}:${line}`],
    isError: textAt(data, 'status') === 'error',
  };
}

/** Of tens of thousands of lines, which nobody draws. */
const mostMap = 1_000_000;
/** A pair of what is beside a program that the robot's engine generated: `line of the program:line of the process`. */
const mapPair = /(?:^\uFEFF)?(\d{1,9}):(\d{1,9})(?:,|\s*$)/gy;

/**
 * The table of the lines of a program, `main.map` beside `main.py`: each as a traceback names it, with what the other files
 * of its run call it. Of one that was cut off, as by a robot that was killed, what is before. Undefined for any other text.
 */
export function readAstronRpaMap(text: string, fileName: string): FlowReading | undefined {
  if (text.length > mostMap) return undefined;
  const name = fileName.replace(/\.map$/i, '');
  const otherIds = new Map<string, string>();
  let end = 0;
  const nodes = [...text.matchAll(mapPair)].map(({ 0: pair, 1: own = '', 2: line = '', index }) => {
    const id = `${name}.py:${own}`;
    otherIds.set(id, `${name}:${line}`);
    end = index + pair.length;
    const start = index + pair.indexOf(own);
    const range = { start, end: start + own.length + 1 + line.length };
    return nodeOf(id, { name: '', key: '' }, { start, end: start + own.length }, range);
  });
  if (nodes.length === 0) return undefined;
  const isCut = end < text.length || text.endsWith(',');
  return { ...readingOf(name, []), nodes, otherIds, ...(isCut ? { isPartial: true } : {}) };
}

function readingOf(name: string, named: readonly NamedNode[]): FlowReading {
  const otherIds = new Map(
    named.flatMap(({ node, others }) => others.map((other) => [other, node.id] as const)),
  );
  return {
    // Without an id of the flow: what people edit is bound before what a run leaves.
    ...{ format: 'astronRpaRun', name, flowId: '', edges: [] },
    ...{ nodes: named.map(({ node }) => node), otherIds },
  };
}

function nodeOf(
  id: string,
  { name, key }: { readonly name: string; readonly key: string },
  idRange: OffsetRange,
  range: OffsetRange,
): FlowNode {
  return { id, name, otherName: '', type: atomType(key), parentId: null, idRange, range };
}

function textOf(tree: SourceTree | undefined): string {
  return tree?.kind === 'scalar' && typeof tree.value === 'string' ? tree.value : '';
}
