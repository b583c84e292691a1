import { expect, test } from 'vitest';
import { edgesTaken } from '../../../src/answers/edgesTaken.ts';
import type { GraphEdge } from '../../../src/flow/flowGraph.ts';
import type { NodeStatus, TreeNode } from '../../../src/trace/tree.ts';

type Row = readonly [status: NodeStatus, beginMs?: number | null, count?: number];

function aRow([status, beginMs = null, count = 1]: Row): TreeNode {
  return {
    ...{ key: '', nodeId: '', name: '', type: '', status, inferred: false, run: null },
    ...{ subExecution: null, confidence: null, beginMs, endMs: null, durationMs: null },
    ...{ count, children: [] },
  };
}

test.each<[string, GraphEdge['kind'], readonly Row[], readonly Row[], number]>([
  ['both ran, one after the other', 'normal', [['succeeded', 10]], [['succeeded', 20]], 1],
  ['at the same time', 'normal', [['succeeded', 10]], [['succeeded', 10]], 1],
  ['the one behind never ran', 'branch', [['succeeded', 10]], [['notRun']], 0],
  ['the one behind is not in the record', 'branch', [['succeeded', 10]], [], 0],
  ['the one before never ran', 'normal', [['notRun']], [['succeeded', 20]], 0],
  ['the one behind ran long before', 'normal', [['succeeded', 10]], [['succeeded', 5]], 0],
  ['a part of what began before', 'part', [['succeeded', 20]], [['succeeded', 10]], 1],
  ['no times', 'normal', [['succeeded']], [['succeeded']], 1],
  ['after a failure, which there was', 'fail', [['failed', 10]], [['succeeded', 20]], 1],
  ['after a failure that was got over', 'fail', [['recovered', 10]], [['succeeded', 20]], 1],
  ['after a failure, which there was not', 'fail', [['succeeded', 10]], [['succeeded', 20]], 0],
  ['in rounds', 'normal', [['succeeded', 10, 3]], [['succeeded', 20, 2]], 2],
  [
    'several runs',
    'normal',
    [
      ['succeeded', 10],
      ['succeeded', 30],
    ],
    [
      ['running', 20],
      ['failed', 40],
    ],
    2,
  ],
])('%s', (_, kind, from, to, times) => {
  const rows = [from.map(aRow), to.map(aRow)];
  expect(edgesTaken([{ source: 0, target: 1, kind }], (place) => rows[place] ?? [])).toEqual([
    times,
  ]);
});

test('the rows of a node are looked at once, however many edges it has', () => {
  const looked: number[] = [];
  const rows = [aRow(['succeeded', 10])];
  const edges = [1, 2, 3].map((target) => ({ source: 0, target, kind: 'branch' as const }));
  const taken = edgesTaken(edges, (place) => {
    looked.push(place);
    return rows;
  });
  expect(taken).toEqual([1, 1, 1]);
  expect(looked.toSorted()).toEqual([0, 1, 2, 3]);
});
