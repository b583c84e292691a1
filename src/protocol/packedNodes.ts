import type { NodeStatus } from '../trace/tree.ts';
import type { MarkedNode, MarkedRun, PackedNodes } from './marks.ts';

const statuses: readonly NodeStatus[] = [
  ...(['succeeded', 'failed', 'recovered', 'running', 'unended'] as const),
  ...(['stalled', 'cancelled', 'notRun'] as const),
];
/** What is true of a run, each a bit. */
const flagNames = ['failing', 'notYet', 'attempts', 'isMadeGood', 'inferred'] as const;
const offsetsEach = 4;
const numbersEach = 11;

/** For the way through a message. */
export function packNodes(nodes: readonly MarkedNode[]): PackedNodes {
  const offsets = new Float64Array(nodes.length * offsetsEach);
  const numbers = new Float64Array(nodes.length * numbersEach);
  for (const [index, node] of nodes.entries()) {
    const { idRange, range } = node;
    offsets.set([idRange.start, idRange.end, range.start, range.end], index * offsetsEach);
    numbers.set(numbersOf(node), index * numbersEach);
  }
  return {
    nodeIds: nodes.map(({ nodeId }) => nodeId),
    names: nodes.map(({ name }) => name),
    types: nodes.map(({ type }) => type),
    offsets,
    rows: nodes.map(({ run }) => run?.row ?? ''),
    numbers,
    since: nodes.flatMap(({ since }, index) =>
      since === undefined ? [] : [[index, since] as const],
    ),
  };
}

/** By index alone: to take a row of numbers apart as a list takes ten times as long. */
export function unpackNodes(packed: PackedNodes): readonly MarkedNode[] {
  const { nodeIds, names, types, offsets } = packed;
  const nodes = nodeIds.map((nodeId, index) => {
    const at = index * offsetsEach;
    const node: Editable<MarkedNode> = {
      nodeId,
      name: names[index] ?? '',
      type: types[index] ?? '',
      idRange: { start: offsets[at] ?? 0, end: offsets[at + 1] ?? 0 },
      range: { start: offsets[at + 2] ?? 0, end: offsets[at + 3] ?? 0 },
    };
    addStates(node, packed, index);
    return node;
  });
  for (const [index, since] of packed.since) {
    const node = nodes[index];
    if (node !== undefined) node.since = since;
  }
  return nodes;
}

type Editable<T> = { -readonly [K in keyof T]: T[K] };

function numbersOf({ run, runs, failures, usualMs }: MarkedNode): number[] {
  return [
    run === undefined ? NaN : statuses.indexOf(run.status),
    flagNames.reduce((sum, name, at) => sum + (run?.[name] === true ? 2 ** at : 0), 0),
    ...[run?.durationMs, run?.count, runs, failures, usualMs].map((value) => value ?? NaN),
    ...[run?.lostMs, run?.earlier?.leastMs].map((value) => value ?? NaN),
    ...[run?.failedItems?.failed, run?.failedItems?.total].map((value) => value ?? NaN),
  ];
}

function addStates(
  node: Editable<MarkedNode>,
  { rows, numbers }: PackedNodes,
  index: number,
): void {
  const at = index * numbersEach;
  const number = (place: number) => numbers[at + place] ?? NaN;
  const status = statuses[number(0)];
  if (status !== undefined) {
    const durationMs = number(2);
    const run: Editable<MarkedRun> = {
      row: rows[index] ?? '',
      status,
      durationMs: isNaN(durationMs) ? null : durationMs,
    };
    for (const [place, name] of flagNames.entries()) {
      if ((number(1) & (2 ** place)) !== 0) run[name] = true;
    }
    if (!isNaN(number(3))) run.count = number(3);
    if (!isNaN(number(7))) run.lostMs = number(7);
    if (!isNaN(number(8))) run.earlier = { leastMs: number(8) };
    if (!isNaN(number(9))) {
      run.failedItems = { failed: number(9), total: isNaN(number(10)) ? null : number(10) };
    }
    node.run = run;
  }
  if (!isNaN(number(4))) node.runs = number(4);
  if (!isNaN(number(5))) node.failures = number(5);
  if (!isNaN(number(6))) node.usualMs = number(6);
}
