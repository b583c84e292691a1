import { expect, test } from 'vitest';

import { concurrencyOf } from '../../../src/analysis/concurrency.ts';
import { createRandom } from '../../../src/sources/sample/random.ts';
import { aPast } from '../../support/pastBuilders.ts';

const generator = createRandom(7);
const random = () => generator.int(1, 999_999) / 1_000_000;
const day = 86_400_000;
const noon = Date.UTC(2026, 5, 16, 12);

/** What so many servers make of what comes at these times: who finds none free waits. */
function served(asked: readonly number[], servers: number, msOf: () => number) {
  const free = new Array<number>(servers).fill(0);
  return asked.map((atMs) => {
    const next = free.indexOf(Math.min(...free));
    const beginMs = Math.max(atMs, (free[next] ?? 0) + Math.round(40 * random()));
    const durationMs = msOf();
    free[next] = beginMs + durationMs;
    return aPast({ beginMs, durationMs });
  });
}

/** As many moments of a day, each by itself. */
const anyTime = (count: number) =>
  Array.from({ length: count }, () => noon + Math.floor(random() * day)).sort((a, b) => a - b);
/** As many in bursts of ten, as a timer or a list gives them. */
const bursts = (count: number) =>
  Array.from({ length: count }, (_, index) => noon + Math.floor(index / 10) * 3_000_000 + index);
const usual = () => Math.round(20_000 * Math.exp(random()));
const flowOf = (executions: readonly ReturnType<typeof aPast>[]) =>
  concurrencyOf(executions, () => 0).flows[0];

test.each([
  ['one robot', 1, 72],
  ['three robots', 3, 56],
])('what comes in bursts to %s begins right behind another', (_, servers, least) => {
  const flow = flowOf(served(bursts(80), servers, usual));
  expect(flow).toMatchObject({ maxInFlight: servers, isQueueing: true });
  expect(flow?.queued).toBeGreaterThanOrEqual(least);
});

test.each([
  ['rarely', 100],
  ['often', 1_500],
  ['so that many are in flight', 40_000],
])('of a hundred flows whose executions wait for nothing none queues: %s', (_, count) => {
  const flows = Array.from({ length: count > 10_000 ? 5 : 100 }, () =>
    flowOf(anyTime(count).map((beginMs) => aPast({ beginMs, durationMs: usual() }))),
  );
  expect(flows.filter((flow) => flow?.isQueueing === true)).toEqual([]);
});

test('few say nothing, nor does a pause', () => {
  const after = (pauseMs: number) => (index: number) =>
    aPast({ beginMs: noon + index * (5_000 + pauseMs), durationMs: 5_000 });
  const all = (count: number, pauseMs: number) =>
    flowOf(Array.from({ length: count }, (_, index) => after(pauseMs)(index)));
  expect(all(8, 0)).toMatchObject({ queued: 7, isQueueing: false });
  expect(all(20, 0)).toMatchObject({ queued: 19, isQueueing: true });
  expect(all(20, 600)).toMatchObject({ queued: 0, isQueueing: false });
});
