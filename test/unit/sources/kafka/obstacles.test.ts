import { describe, expect, it } from 'vitest';
import { Obstacles } from '../../../../src/sources/kafka/obstacles.ts';
import { createPositions } from '../../../../src/sources/kafka/positions.ts';
import type { UnreadableBatch } from '../../../../src/record/unreadableBatch.ts';
import { ManualClock } from '../../../support/manualClock.ts';

const batch = (parts: Partial<UnreadableBatch> = {}): UnreadableBatch => ({
  ...{ topic: 't', partition: 0, offset: '10', lastOffset: '12', fault: 'checksum' },
  ...{ bytes: 100, detail: '' },
  ...parts,
});

function world() {
  const clock = new ManualClock(0);
  const positions = createPositions();
  positions.setNext(0, '10');
  const met: string[] = [];
  const goneOn: string[] = [];
  const obstacles = new Obstacles({
    ...{ clock, positions },
    onMet: ({ partition, offset }) => met.push(`${String(partition)}@${offset}`),
    goOn: (partition, offset) => goneOn.push(`${String(partition)}@${offset}`),
    onChange: () => undefined,
  });
  return { clock, positions, met, goneOn, obstacles };
}

describe('a damaged batch', () => {
  it('is told once, and asked for again at growing intervals', () => {
    const { clock, met, goneOn, obstacles } = world();
    const pauses: number[] = [];
    for (let round = 0; round < 9; round++) {
      expect(obstacles.meet(batch(), '100')).toBeUndefined();
      const before = clock.now();
      while (goneOn.length === round) clock.advance(500);
      pauses.push((clock.now() - before) / 1_000);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
    expect(met).toEqual(['0@10']);
    expect(obstacles.waiting).toEqual([batch()]);
  });

  it('is forgotten when reading got behind it', () => {
    const { clock, goneOn, obstacles } = world();
    obstacles.meet(batch(), '100');
    obstacles.passed(0, '10');
    expect(obstacles.waiting).toHaveLength(1);
    obstacles.passed(0, '11');
    expect(obstacles.waiting).toEqual([]);
    clock.advance(100_000);
    expect(goneOn).toEqual([]);
  });

  it('is skipped when it is told to, by its position alone', () => {
    const { goneOn, positions, obstacles } = world();
    obstacles.meet(batch(), '100');
    const position = { topic: 't', partition: 0, offset: '10' };
    expect(obstacles.skip({ ...position, offset: '11' })).toBe(false);
    expect(obstacles.skip({ ...position, partition: 1 })).toBe(false);
    expect(obstacles.skip(position)).toBe(true);
    expect(obstacles.skip(position)).toBe(false);
    expect(goneOn).toEqual(['0@13']);
    expect(positions.next(0)).toBe('13');
  });

  it('is skipped without being told where that is wanted, those that wait too', () => {
    const { goneOn, met, obstacles } = world();
    obstacles.meet(batch(), '100');
    obstacles.setSkips(true);
    expect(goneOn).toEqual(['0@13']);
    expect(obstacles.meet(batch({ offset: '20', lastOffset: '20' }), '100')).toBe('21');
    expect(met).toEqual(['0@10', '0@20']);
    expect(obstacles.waiting).toEqual([]);
  });

  it('is in nobody’s way when it is only too large', () => {
    const { met, obstacles } = world();
    expect(obstacles.meet(batch({ fault: 'tooLarge' }), '100')).toBe('13');
    expect(met).toEqual(['0@10']);
  });

  it.each(['missing', 'refused'] as const)('is not told where it is %s twice', (fault) => {
    const { met, obstacles } = world();
    const missing = batch({ fault, lastOffset: null });
    for (let round = 0; round < 2; round++) obstacles.meet(missing, '100');
    expect([met, obstacles.waiting]).toEqual([[], []]);
    obstacles.meet(missing, '100');
    expect([met, obstacles.waiting]).toEqual([['0@10'], [missing]]);
  });
});

describe('the search for the end of what is damaged', () => {
  it.each([
    [11, 100],
    [12, 100],
    [13, 100],
    [57, 100],
    [99, 100],
    [100, 100],
    [11, 11],
    [123_456, 10_000_000],
    [10_000_000, 10_000_000],
  ])('finds offset %i of a log up to %i, in few steps', (good, high) => {
    const { goneOn, positions, obstacles } = world();
    obstacles.meet(batch({ lastOffset: null }), String(high));
    obstacles.skip(batch());
    let steps = 0;
    while (obstacles.isSearching(0)) {
      expect(++steps).toBeLessThan(50);
      const at = Number(goneOn.at(-1)?.split('@')[1]);
      expect(obstacles.place(0)).toBe(String(at));
      // Not even asked for: nothing answers there.
      expect(at).toBeLessThan(high);
      obstacles.looked(0, at >= good, String(high));
    }
    expect(positions.next(0)).toBe(String(good));
    expect(goneOn.at(-1)).toBe(`0@${String(good)}`);
    expect(obstacles.waiting).toEqual([]);
  });
});
