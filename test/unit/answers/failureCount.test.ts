import { describe, expect, test } from 'vitest';
import { FailureCount, passedAfter, withPassed } from '../../../src/answers/failureCount.ts';

const passedAt = (...beginMs: readonly number[]) =>
  beginMs.reduce(withPassed, { count: 0, lastMs: [] as readonly number[] });
const pass = (beginMs: number) => ({ beginMs, durationMs: 1, changedMs: null });

describe('what passed before the first failure came', () => {
  test('counts as passed since where it began later, and is said by nobody', () => {
    const count = new FailureCount(passedAt(1_010, 1_030, 1_020));
    expect(count.fail(1_000)).toBe(false);
    expect(count).toMatchObject({ failures: 1, streak: 3, isResolved: true });
    expect(count.pass(pass(1_040))).toBe(false);
  });

  test('counts as passed before where it began earlier', () => {
    const count = new FailureCount(passedAt(980, 1_010, 990));
    count.fail(1_000);
    expect(count).toMatchObject({ streak: 1, isResolved: false });
  });

  test('of one that began between two failures is what passed between them', () => {
    const late = new FailureCount(passedAt(10, 30));
    late.fail(20);
    late.fail(40);
    const inOrder = new FailureCount(passedAt(10));
    inOrder.fail(20);
    inOrder.pass(pass(30));
    inOrder.fail(40);
    const passesUntilResolved = (count: FailureCount) => {
      let passes = 1;
      while (!count.pass(pass(40 + passes))) passes++;
      return passes;
    };
    expect(passesUntilResolved(late)).toBe(passesUntilResolved(inOrder));
  });

  test('of many the number is known, and when the last ones began', () => {
    const many = passedAt(...Array.from({ length: 1_000 }, (_, at) => at));
    expect(many).toMatchObject({ count: 1_000, lastMs: { length: 14 } });
    expect(passedAfter(many, 995)).toEqual({ count: 4, lastMs: [996, 997, 998, 999] });
  });
});
