import { expect, test } from 'vitest';

import { Verdicts } from '../../../src/answers/verdicts.ts';
import type { ExecutionSummary } from '../../../src/trace/execution.ts';

const summary = {} as ExecutionSummary;

test.each([true, false])('what was found is not looked for again: %s', (found) => {
  const verdicts = new Verdicts();
  let asked = 0;
  const find = () => {
    asked++;
    return found;
  };
  expect([verdicts.of(summary, 14, find), verdicts.of(summary, 14, find)]).toEqual([found, found]);
  expect(asked).toBe(1);
});

test('answers to other questions, and of other executions, are theirs', () => {
  const verdicts = new Verdicts();
  expect(verdicts.of(summary, 0, () => true)).toBe(true);
  expect(verdicts.of(summary, 1, () => false)).toBe(false);
  expect(verdicts.of({} as ExecutionSummary, 0, () => false)).toBe(false);
  expect(verdicts.of(summary, 0, () => false)).toBe(true);
});

test('more questions than there is room for are asked each time', () => {
  const verdicts = new Verdicts();
  const answers = [true, false, true];
  expect(answers.map((answer) => verdicts.of(summary, 15, () => answer))).toEqual(answers);
});
