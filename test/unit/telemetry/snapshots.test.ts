import { expect, test } from 'vitest';
import { Snapshots } from '../../../src/telemetry/snapshots.ts';

/** When the second snapshot is due, of which each takes so long. */
function secondAt(costMs: number): number | undefined {
  let now = 0;
  const due: { readonly at: number; readonly run: () => void }[] = [];
  const clock = {
    now: () => now,
    after: (ms: number, run: () => void) => {
      due.push({ at: now + ms, run });
      return { dispose: () => undefined };
    },
  };
  const snapshots = new Snapshots({ intervalMs: 500, heartbeatMs: undefined }, clock, () => {
    now += costMs;
  });
  snapshots.changed();
  now = due[0]?.at ?? Number.NaN;
  due[0]?.run();
  snapshots.changed();
  return due[1]?.at;
}

test.each([
  ['in its turn', 0, 700],
  ['a little later, as the next is from its end', 10, 710],
  ['so much later that they take a fiftieth of the time', 40, 2_240],
])('by the clock of the tracer the next one comes %s', (_, costMs, atMs) => {
  expect(secondAt(costMs)).toBe(atMs);
});
