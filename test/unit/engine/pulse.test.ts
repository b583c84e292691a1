import { expect, test } from 'vitest';
import { Pulse } from '../../../src/engine/pulse.ts';
import { ManualClock } from '../../support/manualClock.ts';

test('the first beat works at once, a flood once per interval, and the last is never lost', () => {
  const clock = new ManualClock();
  const times: number[] = [];
  const pulse = new Pulse(clock, 16, () => times.push(clock.now()));
  pulse.beat();
  for (let ms = 1; ms <= 40; ms++) {
    clock.advance(1);
    pulse.beat();
  }
  clock.advance(100);
  expect(times).toEqual([0, 16, 32, 48]);
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
