import type { Milliseconds } from '../trace/execution.ts';
import { goodBefore } from './againstUsual.ts';
import type { PastExecution } from './pastExecution.ts';
import { median } from './statistics.ts';

/** What the process of a run used, where its robot reports that, and what is usual. */
export interface ProcessUse {
  readonly memoryBytes: number;
  readonly cpuMs: Milliseconds;
  /** The middle of what good runs before it used, and how many of them tell; null where too few do. */
  readonly usual: {
    readonly runs: number;
    readonly memoryBytes: number;
    readonly cpuMs: Milliseconds;
  } | null;
}

/** Fewer have no usual. */
const fewest = 3;

/** Looks among `earlier` runs of its flow, oldest first; null where nobody measured the run. */
export function processUse(
  run: PastExecution,
  earlier: readonly PastExecution[],
): ProcessUse | null {
  if (run.resources === null) return null;
  const { memoryBytes, cpuMs } = run.resources;
  const known = goodBefore(run, earlier).flatMap(({ resources }) => resources ?? []);
  const usual =
    known.length < fewest
      ? null
      : {
          runs: known.length,
          memoryBytes: median(known.map((use) => use.memoryBytes)),
          cpuMs: median(known.map((use) => use.cpuMs)),
        };
  return { memoryBytes, cpuMs, usual };
}
