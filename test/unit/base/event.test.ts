import { expect, test } from 'vitest';
import { Emitter } from '../../../src/base/event.ts';

test('a listener that throws keeps neither the others nor the next event from being heard', () => {
  const errors: unknown[] = [];
  const heard: number[] = [];
  const emitter = new Emitter<number>((error) => errors.push(error));
  emitter.event(() => {
    throw new Error('broken listener');
  });
  emitter.event((value) => heard.push(value));
  emitter.fire(1);
  emitter.fire(2);
  expect(heard).toEqual([1, 2]);
  expect(errors).toHaveLength(2);
});

test('the same listener may subscribe twice and each subscription ends by itself', () => {
  const heard: number[] = [];
  const emitter = new Emitter<number>(() => undefined);
  const listener = (value: number) => {
    heard.push(value);
  };
  const first = emitter.event(listener);
  emitter.event(listener);
  first.dispose();
  first.dispose();
  emitter.fire(1);
  expect(heard).toEqual([1]);
});
