import { describe, expect, it } from 'vitest';
import { createPositions } from '../../../../src/sources/kafka/positions.ts';

const range = (partition: number, low: string, high: string) => ({
  topic: 't',
  partition,
  low,
  high,
});

const record = (offset: string, timestampMs: number | null = null, partition = 0) => ({
  ...{ topic: 't', partition, offset, timestampMs },
  ...{ key: null, value: null },
});

describe('positions', () => {
  it.each<[string, string | undefined, [string, string], string, number | 'cut']>([
    ['goes on where it was', '7', ['0', '9'], '7', 0],
    ['stands at the end', '9', ['0', '9'], '9', 0],
    ['starts a new partition at its begin', undefined, ['3', '9'], '3', 0],
    ['goes on at the oldest record when its own was deleted', '2', ['5', '9'], '5', 3],
    ['starts again in a partition that ends before', '70', ['0', '9'], '0', 'cut'],
    [
      'keeps offsets beyond 2^53',
      '9007199254740993',
      ['0', '9007199254740995'],
      '9007199254740993',
      0,
    ],
  ])('%s', (_name, next, [low, high], expected, lost) => {
    const positions = createPositions();
    if (next !== undefined) positions.setNext(0, next);
    const { removed, cut } = positions.reconcile([range(0, low, high)]);
    expect(positions.next(0)).toBe(expected);
    expect(cut).toEqual(lost === 'cut' ? [0] : []);
    expect(removed).toEqual(
      typeof lost === 'number' && lost > 0 ? [{ partition: 0, count: lost }] : [],
    );
  });

  it('counts what is not read yet over all partitions', () => {
    const positions = createPositions();
    positions.reconcile([range(0, '0', '10'), range(1, '5', '8')]);
    expect(positions.lag()).toBe(13);
    positions.setNext(0, '10');
    positions.setHigh(1, '9');
    expect(positions.lag()).toBe(4);
    expect([positions.high(0), positions.high(1), positions.high(2)]).toEqual([
      '10',
      '9',
      undefined,
    ]);
    // The log may be known less far than it was read.
    positions.setNext(1, '12');
    expect(positions.lag()).toBe(0);
    expect(positions.partitions).toEqual([0, 1]);
  });

  it('knows what was delivered: from where to where, and how young', () => {
    const positions = createPositions();
    positions.setNext(0, '40');
    expect(positions.read).toEqual([]);
    positions.took([record('41', 500), record('43', 300)]);
    positions.took([record('44')]);
    positions.took([record('7', 100, 1)]);
    expect(positions.read).toEqual([
      { partition: 0, from: 41n, next: 45n },
      { partition: 1, from: 7n, next: 8n },
    ]);
    expect(positions.newestMs).toBe(500);
    expect(positions.fresh([record('44'), record('45')])).toEqual([record('45')]);
  });

  it('forgets all of it when the topic is another', () => {
    const positions = createPositions();
    positions.reconcile([range(0, '0', '10')]);
    positions.took([record('3', 500)]);
    positions.clear();
    expect([positions.partitions, positions.read, positions.lag()]).toEqual([[], [], 0]);
    expect(positions.newestMs).toBeUndefined();
  });
});
