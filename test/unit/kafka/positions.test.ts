import { describe, expect, it } from 'vitest';
import { createPositions } from '../../../src/kafka/positions.ts';

const range = (partition: number, low: string, high: string) => ({
  topic: 't',
  partition,
  low,
  high,
});

describe('positions', () => {
  it.each<[string, string | undefined, [string, string], string, boolean]>([
    ['goes on where it was', '7', ['0', '9'], '7', false],
    ['stands at the end', '9', ['0', '9'], '9', false],
    ['starts a new partition at its begin', undefined, ['3', '9'], '3', false],
    ['goes on at the oldest record when its own was deleted', '2', ['5', '9'], '5', true],
    ['starts again in a topic that was made anew', '70', ['0', '9'], '0', true],
    [
      'keeps offsets beyond 2^53',
      '9007199254740993',
      ['0', '9007199254740995'],
      '9007199254740993',
      false,
    ],
  ])('%s', (_name, next, [low, high], expected, told) => {
    const positions = createPositions();
    if (next !== undefined) positions.setNext(0, next);
    const losses = positions.reconcile([range(0, low, high)]);
    expect(positions.next(0)).toBe(expected);
    expect(losses).toHaveLength(told ? 1 : 0);
  });

  it('counts what is not read yet over all partitions', () => {
    const positions = createPositions();
    positions.reconcile([range(0, '0', '10'), range(1, '5', '8')]);
    expect(positions.lag()).toBe(13);
    positions.setNext(0, '10');
    positions.setHigh(1, '9');
    expect(positions.lag()).toBe(4);
    // The log may be known less far than it was read.
    positions.setNext(1, '12');
    expect(positions.lag()).toBe(0);
    expect(positions.partitions).toEqual([0, 1]);
  });
});
