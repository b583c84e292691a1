import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { EventLoopDelays } from '../../../src/telemetry/eventLoopDelay.ts';

test('how late the event loop was, without what lies between two looks', async () => {
  const ended = new EventLoopDelays().measure();
  // Until it was looked at once: the first look comes behind a turn of the loop.
  await delay(30);
  const until = performance.now() + 80;
  while (performance.now() < until);
  await delay(30);
  expect(ended()).toBeGreaterThan(60);
});

test('tells nothing of what was over at once', () => {
  expect(new EventLoopDelays().measure()()).toBeUndefined();
});

test('of many at once the latest are measured', async () => {
  const delays = new EventLoopDelays();
  const all = Array.from({ length: 20 }, () => delays.measure());
  await delay(60);
  const told = all.map((ended) => ended() !== undefined);
  expect(told).toEqual([...Array<boolean>(4).fill(false), ...Array<boolean>(16).fill(true)]);
});
