import { describe, expect, test } from 'vitest';

import type { PastExecution } from '../../../src/analysis/pastExecution.ts';
import { readFailures } from '../../../src/answers/readFailures.ts';
import { ProblemIndex } from '../../../src/problems/problemIndex.ts';
import type { ReaderMark } from '../../../src/problems/problemMark.ts';
import type { ProblemsWorld } from '../../../src/problems/problems.ts';
import { problemsOf } from '../../../src/answers/problemsOf.ts';
import { aPast, aPastNode } from '../../support/pastBuilders.ts';

const minute = 60_000;
const nodes = ['a', 'b', 'c', 'd'].map((name) =>
  aPastNode({ nodeId: `ifly-code::${name.repeat(8)}` }),
);

/** Numbers that look random, the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const texts = ['Order 17 is gone', 'Order 18 is gone', 'Disk full', 'Window not found'];

/** A run that may fail anywhere, of one of three flows of which two are imports of one. */
function anyRun(n: number, next: (below: number) => number): PastExecution {
  const flow = ['f', 'g', 'h'][next(3)] ?? '';
  const own = flow === 'h' ? nodes.slice(0, 1) : nodes.slice(0, 3 + next(2));
  const parts = {
    key: `k${String(n)}`,
    sid: `k${String(n)}`,
    beginMs: next(500) * minute + n,
    flow,
  };
  if (next(3) > 0) return aPast({ ...parts, nodes: own });
  const nodeId = next(8) === 0 ? null : (own[next(own.length)]?.nodeId ?? null);
  const text = texts[next(texts.length)] ?? '';
  return aPast({
    ...{ ...parts, outcome: 'failed', code: 1, nodes: own },
    ...(next(3) === 0 ? { durationMs: 9 * minute } : {}),
    failure: {
      ...{ nodeId, name: 'Save', cause: null, category: 'robotTask', text },
      ...(next(3) === 0 ? { calls: ['f', 'h'][next(2)] ?? '' } : {}),
    },
    ...(next(20) === 0 ? { isSummary: true, nodes: [] } : {}),
  });
}

const world = (marks: readonly ReaderMark[] | null = null): ProblemsWorld => ({
  ...{ nowMs: 600 * minute, marks },
});
function take(index: ProblemIndex, runs: readonly PastExecution[], of: ProblemsWorld): number {
  let steps = 0;
  for (const _ of index.take(runs, of)) steps++;
  return steps;
}

const inOrder = (runs: readonly PastExecution[]) =>
  runs.toSorted((a, b) => (a.beginMs ?? 0) - (b.beginMs ?? 0));
/** Of those that began in one moment the order is nobody's. */
const comparable = (problems: ReturnType<typeof problemsOf>) =>
  problems
    .map(({ besides: _, elsewhere: _e, parts: _p, failures, ...rest }) => ({
      ...{ ...rest, text: '', lastGood: null },
      failures: failures.map(({ key }) => key).sort(),
    }))
    .sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));

describe('executions that come and leave', () => {
  test.each([1, 2, 3, 4, 5, 6])('leave what is found of those that are there (%i)', (seed) => {
    const next = numbers(seed);
    const index = new ProblemIndex(readFailures());
    let n = 0;
    let runs: PastExecution[] = [];
    for (let round = 0; round < 12; round++) {
      // Now few, now more than are put in one by one.
      const many = [1, 5, 40, 260][next(4)] ?? 1;
      const dropped = next(2) === 0 ? next(many) : 0;
      runs = inOrder([
        ...runs.slice(dropped),
        ...Array.from({ length: many }, () => anyRun(n++, next)),
      ]);
      // What is read again is another object; what is known better takes its place.
      runs = runs.map((run) => (next(30) === 0 ? { ...run } : run));
      take(index, runs, world());
      expect(comparable(index.problems)).toEqual(comparable(problemsOf(runs, world().nowMs)));
    }
    take(index, [], world());
    expect(index.problems).toEqual([]);
    expect(index.counts(null)).toEqual({ ended: 0, unknown: 0 });
  });

  test('a question goes through what came, and not through all', () => {
    const index = new ProblemIndex(readFailures());
    const next = numbers(7);
    const runs = inOrder(Array.from({ length: 20_000 }, (_, n) => anyRun(n, next)));
    const first = take(index, runs, world());
    const [anew, again] = [anyRun(20_000, next), take(index, runs, world())];
    const one = take(index, [...runs, { ...anew, beginMs: 501 * minute }], world());
    // It pauses for each thousand that it goes through.
    expect(first).toBeGreaterThan(60);
    expect([again, one].every((steps) => steps < first / 2)).toBe(true);
  });

  test('an execution that is known by then is found, and how many there are of a flow', () => {
    const index = new ProblemIndex(readFailures());
    const failed = aPast({
      ...{ key: 'x', outcome: 'failed', flow: 'f' },
      failure: { nodeId: 'n', name: '', cause: null, category: 'robotTask', text: 'Disk full' },
    });
    const unknown = { ...failed, key: 'y', beginMs: 1, isSummary: true };
    take(index, [failed, unknown, aPast({ key: 'z', flow: 'g', beginMs: 2 })], world());
    expect(index.of('x')?.text).toBe('Disk full');
    expect(index.of('y')).toBeUndefined();
    expect(index.run('z')?.flow).toBe('g');
    expect(index.runsOf('f').map(({ key }) => key)).toEqual(['x', 'y']);
    expect(index.counts(null)).toEqual({ ended: 3, unknown: 1 });
    expect(index.counts(new Set(['f', 'none']))).toEqual({ ended: 2, unknown: 1 });
  });

  test('a failure that is not among them is of the problem that it would be of', () => {
    const index = new ProblemIndex(readFailures());
    const of = (key: string, text: string) =>
      aPast({
        ...{ key, outcome: 'failed', code: 1, nodes },
        failure: { nodeId: 'n', name: '', cause: null, category: 'robotTask', text },
      });
    const runs = [of('a', 'Order 17 is gone'), of('b', 'Disk full')];
    const signatures = problemsOf(runs, 0).map(({ signature }) => signature);
    const [gone = '', full = ''] = signatures;
    const says = { kind: 'moved', flow: 'f', signature: full, into: gone, atMs: 1 } as const;
    take(index, runs, world([says]));
    const [problem] = index.problems;
    const earlier = ['Order 18 is gone', 'Disk full'].map((text) => of('older', text));
    const known = earlier.map((run) => index.fingerprintOf(run));
    expect(known).toEqual([problem?.fingerprint, problem?.fingerprint]);
    expect(index.fingerprintOf(of('c', 'Something else'))).not.toBe(problem?.fingerprint);
    expect(index.fingerprintOf(aPast())).toBeNull();
  });

  test('what is said by hand holds for what is there, and is taken back', () => {
    const index = new ProblemIndex(readFailures());
    const next = numbers(3);
    const runs = inOrder(Array.from({ length: 80 }, (_, n) => anyRun(n, next)));
    take(index, runs, world([]));
    const apart: ReaderMark[] = [{ kind: 'apart', flow: 'g', atMs: 1 }];
    const before = comparable(index.problems);
    for (const marks of [apart, []]) {
      take(index, runs, world(marks));
      expect(comparable(index.problems)).toEqual(
        comparable(problemsOf(runs, world().nowMs, marks)),
      );
    }
    expect(comparable(index.problems)).toEqual(before);
  });

  test('a flow file that was changed since is taken into account when it was', () => {
    const index = new ProblemIndex(readFailures());
    const failure = {
      nodeId: 'n',
      name: '',
      cause: null,
      category: 'robotTask',
      text: 'x',
    } as const;
    const failed = aPast({ key: 'x', outcome: 'failed', failure });
    const passed = aPast({
      key: 'y',
      beginMs: 10,
      durationMs: 50,
      nodes: [aPastNode({ nodeId: 'n' })],
    });
    take(index, [failed, passed], { ...world(), changedMs: () => null, filesAsOf: '1' });
    expect(index.problems).toMatchObject([{ state: 'resolved', passes: 1 }]);
    take(index, [failed, passed], { ...world(), changedMs: () => 30, filesAsOf: '2' });
    expect(index.problems).toMatchObject([{ state: 'watching', passes: 0, sinceMs: 30 }]);
  });
});
