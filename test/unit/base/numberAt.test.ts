import { expect, test } from 'vitest';
import { numberAt } from '../../../src/base/numberAt.ts';

test.each([
  [[7, 8], 1, 8],
  [new Uint8Array([7]), 0, 7],
  [[7, 8], 2, 0],
  [[7, 8], -1, 0],
  [[], 0, 0],
])('of %o at %i stands %i', (values, place, number) => {
  expect(numberAt(values, place)).toBe(number);
});
