import { createNoopMeter } from '@opentelemetry/api';
import { resolveEndpoint } from '../base/resolveEndpoint.ts';
import type { OtlpProtocol } from '../base/resolveEndpoint.ts';
import { shownAddress, withoutCredentials } from '../base/shownAddress.ts';
import { amount, flag } from './environment.ts';
import type { Environment } from './environment.ts';
import type { OtlpMeter } from './otlp.ts';
import { metricsOf } from './instruments.ts';
import type { Metrics } from './instruments.ts';
import { stderrLog } from './telemetryLog.ts';
import type { TelemetryLog } from './telemetryLog.ts';

/** What is given instead of the variables. Times are milliseconds. */
export interface MetricsOptions {
  /** Default: OTLP_ENDPOINT, else `127.0.0.1:4317`. Without a scheme it is gRPC without TLS. */
  readonly endpoint?: string | undefined;
  /** gRPC or HTTP. Default: told from the address. */
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
  /** Variables in place of those of the process. */
  readonly env?: Environment | undefined;
  /** Takes what the library has to say. Default: warnings and errors to stderr. */
  readonly log?: TelemetryLog | undefined;
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
    const library = await import('./otlp.ts');
    return library.startOtlp({
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
