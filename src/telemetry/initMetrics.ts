import { createNoopMeter } from '@opentelemetry/api';
import type { Counter, Histogram, Meter as ApiMeter } from '@opentelemetry/api';
import { resolveEndpoint } from '../base/resolveEndpoint.ts';
import type { OtlpProtocol } from '../base/resolveEndpoint.ts';
import { shownAddress, withoutCredentials } from '../base/shownAddress.ts';
import { amount, flag } from './environment.ts';
import type { Environment } from './environment.ts';
import type { OtlpMeter } from './otlp.ts';
import { ownAddress } from './ownAddress.ts';
import { stderrLog } from './telemetryLog.ts';
import type { TelemetryLog } from './telemetryLog.ts';

/** What is given instead of the variables. Times are milliseconds. */
export interface MetricsOptions {
  /** Default: OTLP_ENDPOINT, else `127.0.0.1:4317`. Without a scheme it is gRPC without TLS. */
  readonly endpoint?: string | undefined;
  readonly protocol?: OtlpProtocol | undefined;
  /** Default: SERVICE_NAME. */
  readonly serviceName?: string | undefined;
  /** Default: OTLP_ENABLE, which is on unless it is something else than `true`, `1`, `yes` or `on`. */
  readonly enabled?: boolean | undefined;
  /** Default: OTLP_METRIC_TIMEOUT, else 5,000: one request. */
  readonly timeoutMs?: number | undefined;
  /** Default: OTLP_METRIC_EXPORT_INTERVAL_MILLIS, else 3,000. */
  readonly exportIntervalMs?: number | undefined;
  /** Default: OTLP_METRIC_EXPORT_TIMEOUT_MILLIS, else 5,000: one export; never longer than the interval. */
  readonly exportTimeoutMs?: number | undefined;
  readonly env?: Environment | undefined;
  readonly log?: TelemetryLog | undefined;
}

/** The two instruments of the services, and the meter they are from. */
export interface Metrics {
  readonly counter: Counter;
  readonly histogram: Histogram;
  /** The address of this machine, looked up once: a label of each request. */
  readonly serverHost: string;
  /** For instruments of one's own. */
  readonly apiMeter: ApiMeter;
  /** Sends what was recorded so far; never rejects. */
  flush(): Promise<void>;
  /** Sends what is left and ends; never rejects. */
  close(): Promise<void>;
}

/** Starts to export metrics as the environment has it. Never rejects: what is wrong is logged, and nothing is exported. */
export async function initMetrics(options: MetricsOptions = {}): Promise<Metrics> {
  const { env = process.env, log = stderrLog() } = options;
  const otlp = await start(options, env, log);
  return {
    ...metricsOf(otlp?.meter ?? createNoopMeter()),
    flush: async () => otlp?.flush(),
    close: async () => otlp?.close(),
  };
}

/** The instruments on a meter of one's own; who made that flushes and closes it. */
export function metricsOf(apiMeter: ApiMeter): Omit<Metrics, 'flush' | 'close'> {
  return {
    apiMeter,
    serverHost: ownAddress(),
    counter: apiMeter.createCounter('server_request_total', {
      description: 'Server request error count',
    }),
    // The values are milliseconds although the name says otherwise: dashboards rely on it.
    histogram: apiMeter.createHistogram('server_request_time_microseconds', {
      description: 'Server request performance',
    }),
  };
}

async function start(
  options: MetricsOptions,
  env: Environment,
  log: TelemetryLog,
): Promise<OtlpMeter | undefined> {
  const wrong = (sentence: string) => log('warn', sentence);
  if (!(options.enabled ?? flag(env, 'OTLP_ENABLE', true, wrong))) return undefined;
  const address = (options.endpoint ?? env['OTLP_ENDPOINT'] ?? '') || '127.0.0.1:4317';
  const endpoint = resolveEndpoint(address, options.protocol ?? 'auto');
  if (!endpoint.ok) {
    log('error', `No metrics are exported: ${endpoint.error}.`);
    return undefined;
  }
  const shown = shownAddress(endpoint.value.url);
  const hidden = (text: string) => withoutCredentials(text, [address]);
  const ms = (name: string, usual: number) => amount(env, name, usual, wrong);
  try {
    const { startOtlp } = await import('./otlp.ts');
    return startOtlp({
      endpoint: endpoint.value,
      serviceName: options.serviceName ?? (env['SERVICE_NAME'] || 'rpa-robot'),
      intervalMs: options.exportIntervalMs ?? ms('OTLP_METRIC_EXPORT_INTERVAL_MILLIS', 3_000),
      exportTimeoutMs: options.exportTimeoutMs ?? ms('OTLP_METRIC_EXPORT_TIMEOUT_MILLIS', 5_000),
      requestTimeoutMs: options.timeoutMs ?? ms('OTLP_METRIC_TIMEOUT', 5_000),
      onState(error) {
        if (error === null) log('info', `metrics are exported to ${shown}`);
        else log('warn', `metrics can't be exported to ${shown}: ${hidden(error)}`);
      },
    });
  } catch (error) {
    log('error', `No metrics are exported: ${hidden(String(error))}`);
    return undefined;
  }
}
