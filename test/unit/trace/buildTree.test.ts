import { describe, expect, it } from 'vitest';

import { buildTree } from '../../../src/trace/buildTree.ts';
import type { NodeRun } from '../../../src/trace/execution.ts';
import { visibleRows } from '../../../src/trace/visibleRows.ts';
import { aSummary } from '../../support/builders.ts';
import { manyRuns } from '../../support/manyRuns.ts';
import { aFlow, anExecution, aRun, outline } from '../../support/traceBuilders.ts';

const lines = (...rows: string[]) => rows.join('\n');

function tree(...runs: NodeRun[]): string {
  return outline(buildTree(anExecution(runs), null, []));
}

describe('order', () => {
  it('is by begin, then by completion', () => {
    expect(
      tree(
        aRun('b', { beginMs: 2 }),
        aRun('c', { beginMs: 2 }),
        aRun('a', { beginMs: 1 }),
        aRun('end', { beginMs: 3 }),
      ),
    ).toBe(lines('a', 'b', 'c', 'end'));
  });

  it('leaves runs without a begin where they completed', () => {
    expect(tree(aRun('a', { beginMs: 1 }), aRun('x'), aRun('b', { beginMs: 2 }), aRun('y'))).toBe(
      lines('a', 'x', 'b', 'y'),
    );
  });
});

describe('bodies without a flow file', () => {
  const start = (key: string, next: string[]) =>
    aRun(key, { nodeId: `iteration-node-start::${key}`, next });
  const iteration = (key: string) => aRun(key, { nodeId: `iteration::${key}` });

  it('stand under the container that completes next', () => {
    expect(
      tree(
        aRun('begin'),
        start('s', ['a']),
        aRun('a', { next: ['e'] }),
        aRun('e'),
        iteration('I'),
        aRun('end'),
      ),
    ).toBe(lines('begin', 'I', '  s', '  a', '  e', 'end'));
  });

  it('are in the order of their links where the last round did not come to the end', () => {
    expect(
      tree(
        aRun('e', { nodeId: 'iteration-node-end::e', beginMs: 3, count: 1 }),
        aRun('s', { nodeId: 'iteration-node-start::s', beginMs: 4, next: ['a', 'b'], count: 2 }),
        aRun('b', { beginMs: 2, next: ['e'] }),
        aRun('a', { beginMs: 5, next: ['e'], count: 2 }),
        aRun('I', { nodeId: 'iteration::I', beginMs: 1 }),
      ),
    ).toBe(lines('I', '  s', '  b', '  a', '  e'));
  });

  it('of two iterations side by side find their own', () => {
    expect(
      tree(
        start('s1', ['a1']),
        start('s2', ['a2']),
        aRun('a2'),
        iteration('I2'),
        aRun('a1'),
        iteration('I1'),
      ),
    ).toBe(lines('I2', '  s2', '  a2', 'I1', '  s1', '  a1'));
  });

  it('nest', () => {
    expect(
      tree(
        start('outer', ['I2']),
        start('inner', ['x']),
        aRun('x'),
        aRun('I2', { nodeId: 'iteration::I2', next: ['y'] }),
        aRun('y'),
        iteration('I1'),
      ),
    ).toBe(lines('I1', '  outer', '  I2', '    inner', '    x', '  y'));
  });

  it('of a loop are not an iteration’s', () => {
    const loop = aRun('L', { nodeId: 'loop::1' });
    const body = aRun('s', { nodeId: 'loop-node-start::1', next: ['a'] });
    expect(tree(body, aRun('a'), iteration('I'), loop)).toBe(lines('I', 'L', '  s', '  a'));
  });

  it('without their container are roots', () => {
    expect(tree(aRun('begin'), start('s', ['a']), aRun('a'))).toBe(lines('begin', 's', 'a'));
  });
});

describe('parallel children', () => {
  it('stand under their iteration, by round', () => {
    const child = (key: string, round: number, beginMs: number) =>
      aRun(key, { iterationIndex: round, iterationParent: 'iteration::1', beginMs });
    expect(
      tree(
        child('b1', 1, 2),
        child('a0', 0, 3),
        child('a1', 1, 1),
        child('c0', 0, 4),
        aRun('I', { nodeId: 'iteration::1', beginMs: 0 }),
      ),
    ).toBe(lines('I', '  a0', '  c0', '  a1', '  b1'));
  });

  it('stand before the rounds where theirs is not known', () => {
    const child = (key: string, round: number | null, beginMs: number) =>
      aRun(key, { iterationIndex: round, iterationParent: 'iteration::1', beginMs });
    const container = aRun('I', { nodeId: 'iteration::1', beginMs: 0 });
    expect(tree(child('b', 1, 1), child('a', 0, 2), child('x', null, 3), container)).toBe(
      lines('I', '  x', '  a', '  b'),
    );
  });

  it('stand in the first run of a container where none completed after them', () => {
    const container = (key: string) => aRun(key, { nodeId: 'iteration::1' });
    const late = aRun('late', { iterationParent: 'iteration::1' });
    expect(tree(container('I1'), container('I2'), late)).toBe(lines('I1', '  late', 'I2'));
  });
});

describe('a flow file', () => {
  it('gives parents, and what never ran in file order', () => {
    const flow = aFlow('s::1 b::1 I::1 x::1<I::1 y::1<I::1 a::1');
    const execution = anExecution([aRun('s'), aRun('y'), aRun('I'), aRun('a')]);
    expect(outline(buildTree(execution, flow, []))).toBe(
      lines('s', 'I', '  y', '  flow:x::1 *', 'a', 'flow:b::1 *'),
    );
  });

  it('gives a container that ran and left no entry', () => {
    const flow = aFlow('s::1 O::1 I::1<O::1 x::1<I::1', 's::1>O::1');
    const execution = anExecution([aRun('s'), aRun('x')], { outcome: 'running' });
    expect(outline(buildTree(execution, flow, []))).toBe(
      lines('s', 'flow:O::1 (inferred running)', '  flow:I::1 (inferred running)', '    x'),
    );
  });

  it.each([
    ['by a fixed answer', 's::1>a::1 a::1>b::1 b::1>c::1', 'a c', true],
    ['by its error branch', 's::1>a::1 a::1>b::1 b::1>d::1 d::1>c::1 b::1!c::1', 'a c', true],
    [
      'not where another way leads on',
      's::1>a::1 a::1?b::1 a::1?d::1 b::1>c::1 d::1>c::1',
      'a c',
      false,
    ],
    [
      'not where that other way ran',
      's::1>a::1 a::1?b::1 a::1?d::1 b::1>c::1 d::1>c::1',
      'a d c',
      false,
    ],
    ['not where nothing ran behind it', 's::1>a::1 a::1>b::1 b::1>c::1', 'a', false],
    [
      'not where no log points to one that is missing',
      's::1>a::1 a::1>b::1 b::1>c::1',
      'A c',
      false,
    ],
  ])('names a node that was got over without an entry: %s', (_name, edges, ran, isFound) => {
    const runs = ran
      .split(' ')
      .map((key) => (key === 'A' ? aRun('a') : aRun(key, key === 'a' ? { next: ['gone'] } : {})));
    const flow = aFlow('s::1 a::1 b::1 d::1 c::1', edges);
    const text = outline(buildTree(anExecution([aRun('s'), ...runs]), flow, []));
    if (isFound) expect(text).toContain('a\nflow:b::1 (inferred recovered)\nc');
    else expect(text).not.toContain('inferred');
    const cut = anExecution([aRun('s'), ...runs], { outcome: 'cancelled' });
    expect(outline(buildTree(cut, flow, []))).not.toContain('inferred recovered');
  });

  it('names the node that failed without an entry', () => {
    const failing = { nodeId: null, runKey: null, name: '', inferred: true, afterNodeId: 'a::1' };
    const execution = anExecution([aRun('s'), aRun('a')], { outcome: 'failed', code: 1, failing });
    expect(outline(buildTree(execution, null, []))).toBe(
      lines('s', 'a', 'flow:? (inferred failed)'),
    );
    const flow = aFlow('s::1 a::1 b::1 c::1', 's::1>a::1 a::1>b::1 b::1>c::1');
    expect(outline(buildTree(execution, flow, []))).toBe(
      lines('s', 'a', 'flow:b::1 (inferred failed)', 'flow:c::1 *'),
    );
  });

  it('leaves the failed node a root where nothing ran before it', () => {
    const failing = { nodeId: null, runKey: null, name: '', inferred: true, afterNodeId: null };
    const execution = anExecution([aRun('s')], { outcome: 'failed', failing });
    expect(outline(buildTree(execution, null, []))).toBe(lines('s', 'flow:? (inferred failed)'));
  });

  it('gives a container once that is the failed node too', () => {
    const failing = { nodeId: null, runKey: null, name: '', inferred: true, afterNodeId: 's::1' };
    const execution = anExecution([aRun('s'), aRun('x')], { outcome: 'failed', failing });
    const flow = aFlow('s::1 I::1 x::1<I::1', 's::1>I::1');
    expect(outline(buildTree(execution, flow, []))).toBe(
      lines('s', 'flow:I::1 (inferred failed)', '  x'),
    );
  });

  it('puts the failed node beside the child of an iteration that ran last', () => {
    const failing = { nodeId: null, runKey: null, name: '', inferred: true, afterNodeId: 'x::1' };
    const runs = [
      aRun('I', { nodeId: 'iteration::1' }),
      aRun('x', { iterationParent: 'iteration::1' }),
    ];
    const execution = anExecution(runs, { outcome: 'failed', failing });
    expect(outline(buildTree(execution, null, []))).toBe(
      lines('I', '  x', '  flow:? (inferred failed)'),
    );
  });

  it('finds the run of a container that completed next', () => {
    const child = (key: string) => aRun(key, { nodeId: `x::${key}` });
    const flow = aFlow('I::1 x::a<I::1 x::b<I::1');
    const container = (key: string) => aRun(key, { nodeId: 'I::1' });
    const execution = anExecution([child('a'), container('I1'), child('b'), container('I2')]);
    expect(outline(buildTree(execution, flow, []))).toBe(lines('I1', '  a', 'I2', '  b'));
  });

  it('names the node at which a run was cut off', () => {
    const execution = anExecution([aRun('s')], { outcome: 'cancelled' });
    const flow = aFlow('s::1 a::1', 's::1>a::1');
    expect(outline(buildTree(execution, flow, []))).toBe(
      lines('s', 'flow:a::1 (inferred cancelled)'),
    );
  });

  it.each([
    ['circles of parents', 'a::1<b::1 b::1<a::1'],
    ['parents of themselves', 'a::1<a::1 b::1<b::1'],
    ['parents that are not there', 'a::1<nowhere b::1<nowhere'],
    ['ids twice', 'a::1 a::1 b::1 b::1 a::1<b::1'],
  ])('with %s loses and doubles nothing', (_name, nodes) => {
    const built = buildTree(anExecution([aRun('a'), aRun('b')]), aFlow(nodes), []);
    expect(
      visibleRows(built, new Set())
        .map(({ node }) => node.key)
        .sort(),
    ).toStrictEqual(['a', 'b']);
  });
});

describe('executions of other services', () => {
  const rpa = (key: string, beginMs: number | null, endMs: number | null) =>
    aSummary({ key, kind: 'rpa', service: 'rpa-server', beginMs, endMs });
  const robot = (key: string, beginMs: number, endMs: number, count = 1) =>
    aRun(key, { nodeId: `rpa::${key}`, beginMs, endMs, count });

  it.each<[string, NodeRun[], ReturnType<typeof rpa>[], string]>([
    [
      'by time',
      [robot('a', 0, 9_000), robot('b', 10_000, 19_000)],
      [rpa('x', 10_100, 18_900)],
      lines('a', 'b', '  execution:x *'),
    ],
    [
      'of earlier rounds',
      [robot('a', 90_000, 99_000, 3)],
      [rpa('x', 10_000, 20_000), rpa('y', 91_000, 98_000)],
      lines('a', '  execution:x *', '  execution:y *'),
    ],
    ['without times', [robot('a', 0, 9)], [rpa('x', null, null)], lines('a', '  execution:x *')],
    [
      'once each',
      [robot('a', 0, 9)],
      [rpa('x', 0, 9), rpa('x', 0, 9)],
      lines('a', '  execution:x *'),
    ],
    [
      'by their begin, one without times first',
      [robot('a', 0, 9_000, 3)],
      [rpa('late', 2_000, 3_000), rpa('timeless', null, null), rpa('soon', 1_000, 2_000)],
      lines('a', '  execution:timeless *', '  execution:soon *', '  execution:late *'),
    ],
    [
      'of an earlier round, still running, of a caller without an end',
      [aRun('a', { nodeId: 'rpa::a', beginMs: 90_000, count: 2 })],
      [rpa('x', 10_000, null)],
      lines('a', '  execution:x *'),
    ],
    ['still running', [robot('a', 0, 9_000)], [rpa('x', 100, null)], lines('a', '  execution:x *')],
    [
      'by the nearer of two',
      [robot('a', 0, 9_000), robot('b', 100, 9_000)],
      [rpa('x', 150, 8_000)],
      lines('a', 'b', '  execution:x *'),
    ],
    [
      'of a caller without an end',
      [aRun('a', { nodeId: 'rpa::a', beginMs: 0 })],
      [rpa('x', 5_000, 8_000)],
      lines('a', '  execution:x *'),
    ],
    [
      'after every round',
      [robot('a', 0, 9, 2)],
      [rpa('x', 90_000, 99_000)],
      lines('a', '  execution:x *'),
    ],
    [
      'of a service that no node calls',
      [robot('a', 0, 9)],
      [{ ...rpa('x', 0, 9), kind: 'other' }],
      lines('a', 'execution:x *'),
    ],
    ['of nobody', [aRun('a')], [rpa('x', 0, 9)], lines('a', 'execution:x *')],
    [
      'of another time',
      [robot('a', 0, 9)],
      [rpa('x', 90_000, 99_000)],
      lines('a', 'execution:x *'),
    ],
  ])('%s', (_name, runs, subs, expected) => {
    expect(outline(buildTree(anExecution(runs), null, subs))).toBe(expected);
  });

  it('hang below the robot that failed without an entry', () => {
    const failing = { nodeId: null, runKey: null, name: '', inferred: true, afterNodeId: 's::1' };
    const execution = anExecution([aRun('s')], { outcome: 'failed', failing });
    const sub = { ...rpa('x', 0, 9), outcome: 'failed' as const };
    const flow = aFlow('s::1 rpa::1', 's::1>rpa::1');
    expect(outline(buildTree(execution, flow, [sub]))).toBe(
      lines('s', 'flow:rpa::1 (inferred failed)', '  execution:x *'),
    );
    expect(outline(buildTree(execution, null, [sub]))).toBe(
      lines('s', 'flow:? (inferred failed)', '  execution:x *'),
    );
  });
});

describe('links of all kinds', () => {
  it('never lose or double a run', () => {
    const start = (key: string, next: string[]) =>
      aRun(key, { nodeId: `iteration-node-start::${key}`, next });
    const built = buildTree(
      anExecution([
        start('s', ['s', 'I', 'gone', 'a']),
        aRun('a', { next: ['s', 'a'], iterationParent: 'a::1' }),
        aRun('I', { nodeId: 'iteration::1', next: ['I', 's'], iterationParent: 'iteration::2' }),
        aRun('J', { nodeId: 'iteration::2', iterationParent: 'iteration::1' }),
      ]),
      null,
      [],
    );
    const keys = visibleRows(built, new Set()).map(({ node }) => node.key);
    expect(keys.sort()).toStrictEqual(['I', 'J', 'a', 's']);
  });
});

describe('100,000 runs', () => {
  const many = 100_000;
  it.each(manyRuns)('%s stand in the tree once', (_name, runs) => {
    const execution = anExecution(runs(many));
    const rows = visibleRows(buildTree(execution, null, []), new Set());
    expect(new Set(rows.map(({ node }) => node.key)).size).toBe(many);
    expect(rows).toHaveLength(many);
    // Some 200 ms; anything quadratic takes minutes, which no test has.
  });
});
