import type { Milliseconds, RunKey } from './execution.ts';

/** What a process used, where its robot reports it. */
export interface ResourceUse {
  readonly cpuMs: Milliseconds;
  readonly memoryBytes: number;
  /** Share of the time in which the event loop was busy, 0 to 1. */
  readonly eventLoopUtilization: number;
  /** How late it was, as the 99th percentile; null where only the rest is reported, as of single nodes. */
  readonly eventLoopDelayMs: Milliseconds | null;
}

/** What a record tells beside what ran. */
export interface RecordFacts {
  /** Of the flow that ran; empty where the record doesn't tell. */
  readonly revision: string;
  /** Values that were too large for it and stand elsewhere. */
  readonly storedValues: number;
  /** Inputs and outputs of its nodes; of a record that tells of none its question and its answer. */
  readonly payloadBytes: number;
  /** What the robot's process used; null where nobody measured it. */
  readonly resources: ResourceUse | null;
  /** The same while a run went on, for those of which it is known. */
  readonly resourcesOfRuns: ReadonlyMap<RunKey, ResourceUse>;
}
