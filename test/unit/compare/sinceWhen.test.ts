import { describe, expect, test } from 'vitest';

import type { FirstDifference } from '../../../src/compare/firstDifference.ts';
import type { ComparedRow } from '../../../src/compare/rowDifferences.ts';
import {
  differenceIn,
  type Found,
  type LookedRun,
  sinceWhen,
} from '../../../src/compare/sinceWhen.ts';
import type { Json } from '../../../src/base/json.ts';

const rows = [
  { after: { nodeId: 'a', status: 'failed' }, differences: { error: { after: 'boom' } } },
  { after: { nodeId: 'b', status: 'succeeded' }, differences: null },
  { after: null, before: { nodeId: 'c' }, differences: null },
  { after: { nodeId: 'a', status: 'failed', run: { error: 'row 5' } }, differences: null },
] as unknown as readonly ComparedRow[];

const aFirst = (parts: Partial<FirstDifference>): FirstDifference => ({
  ...{ what: 'output', row: 0, value: null, more: 0, ran: -1, insteadOf: -1, runs: null },
  effect: null,
  ...parts,
});
const value = (
  change: string,
  after: Json | undefined,
  path: (string | number)[] = ['t', 'n', 0],
) => ({ path, change, before: 'x', after }) as FirstDifference['value'];

/** A run of the nodes that are named; each gave, got and was set to `t`. */
function aRun(t: Json, nodes: Record<string, string> = { a: 'succeeded' }, code = 0): LookedRun {
  const named = [{ name: 't', value: t, form: 'json', round: null }];
  return {
    summary: { outcome: code === 0 ? 'succeeded' : 'failed', code },
    runs: Object.entries(nodes).map(([nodeId, status]) => ({
      ...{ key: `${nodeId}#0`, nodeId, status: status as 'failed' },
      error: status === 'failed' ? 'boom' : null,
    })),
    dataOf: () => ({ input: named, output: named, config: named }) as never,
    ownData: () => ({ question: { ...named[0], name: 'q', value: t }, answer: named[0] }) as never,
  };
}
const failed = { outcome: 'failed', code: 7 } as const;
const normal = (error: string) => error.replace(/\d+/, '<n>');

/** What is told of a run, and between how many steps others had their turn. */
function told(first: FirstDifference, run: LookedRun) {
  const looking = differenceIn(first, rows, failed, normal)?.(run);
  let steps = 0;
  let step = looking?.next();
  for (; step?.done === false; step = looking?.next()) steps++;
  return { isSo: step?.value, steps };
}

describe('whether a run is like another', () => {
  const made = { n: [5] };
  const ofError = (error: string): LookedRun => ({
    ...aRun(made, { a: 'failed' }, 7),
    runs: [{ key: 'a#0', nodeId: 'a', status: 'failed', error }],
  });
  test.each<[string, FirstDifference, LookedRun, Found | undefined]>([
    ['the same value', aFirst({ value: value('changed', 5) }), aRun(made), true],
    ['another value', aFirst({ value: value('changed', 5) }), aRun({ n: [6] }), false],
    ['nothing, as there', aFirst({ value: value('removed', null) }), aRun({ n: null }), true],
    ['nothing, as it was not', aFirst({ value: value('removed', null) }), aRun(made), false],
    ['something', aFirst({ value: value('added', 1) }), aRun(made), true],
    ['the same type', aFirst({ value: value('retyped', '5') }), aRun({ n: ['9'] }), true],
    ['another type', aFirst({ value: value('retyped', '5') }), aRun(made), false],
    ['the node did not run', aFirst({ value: value('changed', 5) }), aRun(made, {}), undefined],
    ['its input', aFirst({ what: 'input', value: value('changed', 5) }), aRun(made), true],
    ['its configuration', aFirst({ what: 'config', value: value('changed', 5) }), aRun(made), true],
    [
      'what it was started with',
      aFirst({ what: 'trigger', row: -1, value: value('changed', 5, ['q', 'n', 0]) }),
      ...([aRun(made), true] as const),
    ],
    [
      'what its first node got',
      aFirst({ what: 'trigger', value: value('changed', 5) }),
      ...([aRun(made), true] as const),
    ],
    [
      'what it gave',
      aFirst({ what: 'answer', row: -1, value: value('changed', 5) }),
      ...([aRun(made), true] as const),
    ],
    ['failed there', aFirst({ what: 'status' }), aRun(made, { a: 'failed' }), true],
    ['not failed there', aFirst({ what: 'status' }), aRun(made), false],
    ['the same error', aFirst({ what: 'error' }), aRun(made, { a: 'failed' }), true],
    ['no error', aFirst({ what: 'error' }), aRun(made), false],
    ['ran too', aFirst({ what: 'added', row: 1 }), aRun(made, { b: 'succeeded' }), true],
    ['did not run either', aFirst({ what: 'missing', row: 2 }), aRun(made), true],
    ['ran, which it did not', aFirst({ what: 'missing', row: 2 }), aRun(made, { c: 'x' }), false],
    ['the same way', aFirst({ what: 'way', ran: 1, insteadOf: 2 }), aRun(made, { b: 'x' }), true],
    ['without what ran', aFirst({ what: 'way', insteadOf: 2 }), aRun(made), true],
    ['ended so', aFirst({ what: 'outcome' }), aRun(made, {}, 7), true],
    ['failed otherwise', aFirst({ what: 'outcome' }), aRun(made, {}, 8), 'otherwise'],
    ['ended well', aFirst({ what: 'outcome' }), aRun(made, {}), false],
    ['failed there of another cause', aFirst({ what: 'status' }), ofError('bang'), 'otherwise'],
    ['failed there as it did', aFirst({ what: 'status', row: 3 }), ofError('row 9'), true],
    ['another error there', aFirst({ what: 'error' }), ofError('bang'), 'otherwise'],
  ])('%s', (_, first, run, expected) => {
    expect(told(first, run).isSo).toBe(expected);
  });

  test('is told in steps where a node ran often, and no longer looked for once it was found', () => {
    const decoded: string[] = [];
    const runs = Array.from({ length: 100 }, (_, at) => `a#${String(at)}`);
    const of = (found: string): LookedRun => ({
      ...aRun(made),
      runs: runs.map((key) => ({ key, nodeId: 'a', status: 'succeeded', error: null }) as never),
      dataOf: (key) => {
        decoded.push(key);
        return aRun({ n: [key === found ? 5 : 6] }).dataOf(key);
      },
    });
    const first = aFirst({ value: value('changed', 5) });
    expect(told(first, of('none'))).toEqual({ isSo: false, steps: 5 });
    expect(decoded).toEqual(runs);
    decoded.length = 0;
    expect(told(first, of('a#30'))).toEqual({ isSo: true, steps: 1 });
    expect(decoded).toHaveLength(31);
  });

  test('is told of JSON within a text', () => {
    const first = aFirst({ value: value('changed', 5, ['t', 'raw', 'n']) });
    expect(told(first, aRun({ raw: '{"n":5}' })).isSo).toBe(true);
    expect(told(first, aRun({ raw: '{"n":6}' })).isSo).toBe(false);
  });

  test.each([
    aFirst({ what: 'time' }),
    aFirst({ value: value('moved', 1) }),
    aFirst({ value: value('secret', 1) }),
    aFirst({ what: 'name' }),
  ])('is not told of one alone: %j', (first) => {
    expect(differenceIn(first, rows, failed, normal)).toBeNull();
  });
});

const looked = (told: string) =>
  Array.from(told, (sign, beginMs) => ({
    beginMs,
    isSo: sign === '?' ? undefined : sign === 'x' ? ('otherwise' as const) : sign === '1',
  }));

test.each([
  ['', null],
  ['0000', null],
  ['??', null],
  ['0001', { count: 1, of: 1, sinceMs: 3, isFromStart: false }],
  ['001101', { count: 3, of: 4, sinceMs: 2, isFromStart: false }],
  ['0?1?1', { count: 2, of: 2, sinceMs: 2, isFromStart: false }],
  ['101', { count: 2, of: 3, sinceMs: 0, isFromStart: true }],
  ['x1x10x', { count: 2, of: 5, otherwise: 2, sinceMs: 1, isFromStart: false }],
])('of runs %j it is like that since %j', (told, expected) => {
  expect(sinceWhen(looked(told))).toEqual(expected);
});

test.each([
  ['000', null],
  ['001101', { count: 3, of: 6, sinceMs: 2, isFromStart: false, isOfLast: true }],
  ['1?x0', { count: 1, of: 3, otherwise: 1, sinceMs: 0, isFromStart: true, isOfLast: true }],
])('of runs %j that are the last of more nobody knows since when', (told, expected) => {
  expect(sinceWhen(looked(told), true)).toEqual(expected);
});
