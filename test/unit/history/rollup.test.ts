import { describe, expect, test } from 'vitest';

import { addDuration, durationAt, type Durations } from '../../../src/history/durations.ts';
import {
  mergeRollup,
  otherCodes,
  packRollup,
  rollUp,
  unpackRollup,
} from '../../../src/history/rollup.ts';
import { aPast, aPastNode } from '../../support/pastBuilders.ts';

describe('durations', () => {
  /** From a millisecond to days, denser at the beginning. */
  const values = Array.from({ length: 500 }, (_, at) => Math.round(1.04 ** at));

  test('each is told with an error of 1.1 % at most', () => {
    for (const value of values) {
      const durations: Durations = new Map();
      addDuration(durations, value);
      const told = durationAt(durations, 0.5) ?? 0;
      expect(Math.abs(told - value) / value).toBeLessThan(0.011);
    }
  });

  test.each([
    [0.5, 250],
    [0.95, 475],
    [1, 500],
    [0, 1],
  ])('the share %d is the value of rank %d', (share, rank) => {
    const durations: Durations = new Map();
    for (const value of values) addDuration(durations, value);
    const value = values[rank - 1] ?? 0;
    expect(Math.abs((durationAt(durations, share) ?? 0) - value) / value).toBeLessThan(0.011);
  });

  test('none have none', () => {
    expect(durationAt(new Map(), 0.5)).toBeNull();
  });

  test('what took no time took none', () => {
    const durations: Durations = new Map();
    addDuration(durations, 0);
    expect(durationAt(durations, 0.5)).toBe(0);
  });
});

describe('a rollup', () => {
  const executions = [
    aPast({ durationMs: 100, tokens: 5, nodes: [aPastNode({ nodeId: 'n', durationMs: 40 })] }),
    aPast({ outcome: 'failed', code: 21300, durationMs: 900 }),
    aPast({ outcome: 'failed', code: -1, durationMs: null }),
    aPast({ flow: 'g', outcome: 'cancelled' }),
  ];
  const flows = rollUp(executions);

  test('counts by outcome, code and node, and each flow by itself', () => {
    const own = flows.get('f')?.get(null);
    expect(Object.fromEntries(own?.outcomes ?? [])).toEqual({ succeeded: 1, failed: 2 });
    expect(Object.fromEntries(own?.codes ?? [])).toEqual({ '-1': 1, '21300': 1 });
    expect(own).toMatchObject({ durationMs: 1_000, succeededMs: 100, tokens: 5, bytes: 3_000 });
    expect(Object.fromEntries(flows.get('f')?.get('n')?.outcomes ?? [])).toEqual({ succeeded: 1 });
    expect(Object.fromEntries(flows.get('g')?.get(null)?.outcomes ?? [])).toEqual({ cancelled: 1 });
  });

  test('comes back from its bytes, and two are added', () => {
    const own = flows.get('f')?.get(null);
    if (own === undefined) throw new Error('There is none');
    const twice = unpackRollup(packRollup(own));
    expect(twice).toEqual(own);
    mergeRollup(twice, own);
    expect(Object.fromEntries(twice.outcomes)).toEqual({ succeeded: 2, failed: 4 });
    expect(twice.durationMs).toBe(2_000);
  });

  test('of many codes the later ones are one', () => {
    const many = Array.from({ length: 80 }, (_, at) => aPast({ outcome: 'failed', code: at + 1 }));
    const codes = rollUp(many).get('f')?.get(null)?.codes;
    expect(codes?.size).toBe(51);
    expect(codes?.get(otherCodes)).toBe(30);
  });
});
