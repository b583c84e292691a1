import { expect, test } from 'vitest';

import { openRecord } from '../../../src/decode/decodeExecution.ts';
import { buildTree } from '../../../src/trace/buildTree.ts';
import type { TreeNode } from '../../../src/trace/tree.ts';
import { visibleRows } from '../../../src/trace/visibleRows.ts';
import { wholeTree } from '../../../src/trace/wholeTree.ts';
import { recordFixtures, recordsOf } from '../../support/fixtures.ts';
import { usualRules } from '../../support/usualRules.ts';

const records = recordFixtures().flatMap(recordsOf);

test('a whole tree tells the same, and needs nothing of what it was read from', () => {
  let rows = 0;
  for (const record of records) {
    const tree = treeOf(record);
    const whole = wholeTree(tree);
    // A copy of what is read when somebody asks holds nothing.
    expect(structuredClone(whole)).toEqual(whole);
    expect(told(structuredClone(whole))).toEqual(told(tree));
    rows += told(tree).length;
  }
  expect(rows).toBeGreaterThan(100);
});

function treeOf(record: (typeof records)[number]): readonly TreeNode[] {
  try {
    return buildTree(openRecord(record, usualRules).execution(), null, []);
  } catch {
    // One that is no execution.
    return [];
  }
}

function told(tree: readonly TreeNode[]): unknown[] {
  return visibleRows(tree, new Set()).map(({ node, level, position }) => {
    const { key, nodeId, name, type, status, count, beginMs, endMs, durationMs } = node;
    const run = JSON.parse(JSON.stringify(node.run)) as unknown;
    return {
      level,
      position,
      key,
      nodeId,
      name,
      type,
      status,
      count,
      beginMs,
      endMs,
      durationMs,
      run,
    };
  });
}
