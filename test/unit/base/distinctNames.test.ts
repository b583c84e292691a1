import { expect, test } from 'vitest';
import { DistinctNames } from '../../../src/base/distinctNames.ts';

test('names of which the same is seen stay two, and each keeps its own', () => {
  const names = new DistinctNames();
  const shown = (name: string, seen = 'x') => names.of(name, seen);
  expect([shown('a'), shown('b'), shown('x 3', 'x 3'), shown('c'), shown('b'), shown('d')]).toEqual(
    ['x', 'x 2', 'x 3', 'x 4', 'x 2', 'x 5'],
  );
});

test('however many there are, a number is found at once', () => {
  const names = new DistinctNames();
  const many = 50_000;
  for (let at = 2; at < many; at++) names.of(`real ${String(at)}`, `x ${String(at)}`);
  for (let at = 0; at < many; at++) names.of(`hidden ${String(at)}`, 'x');
  expect(names.of('one more', 'x')).toBe(`x ${String(2 * many - 1)}`);
});
