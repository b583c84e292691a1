import { describe, expect, test } from 'vitest';

import {
  addAmount,
  addWritten,
  amountAt,
  Buckets,
  noAmounts,
  spreadOfAmounts,
  writeAmounts,
} from '../../../src/history/amounts.ts';
import { BucketRoom } from '../../../src/history/bucketRoom.ts';
import { ByteReader, ByteWriter } from '../../../src/history/byteStream.ts';
import {
  failureOf,
  mergeRollup,
  type Names,
  otherCodes,
  rollUp,
} from '../../../src/history/rollup.ts';
import { packRollup, unpackRollup } from '../../../src/history/rollupBytes.ts';
import { aPast, aPastNode } from '../../support/pastBuilders.ts';

describe('amounts', () => {
  /** From a millisecond to days, denser at the beginning. */
  const values = Array.from({ length: 500 }, (_, at) => Math.round(1.04 ** at));

  test('each is told with an error of 1.1 % at most', () => {
    for (const value of values) {
      const amounts = noAmounts();
      addAmount(amounts, value);
      const told = amountAt(amounts.buckets, 0.5) ?? 0;
      expect(Math.abs(told - value) / value).toBeLessThan(0.011);
    }
  });

  test.each([
    [0.5, 250],
    [0.95, 475],
    [1, 500],
    [0, 1],
  ])('the share %d is the value of rank %d', (share, rank) => {
    const amounts = noAmounts();
    for (const value of values) addAmount(amounts, value);
    const value = values[rank - 1] ?? 0;
    expect(Math.abs((amountAt(amounts.buckets, share) ?? 0) - value) / value).toBeLessThan(0.011);
  });

  test('none have none', () => {
    expect(amountAt(new Buckets(), 0.5)).toBeNull();
    expect(spreadOfAmounts(noAmounts())).toEqual({ count: 0, p50: 0, p95: 0, max: 0, total: 0 });
  });

  test('what took no time took none', () => {
    const amounts = noAmounts();
    addAmount(amounts, 0);
    expect(amountAt(amounts.buckets, 0.5)).toBe(0);
  });
});

describe('buckets', () => {
  const some = [40, 700, -1, 64, 63, 40];
  const bucketsOf = (all: readonly number[]) => {
    const buckets = new Buckets();
    for (const bucket of all) buckets.add(bucket, 2);
    return buckets;
  };

  test('are in order, whatever comes first, and equal where the same came', () => {
    const buckets = bucketsOf(some);
    expect(buckets.list.numbers).toEqual([-1, 2, 40, 4, 63, 2, 64, 2, 700, 2]);
    expect(buckets.count).toBe(12);
    expect([1, 2, 3, 7, 12].map((rank) => buckets.atRank(rank))).toEqual([-1, -1, 40, 63, 700]);
    expect(bucketsOf(some.toReversed())).toEqual(buckets);
  });

  test('of two are added up', () => {
    const buckets = bucketsOf([64, 900]);
    buckets.addAll(bucketsOf(some));
    expect(buckets.list.numbers).toEqual([-1, 2, 40, 4, 63, 2, 64, 4, 700, 2, 900, 2]);
  });

  test('of lists as well, which stand beside each other and stay', () => {
    const room = new BucketRoom();
    const [first, second] = [some, [64, 900]].map((all) => {
      const out = new ByteWriter();
      writeAmounts(out, { buckets: bucketsOf(all), max: 9, total: 9 });
      return room.kept(addWritten(noAmounts(), new ByteReader(out.done()), room));
    });
    const buckets = bucketsOf([64]);
    for (const list of [first, second]) if (list !== undefined) buckets.addList(list);
    expect(buckets.list.numbers).toEqual([-1, 2, 40, 4, 63, 2, 64, 6, 700, 2, 900, 2]);
    expect([first?.count, second?.count]).toEqual([12, 4]);
  });

  test('that a damaged file tells of have no room', () => {
    const out = new ByteWriter();
    out.count(1e12);
    const from = new ByteReader(out.done());
    expect(() => addWritten(noAmounts(), from, new BucketRoom())).toThrow(RangeError);
  });

  test.each([Infinity, 1e15])('take no more room for %d, as a damaged file may tell', (bucket) => {
    const buckets = bucketsOf([bucket, 3]);
    expect(buckets.count).toBe(4);
    expect(buckets.list.numbers[2]).toBeLessThan(2_000);
  });
});

describe('a rollup', () => {
  const used = (eventLoopDelayMs: number | null) => ({
    ...{ cpuMs: 10, memoryBytes: 1e6, eventLoopUtilization: 0.5, eventLoopDelayMs },
  });
  const executions = [
    aPast({ durationMs: 100, tokens: 5, nodes: [aPastNode({ nodeId: 'n', durationMs: 40 })] }),
    aPast({ outcome: 'failed', code: 21300, durationMs: 900, resources: used(2.5) }),
    aPast({ outcome: 'failed', code: -1, resources: used(null), durationMs: null }),
    aPast({ flow: 'g', outcome: 'cancelled' }),
  ];
  const flows = rollUp(executions);

  test('counts by outcome, code and node, and each flow by itself', () => {
    const own = flows.get('f')?.get(null);
    expect(Object.fromEntries(own?.outcomes ?? [])).toEqual({ succeeded: 1, failed: 2 });
    expect(Object.fromEntries(own?.flow?.codes ?? [])).toEqual({ '-1': 1, '21300': 1 });
    expect(own).toMatchObject({
      ...{ succeeded: { total: 100, max: 100 }, failed: { total: 900, max: 900 } },
      flow: { tokens: { total: 5 }, bytes: { total: 3_000, max: 1_000 } },
    });
    expect(Object.fromEntries(flows.get('f')?.get('n')?.outcomes ?? [])).toEqual({ succeeded: 1 });
    expect(Object.fromEntries(flows.get('g')?.get(null)?.outcomes ?? [])).toEqual({ cancelled: 1 });
  });

  test('comes back from its bytes, and two are added', () => {
    const own = flows.get('f')?.get(null);
    if (own === undefined) throw new Error('There is none');
    const twice = unpackRollup(packRollup(own), null, new BucketRoom());
    expect(twice).toEqual(own);
    mergeRollup(twice, own);
    expect(Object.fromEntries(twice.outcomes)).toEqual({ succeeded: 2, failed: 4 });
    expect(twice.failed).toMatchObject({ total: 1_800, max: 900 });
    expect(twice.flow).toMatchObject({ cpuMs: { total: 40 }, delay: { total: 5_000, max: 2_500 } });
  });

  test('of many codes the later ones are one', () => {
    const many = Array.from({ length: 80 }, (_, at) => aPast({ outcome: 'failed', code: at + 1 }));
    const codes = rollUp(many).get('f')?.get(null)?.flow?.codes;
    expect(codes?.size).toBe(51);
    expect(codes?.get(otherCodes)).toBe(30);
  });

  test('knows builds and calls of tools apart, and what failed where of what', () => {
    const failure = { nodeId: 'm', name: 'M', cause: null, category: 'node', text: '' } as const;
    const nodes = [
      aPastNode({ nodeId: 'n', waitedMs: 7, logCount: 2 }),
      aPastNode({ nodeId: 'n' }),
    ];
    const names: Names = new Map();
    const rolledUp = rollUp(
      [
        aPast({ kind: 'build' }),
        aPast({ kind: 'aitools' }),
        aPast({ outcome: 'failed', failure, nodes, beginMs: 5 }),
        aPast({ outcome: 'failed', failure: { ...failure, nodeId: null }, beginMs: 9 }),
      ],
      names,
    ).get('f');
    expect([...(rolledUp?.get(null)?.outcomes ?? [])]).toEqual([
      ['build', 1],
      ['toolCall', 1],
      ['failed', 2],
    ]);
    const [[key = '', failed] = []] = rolledUp?.get('m')?.failures ?? [];
    expect([failureOf(key), failed]).toEqual([
      { cause: null, category: 'node' },
      { count: 1, ran: 0, firstMs: 5, lastMs: 5 },
    ]);
    expect(rolledUp?.get(null)?.failures.size).toBe(1);
    const node = rolledUp?.get('n');
    expect(node?.node).toMatchObject({ executions: 1, logLines: 2, waited: { total: 7 } });
    if (node === undefined) throw new Error('There is none');
    expect(unpackRollup(packRollup(node), 'n', new BucketRoom())).toEqual(node);
    expect(names.get('f')?.nodes.get('m')).toEqual({ name: 'M', type: '' });
  });
});
