import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Meter, Observable } from '@opentelemetry/api';
import { toDisposable } from '../base/disposable.ts';
import type { Disposable } from '../base/disposable.ts';

/** Milliseconds between two looks at the event loop: a hundred a second cost nothing that could be measured. */
const resolutionMs = 10;
const nanosecondsPerSecond = 1e9;

const delays = ['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99'] as const;

/**
 * Observes CPU time, memory and event loop of this process under the names that OpenTelemetry has for them.
 * Delays are those since the last collection. Disposing ends it.
 */
export function observeProcess(meter: Meter): Disposable {
  const cpuTime = meter.createObservableCounter('process.cpu.time', {
    description: 'Total CPU seconds broken down by different states.',
    unit: 's',
  });
  const memory = meter.createObservableUpDownCounter('process.memory.usage', {
    description: 'The amount of physical memory in use.',
    unit: 'By',
  });
  const utilization = meter.createObservableGauge('nodejs.eventloop.utilization', {
    description: 'Event loop utilization.',
    unit: '1',
  });
  const delay = new Map(
    delays.map((name) => [
      name,
      meter.createObservableGauge(`nodejs.eventloop.delay.${name}`, {
        description: `Event loop delay: ${name}.`,
        unit: 's',
      }),
    ]),
  );
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  let last = performance.eventLoopUtilization();
  const all: Observable[] = [cpuTime, memory, utilization, ...delay.values()];
  const observe: Parameters<Meter['addBatchObservableCallback']>[0] = (result) => {
    const { user, system } = process.cpuUsage();
    result.observe(cpuTime, user / 1e6, { 'cpu.mode': 'user' });
    result.observe(cpuTime, system / 1e6, { 'cpu.mode': 'system' });
    result.observe(memory, process.memoryUsage.rss());
    const current = performance.eventLoopUtilization();
    result.observe(utilization, performance.eventLoopUtilization(current, last).utilization);
    last = current;
    // Before the first look there is nothing to tell.
    if (histogram.count === 0) return;
    for (const [name, gauge] of delay) {
      const nanoseconds =
        name === 'p50' || name === 'p90' || name === 'p99'
          ? histogram.percentile(Number(name.slice(1)))
          : histogram[name];
      result.observe(gauge, nanoseconds / nanosecondsPerSecond);
    }
    histogram.reset();
  };
  meter.addBatchObservableCallback(observe, all);
  return toDisposable(() => {
    meter.removeBatchObservableCallback(observe, all);
    histogram.disable();
  });
}
