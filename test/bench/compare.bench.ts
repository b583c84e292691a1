/** Comparing two executions of 10,000 nodes: at once and with what differs everywhere, and how it grows. */
import { compareRuns } from '../../src/compare/compareRuns.ts';
import type { ComparedRun } from '../../src/compare/comparedRun.ts';
import type { NodeData } from '../../src/trace/execution.ts';
import { buildTree } from '../../src/trace/buildTree.ts';
import { aNodeData } from '../support/builders.ts';
import { aRun, anExecution } from '../support/traceBuilders.ts';
import { reportGrowth, timeOf } from './growth.ts';
import { heading, report } from './report.ts';

const nodes = 10_000;
const rounds = 5;

heading(`Comparing two executions of ${nodes.toLocaleString('en-US')} nodes`);
for (const [name, changes] of [
  ['one value differs', (place: number) => place === nodes / 2],
  ['every value differs', () => true],
] as const) {
  const times: number[] = [];
  for (let round = -1; round < rounds; round++) {
    const [before, after] = [runOf(nodes, 1), runOf(nodes, 2, changes)];
    const time = timeOf(() => compareRuns(before, after), 1);
    if (round >= 0) times.push(time);
  }
  report(name, Math.min(...times), 'ms', { atMost: 1_000 });
}
{
  const [before, after] = [repeated(nodes, 1), repeated(nodes, 2)];
  report(
    'one node, that many times',
    timeOf(() => compareRuns(before, after), 1),
    'ms',
    {
      atMost: 1_000,
    },
  );
}
reportGrowth('every value differs', nodes / 4, (size) => {
  const [before, after] = [runOf(size, 1), runOf(size, 2, () => true)];
  return () => compareRuns(before, after);
});

function runOf(
  size: number,
  n: number,
  changes: (place: number) => boolean = () => false,
): ComparedRun {
  return compared(
    size,
    n,
    (place) => `ifly-code::${String(place)}`,
    (place) => dataOf(place, changes(place) ? n : 0),
  );
}

/** Runs of one node: each was given something else, and one is new. */
function repeated(size: number, n: number): ComparedRun {
  return compared(
    size,
    n,
    () => 'ifly-code::1',
    (place) => dataOf(place - (place > 100 ? n : 0), 0),
  );
}

function compared(
  size: number,
  n: number,
  nodeId: (place: number) => string,
  data: (place: number) => NodeData,
): ComparedRun {
  const runs = Array.from({ length: size }, (_, place) =>
    aRun(`${String(n)} ${String(place)}`, {
      ...{ nodeId: nodeId(place), name: `Step ${String(place)}` },
      ...{ beginMs: place * 10, endMs: place * 10 + 9, durationMs: 9 },
      next: [`${String(n)} ${String(place + 1)}`],
    }),
  );
  const execution = anExecution(runs, { sid: `sid ${String(n)}`, key: `key ${String(n)}` });
  const datas = new Map(runs.map(({ key }, place) => [key, data(place)]));
  return {
    ...{ summary: execution.summary, failing: null, retried: new Set() },
    tree: buildTree(execution, null, []),
    dataOf: (key) => datas.get(key),
    ownData: () => undefined,
    secretAt: () => undefined,
  };
}

function dataOf(place: number, version: number): NodeData {
  const value = {
    ...{ id: `INV-${String(place)}`, sum: place * 1.5 + version, open: true },
    rows: [1, 2, 3].map((row) => ({ id: row, text: `Row ${String(row)} of ${String(place)}` })),
  };
  const named = (name: string) => [{ name, value, form: 'json', round: null } as const];
  return aNodeData({ input: named('given'), output: named('found') });
}
