import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { RemovedCount } from '../../record/recordSource.ts';

/** A topic that lets go of records faster than they are read would else tell of it with each batch. */
const tellEveryMs = 60_000;

/** Adds up the records that a topic let go of before they were read, and tells of them now and then. */
export interface RemovedRecords extends Disposable {
  add(removed: readonly RemovedCount[]): void;
  /** Holds what is to be told until `release`: while reading is paused it only grows. */
  hold(): void;
  release(): void;
  /** The topic is another: what the old one let go of is no matter any more. */
  clear(): void;
}

/** Tells `tell` the counts since it was told last, by partition. */
export function createRemovedRecords(
  clock: Clock,
  tell: (removed: readonly RemovedCount[]) => void,
): RemovedRecords {
  const counts = new Map<number, number>();
  let timer: Disposable | undefined;
  let held = false;

  const tellNow = () => {
    if (held || timer !== undefined || counts.size === 0) return;
    const removed = [...counts].sort(([a], [b]) => a - b);
    counts.clear();
    timer = clock.after(tellEveryMs, () => {
      timer = undefined;
      tellNow();
    });
    tell(removed.map(([partition, count]) => ({ partition, count })));
  };
  return {
    add(removed) {
      for (const { partition, count } of removed) {
        counts.set(partition, (counts.get(partition) ?? 0) + count);
      }
      tellNow();
    },
    hold() {
      held = true;
    },
    release() {
      held = false;
      tellNow();
    },
    clear: () => {
      counts.clear();
    },
    dispose() {
      timer?.dispose();
      counts.clear();
    },
  };
}
