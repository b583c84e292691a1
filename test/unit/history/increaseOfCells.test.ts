import { describe, expect, test } from 'vitest';

import { addAmount, noAmounts } from '../../../src/history/amounts.ts';
import { type Cell, increasesOfCells } from '../../../src/history/increaseOfCells.ts';
import { chances } from '../../support/knownPast.ts';

const day = 86_400_000;
const chance = chances(3);
/** Normally distributed, by Box and Muller. */
const gauss = () => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
const logNormal = (middle: number) => Math.round(middle * Math.exp(0.3 * gauss()));

function series(days: number, aDay: number, middleOf: (place: number) => number): Cell[] {
  return Array.from({ length: days }, (_, place) => {
    const amounts = noAmounts();
    for (let run = 0; run < aDay; run++) addAmount(amounts, logNormal(middleOf(place)));
    return { atMs: place * day, buckets: amounts.buckets.list };
  });
}

describe.each([3, 300])('of a hundred series of a month with %i runs a day', (aDay) => {
  test('none that did not change is called slower', () => {
    const all = Array.from({ length: 100 }, () => series(30, aDay, () => 1_000));
    expect(increasesOfCells(all, 50).filter((found) => found !== null)).toEqual([]);
  });

  test('a doubled one is found in 95 or more, with what it is of all runs', () => {
    const all = Array.from({ length: 100 }, () =>
      series(30, aDay, (place) => (place < 20 ? 1_000 : 2_000)),
    );
    const found = increasesOfCells(all, 50).flatMap((increase) => increase ?? []);
    expect(found.length).toBeGreaterThanOrEqual(95);
    const right = found.filter(({ countBefore }) => Math.abs(countBefore - 20 * aDay) <= 3 * aDay);
    expect(right.length).toBeGreaterThanOrEqual(90);
  });
});
