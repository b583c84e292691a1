import { describe, expect, it, test } from 'vitest';

import type { Json, JsonObject } from '../../../src/base/json.ts';
import { comparedPair } from '../../../src/compare/comparedPair.ts';
import type { ComparedRun } from '../../../src/compare/comparedRun.ts';
import { compareRuns, compareSteps } from '../../../src/compare/compareRuns.ts';
import type { ExecutionSummary, NodeData } from '../../../src/trace/execution.ts';
import { cutMark, deepestValue } from '../../../src/trace/cutMark.ts';
import { buildTree } from '../../../src/trace/buildTree.ts';
import type { TreeNode } from '../../../src/trace/tree.ts';
import { aNodeData, aSummary } from '../../support/builders.ts';
import { aRun, anExecution } from '../../support/traceBuilders.ts';

const named = (name: string, value: Json, round: number | null = null) =>
  ({ name, value, form: 'json', round }) as const;

/** An execution of one node. */
function run(
  data: Partial<NodeData>,
  parts: Partial<ExecutionSummary> & { secret?: string } = {},
): ComparedRun {
  const { secret, ...summary } = parts;
  const execution = anExecution([aRun('one')], { key: JSON.stringify(data), ...summary });
  return {
    ...{ summary: execution.summary, failing: null, retried: new Set() },
    tree: buildTree(execution, null, []),
    dataOf: () => aNodeData(data),
    ownData: () => undefined,
    secretAt: () => secret,
  };
}

/** What differs in the output `x`. */
function differences(before: Json, after: Json) {
  const { rows } = compareRuns(
    run({ output: [named('x', before)] }, { key: 'a' }),
    run({ output: [named('x', after)] }, { key: 'b' }),
  );
  const { differences: found = [], folded = [], unknown = [] } = rows[0]?.differences?.output ?? {};
  return [
    ...found.map(({ path, change }) => `${path.slice(1).map(String).join('.')} ${change}`.trim()),
    ...folded.map(({ shape }) => `folded ${shape}`),
    ...unknown.map(({ why }) => `unknown ${why}`),
  ];
}

const stored = (sign: string) => `http://minio:9000/workflow/${sign.repeat(32)}.txt`;
const uuid = (sign: string) => `3f9d2b1a-6c41-4c0e-a8f7-${sign.repeat(12)}`;

describe('what a record does not tell', () => {
  const cut = (n: number) => {
    let value: Json = cutMark;
    for (let level = 0; level < deepestValue; level++) value = [value];
    return { deep: value, n };
  };

  it('is no proof that something is the same', () => {
    expect(differences(cut(1), cut(1))).toEqual([expect.stringContaining('unknown cut')]);
    expect(differences(cut(1), cut(2))).toEqual(['n changed', 'unknown cut']);
    expect(differences({ a: cutMark }, { a: cutMark })).toEqual([]);
  });

  it('is all but the last round, where one of the two keeps no more', () => {
    const of = (rounds: readonly number[], key: string, count = 3) => {
      const output = rounds.map((value, n) => named('x', value, rounds.length === 1 ? null : n));
      const execution = anExecution([aRun('one', { count })], { key });
      return { ...run({ output }, { key }), tree: buildTree(execution, null, []) };
    };
    const { rows, notCompared, first } = compareRuns(of([1, 2, 3], 'a'), of([3], 'b'));
    expect(first).toBeNull();
    expect(rows[0]?.differences?.output.unknown).toEqual([{ path: ['x'], why: 'rounds' }]);
    expect(notCompared).toEqual([{ kind: 'rounds', count: 1 }]);
    // The one round that there was is all of them.
    expect(compareRuns(of([1, 2, 3], 'a'), of([3], 'b', 1)).notCompared).toEqual([]);
  });
});

describe('two values', () => {
  it.each<[Json, Json, readonly string[]]>([
    [1, 1, []],
    [1, 2, ['changed']],
    [1, '1', ['retyped']],
    [true, 'True', ['retyped']],
    [1, null, ['removed']],
    ['', 1, ['added']],
    [null, '', ['changed']],
    [[], {}, ['changed']],
    [{ a: 1 }, 'a', ['changed']],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, []],
    [{ a: 1 }, { b: 1 }, ['b added', 'a removed']],
    [[1, 2, 3], [1, 3], ['1 removed']],
    [[1, 2, 3], [1, 9, 3], ['1 changed']],
    [[1, 2, 3], [3, 1, 2], ['0 moved']],
    [['a', 'b'], ['a', 'x', 'b'], ['1 added']],
    [[[1], [2]], [[1], [3]], ['1.0 changed']],
    [
      [
        { id: 1, v: 1 },
        { id: 2, v: 1 },
      ],
      [
        { id: 2, v: 2 },
        { id: 1, v: 1 },
      ],
      ['0 moved', '0.v changed'],
    ],
    [[{ order_no: 'A', v: 1 }], [{ order_no: 'A', v: 2 }], ['0.v changed']],
    // No field tells the rows apart.
    [[{ id: 1 }, { id: 1 }], [{ id: 1 }, { id: 1 }, { id: 3 }], ['2 added']],
    [[{ a: 1 }, { a: 2 }], [{ a: 1 }, { a: 3 }], ['1.a changed']],
    // One in front of others of which each has another value.
    [
      [
        { n: 1, what: 'bolt' },
        { n: 2, what: 'nut' },
      ],
      [
        { n: 7, what: 'washer' },
        { n: 8, what: 'bolt' },
        { n: 9, what: 'nut' },
      ],
      ['0 added', '1.n changed', '2.n changed'],
    ],
    [['Bolt 1', 'Nut 2'], ['Bolt 3'], ['0 changed', '1 removed']],
    [['Bolt 1', 'Nut 2'], ['Nut 3'], ['0 changed', '0 removed']],
    [[{ id: null }], [{ id: 1 }], ['0.id added']],
    [stored('a'), stored('b'), ['unknown stored']],
    [stored('a'), 'short', ['changed']],
    ['••••(not checked)', 'text', ['unknown hidden']],
    ['••••aaaa', '••••aaaa', ['unknown masked']],
    ['••••aaaa', '••••bbbb', ['secret']],
    ['••••a+b!', '••••c/d=', ['secret']],
    ['Bearer ••••a+b!', 'Bearer ••••c/d=', ['secret']],
    ['Bearer ••••aaaa', 'Basic ••••bbbb', ['changed']],
    ['login("••••aaaa") ok', 'login("••••bbbb") ok', ['secret']],
    ['login("••••") ok', 'login("••••bbbb") ok', ['secret']],
    ['key ••••~Zx-1aaaaaaaa, ok', 'key ••••~Qy_2bbbbbbbb, ok', ['secret']],
    // What stands behind a short secret is none of it.
    ['/api?password=••••&v=1', '/api?password=••••&v=2', ['changed']],
    ['postgres://ada:••••@db1/o', 'postgres://ada:••••@db2/o', ['changed']],
    ['login(••••)x1', 'login(••••)x2', ['changed']],
    ['login(••••)x1', 'login(••••abcd)x1', ['secret']],
    ['••••aaaa', null, ['removed']],
    [null, '••••aaaa', ['added']],
    ['••••aaaa', 'plain', ['changed']],
    [{ session_id: '••••aaaa' }, { session_id: '••••bbbb' }, ['folded session']],
    [uuid('1'), uuid('2'), ['folded id']],
    [
      [uuid('1'), uuid('1')],
      [uuid('2'), uuid('3')],
      ['1 otherPlace', 'folded id'],
    ],
    [{ elapsed_ms: 1 }, { elapsed_ms: 2 }, ['folded duration']],
    [`id ${uuid('1')} x`, `id ${uuid('2')} x`, ['folded text']],
  ])('%j and %j', (before, after, found) => {
    expect(differences(before, after)).toEqual(found);
  });

  it('that are too many are counted', () => {
    const list = (n: number) => Array.from({ length: 150 }, (_, index) => index * n + 0.5);
    const { rows } = compareRuns(
      run({ output: [named('x', list(1))] }, { key: 'a' }),
      run({ output: [named('x', list(1000))] }, { key: 'b' }),
    );
    const { differences: kept, more } = rows[0]?.differences?.output ?? { more: 0 };
    expect([kept?.length, more]).toEqual([100, 49]);
  });

  it('that are masked are compared by what stands for them', () => {
    const outputs = { output: [named('x', '••••aaaa')] };
    const of = (secret: string, key: string) => run(outputs, { key, secret });
    expect(compareRuns(of('1', 'a'), of('1', 'b')).first).toBeNull();
    expect(compareRuns(of('1', 'a'), of('2', 'b')).first).toMatchObject({ what: 'output' });
  });
});

describe('rounds', () => {
  const rounds = (...values: readonly Json[]) => ({
    output: values.map((value, round) => named('x', value, round)),
  });
  const found = (before: Partial<NodeData>, after: Partial<NodeData>) => {
    const { rows } = compareRuns(run(before, { key: 'a' }), run(after, { key: 'b' }));
    return (rows[0]?.differences?.output.differences ?? []).map(({ path, change }) => [
      path.at(-1),
      change,
    ]);
  };

  it('are matched by what they hold', () => {
    expect(found(rounds(1, 2, 3), rounds(1, 3))).toEqual([[1, 'removed']]);
    expect(found(rounds(1, 2), rounds(2, 1))).toEqual([[0, 'moved']]);
  });

  it('of a record that keeps one only are the last', () => {
    expect(found(rounds(1, 2), { output: [named('x', 2)] })).toEqual([]);
    expect(found(rounds(1, 2), { output: [named('x', 3)] })).toEqual([['x', 'changed']]);
  });
});

it('entries without an ID and a name are matched by where they stand', () => {
  const of = (key: string) => {
    const runs = ['1', '2', '3'].map((id) => aRun(id, { nodeId: '', name: '', type: '' }));
    return { ...run({}), tree: buildTree(anExecution(runs, { key }), null, []) };
  };
  const { rows, first } = compareRuns(of('a'), of('b'));
  expect([first, rows.map(({ mark }) => mark)]).toEqual([null, ['same', 'same', 'same']]);
});

test('how long a step took that was tried again is told of its last attempt alone by nobody', () => {
  const of = (key: string, parts: Partial<TreeNode>): ComparedRun => {
    const one = run({}, { key });
    return { ...one, tree: one.tree.map((node) => ({ ...node, status: 'recovered', ...parts })) };
  };
  const beginMs = 5_000;
  const [called] = run({}).tree;
  const children = [{ ...called, subExecution: aSummary(), beginMs: 1_000, durationMs: 3_150 }];
  const before = of('a', { beginMs, durationMs: 700 });
  const times = (parts: Partial<TreeNode>) =>
    compareRuns(before, of('b', parts)).rows[0]?.differences?.time ?? null;
  expect(times({ beginMs, durationMs: 0 })).toEqual({ before: 700, after: 0 });
  const retried = { beginMs, durationMs: 0, count: 3, children: children as TreeNode[] };
  expect(times(retried)).toBeNull();
});

describe('what a node is configured with', () => {
  const config = (value: Json, mail: Json, more: Partial<NodeData> = {}) =>
    run(
      { input: [named('mail', mail)], config: [named('prompt', value)], ...more },
      { key: JSON.stringify([value, mail]) },
    );

  it('is no difference where it repeats what the node was given', () => {
    const { first, groups } = compareRuns(
      config('Read: letter one.', 'letter one'),
      config('Read: letter two.', 'letter two'),
    );
    expect(first).toMatchObject({ what: 'input' });
    expect(groups.map(({ kind }) => kind)).toEqual(['inputs']);
    expect(compareRuns(config('Read it.', 'a'), config('Read that.', 'a')).first).toMatchObject({
      ...{ what: 'config', value: { path: ['prompt'] } },
    });
  });
});

describe('who started it', () => {
  const field = (value: Json) => [named('uid', value)];
  const of = (key: string, uid: string, body: JsonObject) => ({
    ...run({ config: Object.entries(body).map(([name, value]) => named(name, value)) }, { key }),
    ownData: () => ({ question: named('', ''), answer: named('', ''), fields: field(uid) }),
  });
  it.each<[string, (user: string) => JsonObject, boolean]>([
    ['at the top', (user) => ({ user_id: user }), false],
    ['in what is sent', (user) => ({ header: { uid: user } }), false],
    ['deeper, as the execution says', (user) => ({ body: { user_id: `u-${user}` } }), false],
    ['elsewhere, somebody else', (user) => ({ body: { user_id: `approver-${user}` } }), true],
  ])('%s', (_, body, isTold) => {
    const [before, after] = [of('a', 'u-anna', body('anna')), of('b', 'u-bob', body('bob'))];
    const { first } = compareRuns(before, after);
    if (isTold) expect(first).toMatchObject({ what: 'config' });
    else expect(first).toBeNull();
  });
});

describe('of several executions', () => {
  const of = (
    sid: string,
    outcome: ExecutionSummary['outcome'],
    parts: Partial<ExecutionSummary> = {},
  ) => run({}, { sid, key: sid, outcome, ...parts });

  it('the last that failed is compared with the last good one of its flow', () => {
    const good = [of('1', 'succeeded'), of('2', 'succeeded'), of('3', 'failed')];
    const pair = comparedPair(
      [of('7', 'failed'), of('8', 'succeeded')],
      [...good, of('4', 'succeeded', { flowId: 'other' }), of('5', 'succeeded', { kind: 'rpa' })],
    );
    expect(pair?.after.summary.sid).toBe('7');
    expect(pair?.before.summary.sid).toBe('2');
    expect(pair?.good).toHaveLength(2);
  });

  it.each<[readonly ComparedRun[], string | undefined]>([
    [[], undefined],
    [[of('1', 'failed')], '1'],
    [[of('1', 'failed', { flowId: 'x' }), of('2', 'succeeded', { flowId: 'x' })], '2'],
    [[of('1', 'failed', { flowId: '', subject: 'x', kind: 'rpa' })], '1'],
  ])('%#', (others, sid) => {
    expect(comparedPair([of('9', 'succeeded')], others)?.before.summary.sid).toBe(sid);
  });

  it('of none there is none; without a flow those with the same nodes are of one', () => {
    expect(comparedPair([], [of('1', 'failed')])).toBeUndefined();
    const nodes = { flowId: '', nodeIds: ['n'] };
    const pair = comparedPair(
      [of('9', 'failed', nodes)],
      [of('1', 'succeeded', nodes), of('2', 'succeeded', { flowId: '', nodeIds: ['m'] })],
    );
    expect(pair?.before.summary.sid).toBe('1');
    const robots = { flowId: '', kind: 'rpa', subject: 'p' } as const;
    expect(
      comparedPair([of('9', 'failed', robots)], [of('1', 'succeeded', robots)])?.good,
    ).toHaveLength(1);
  });
});

describe('an item less than in the last good run', () => {
  const of = (...who: readonly string[]) =>
    run({ output: [named('x', who)] }, { key: who.join(' ') });
  const good = [
    of('finance', 'kim', 'ada'),
    of('finance', 'lea', 'bob', 'kim'),
    of('finance', 'mia', 'eve', 'lea'),
    of('finance', 'joe', 'mia'),
  ];
  const removed = (last: ComparedRun, now: ComparedRun) =>
    compareRuns(last, now, [...good, last]).rows[0]?.differences?.output.differences.flatMap(
      ({ change, before }) => (change === 'removed' ? [before] : []),
    );

  it('is told where each good run has it', () => {
    const last = of('finance', 'kim', 'lea', 'mia');
    expect(removed(last, of('kim', 'lea', 'mia'))).toEqual(['finance']);
  });

  it('is none where some lack it', () => {
    const last = of('finance', 'kim', 'lea', 'mia');
    expect(removed(last, of('finance', 'lea', 'mia'))).toEqual([]);
  });
});

describe('what takes no more than it should', () => {
  it('is a long list beside several good runs', () => {
    const of = (start: number) =>
      run(
        {
          output: [
            named(
              'x',
              Array.from({ length: 5_000 }, (_, id) => ({ id, v: `w${String(start + id)}` })),
            ),
          ],
        },
        { key: String(start) },
      );
    const good = [1, 2, 3, 4].map(of);
    // What takes the square of it ends with the time that a test has.
    const { rows } = compareRuns(of(1), of(900_001), good);
    expect(rows).toHaveLength(1);
  });

  it('is a text of many fields beside several good runs', () => {
    const of = (start: number) => {
      const orders = Array.from({ length: 3_000 }, (_, n) => [
        `order${String(n)}`,
        { amount: start + n, name: `w${String(start * n)}` },
      ]);
      const text = JSON.stringify(Object.fromEntries(orders));
      return run({ output: [named('x', text)] }, { key: String(start) });
    };
    const { rows } = compareRuns(of(1), of(9), [2, 3, 4, 5].map(of));
    expect(rows).toHaveLength(1);
  });

  it('are long texts that begin with the same word', () => {
    const of = (n: number) =>
      run(
        {
          input: [named('y', n)],
          output: [named('x', `${'a1'.repeat(100_000)} page ${String(n)}`)],
        },
        { key: String(n) },
      );
    const { rows } = compareRuns(of(1), of(9), [2, 3, 4, 5].map(of));
    expect(rows[0]?.differences?.output.folded).toHaveLength(1);
  });

  it('is a setting in which each text that was given is put into the next', () => {
    const given = (times: number) =>
      Array.from({ length: 60 }, (_, n) =>
        named(`i${String(n)}`, `<${String(n + times - 1)}>`.repeat(times)),
      );
    const { rows } = compareRuns(
      run({ input: given(1), config: [named('c', '<0>')] }, { key: 'a' }),
      run({ input: given(2), config: [named('c', 'z')] }, { key: 'b' }),
    );
    expect(rows[0]?.differences?.config.differences).toHaveLength(1);
  });
});

describe('a comparison goes in steps, between which others have their turn', () => {
  const stepsOf = (...[before, after]: readonly [ComparedRun, ComparedRun]) => {
    const steps = compareSteps(before, after);
    let count = 0;
    while (steps.next().done !== true) count++;
    return count;
  };
  const numbers = (from: number) => Array.from({ length: 100_000 }, (_, n) => n + from);

  it('from row to row', () => {
    const of = (key: string) => {
      const runs = Array.from({ length: 1_000 }, (_, n) => aRun(`n${String(n)}`));
      const execution = anExecution(runs, { key });
      return { ...run({}, { key }), tree: buildTree(execution, null, []) };
    };
    expect(stepsOf(of('a'), of('b'))).toBeGreaterThanOrEqual(50);
  });

  it.each<[string, Json, Json]>([
    ['a list that is shifted', numbers(0), numbers(1)],
    ['a list in which all differs', numbers(0), numbers(0.5)],
    ['a table', numbers(0).map((id) => ({ id, sum: 1 })), numbers(0).map((id) => ({ id, sum: 2 }))],
    [
      'many fields',
      Object.fromEntries(numbers(0).map((n) => [`f${String(n)}`, n])),
      Object.fromEntries(numbers(0).map((n) => [`f${String(n)}`, -n])),
    ],
    ['a list in a text', JSON.stringify(numbers(0)), JSON.stringify(numbers(0.5))],
  ])('within a row: %s', (_, before, after) => {
    const of = (key: string, value: Json) => run({ output: [named('x', value)] }, { key });
    expect(stepsOf(of('a', before), of('b', after))).toBeGreaterThanOrEqual(20);
  });

  it('while rows of one node are matched by what they hold', () => {
    const of = (key: string, from: number) => {
      const ids = Array.from({ length: 1_000 }, (_, n) => `${key}${String(n)}`);
      const runs = ids.map((id) => aRun(id, { nodeId: 'same' }));
      const execution = anExecution(runs, { key });
      let decoded = 0;
      let most = 0;
      return {
        ...{ ...run({}, { key }), tree: buildTree(execution, null, []) },
        dataOf: (id: string) => {
          most = Math.max(most, ++decoded);
          return aNodeData({ output: [named('x', from + ids.indexOf(id))] });
        },
        /** How many were decoded in one step. */
        mostInStep: () => most,
        nextStep: () => {
          decoded = 0;
        },
      };
    };
    const [before, after] = [of('a', 0), of('b', 5)];
    const steps = compareSteps(before, after);
    while (steps.next().done !== true) {
      before.nextStep();
      after.nextStep();
    }
    expect(before.mostInStep()).toBeLessThanOrEqual(50);
    expect(after.mostInStep()).toBeLessThanOrEqual(50);
  });
});
