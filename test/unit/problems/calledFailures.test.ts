import { describe, expect, test } from 'vitest';

import type { PastExecution } from '../../../src/analysis/pastExecution.ts';
import { CalledFailures } from '../../../src/problems/calledFailures.ts';
import { readFailures } from '../../../src/answers/readFailures.ts';
import { ProblemIndex } from '../../../src/problems/problemIndex.ts';
import type { Failed } from '../../../src/problems/timed.ts';
import { aPast, aPastNode } from '../../support/pastBuilders.ts';

const minute = 60_000;
const second = 1_000;

/** A workflow that failed at a robot, from a second of a minute on. */
const sub = (id: string, atMs: number, parts: Partial<PastExecution> = {}) =>
  failed(id, atMs, { flow: 'sub', name: 'Enter invoice', ...parts }, 'rpa::aaaaaaaa', '未找到元素');

/** One that called it, and failed at that. */
const caller = (id: string, atMs: number, parts: Partial<PastExecution> = {}, calls = 'sub') => {
  const flow = { flow: 'caller', name: 'All invoices', durationMs: 20 * second, ...parts };
  const run = failed(id, atMs, flow, 'flow::bbbbbbbb', 'sub-workflow failed');
  const { failure } = run;
  return calls === '' || failure === null ? run : { ...run, failure: { ...failure, calls } };
};

function failed(
  id: string,
  beginMs: number,
  parts: Partial<PastExecution>,
  nodeId: string,
  text: string,
): PastExecution {
  const durationMs = parts.durationMs ?? 5 * second;
  return aPast({
    ...{ key: `workflow/${id}`, sid: id, beginMs, durationMs, outcome: 'failed', code: 21300 },
    nodes: [aPastNode({ nodeId, beginMs, durationMs, status: 'failed' })],
    failure: { nodeId, name: nodeId, cause: null, category: 'unknown', text },
    ...parts,
  });
}

const index = () => new ProblemIndex(readFailures());
function take(to: ProblemIndex, runs: readonly PastExecution[]) {
  const inOrder = runs.toSorted((a, b) => (a.beginMs ?? 0) - (b.beginMs ?? 0));
  for (const _ of to.take(inOrder, { nowMs: 60 * minute, marks: null })) continue;
  return told(to);
}
/** Each problem as `flow count`, with who failed as well. */
const told = ({ problems }: ProblemIndex) =>
  problems
    .map(({ flow, count, alsoFailed = [] }) => {
      const also = alsoFailed.map((one) => `${one.flow} ${String(one.runs.length)}`);
      return [`${flow} ${String(count)}`, ...also].join(' + ');
    })
    .sort();

describe('a workflow that was called and failed', () => {
  test.each<[string, readonly PastExecution[], readonly string[]]>([
    [
      'is one problem with who called it',
      [sub('s', 2 * second), caller('c', 0)],
      ['sub 1 + caller 1'],
    ],
    [
      'so often as it was',
      [0, 1, 2].flatMap((at) => [
        sub(`s${String(at)}`, at * minute + second),
        caller(`c${String(at)}`, at * minute),
      ]),
      ['sub 3 + caller 3'],
    ],
    [
      'is found behind hundreds of calls that went well, of the same loop',
      [
        ...Array.from({ length: 300 }, (_, at) =>
          aPast({
            ...{ key: `workflow/g${String(at)}`, sid: `g${String(at)}`, flow: 'sub' },
            ...{ beginMs: at * second, durationMs: 100, outcome: 'succeeded' },
          }),
        ),
        sub('s', 301 * second),
        caller('c', 0, {
          durationMs: 310 * second,
          nodes: [
            aPastNode({
              ...{ nodeId: 'flow::bbbbbbbb', beginMs: 300 * second, durationMs: 10 * second },
              ...{ status: 'failed', count: 301 },
            }),
          ],
        }),
      ],
      ['sub 1 + caller 1'],
    ],
    ['is its caller’s alone where only that is known', [caller('c', 0)], ['caller 1']],
    ['is its own where it was called by nobody', [sub('s', 0)], ['sub 1']],
    [
      'is another one that failed at another time',
      [sub('s', 5 * minute), caller('c', 0)],
      ['caller 1', 'sub 1'],
    ],
    [
      'is none that went on behind its caller',
      [sub('s', 2 * second, { durationMs: minute }), caller('c', 0)],
      ['caller 1', 'sub 1'],
    ],
    [
      'is none that passed',
      [sub('s', 2 * second, { outcome: 'succeeded', failure: null }), caller('c', 0)],
      ['caller 1'],
    ],
    [
      'is none of another flow',
      [sub('s', 2 * second, { flow: 'x' }), caller('c', 0)],
      ['caller 1', 'x 1'],
    ],
    [
      'is called once',
      [sub('s', 2 * second), caller('c', 0), caller('d', second)],
      ['caller 1', 'sub 1 + caller 1'],
    ],
    [
      'fails through all that called each other',
      [
        sub('s', 3 * second),
        caller('c', 2 * second, { flow: 'middle', durationMs: 8 * second }),
        caller('d', 0, { flow: 'outer' }, 'middle'),
      ],
      ['sub 1 + outer 1 + middle 1'],
    ],
    [
      'calls nobody back',
      [
        caller('c', 0, { flow: 'a', durationMs: second }, 'b'),
        caller('d', 0, { flow: 'b', durationMs: second }, 'a'),
      ],
      ['a 1', 'b 1'],
    ],
    [
      'says itself who called it, whatever the node',
      [sub('s', 2 * second, { calledFrom: 'c' }), caller('c', 0, {}, ''), caller('d', second)],
      ['caller 1', 'sub 1 + caller 1'],
    ],
    [
      'and not one of the same sid at another time',
      [sub('s', 5 * minute, { calledFrom: 'c' }), caller('c', 0, {}, '')],
      ['caller 1', 'sub 1'],
    ],
  ])('%s', (_, runs, expected) => {
    expect(take(index(), runs)).toEqual(expected);
  });

  test('comes later, and leaves again', () => {
    const found = index();
    const [one, two] = [caller('c', 0), caller('d', minute)];
    expect(take(found, [one, two])).toEqual(['caller 2']);
    expect(take(found, [one, two, sub('s', second)])).toEqual(['caller 1', 'sub 1 + caller 1']);
    expect(take(found, [one, two])).toEqual(['caller 2']);
    expect(take(found, [two])).toEqual(['caller 1']);
    expect(take(found, [])).toEqual([]);
  });

  test('of the same key as another one at another time is told apart from it', () => {
    const found = index();
    const earlier = sub('s', 0, { flow: 'x' });
    const told = take(found, [earlier, sub('s', minute + second), caller('c', minute)]);
    expect(told).toEqual(['sub 1 + caller 1', 'x 1']);
    // The one that is in memory is the later one.
    expect(found.of('workflow/s')?.flow).toBe('sub');
    expect(take(found, [sub('s', minute + second), sub('s', 2 * minute, { flow: 'x' })])).toEqual([
      'sub 1',
      'x 1',
    ]);
    expect(found.of('workflow/s')?.flow).toBe('x');
  });

  test('is the problem of its caller’s execution, too', () => {
    const found = index();
    take(found, [sub('s', 2 * second), caller('c', 0)]);
    expect(found.of('workflow/c')?.fingerprint).toBe(found.of('workflow/s')?.fingerprint);
    expect(found.of('workflow/c')?.flow).toBe('sub');
  });

  test('of several attempts is the last one, which its caller failed of', () => {
    const problems = index();
    take(problems, [
      sub('first', second, {
        failure: {
          ...{ nodeId: 'rpa::aaaaaaaa', name: 'rpa::aaaaaaaa', cause: null },
          ...{ category: 'unknown', text: 'disk full' },
        },
      }),
      sub('last', 91 * second),
      caller('c', 0, {
        durationMs: 97 * second,
        nodes: [
          aPastNode({
            ...{ nodeId: 'flow::bbbbbbbb', beginMs: 90 * second, durationMs: 7 * second },
            ...{ status: 'failed', count: 10 },
          }),
        ],
      }),
    ]);
    const [joined] = problems.problems.filter(({ alsoFailed = [] }) => alsoFailed.length > 0);
    expect(joined?.text).toBe('未找到元素');
  });

  test('is that of the one of its sid that ran then, among many of this sid', () => {
    const shared = Array.from({ length: 60 }, (_, at) =>
      caller(`c${String(at)}`, at * minute, { sid: 'shared', flow: `caller ${String(at)}` }, ''),
    );
    const called = sub('s', 30 * minute + second, { calledFrom: 'shared' });
    expect(take(index(), [...shared, called])).toContain('sub 1 + caller 30 1');
  });

  test('is looked for among a few of its sid, however many records say that it is theirs', () => {
    const count = 1_000;
    const found = new CalledFailures();
    const looks = looksAt(
      Array.from({ length: count }, (_, at) => {
        const parts = { sid: 'shared', calledFrom: 'shared', flow: `f${String(at)}` };
        return caller(`c${String(at)}`, at, parts, '');
      }),
      (runs) => {
        for (const run of runs) found.add(run);
      },
    );
    expect(looks).toBeGreaterThan(count);
    expect(looks).toBeLessThan(100 * count);
  });

  test('is looked for among the last ones of its flow, however many failed meanwhile', () => {
    const count = 1_000;
    const found = new CalledFailures();
    const callers = Array.from({ length: count }, (_, at) => caller(`c${String(at)}`, at));
    const looks = looksAt(
      Array.from({ length: count }, (_, at) => sub(`s${String(at)}`, at)),
      (subs) => {
        for (const run of [...subs, ...callers]) found.add(run as Failed);
      },
    );
    expect(looks).toBeGreaterThan(count);
    expect(looks).toBeLessThan(100 * count);
  });

  test.each([
    ['one after the other', minute],
    ['many at the same time', 10],
  ])('is joined without a look at all that failed before: %s', (_, gapMs) => {
    const count = 2_000;
    const found = new CalledFailures();
    const looks = looksAt(
      Array.from({ length: count + 1 }, (_unused, at) => [
        caller(`c${String(at)}`, at * gapMs, { durationMs: 6 * second }),
        sub(`s${String(at)}`, at * gapMs + second),
      ]).flat(),
      (runs, counted) => {
        for (const run of runs.slice(0, -2)) found.add(run);
        found.moved();
        counted.begin();
        for (const run of runs.slice(-2)) found.add(run);
        expect(found.moved().map(({ sid }) => sid)).toEqual(
          expect.arrayContaining([`s${String(count)}`, `c${String(count)}`]),
        );
      },
    );
    expect(looks).toBeGreaterThan(0);
    expect(looks).toBeLessThan(count);
  });

  test('is the same whenever it came, and whatever left meanwhile', () => {
    let seed = 7;
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let story = 0; story < 100; story++) {
      const runs = Array.from({ length: 24 }, (_, at): Failed => {
        const atMs = random(40) * 700;
        const durationMs = (1 + random(20)) * 600;
        const from = random(4) === 0 ? { calledFrom: `r${String(random(24))}` } : {};
        const flow = { flow: `f${String(random(3))}`, ...from };
        const calls = random(3) === 0 ? '' : `f${String(random(3))}`;
        return caller(`r${String(at)}`, atMs, { ...flow, durationMs }, calls) as Failed;
      });
      const found = new CalledFailures();
      const there = new Set<Failed>();
      for (let step = 0; step < 60; step++) {
        const run = runs[random(runs.length)];
        if (run === undefined) continue;
        if (there.delete(run)) found.drop(run);
        else {
          there.add(run);
          found.add(run);
        }
      }
      const anew = new CalledFailures();
      for (const run of there) anew.add(run);
      const rootsOf = (of: CalledFailures) => [...there].map((run) => of.rootOf(run)?.sid);
      expect(rootsOf(found)).toEqual(rootsOf(anew));
      for (const run of there) {
        const failed = [...there].filter((one) => anew.rootOf(one) === run);
        expect(new Set(found.failedOf(run))).toEqual(new Set(failed));
      }
    }
  });
});

/** How often somebody looks at how long executions took: at each that may have been called by another one. */
function looksAt(
  runs: readonly PastExecution[],
  work: (runs: readonly Failed[], counted: { begin: () => void }) => void,
): number {
  let looks = 0;
  const watched = runs.map((run) => {
    const get = () => {
      looks++;
      return run.durationMs;
    };
    return Object.defineProperty({ ...run }, 'durationMs', { get }) as Failed;
  });
  work(watched, { begin: () => (looks = 0) });
  return looks;
}
