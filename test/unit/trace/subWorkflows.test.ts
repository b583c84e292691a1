import { describe, expect, test } from 'vitest';
import { buildTree } from '../../../src/trace/buildTree.ts';
import type { NodeRun } from '../../../src/trace/execution.ts';
import {
  callWindow,
  matchSubWorkflows,
  type CallCandidate,
} from '../../../src/trace/subWorkflows.ts';
import { aSummary } from '../../support/builders.ts';
import { anExecution, aRun, outline } from '../../support/traceBuilders.ts';

/** A `flow` node that ran from 10 s to 20 s. */
const node = (key: string, parts: Partial<NodeRun> = {}) =>
  aRun(key, { nodeId: `flow::${key}`, beginMs: 10_000, endMs: 20_000, ...parts });
const child = (
  sid: string,
  beginMs: number | null,
  parameters: string | null,
  parts: { readonly endMs?: number | null; readonly flowId?: string } = {},
): CallCandidate => ({
  summary: aSummary({
    ...{ key: sid, sid, flowId: 'f', beginMs },
    endMs: beginMs === null ? null : beginMs + 1_000,
    ...parts,
  }),
  parameters,
});

function matched(
  nodes: readonly (readonly [NodeRun, string | null])[],
  candidates: readonly CallCandidate[],
): string[] {
  const calls = nodes.flatMap(([run, parameters]) => {
    const window = callWindow(run, 0);
    return window === null
      ? []
      : [{ run, window, call: { runKey: run.key, flowId: 'f', parameters } }];
  });
  return matchSubWorkflows(calls, candidates)
    .map(({ summary, runKey, confidence }) => `${summary.key} under ${runKey}: ${confidence}`)
    .sort();
}

test.each<[string, CallCandidate, string[]]>([
  ['all three agree', child('x', 11_000, 'p'), ['x under a: certain']],
  ['the parameters are not known', child('x', 11_000, null), ['x under a: likely']],
  ['the parameters are others', child('x', 11_000, 'q'), []],
  ['another flow', child('x', 11_000, 'p', { flowId: 'g' }), []],
  ['it began before', child('x', 7_000, 'p'), []],
  ['it began after', child('x', 22_500, 'p'), []],
  ['it ended after', child('x', 19_000, 'p', { endMs: 23_000 }), []],
  ['a clock that is a second off', child('x', 9_000, 'p'), ['x under a: certain']],
  ['it still runs', child('x', 11_000, 'p', { endMs: null }), ['x under a: certain']],
  ['it has no times', child('x', null, 'p'), []],
])('%s', (_, candidate, expected) => {
  expect(matched([[node('a'), 'p']], [candidate])).toEqual(expected);
});

describe('a workflow stands under one node, a node has one workflow', () => {
  test('the surest first, the closest of equals', () => {
    expect(
      matched(
        [
          [node('a'), 'p'],
          [node('b'), null],
        ],
        [child('far', 15_000, 'p'), child('near', 10_100, 'p'), child('none', 10_050, null)],
      ),
    ).toEqual(['near under a: certain', 'none under b: likely']);
  });

  test('one that fits two nodes stands under the closer one alone', () => {
    const later = node('b', { beginMs: 10_900 });
    expect(
      matched(
        [
          [node('a'), 'p'],
          [later, 'p'],
        ],
        [child('x', 11_000, 'p')],
      ),
    ).toEqual(['x under b: certain']);
  });

  test('two calls with the same parameters share two workflows by their times', () => {
    const later = node('b', { beginMs: 14_000 });
    expect(
      matched(
        [
          [node('a'), 'p'],
          [later, 'p'],
        ],
        [child('y', 14_050, 'p'), child('x', 10_050, 'p')],
      ),
    ).toEqual(['x under a: certain', 'y under b: certain']);
  });
});

test('a repeated node has as many as rounds, also those before its last one', () => {
  const repeated = node('a', { count: 3 });
  expect(
    matched(
      [[repeated, 'last']],
      [child('r1', 3_000, 'first'), child('r2', 6_000, null), child('r3', 11_000, 'last')],
    ),
  ).toEqual(['r1 under a: likely', 'r2 under a: likely', 'r3 under a: certain']);
});

test('a node that still runs may have called until now; one without times has no call that fits', () => {
  expect(callWindow(node('a', { endMs: null }), 0)?.toMs).toBe(Number.POSITIVE_INFINITY);
  expect(callWindow(node('a', { beginMs: null }), 0)).toBeNull();
});

test('in the tree it stands under the run that called it', () => {
  const { summary } = child('x', 11_000, 'p');
  const sub = { summary, runKey: 'a', confidence: 'certain' as const };
  const tree = buildTree(anExecution([node('a'), node('b')]), null, [], [sub]);
  expect(outline(tree)).toBe('a\n  execution:x *\nb');
  expect(tree[0]?.children[0]?.confidence).toBe('certain');
});

test('of one run they stand by their begin, one without times first', () => {
  const subs = [
    child('late', 12_000, 'p'),
    child('timeless', null, 'p'),
    child('soon', 11_000, 'p'),
  ];
  const tree = buildTree(
    anExecution([node('a', { count: 3 })]),
    null,
    [],
    subs.map(({ summary }) => ({ summary, runKey: 'a', confidence: 'likely' as const })),
  );
  expect(outline(tree)).toBe(
    ['a', '  execution:timeless *', '  execution:soon *', '  execution:late *'].join('\n'),
  );
});

test('rounds whose begin is not known call from the begin of the execution on', () => {
  const repeated = node('a', { count: 2, beginMs: null });
  expect(matched([[repeated, 'p']], [child('r1', 3_000, null), child('r2', 1_000, null)])).toEqual([
    'r1 under a: likely',
    'r2 under a: likely',
  ]);
});
