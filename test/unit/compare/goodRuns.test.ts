import { describe, expect, test } from 'vitest';

import type { Json } from '../../../src/base/json.ts';
import type { ComparedRun } from '../../../src/compare/comparedRun.ts';
import { compareRuns, compareSteps } from '../../../src/compare/compareRuns.ts';
import { buildTree } from '../../../src/trace/buildTree.ts';
import { aNodeData } from '../../support/builders.ts';
import { aRun, anExecution } from '../../support/traceBuilders.ts';

// What good runs have at the very place of a value that differs is told, or is no difference.

/** An execution of one node that gave `x`; nothing where that is undefined. */
function run(x: Json | undefined, key: string): ComparedRun {
  const outcome = key === 'failed' ? 'failed' : 'succeeded';
  const execution = anExecution([aRun('one')], { key, outcome });
  const output =
    x === undefined ? [] : [{ name: 'x', value: x, form: 'json', round: null } as const];
  return {
    ...{ summary: execution.summary, failing: null, retried: new Set() },
    tree: buildTree(execution, null, []),
    dataOf: () => aNodeData({ output }),
    ownData: () => undefined,
    secretAt: () => undefined,
  };
}

/** The last good run, the failed one, and all good ones. */
function compared(good: readonly (Json | undefined)[], now: Json | undefined) {
  const before = run(good.at(-1), 'before');
  const all = good.map((x, index) => run(x, `good ${String(index)}`));
  return [before, run(now, 'failed'), all] as const;
}

/** What differs in `x`, with how many good runs have it. */
function told(good: readonly (Json | undefined)[], now: Json | undefined) {
  const { groups } = compareRuns(...compared(good, now));
  return groups.flatMap(({ items }) =>
    items.flatMap(({ aspect, path, having }) =>
      aspect === 'value' ? [`${path.slice(1).join('.')}: ${String(having)}`] : [],
    ),
  );
}

const times = (count: number, x: Json): readonly Json[] => Array.from({ length: count }, () => x);
const columns = (amount: string, date: string) => ({
  columns: [
    { name: 'Amount', type: amount },
    { name: 'Date', type: date },
  ],
});
const lines = (a: Json, b: Json): Json => [
  { sku: 'A', unit: a },
  { sku: 'B', unit: b },
];

describe('in a list', () => {
  test.each<[string, readonly Json[], Json, readonly string[]]>([
    [
      'what another item has is none of this one',
      times(5, columns('number', 'text')),
      columns('text', 'text'),
      ['columns.0.type: 0'],
    ],
    [
      'nor in JSON in a text',
      times(5, { body: JSON.stringify(columns('number', 'text')) }),
      { body: JSON.stringify(columns('text', 'text')) },
      ['body.columns.0.type: 0'],
    ],
    [
      'so many have it as have it at the same item',
      [lines('kg', 'pcs'), ...times(4, lines('pcs', 'kg'))],
      lines('kg', 'pcs'),
      ['0.unit: 1', '1.unit: 1'],
    ],
    [
      'the item is the same at another place',
      [[...(lines('kg', 'pcs') as Json[])].toReversed(), ...times(3, lines('pcs', 'pcs'))],
      lines('kg', 'pcs'),
      ['0.unit: 1'],
    ],
    [
      'what most have at the same item is no difference',
      [...times(3, lines('kg', 'pcs')), lines('pcs', 'pcs')],
      lines('kg', 'pcs'),
      [],
    ],
    [
      'good runs without the item tell nothing',
      [[{ sku: 'C', unit: 'kg' }], ...times(4, lines('pcs', 'pcs'))],
      lines('kg', 'pcs'),
      ['0.unit: null'],
    ],
    [
      'what is at none of their items is in none of them',
      [[{ sku: 'C', unit: 't' }], ...times(4, lines('pcs', 'pcs'))],
      lines('kg', 'pcs'),
      ['0.unit: 0'],
    ],
    [
      'items that nobody can tell apart tell nothing',
      times(5, [
        ['a', 1],
        ['b', 2],
      ]),
      [
        ['a', 2],
        ['b', 2],
      ],
      ['0.1: null'],
    ],
    [
      'the only item is the same one',
      [[{ ok: false }], ...times(4, [{ ok: true }])],
      [{ ok: false }],
      ['0.ok: 1'],
    ],
    [
      'an item that is gone is missing in none of those that have it',
      times(5, [{ sku: 'A' }, { sku: 'B' }]),
      [{ sku: 'A' }],
      ['1: 0'],
    ],
  ])('%s', (_, good, now, expected) => {
    expect(told(good, now)).toEqual(expected);
  });
});

describe('that good runs differ there as well', () => {
  const varied = (good: readonly (Json | undefined)[], now: Json | undefined) =>
    compareRuns(...compared(good, now)).groups.flatMap(({ items }) =>
      items.flatMap(({ aspect, isVaried = false }) => (aspect === 'value' ? [isVaried] : [])),
    );

  test.each<[string, readonly (Json | undefined)[], Json | undefined, readonly boolean[]]>([
    ['two of them tell', ['CNY', 'USD'], 'EUR', [true]],
    ['a number of an order', ['SO-20391', 'SO-20392'], 'SO-20417', [true]],
    ['one of two', [true, false], true, [true]],
    ['one of three', ['ACME', 'Umbrella', 'ACME'], 'Umbrella', [true]],
    ['one more of some', ['ACME', 'Umbrella', 'Umbrella', 'Umbrella'], 'Hooli', [true]],
    [
      'an item',
      [
        ['b', 'c'],
        ['a', 'c'],
      ],
      ['b', 'c'],
      [true],
    ],
    ['missing, as in some', [undefined, 11, 12, 13, 14], undefined, [true]],
    // What stands out does so, however much they differ.
    ['less than nothing', [11, 12], -5, [false]],
    ['words where numbers were', ['SO-20391', 'SO-20392'], 'ERR-404', [false]],
    ['missing, as in none', ['CNY', 'USD'], undefined, [false]],
    ['one tells nothing', ['CNY'], 'USD', [false]],
    ['they all have the same', ['CNY', 'CNY'], 'USD', [false]],
    ['the same in more of them', ['CNY', 'CNY', 'CNY', 'CNY'], 'USD', [false]],
  ])('is told: %s', (_, good, now, expected) => {
    expect(varied(good, now)).toEqual(expected);
  });
});

describe('what few good runs have', () => {
  test.each<[string, readonly Json[], Json]>([
    ['an empty text, where each has one of its own', ['', 'a1', 'b2', 'c3', 'd4', 'e5'], ''],
    ['null', [null, 11, 12, 13, 14, 15], null],
    ['one of some words', ['USD', 'CNY', 'CNY', 'CNY', 'CNY', 'Euro'], 'USD'],
  ])('is a difference: %s', (_, good, now) => {
    expect(told(good, now)).toEqual([': 1']);
  });

  test('is a difference where it is missing', () => {
    expect(told([undefined, 11, 12, 13, 14], undefined)).toEqual([': 1']);
    expect(told([undefined, undefined, undefined, 11], undefined)).toEqual([]);
  });
});

describe('what is another in each good run', () => {
  const token = (n: number) => `${String(n)}Zk3fQ9`.repeat(7);
  const uuid = (n: number) => `3f9d2b1a-6c41-4c0e-a8f7-${String(n).repeat(12)}`;

  test.each<[string, readonly Json[], Json]>([
    ['a counter', [11, 12, 13, 14], 15],
    ['a counter that stood still for a while', [11, 12, 13, 14], 40],
    ['a counter as text', ['0011', '0012', '0013'], '0014'],
    ['an amount', [1280.5, 99.9, 310.25], 2_044.1],
    ['an amount as text', ['1280.5', '99.9', '310.25'], '2044.1'],
    ['a UUID', [1, 2, 3].map(uuid), uuid(4)],
    ['a time', [1, 2, 3].map((n) => 1_700_000_000_000 + n * 60_000), 1_700_200_000_000],
    ['a token', [1, 2, 3].map(token), token(4)],
    ['a number of an order', ['SO-20391', 'SO-20392', 'SO-20400'], 'SO-20417'],
    ['letters', ['qwxkzv', 'plmokn', 'zxcvbn'], 'wrtqph'],
    [
      'words',
      ['Good day to you', 'Good morning to you', 'Good luck to you'],
      'Good evening to you',
    ],
  ])('is no difference: %s', (_, good, now) => {
    expect(told(good, now)).toEqual([]);
  });

  test.each<[string, readonly Json[], Json]>([
    ['zero', [11, 12, 13, 14], 0],
    ['less than zero', [11, 12, 13, 14], -5],
    ['four billion times as much', [11, 12, 13, 14], 14 * 4e9],
    ['a part of one', [11, 12, 13, 14], 12.5],
    ['zero as text', ['11', '12', '14'], '0'],
    ['four billion times as much as text', ['110', '120', '140'], '56000000000'],
    ['less than zero as text', ['1280.5', '99.9', '310.25'], '-80'],
    ['a UUID of nothing', [1, 2, 3].map(uuid), '00000000-0000-0000-0000-000000000000'],
    ['words where letters were', ['qwxkzv', 'plmokn', 'zxcvbn'], 'timeout'],
    ['words where numbers were', ['SO-20391', 'SO-20392', 'SO-20400'], 'ERR-404'],
    ['another prefix', ['SO-20391', 'SO-20392', 'SO-20400'], 'XX-20401'],
    [
      'words where tokens were',
      [1, 2, 3].map(token),
      'the server has no room for one more session',
    ],
    [
      'an error where words were',
      ['Good day to you', 'Good luck to you', 'Good day'],
      'Invalid name',
    ],
    ['an error in Chinese', ['启明办公', '澄湖精密', '远山物流'], '识别失败'],
  ])('is one where it became %s', (_, good, now) => {
    expect(told(good, now)).toEqual([': 0']);
  });
});

describe('a large value', () => {
  /** How often it was gone through, and in how many steps. */
  const work = (count: number, x: (n: number) => Json | undefined) => {
    let looks = 0;
    const large = new Proxy(
      { a: 1 },
      {
        ownKeys: (target) => {
          looks++;
          return Reflect.ownKeys(target);
        },
      },
    );
    const good = Array.from({ length: count }, (_, n) => x(n));
    const [before, , all] = compared(good, undefined);
    let steps = 0;
    for (const _ of compareSteps(before, run(large, 'failed'), all)) steps++;
    return { looks, steps };
  };

  test('is not gone through for good runs that have nothing there', () => {
    const none = () => undefined;
    expect(work(9, none).looks).toBe(work(3, none).looks);
  });

  test('is compared with each good run in a step of its own', () => {
    const all = (n: number, count: number) => (n < count - 1 ? { a: 1 } : undefined);
    const [few, many] = [work(3, (n) => all(n, 3)), work(9, (n) => all(n, 9))];
    expect(many.looks - few.looks).toBe(6);
    expect(many.steps - few.steps).toBeGreaterThanOrEqual(6);
  });
});
