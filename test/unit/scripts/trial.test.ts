import { expect, test } from 'vitest';
import { Count } from '../../endure/trial.ts';

test('what is missing and what is too much is lost, each with its name', () => {
  const count = new Count('executions');
  count.compare(['a', 'b', 'c'], new Set(['a', 'c', 'c a second time']));
  expect(count.tally).toEqual({
    what: 'executions',
    tried: 3,
    lost: 2,
    details: ['b is missing', 'c a second time is more than was written'],
  });
});

test('a check that does not hold is a try that is lost', () => {
  const count = new Count('looks');
  count.check(true, 'well');
  count.check(false, 'grew by 7 MB');
  expect(count.tally).toMatchObject({ tried: 2, lost: 1, details: ['grew by 7 MB'] });
});

test('of many that are lost the first few are named', () => {
  const count = new Count('records');
  for (let n = 0; n < 100; n++) count.lose(String(n));
  expect(count.tally.lost).toBe(100);
  expect(count.tally.details).toHaveLength(5);
});
