import { expect, test } from 'vitest';

import { playedTime } from '../../../src/answers/playedTime.ts';

const own = { beginMs: 1_000, durationMs: 4_656 };

test.each([
  ['as long as it says, where its steps end a little earlier', own, [1_002, 5_655], [1_000, 5_656]],
  ['or a little later', own, [999, 5_660], [1_000, 5_656]],
  ['as long as its steps, where one ran long after its end', own, [1_000, 9_000], [1_000, 9_000]],
  ['or long before', own, [500, 5_000], [500, 5_000]],
  ['or it does not say', { beginMs: 1_000, durationMs: null }, [1_002, 5_655], [1_002, 5_655]],
  ['or not when', { beginMs: null, durationMs: 4_656 }, [1_002, 5_655], [1_002, 5_655]],
] as const)('an execution is played %s', (_, summary, steps, expected) => {
  const span = ([beginMs, endMs]: readonly [number, number]) => ({ beginMs, endMs });
  expect(playedTime(summary, span(steps))).toEqual(span(expected));
  expect(playedTime(summary, null)).toBeNull();
});
