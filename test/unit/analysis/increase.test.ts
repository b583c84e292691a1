import { describe, expect, test } from 'vitest';

import { increases, type Measured } from '../../../src/analysis/increase.ts';
import { createRandom } from '../../../src/sources/sample/random.ts';

const generator = createRandom(15);
const random = () => generator.int(0, 999_999) / 1_000_000;
/** Normally distributed, by Box and Muller. */
const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const logNormal = (middle: number, sigma: number) => Math.round(middle * Math.exp(sigma * gauss()));
const stepped = (ms: number) => Math.ceil(ms / 10_000) * 10_000;

function series(count: number, valueOf: (index: number) => number): Measured[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ atMs: 1_000_000 + index * 60_000, value: valueOf(index) },
  }));
}

describe('of a hundred series', () => {
  test.each<[string, (index: number) => number]>([
    ['that spread little', () => logNormal(1_000, 0.1)],
    ['as durations spread', () => logNormal(1_000, 0.3)],
    ['that spread much', () => logNormal(1_000, 0.8)],
    ['in steps of a robot that is polled', () => stepped(logNormal(24_000, 0.3))],
    ['that never change', () => 500],
    ['that get faster', (index) => logNormal(index < 14 ? 2_000 : 1_000, 0.3)],
  ])('none is called slower: %s', (_, valueOf) => {
    const all = Array.from({ length: 100 }, () => series(28, valueOf));
    expect(increases(all, 50).filter((found) => found !== null)).toEqual([]);
  });

  test.each<[string, number]>([
    ['alone', 1],
    ['among others that did not change', 20],
  ])('a doubled one is found in 95 or more, %s', (_, beside) => {
    let found = 0;
    for (let round = 0; round < 100; round++) {
      const doubled = series(28, (index) => logNormal(index < 20 ? 1_000 : 2_000, 0.2));
      const others = Array.from({ length: beside - 1 }, () =>
        series(28, () => logNormal(1_000, 0.2)),
      );
      if (increases([doubled, ...others], 50)[0] !== null) found++;
    }
    expect(found).toBeGreaterThanOrEqual(95);
  });
});

test('it is told from what to what, and between which moments', () => {
  const [found] = increases([series(30, (index) => (index < 18 ? 1_000 : 3_000) + index)], 50);
  expect(found).toEqual({
    ...{ before: 1_008, since: 3_023, ratio: 3_023 / 1_008 },
    ...{ from: 1_000_000 + 17 * 60_000, to: 1_000_000 + 18 * 60_000 },
    ...{ countBefore: 18, countSince: 12 },
  });
});

test.each<[string, Measured[], number]>([
  ['too few', series(15, (index) => (index < 8 ? 1_000 : 9_000)), 50],
  ['nobody feels it', series(30, (index) => (index < 15 ? 10 : 20)), 50],
  ['one step of a robot that is polled', series(40, (index) => (index < 20 ? 20_000 : 24_900)), 50],
  ['less than a fifth more', series(30, (index) => (index < 15 ? 10_100 : 11_100)), 50],
])('nothing is said of %s', (_, measured, least) => {
  expect(increases([measured], least)).toEqual([null]);
});

test('the order in which they came says nothing, their times do', () => {
  const measured = series(30, (index) => (index < 15 ? 1_000 : 3_000));
  expect(increases([measured.toReversed()], 50)).toEqual(increases([measured], 50));
});

describe('what holds is decided among all', () => {
  const unchanged = Array.from({ length: 40 }, () => series(28, () => logNormal(1_000, 0.3)));
  /** Later ones are larger, so often that chance alone would hardly do it. */
  const slower = (share: number) =>
    series(28, (index) => (index >= 14 && index % 10 < share ? 3_000 : 1_000 + (index % 5)));
  const clear = Array.from({ length: 12 }, () => slower(10));

  test.each<[string, Measured[][], boolean]>([
    ['by itself', [slower(7)], true],
    ['not among many that did not change', [slower(7), ...unchanged], false],
    ['but with others that did', [slower(7), ...clear, ...unchanged.slice(0, 6)], true],
    ['a clear one in any case', [slower(10), ...unchanged], true],
  ])('one in doubt: %s', (_, all, isTold) => {
    expect(increases(all, 50)[0] !== null).toBe(isTold);
  });
});
