/** The entry for metrics: `rpa-trace-telemetry/metrics`, which wants the exporters of OpenTelemetry. */
export { initMetrics } from './initMetrics.ts';
export type { MetricsOptions } from './initMetrics.ts';
export type { Metrics } from './instruments.ts';
