import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { firstChoices } from '../../../webview/choices.ts';
import { rememberSizes } from '../../../webview/sizeMemory.ts';
import { ManualClock } from '../../support/manualClock.ts';

test('a new size is told at once, what a drag goes through is not, and where it rests is', () => {
  const choices = signal(firstChoices);
  const clock = new ManualClock();
  const told: number[] = [];
  rememberSizes(choices, clock, ({ list }) => told.push(list));
  const divide = (list: number) => {
    choices.value = { ...choices.value, split: { ...choices.value.split, list } };
  };
  choices.value = { ...choices.value, filter: 'status:failed' };
  expect(told).toEqual([]);

  divide(300);
  expect(told).toEqual([300]);
  for (const list of [290, 280, 270]) {
    clock.advance(200);
    divide(list);
  }
  expect(told).toEqual([300]);
  clock.advance(300);
  expect(told).toEqual([300, 270]);
  clock.advance(1_000);
  divide(400);
  expect(told).toEqual([300, 270, 400]);
  clock.advance(1_000);
  expect(told).toEqual([300, 270, 400]);
});
