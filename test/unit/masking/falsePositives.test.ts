import { expect, it } from 'vitest';

import { countFalsePositives } from '../../support/falsePositives.ts';

const { total, masked, sentence } = countFalsePositives();

it(`${sentence}: at most 0.2 %`, () => {
  expect(total).toBeGreaterThan(900);
  const most = Math.floor(total * 0.002);
  expect(masked.length, JSON.stringify(masked, null, 2)).toBeLessThanOrEqual(most);
});
