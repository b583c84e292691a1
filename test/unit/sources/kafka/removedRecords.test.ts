import { expect, test } from 'vitest';
import { createRemovedRecords } from '../../../../src/sources/kafka/removedRecords.ts';
import type { RemovedCount } from '../../../../src/record/recordSource.ts';
import { ManualClock } from '../../../support/manualClock.ts';

function removedRecords() {
  const clock = new ManualClock(0);
  const told: (readonly RemovedCount[])[] = [];
  const removed = createRemovedRecords(clock, (counts) => told.push(counts));
  const lose = (partition: number, count: number) => {
    removed.add([{ partition, count }]);
  };
  return { clock, told, removed, lose };
}

test('the first loss is told at once, what follows in sum after a minute', () => {
  const { clock, told, lose } = removedRecords();
  lose(1, 5);
  expect(told).toEqual([[{ partition: 1, count: 5 }]]);
  lose(1, 2);
  lose(0, 1);
  lose(1, 3);
  expect(told).toHaveLength(1);
  clock.advance(60_000);
  expect(told[1]).toEqual([
    { partition: 0, count: 1 },
    { partition: 1, count: 5 },
  ]);
  clock.advance(60_000);
  expect(told).toHaveLength(2);
});

test('while it is held it only adds up', () => {
  const { told, removed, lose } = removedRecords();
  removed.hold();
  lose(0, 5);
  lose(0, 5);
  expect(told).toEqual([]);
  removed.release();
  expect(told).toEqual([[{ partition: 0, count: 10 }]]);
});

test('what a topic that is gone let go of is not told', () => {
  const { told, removed, lose } = removedRecords();
  removed.hold();
  lose(0, 5);
  removed.clear();
  removed.release();
  expect(told).toEqual([]);
});
