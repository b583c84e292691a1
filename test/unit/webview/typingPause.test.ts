import { expect, test } from 'vitest';
import { pauseMs, TypingPause } from '../../../webview/filter/typingPause.ts';
import { ManualClock } from '../../support/manualClock.ts';

function typing() {
  const clock = new ManualClock();
  let pauses = 0;
  const pause = new TypingPause(clock, () => pauses++);
  return { clock, pause, pauses: () => pauses };
}

test('comes once, after the last letter', () => {
  const { clock, pause, pauses } = typing();
  pause.typed();
  clock.advance(pauseMs - 1);
  pause.typed();
  clock.advance(pauseMs - 1);
  expect(pauses()).toBe(0);
  clock.advance(1);
  expect(pauses()).toBe(1);
  clock.advance(10 * pauseMs);
  expect(pauses()).toBe(1);
});

test('comes at once on Enter, and not again', () => {
  const { clock, pause, pauses } = typing();
  pause.typed();
  pause.end();
  expect(pauses()).toBe(1);
  clock.advance(pauseMs);
  expect(pauses()).toBe(1);
});
