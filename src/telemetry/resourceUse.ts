import { performance } from 'node:perf_hooks';
import type { EventLoopUtilization } from 'node:perf_hooks';

/** What the process used between two moments. Of work that ran at the same time each has all of it. */
export interface ResourceUse {
  /** Milliseconds of all cores, in the robot's code and in the system. */
  readonly cpuMs: number;
  /** Physical memory at the end, and by how much it grew. */
  readonly memoryBytes: number;
  readonly memoryGrowthBytes: number;
  /** Share of the time in which the event loop was busy, 0 to 1. */
  readonly eventLoopUtilization: number;
}

/** Begins to measure; the answer gives what was used since. */
export function measureResources(): () => ResourceUse {
  const cpu = process.cpuUsage();
  const memoryBytes = process.memoryUsage.rss();
  const loop: EventLoopUtilization = performance.eventLoopUtilization();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    const nowBytes = process.memoryUsage.rss();
    const { utilization } = performance.eventLoopUtilization(loop);
    return {
      cpuMs: (user + system) / 1_000,
      memoryBytes: nowBytes,
      memoryGrowthBytes: nowBytes - memoryBytes,
      eventLoopUtilization: Math.round(utilization * 1_000) / 1_000,
    };
  };
}

/** Under the names of the wire, in the order they are written. */
export function writtenResources(use: ResourceUse): Record<string, number> {
  return {
    cpu_ms: use.cpuMs,
    memory_bytes: use.memoryBytes,
    memory_growth_bytes: use.memoryGrowthBytes,
    event_loop_utilization: use.eventLoopUtilization,
  };
}
