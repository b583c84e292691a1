import { describe, expect, test } from 'vitest';

import {
  chanceOfCorrelation,
  chanceOfIncrease,
  holding,
  medianDeviation,
  percentile,
  rankCorrelation,
  ranked,
  wilsonInterval,
} from '../../../src/analysis/statistics.ts';

test.each<[number[], number, number | undefined]>([
  [[], 0.5, undefined],
  [[7], 0.5, 7],
  [[1, 2, 3, 4], 0.5, 2],
  [[1, 2, 3, 4], 0.95, 4],
  [[1, 2, 3, 4], 0, 1],
  [[1, 2, 3, 4], 1, 4],
  [Array.from({ length: 100 }, (_, index) => index + 1), 0.95, 95],
])('of %j the percentile %f is one of them: %s', (values, share, expected) => {
  expect(percentile(values, share)).toBe(expected);
});

test.each<[number, number, number, number]>([
  [0, 3, 0, 56],
  [0, 10, 0, 28],
  [1, 10, 2, 40],
  [19, 20, 76, 99],
  [10, 10, 72, 100],
  [0, 0, 0, 100],
])('%i of %i is a rate between %i and %i %%', (part, all, low, high) => {
  const interval = wilsonInterval(part, all);
  expect([Math.round(interval.low * 100), Math.round(interval.high * 100)]).toEqual([low, high]);
});

test('equal values share their rank', () => {
  expect(ranked([3, 1, 3, 2])).toEqual({ ranks: new Float64Array([3.5, 1, 3.5, 2]), ties: 6 });
});

describe('the chance of an increase', () => {
  const upTo = (most: number) => Array.from({ length: most }, (_, index) => index + 1);

  // Counted by hand: all ways to choose the ranks behind.
  test.each<[string, number[], number, number]>([
    ['eight above eight', upTo(16), 8, 1 / 12_870],
    ['with ties', [1, 1, 1, 2, 2, 1, 2, 2, 2, 3, 3, 3], 6, 10 / 924],
    ['the shorter side before', [1, 2, 3, 4, 5], 2, 1 / 10],
    ['the other way', [9, 10, 11, 12, 1, 2, 3, 4], 4, 1],
    ['nothing but ties', [5, 5, 5, 5, 5, 5], 3, 1],
    ['nothing before', [1, 2, 3], 0, 1],
  ])('of %s', (_, values, split, expected) => {
    expect(chanceOfIncrease(ranked(values), split)).toBeCloseTo(expected, 9);
  });

  test('of many is that of a normal distribution', () => {
    const half = [...upTo(50), ...upTo(50).map((value) => value + 10)];
    // z = (1,700 − 1,250 − 0.5) ÷ 145.04
    expect(chanceOfIncrease(ranked(half), 50)).toBeCloseTo(0.00097, 5);
  });
});

test('of many findings those hold that are not wrong too often', () => {
  expect(holding([0.001, 0.2, 0.008, 0.039, 0.041], 0.05)).toEqual([
    ...[true, false, true, false, false],
  ]);
  expect(holding([], 0.05)).toEqual([]);
});

test.each<[string, number[], number[], number | null]>([
  ['in step', [1, 2, 3, 4], [10, 20, 30, 40], 1],
  ['against each other', [1, 2, 3, 4], [4, 3, 2, 1], -1],
  ['with ties', [1, 2, 2, 4], [1, 3, 2, 4], 0.949],
  ['one never changes', [1, 1, 1, 1], [1, 2, 3, 4], null],
])('rank correlation, %s', (_, a, b, expected) => {
  const correlation = rankCorrelation(a, b);
  if (expected === null) expect(correlation).toBeNull();
  else expect(correlation).toBeCloseTo(expected, 3);
});

test.each<[number, number]>([
  [30, 0.48],
  [50, 0.37],
  [100, 0.26],
])('of %i pairs a correlation of %f is by chance once in a hundred', (count, correlation) => {
  const chance = chanceOfCorrelation(correlation, count);
  expect(chance).toBeGreaterThan(0.005);
  expect(chance).toBeLessThan(0.013);
});

test('half of the values lie no further from the median', () => {
  expect(medianDeviation([10, 12, 9, 30, 11])).toBe(1);
});
