import { describe, expect, test } from 'vitest';

import type { PastExecution, PastFailure } from '../../../src/analysis/pastExecution.ts';
import { isOwnNode, lineagesOf } from '../../../src/problems/lineage.ts';
import type { ProblemMark } from '../../../src/problems/problemMark.ts';
import type { Problem } from '../../../src/problems/problems.ts';
import { problemsOf } from '../../../src/answers/problemsOf.ts';
import type { SignedWords } from '../../../src/problems/signature.ts';
import {
  nodePast,
  passesNeeded,
  type Standing,
  standingOf,
} from '../../../src/problems/problemState.ts';
import { aPast, aPastNode } from '../../support/pastBuilders.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const saveNode = 'rpa::3f9d2b1a-6c41-4c0e';
const failure: PastFailure = {
  ...{ nodeId: saveNode, name: 'Save', cause: 'elementNotFound', category: 'robotTask' },
  text: 'Element not found: #btnSave after 30000 ms',
};

const saved = aPastNode({ nodeId: saveNode });
/**
 * A story, a run a minute: `F` failed, `.` passed, `o` failed there of something else, `e` failed elsewhere behind it, `-`
 * never came there, `c` was cut off.
 */
function story(signs: string, partsOf: (index: number) => Partial<PastExecution> = () => ({})) {
  return signs.split('').map((sign, index) => {
    const at = { sid: String(index), key: `k${String(index)}`, beginMs: index * minute };
    const parts = { ...at, nodes: [saved], ...partsOf(index) };
    const failed = { outcome: 'failed', code: 21300, failure } as const;
    switch (sign) {
      case 'F':
        return aPast({ ...parts, ...failed, nodes: [] });
      case 'o':
        return aPast({
          ...parts,
          ...failed,
          failure: { ...failure, text: 'Disk full' },
          nodes: [],
        });
      case 'e':
        return aPast({ ...parts, ...failed, failure: { ...failure, nodeId: 'mail::1' } });
      case '-':
        return aPast({ ...parts, nodes: [] });
      case 'c':
        return aPast({ ...parts, outcome: 'cancelled', nodes: [] });
      default:
        return aPast(parts);
    }
  });
}

const ours = (
  all: readonly PastExecution[],
  nowMs = 100 * minute,
  marks: readonly ProblemMark[] | null = null,
) =>
  problemsOf(all, nowMs, marks).find(
    ({ text, nodeId }) => text === failure.text && nodeId === saveNode,
  );

/** What the reader said of our problem, by the number of the minute. */
const said = (kind: ProblemMark['kind'], minutes: number, weekly = 1): ProblemMark => ({
  ...{ kind, atMs: minutes * minute, weekly, flow: 'f' },
  signature: ours(story('F'))?.signature ?? '',
});

describe('how a problem stands', () => {
  test.each<[string, string, string, number]>([
    ['F', 'open', 'it failed', 0],
    ['FFF', 'open', 'it fails each time', 0],
    ['FFF.', 'resolved', 'always failing, one clean run is believed', 1],
    ['FFF-', 'open', 'a run that never came there is no fix', 0],
    ['FFFc', 'open', 'nor is one that was cut off', 0],
    ['FFFo', 'open', 'nor one that fails there of something else', 0],
    ['FFFe', 'resolved', 'one that fails behind it passed', 1],
    ['F.F.', 'watching', 'two of three: not yet', 1],
    ['F.F...', 'resolved', 'two of three: three are believed', 3],
    ['F....F....F....', 'watching', 'every fifth time: four are not', 4],
    [`F....F....F....${'.'.repeat(10)}`, 'resolved', 'every fifth time: 14 are', 14],
    ['FFF.F', 'regressed', 'it was resolved', 0],
    ['FFF.F.', 'watching', 'and is watched again', 1],
    ['FFF.F..', 'resolved', 'four of five: two are believed', 2],
    ['F.FF.', 'resolved', 'several in a row since it was: that is a change as well, and one is', 1],
    ['F.F.F..', 'watching', 'by turns: as often as it failed in all', 2],
    ['......F..', 'watching', 'a single failure among good runs is not mended at once', 2],
    ['......FF.', 'resolved', 'several in a row are a change: one is', 1],
  ])('%s: %s, %s', (signs, state, _, passes) => {
    expect(ours(story(signs))).toMatchObject({ state, passes });
  });

  test('what passed before a failure at another revision says nothing of it', () => {
    const found = ours(story('......F.', (index) => ({ revision: index < 6 ? '1' : '2' })));
    expect(found).toMatchObject({ state: 'resolved', needed: 1 });
  });

  test.each<[string, string, string, number]>([
    ['FF1c', 'open', 'what passes nothing at the same revision begins nothing', 0],
    ['FF2c', 'watching', 'a run of a changed revision begins it, though it was cut off', 0],
    ['FF2.', 'resolved', 'and its clean pass is believed', 1],
    ['FF2.F', 'regressed', 'until it fails again', 0],
  ])('%s (a digit: the revision from here on): %s, %s', (signs, state, _, passes) => {
    let revision = '1';
    const revisions = signs.split('').flatMap((sign) => {
      if (!/\d/.test(sign)) return [revision];
      revision = sign;
      return [];
    });
    const runs = story(signs.replace(/\d/g, ''), (index) => ({
      revision: revisions[index] ?? '',
    }));
    // One that was cut off came to the node all the same.
    const came = runs.map((run) =>
      run.outcome === 'cancelled'
        ? { ...run, nodes: [aPastNode({ nodeId: saveNode, status: 'unended' })] }
        : run,
    );
    expect(ours(came)).toMatchObject({ state, passes });
  });

  test('a flow that was imported anew is a changed revision', () => {
    const own = ['a', 'b', 'c'].map((name) =>
      aPastNode({ nodeId: `ifly-code::${name.repeat(8)}` }),
    );
    const runs = story('FFc', (index) => ({ flow: index < 2 ? 'f' : 'g' })).map((run) => ({
      ...run,
      nodes: [
        ...own,
        ...(run.outcome === 'cancelled'
          ? [aPastNode({ nodeId: saveNode, status: 'unended' as const })]
          : []),
      ],
    }));
    expect(ours(runs)).toMatchObject({ state: 'watching', passes: 0, sinceMs: 2 * minute });
  });

  test.each<[string, string, number, Partial<Standing & Pick<Problem, 'mark'>>, string]>([
    ['FF', 'fixed', 5, { state: 'watching', passes: 0, needed: 1, sinceMs: 5 * minute }, 'watched'],
    ['FF----.', 'fixed', 5, { state: 'resolved', passes: 1 }, 'a clean pass behind it'],
    [
      'F.F.',
      'fixed',
      3.5,
      { state: 'watching', passes: 0 },
      'passes before it are none of the fix',
    ],
    [
      'FF----F',
      'fixed',
      5,
      { state: 'regressed', passes: 0, mark: 'seen', wasResolved: false },
      'it failed again, and was never resolved',
    ],
    [
      'FF.---F',
      'fixed',
      5,
      { state: 'regressed', wasResolved: true },
      'it failed again, and was resolved',
    ],
    [
      'FF.---F---F',
      'fixed',
      8,
      { state: 'regressed', wasResolved: false },
      'it failed again and again, and was not resolved in between',
    ],
    [
      'F.F.F---F.',
      'fixed',
      7,
      { state: 'watching', mark: 'seen' },
      'and no longer stands as fixed',
    ],
    ['FF----F.', 'fixed', 5, { state: 'resolved', passes: 1 }, 'and was mended then'],
    [
      'FF-F',
      'fixed',
      3.5,
      { state: 'watching' },
      'what began before and ended later is no failure of it',
    ],
    ['FFF.', 'fixed', 10, { state: 'resolved', passes: 1 }, 'what was resolved stays so'],
  ])('%s, %s in minute %d: %o: %s', (signs, kind, minutes, expected) => {
    const mark = said(kind as ProblemMark['kind'], minutes);
    expect(ours(story(signs), 100 * minute, [mark])).toMatchObject(expected);
  });

  test.each<[string, readonly number[], string, string]>([
    ['ignored', [0, 1], 'ignored', 'nothing happened since'],
    ['ignored', [0, 1, 11, 12], 'ignored', 'it goes on as it was'],
    ['ignored', [0, 1, 11, 12, 13], 'open', 'three times as often as in the week before'],
    ['other', [0, 1], 'open', 'another problem is ignored'],
    ['seen', [0, 1], 'open', 'it was looked at'],
    ['none', [0, 1], 'new', 'nobody looked at it'],
  ])('%s, failing in minutes %o: %s: %s', (kind, minutes, state) => {
    const runs = minutes.map((at, index) => ({
      ...(story('F')[0] ?? aPast()),
      ...{ beginMs: at * minute, key: String(index) },
    }));
    const marks =
      kind === 'none'
        ? []
        : kind === 'other'
          ? [said('seen', 10), { ...said('ignored', 10), signature: 'x' }]
          : [said(kind as ProblemMark['kind'], 10)];
    expect(ours(runs, 100 * minute, marks)).toMatchObject({ state });
  });

  test.each([
    ['FF', 'new'],
    ['..FF', 'new'],
    // Two of three, and one pass between: it was watched, and never resolved.
    ['FF......F', 'regressed'],
    ['....F.F', 'open'],
  ])('what nobody looked at is new until it passes: %s is %s', (signs, state) => {
    expect(ours(story(signs), 100 * minute, [])).toMatchObject({ state });
  });

  test('what nobody looked at for a week is new no more', () => {
    expect(ours(story('F'), 8 * day, [])).toMatchObject({ state: 'open' });
  });

  test('what was said of it holds for imports of the flow, and for no other flow', () => {
    const own = ['a', 'b', 'c'].map((name) =>
      aPastNode({ nodeId: `ifly-code::${name.repeat(8)}` }),
    );
    const of = (flow: string, at: number) =>
      story('F', () => ({ flow, beginMs: at * minute })).map((run) => ({
        ...run,
        ...{ key: flow, nodes: own },
      }));
    const ignored = said('ignored', 1);
    expect(ours([...of('f', 0), ...of('g', 5)], 0, [ignored])).toMatchObject({ state: 'ignored' });
    expect(ours(of('z', 5), 0, [ignored])).toMatchObject({ state: 'new' });
    // The first of the lineage is no longer known, the one of which it was said is.
    const later = { ...ignored, flow: 'g' };
    expect(ours(of('g', 5), 0, [later])).toMatchObject({ state: 'ignored' });
  });

  test('what was said of it before its flow was imported anew holds when only the import is still known', () => {
    const at = (nodeId: string, flow: string) =>
      story('F', () => ({ flow })).map((run) => ({
        ...run,
        ...{ failure: { ...failure, nodeId }, nodes: [aPastNode({ nodeId })] },
      }));
    const own = 'ifly-code::aaaaaaaa';
    const of = (nodeId: string): SignedWords => ({
      ...{ ...failure, nodeId, code: 21_300 },
    });
    const stateOf = (nodeId: string, mark: Partial<ProblemMark>) => {
      const [found] = problemsOf(at(nodeId, 'import'), 0, []);
      const { signature = '' } = found ?? {};
      const ignored = { kind: 'ignored', weekly: 9, atMs: 1, flow: 'gone', signature } as const;
      return problemsOf(at(nodeId, 'import'), 0, [{ ...ignored, ...mark }])[0]?.state;
    };
    expect(stateOf(own, { of: of(own) })).toBe('ignored');
    // Of whom else it was said nobody knows; a tool's name is anybody's.
    expect(stateOf(own, {})).toBe('new');
    expect(stateOf('search', { of: of('search') })).toBe('new');
  });

  test('of a failure whose record nobody looked into nothing is said', () => {
    const [failed] = story('F');
    const summaries = [{ ...(failed ?? aPast()), isSummary: true, nodes: [] }];
    expect(problemsOf(summaries, 0)).toEqual([]);
  });

  test('another at the same node is linked', () => {
    const both = problemsOf(story('FFoF'), 0);
    expect(both.map(({ besides }) => besides)).toEqual([
      [both[1]?.fingerprint],
      [both[0]?.fingerprint],
    ]);
  });

  test('runs count by their begin, in whatever order they came', () => {
    expect(ours(story('FF.').toReversed())).toMatchObject({ state: 'resolved' });
  });

  test('silence is no fix', () => {
    expect(ours(story('FF-'), 15 * day)).toMatchObject({ state: 'quiet', passes: 0 });
    expect(ours(story('FF'), 13 * day)).toMatchObject({ state: 'open' });
    expect(ours(story('FF.'), 15 * day)).toMatchObject({ state: 'resolved' });
  });

  // `F` failed, `.` passed, ten minutes each, one an hour; the flow file was changed in a minute.
  test.each<[string, number, number | null, Partial<Standing>, string]>([
    ['F.', 65, null, { state: 'watching', passes: 0, sinceMs: 65 }, 'it began before that'],
    ['F.', 75, null, { state: 'resolved', passes: 1 }, 'it was over by then: resolved before'],
    ['F..', 65, null, { state: 'resolved', passes: 1, sinceMs: 65 }, 'the next one has it'],
    ['F', 30, null, { state: 'open', passes: 0, sinceMs: null }, 'a saved file only asks'],
    ['F.', 30, null, { state: 'resolved', passes: 1 }, 'it began behind that'],
    ['.F.', 50, null, { state: 'watching', passes: 1, needed: 5 }, 'changed before it failed'],
    ['F.', 65, 64, { state: 'watching', passes: 0, sinceMs: 65 }, 'marked, and changed after that'],
    ['F..', 65, 64, { state: 'resolved', passes: 1, sinceMs: 65 }, 'and a run that began then'],
    ['F.F..', 185, null, { state: 'watching', passes: 1, needed: 3, sinceMs: 185 }, 'two of three'],
  ])('%s, changed at %i, marked at %s: %o: %s', (signs, changed, fixed, expected) => {
    const runs = signs.split('').map((sign, index) => ({
      run: { beginMs: index * 60, durationMs: 10, flow: 'f', revision: '' },
      passed: sign === '.',
    }));
    const failedAt = signs.split('').flatMap((sign, index) => (sign === 'F' ? [index] : []));
    const done = { fixedMs: fixed, changedMs: changed };
    expect(standingOf(nodePast(runs), failedAt, 1_000, done)).toMatchObject(expected);
  });

  test.each([
    ...[
      [1, 1],
      [0.5, 5],
      [0.3, 9],
      [0.2, 14],
      [0.1, 14],
      [0, 14],
    ],
  ])('failing at a rate of %f, %i clean runs are believed', (rate, needed) => {
    expect(passesNeeded(rate)).toBe(needed);
  });
});

describe('a problem', () => {
  test('tells how often, since when, the runs, and the last one that was good', () => {
    const all = story('..F.FF');
    expect(problemsOf(all, 0)).toMatchObject([
      {
        ...{ flow: 'f', nodeId: saveNode, nodeName: 'Save', cause: 'elementNotFound', count: 3 },
        ...{ firstMs: 2 * minute, lastMs: 5 * minute, runsSince: 4, lastGood: 'k3' },
        failures: [{ sid: '2' }, { sid: '4' }, { sid: '5' }],
      },
    ]);
  });

  test('that was there from the first run on is compared with what passes since', () => {
    expect(problemsOf(story('FF..'), 0)).toMatchObject([{ lastGood: 'k3' }]);
    expect(problemsOf(story('FF'), 0)).toMatchObject([{ lastGood: null }]);
  });

  test('leads to the last run before its last failure that went well, not only at its node', () => {
    const [first, second, third, ...others] = story('..F.F');
    const failedElsewhere = (run: PastExecution | undefined): PastExecution[] =>
      run === undefined
        ? []
        : [{ ...run, outcome: 'failed', failure: { ...failure, nodeId: 'else', text: 'x' } }];
    const runs = [first, second, third].flatMap((run) => run ?? []);
    const [fourth, fifth] = others;
    const all = [...runs, ...failedElsewhere(fourth), ...(fifth === undefined ? [] : [fifth])];
    expect(problemsOf(all, 0).find(({ nodeId }) => nodeId === saveNode)?.lastGood).toBe('k1');
  });

  const withText = (texts: readonly string[], parts: Partial<PastFailure> = {}) =>
    texts.map((text, index) =>
      aPast({
        ...{ outcome: 'failed', beginMs: index, code: 21300 },
        failure: { ...failure, ...parts, text },
      }),
    );

  test('is one whatever differs from run to run, and another for another text, code, cause or node', () => {
    const one = withText(['Element not found: #a after 3 s', 'Element not found: #a after 5 s']);
    expect(problemsOf(one, 0)).toHaveLength(1);
    const silent = 'Plugin node execution failed';
    const others = [
      ...one,
      ...withText(['Element not found: #b after 3 s']),
      ...withText(['Element not found: #a after 3 s'], { nodeId: 'other::12345678' }),
      ...withText([silent], { also: ['Node execution timeout'] }),
      ...withText([silent], { also: ['403 Forbidden'] }),
      ...withText(['Element not found: #a after 3 s']).map((run) => ({ ...run, code: 20804 })),
      ...withText(['Element not found: #a after 3 s']).map((run) => ({ ...run, flow: 'g' })),
    ];
    expect(problemsOf(others, 0)).toHaveLength(7);
  });

  test('of no known cause is one, whatever kind it was taken for', () => {
    const unknown = withText(['Something broke', 'Something broke'], { cause: null });
    const ofCode = withText(['Something broke'], { cause: null, category: 'codeExecution' });
    expect(problemsOf([...unknown, ...ofCode], 0).map(({ count }) => count)).toEqual([3]);
  });

  test('without a node is judged by executions as a whole', () => {
    const [failed] = withText(['x'], { nodeId: null });
    const all = [failed, aPast({ beginMs: 5 })].flatMap((run) => run ?? []);
    expect(problemsOf(all, 10)).toMatchObject([{ nodeId: null, state: 'resolved' }]);
  });

  test('those that failed last stand first; what did not end, or has no begin, is none', () => {
    const all = [
      ...withText(['old', 'new']),
      aPast({ outcome: 'running', beginMs: 50 }),
      ...withText(['lost']).map((run) => ({ ...run, beginMs: null })),
    ];
    expect(problemsOf(all, 0).map(({ text }) => text)).toEqual(['new', 'old']);
  });

  test('goes on where its flow was imported anew', () => {
    const nodes = ['a', 'b', 'c', 'd', 'e'].map((name) =>
      aPastNode({ nodeId: `ifly-code::${name.repeat(8)}` }),
    );
    const of = (flow: string) => (index: number) => ({
      ...{ flow, beginMs: (flow === 'old' ? 0 : 10 * minute) + index * minute },
    });
    const all = [...story('FF', of('old')), ...story('F.', of('new'))].map((run) => ({
      ...run,
      nodes: [...nodes, ...run.nodes],
    }));
    expect(problemsOf(all, 0)).toMatchObject([{ flow: 'new', count: 3, state: 'resolved' }]);
  });
});

/** As flows ran first. */
function lineages(all: readonly PastExecution[]) {
  const inOrder = all.toSorted((a, b) => (a.beginMs ?? 0) - (b.beginMs ?? 0));
  return lineagesOf(
    inOrder.map(({ flow, nodes }) => {
      const own = nodes.map(({ nodeId }) => nodeId).filter(isOwnNode);
      return { flow, ownNodes: new Set(own) };
    }),
  );
}

describe('lineages', () => {
  const of = (flow: string, beginMs: number, ...names: readonly string[]) =>
    aPast({ flow, beginMs, nodes: names.map((nodeId) => aPastNode({ nodeId })) });
  const node = (name: string) => `ifly-code::${name.repeat(8)}`;
  const five = ['a', 'b', 'c', 'd', 'e'].map(node);

  test.each<[string, PastExecution[], Record<string, string>]>([
    ['an import keeps the nodes', [of('y', 2, ...five), of('x', 1, ...five)], { x: 'x', y: 'x' }],
    [
      'a node may have been added and one removed',
      [of('x', 1, ...five), of('y', 2, ...five.slice(1), node('f'))],
      { x: 'x', y: 'x' },
    ],
    [
      'half of the nodes are too few',
      [of('x', 1, ...five), of('y', 2, ...five.slice(3), node('f'), node('g'))],
      { x: 'x', y: 'y' },
    ],
    ['one node is too few', [of('x', 1, node('a')), of('y', 2, node('a'))], { x: 'x', y: 'y' }],
    [
      'an import of an import',
      [of('x', 1, ...five), of('y', 2, ...five, node('f')), of('z', 3, ...five, node('f'))],
      { x: 'x', y: 'x', z: 'x' },
    ],
    [
      'agents that use the same tools are not one',
      [of('x', 1, 'search', 'answer'), of('y', 2, 'search', 'answer')],
      { x: 'x', y: 'y' },
    ],
    [
      'what has no begin counts as first',
      [of('x', 1, ...five), { ...of('y', 0, ...five), beginMs: null }],
      { x: 'y', y: 'y' },
    ],
  ])('%s', (_, all, expected) => {
    expect(Object.fromEntries(lineages(all))).toEqual(expected);
  });

  test('a flow imported hundreds of times is one, though not every pair is compared', () => {
    const all = Array.from({ length: 250 }, (_, index) => of(`f${String(index)}`, index, ...five));
    expect(new Set(lineages(all).values())).toEqual(new Set(['f0']));
  });
});
