import { expect, test } from 'vitest';

import type { MarkedNode } from '../../../src/protocol/marks.ts';
import { packNodes, unpackNodes } from '../../../src/protocol/packedNodes.ts';

const place = { idRange: { start: 3, end: 9 }, range: { start: 0, end: 3_500_000_000 } };
const node = (parts: Partial<MarkedNode>): MarkedNode => ({
  ...{ nodeId: 'rpa::1', name: 'Click 保存', type: 'rpa', ...place },
  ...parts,
});

test.each<[string, MarkedNode]>([
  ['that never ran', node({})],
  ['that runs', node({ run: { row: 'a/1', status: 'running', durationMs: null } })],
  [
    'that a run has yet to come to',
    node({ run: { row: 'a', status: 'notRun', durationMs: null, notYet: true } }),
  ],
  ['that took no time', node({ run: { row: '', status: 'succeeded', durationMs: 0 } })],
  [
    'where it failed, in the third of five rounds',
    node({
      run: { row: 'a/2', status: 'failed', durationMs: 7.25, failing: true, count: 5 },
      ...{ runs: 12, failures: 0, usualMs: 1_100.5 },
    }),
  ],
  [
    'that was tried again',
    node({
      run: {
        ...{ row: 'a', status: 'failed', durationMs: 0 },
        ...{ lostMs: 3_180, count: 3, attempts: true },
      },
    }),
  ],
  [
    'whose calls tell of earlier attempts',
    node({
      run: { row: 'a', status: 'failed', durationMs: 0, count: 5, earlier: { leastMs: 3_780 } },
    }),
  ],
  [
    'that failed first, and whose state was inferred',
    node({
      run: { row: 'a', status: 'recovered', durationMs: 0, isMadeGood: true, inferred: true },
    }),
  ],
  [
    'of which items failed',
    node({
      run: { row: 'a', status: 'succeeded', durationMs: 0, failedItems: { failed: 2, total: 5 } },
    }),
  ],
  [
    'of which items failed, of nobody knows how many',
    node({
      run: {
        ...{ row: 'a', status: 'succeeded', durationMs: 0 },
        failedItems: { failed: 1, total: null },
      },
    }),
  ],
  ['without a name', node({ name: '', type: '' })],
])('a node arrives as it was sent: one %s', (_, sent) => {
  expect(unpackNodes(packNodes([sent]))).toEqual([sent]);
});

test('nodes stay in their order, each with its own', () => {
  const sent = [
    node({ nodeId: 'a', runs: 1 }),
    node({ nodeId: 'b' }),
    node({ nodeId: 'c', usualMs: 3 }),
  ];
  expect(unpackNodes(packNodes(sent))).toEqual(sent);
  expect(unpackNodes(packNodes([]))).toEqual([]);
});
