import type { Meter } from '@opentelemetry/api';
import { ExportResultCode } from '@opentelemetry/core';
import type { ExportResult } from '@opentelemetry/core';
import { OTLPMetricExporter as GrpcExporter } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { OTLPMetricExporter as HttpExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { OtlpEndpoint } from '../base/resolveEndpoint.ts';

/** Where to, how often and how long. */
export interface OtlpOptions {
  readonly endpoint: OtlpEndpoint;
  readonly serviceName: string;
  readonly intervalMs: number;
  /** For an export with its retries. */
  readonly exportTimeoutMs: number;
  /** For one request. */
  readonly requestTimeoutMs: number;
  /** Told about an export that failed, once for each change: an endpoint that is down fails every few seconds. */
  readonly onState: (error: string | null) => void;
}

/** A running export. */
export interface OtlpMeter {
  readonly meter: Meter;
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** The SDK refuses to export more often. */
const leastIntervalMs = 100;

/** Starts the SDK. The only file that imports it: it is large, and loaded when metrics are on. */
export function startOtlp(options: OtlpOptions): OtlpMeter {
  const { endpoint, serviceName } = options;
  const intervalMs = Math.max(leastIntervalMs, options.intervalMs);
  const exporter = createExporter(endpoint, options.requestTimeoutMs);
  watch(exporter, options.onState);
  const provider = new MeterProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    readers: [
      new PeriodicExportingMetricReader({
        exporter,
        exportIntervalMillis: intervalMs,
        // Upstream's defaults let an export take longer than the interval, which this SDK refuses.
        exportTimeoutMillis: Math.min(options.exportTimeoutMs, intervalMs),
      }),
    ],
  });
  return {
    meter: provider.getMeter(`${serviceName}_meter`),
    flush: () => provider.forceFlush().catch(() => undefined),
    close: () => provider.shutdown().catch(() => undefined),
  };
}

function createExporter({ protocol, url }: OtlpEndpoint, timeoutMillis: number) {
  return protocol === 'grpc'
    ? new GrpcExporter({ url, timeoutMillis })
    : new HttpExporter({ url, timeoutMillis });
}

function watch(exporter: PushMetricExporter, onState: OtlpOptions['onState']): void {
  let failing: boolean | undefined;
  const send = exporter.export.bind(exporter);
  exporter.export = (metrics, done) => {
    send(metrics, (result: ExportResult) => {
      const fails = result.code !== ExportResultCode.SUCCESS;
      if (fails !== failing) onState(fails ? (result.error?.message ?? 'no reason given') : null);
      failing = fails;
      done(result);
    });
  };
}
