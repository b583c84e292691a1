import { describe, expect, it } from 'vitest';

import { buildTree } from '../../../src/trace/buildTree.ts';
import { treeExtent, visibleRows } from '../../../src/trace/visibleRows.ts';
import { aFlow, anExecution, aRun } from '../../support/traceBuilders.ts';

const flow = aFlow('I::1 a::1<I::1 b::1<I::1 c::1');
const tree = buildTree(
  anExecution([
    aRun('I', { beginMs: 10, endMs: 90 }),
    aRun('a', { beginMs: 11, endMs: null }),
    aRun('b', { beginMs: 12, endMs: 95 }),
    aRun('c', { beginMs: 13 }),
  ]),
  flow,
  [],
);

describe('visibleRows', () => {
  it('tells level, position, size of set and whether a row is open', () => {
    const rows = visibleRows(tree, new Set()).map(({ node, ...row }) => [
      node.key,
      ...Object.values(row),
    ]);
    expect(rows).toStrictEqual([
      ['I', 1, 1, 2, true],
      ['a', 2, 1, 2, null],
      ['b', 2, 2, 2, null],
      ['c', 1, 2, 2, null],
    ]);
  });

  it('leaves out what is closed', () => {
    const rows = visibleRows(tree, new Set(['I', 'c', 'gone']));
    expect(rows.map(({ node, expanded }) => [node.key, expanded])).toStrictEqual([
      ['I', false],
      ['c', null],
    ]);
  });
});

describe('treeExtent', () => {
  it('reaches from the first begin to the last end', () => {
    expect(treeExtent(tree)).toStrictEqual({ beginMs: 10, endMs: 95 });
  });

  it('is unknown without times', () => {
    expect(treeExtent(buildTree(anExecution([aRun('a')]), null, []))).toBeNull();
    expect(treeExtent([])).toBeNull();
  });
});
