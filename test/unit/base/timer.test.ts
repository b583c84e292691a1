import { beforeEach, expect, test } from 'vitest';

import { Timer } from '../../../src/base/timer.ts';
import { ManualClock } from '../../support/manualClock.ts';

let clock: ManualClock;
let timer: Timer;
let fired: string[];

beforeEach(() => {
  clock = new ManualClock();
  timer = new Timer(clock);
  fired = [];
});

test('fires once, and holds nothing afterwards', () => {
  timer.set(10, () => fired.push('a'));
  expect(timer.isSet).toBe(true);
  clock.advance(9);
  expect(fired).toEqual([]);
  clock.advance(1);
  expect([fired, timer.isSet, clock.waiting]).toEqual([['a'], false, 0]);
});

test('set again it forgets what was set before', () => {
  timer.set(10, () => fired.push('a'));
  timer.set(20, () => fired.push('b'));
  expect(clock.waiting).toBe(1);
  clock.advance(100);
  expect(fired).toEqual(['b']);
});

test('may be set again by what it runs', () => {
  timer.set(10, () => {
    timer.set(10, () => fired.push('b'));
  });
  clock.advance(20);
  expect(fired).toEqual(['b']);
});

test.each<[string, () => void]>([
  [
    'cleared',
    () => {
      timer.clear();
    },
  ],
  [
    'disposed, also for good',
    () => {
      timer.dispose();
      timer.set(10, () => fired.push('b'));
    },
  ],
])('%s it does not fire', (_, stop) => {
  timer.set(10, () => fired.push('a'));
  stop();
  expect(clock.waiting).toBe(0);
  clock.advance(100);
  expect(fired).toEqual([]);
});
