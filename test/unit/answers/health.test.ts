import { expect, test } from 'vitest';

import { healthOf, type HealthWorld } from '../../../src/answers/health.ts';
import type { PartitionPosition } from '../../../src/record/recordSource.ts';

const figures = {
  ...{ records: 10, bytes: 2_000, recordsPerSecond: 1, bytesPerSecond: 200 },
  ...{ recordMs: 0.1, lastMs: 99 },
};

const listed = (['workflow', 'link', 'rpa', 'workflow', 'aitools'] as const).map((kind) => ({
  summary: { kind },
}));

/** Only what is asked of each is there. */
function aWorld(parts: object): HealthWorld {
  return {
    rates: { figures },
    store: { size: 7, listed, storedBytes: 900, mostBytes: 1_000, droppedPayloads: 2 },
    rejected: { total: 3, bytes: 50 },
    metrics: { state: { kind: 'off' } },
    reader: { positions: [], openedAtMs: 42, state: { kind: 'live' } },
    history: { state: { kind: 'off' } },
    ...parts,
  } as unknown as HealthWorld;
}

const reading = (kind: string, positions: readonly PartitionPosition[]) => ({
  reader: { positions, openedAtMs: 42, state: { kind } },
});

test('what is kept counts what was read and what could not be', () => {
  expect(healthOf(aWorld({}))).toMatchObject({
    intake: figures,
    store: {
      executions: 7,
      runs: 3,
      toolCalls: 2,
      bytes: 950,
      mostBytes: 1_000,
      droppedPayloads: 2,
    },
    ...{ rejected: 3, heap: null, openedMs: 42, lag: 0, partitionCount: 0 },
  });
});

test('partitions that are furthest behind come first, equal ones by number', () => {
  const positions = [
    { partition: 2, next: '5', high: '5' },
    { partition: 1, next: '9007199254740993', high: '9007199254740996' },
    { partition: 0, next: '5', high: '5' },
    // The topic was cut behind what is read next.
    { partition: 3, next: '8', high: '6' },
  ];
  const { partitions, lag } = healthOf(aWorld(reading('live', positions)));
  expect(partitions.map(({ partition }) => partition)).toEqual([1, 0, 2, 3]);
  expect(partitions.map((one) => one.lag)).toEqual([3, 0, 0, 0]);
  expect(lag).toBe(3);
});

test('of a topic with very many partitions those are told that are furthest behind, and how many there are', () => {
  const positions = Array.from({ length: 200 }, (_, partition) => ({
    ...{ partition, next: '0', high: String(partition) },
  }));
  const { partitions, partitionCount, lag } = healthOf(aWorld(reading('live', positions)));
  expect(partitions).toHaveLength(50);
  expect(partitions[0]).toEqual({ partition: 199, next: '0', lag: 199 });
  expect([partitionCount, lag]).toEqual([200, (199 * 200) / 2]);
});

test('nothing is open: since when is not told', () => {
  expect(healthOf(aWorld(reading('idle', []))).openedMs).toBeNull();
});

test('memory is told where it is known', () => {
  const heap = { usedBytes: 1, mostBytes: 2 };
  expect(healthOf(aWorld({ heap: () => heap })).heap).toEqual(heap);
});
