import { BucketRoom } from '../../src/history/bucketRoom.ts';
import type { HistoryStore } from '../../src/history/historyStore.ts';
import type { Rollup } from '../../src/history/rollup.ts';
import { unpackRollup } from '../../src/history/rollupBytes.ts';
import type { Level } from '../../src/history/hours.ts';

/** What is rolled up in the file of flows themselves, in order of time. */
export function storedRollups(
  store: HistoryStore,
  level: Level,
): readonly { readonly atMs: number; readonly rollup: Rollup }[] {
  const rows = [...store.rolledUp.packed(level, 0, Number.MAX_SAFE_INTEGER)];
  const room = new BucketRoom();
  const rollups = rows.map(({ atMs, own }) => ({ atMs, rollup: unpackRollup(own, null, room) }));
  return rollups.sort((a, b) => a.atMs - b.atMs);
}
