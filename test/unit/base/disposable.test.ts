import { expect, test } from 'vitest';
import { Disposables, toDisposable } from '../../../src/base/disposable.ts';

test('lets go last in, first out', () => {
  const order: string[] = [];
  const bag = new Disposables();
  for (const name of ['a', 'b', 'c']) bag.add(toDisposable(() => order.push(name)));
  bag.dispose();
  bag.dispose();
  expect(order).toEqual(['c', 'b', 'a']);
});

test('one that fails does not keep the others, and its error is told', () => {
  const order: string[] = [];
  const bag = new Disposables();
  bag.add(toDisposable(() => order.push('first')));
  bag.add({
    dispose() {
      throw new Error('stuck');
    },
  });
  bag.add(toDisposable(() => order.push('last')));
  expect(() => {
    bag.dispose();
  }).toThrow(AggregateError);
  expect(order).toEqual(['last', 'first']);
});

test('what comes after disposal is disposed at once', () => {
  const bag = new Disposables();
  bag.dispose();
  let gone = false;
  bag.add(
    toDisposable(() => {
      gone = true;
    }),
  );
  expect(gone).toBe(true);
});
