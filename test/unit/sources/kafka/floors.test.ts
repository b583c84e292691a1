import { describe, expect, it } from 'vitest';
import { Floors } from '../../../../src/sources/kafka/floors.ts';

/** Partitions as `[from, low, time of the first record]`. */
function floorsOf(partitions: readonly (readonly [number, number, (number | null)?])[]): Floors {
  const floors = new Floors();
  for (const [partition, [from, low, firstMs]] of partitions.entries()) {
    floors.begin(partition, BigInt(from));
    floors.holdsFrom(partition, String(low));
    if (firstMs !== undefined) floors.took(partition, firstMs);
  }
  return floors;
}

describe('how far back a topic was read', () => {
  it.each<[string, Parameters<typeof floorsOf>[0], number | null, number]>([
    ['one partition', [[10, 4, 500]], 500, 6],
    ['all of a partition', [[4, 4, 500]], 500, 0],
    [
      'the one that was read least far tells',
      [
        [10, 0, 300],
        [10, 0, 900],
      ],
      900,
      20,
    ],
    [
      'one that has no more doesn’t hinder',
      [
        [10, 0, 300],
        [0, 0, 900],
      ],
      300,
      10,
    ],
    [
      'all that there is begins with the oldest',
      [
        [0, 0, 300],
        [0, 0, 900],
      ],
      300,
      0,
    ],
    ['nothing came yet', [[10, 0]], null, 10],
    ['records without a time', [[10, 0, null]], null, 10],
    ['what was removed before it was read', [[10, 12, 500]], 500, 0],
  ])('%s', (_name, partitions, sinceMs, before) => {
    expect(floorsOf(partitions).readBack).toEqual({ sinceMs, before });
  });

  it('is unknown before any partition is', () => {
    expect(new Floors().readBack).toBeNull();
  });

  it('goes by the first record, and by older ones that were read since', () => {
    const floors = floorsOf([[10, 0, 500]]);
    floors.took(0, 400);
    expect(floors.readBack?.sinceMs).toBe(500);
    floors.lower(0, 10n, 6n, 200);
    expect(floors.readBack).toEqual({ sinceMs: 200, before: 6 });
    // The window held nothing: the time stays.
    floors.lower(0, 6n, 4n, undefined);
    expect(floors.readBack).toEqual({ sinceMs: 200, before: 4 });
  });

  it('begins where it began first, unless the partition is read again', () => {
    const floors = floorsOf([[10, 0, 500]]);
    floors.begin(0, 20n);
    expect(floors.of(0)).toBe(10n);
    floors.beginAnew(0, 3n);
    // What was read of the partition before it was read again lowers nothing.
    floors.lower(0, 10n, 1n, 100);
    expect([floors.of(0), floors.readBack]).toEqual([3n, { sinceMs: null, before: 3 }]);
    floors.clear();
    expect(floors.readBack).toBeNull();
  });
});
