import { expect, test } from 'vitest';
import { Pulse } from '../../../src/engine/pulse.ts';
import { ManualClock } from '../../support/manualClock.ts';

/** When it works while a beat comes each millisecond, and a while afterwards. */
function timesOf(
  pulse: (clock: ManualClock, work: () => void) => Pulse,
  beatsMs: number,
): number[] {
  const clock = new ManualClock();
  const times: number[] = [];
  const beating = pulse(clock, () => times.push(clock.now()));
  for (let ms = 0; ms <= beatsMs; ms++) {
    beating.beat();
    clock.advance(1);
  }
  clock.advance(1_000);
  return times;
}

test.each([
  ['a single beat', 16, 0, [0]],
  ['some', 16, 40, [0, 16, 48]],
  ['a flood', 16, 700, [0, 16, 48, 112, 240, 368, 496, 624, 752]],
  ['a flood of what is slow anyhow', 250, 700, [0, 250, 500, 750]],
])('the first beat works at once, later ones seldom, and the last is never lost: %s', (...row) => {
  const [, intervalMs, beatsMs, expected] = row;
  expect(timesOf((clock, work) => new Pulse(clock, intervalMs, work), beatsMs)).toEqual(expected);
});

test('behind a flood it is as quick as before', () => {
  const clock = new ManualClock();
  const times: number[] = [];
  const pulse = new Pulse(clock, 16, () => times.push(clock.now()));
  for (let ms = 0; ms < 300; ms++) {
    pulse.beat();
    clock.advance(1);
  }
  clock.advance(1_000);
  times.length = 0;
  pulse.beat();
  pulse.beat();
  clock.advance(16);
  expect(times).toEqual([1_300, 1_316]);
});

test('is quiet after disposal', () => {
  const clock = new ManualClock();
  let beats = 0;
  const pulse = new Pulse(clock, 16, () => beats++);
  pulse.beat();
  pulse.beat();
  pulse.dispose();
  clock.advance(100);
  pulse.beat();
  expect(beats).toBe(1);
});

test('work that takes long is done less often', () => {
  const clock = new ManualClock();
  const times: number[] = [];
  const pulse = new Pulse(clock, 16, () => {
    times.push(clock.now());
    clock.advance(10);
  });
  for (let ms = 0; ms < 250; ms++) {
    pulse.beat();
    clock.advance(1);
  }
  expect(times).toEqual([0, 100, 200]);
});
