import type { Meter } from '@opentelemetry/api';
import { ExportResultCode } from '@opentelemetry/core';
import { OTLPMetricExporter as GrpcExporter } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { OTLPMetricExporter as HttpExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics';
import type { OtlpEndpoint } from './resolveEndpoint.ts';

/** How metrics are exported. */
export interface OtlpExportOptions {
  readonly endpoint: OtlpEndpoint;
  readonly intervalMs: number;
  /** Called after an export that changed the state: with what went wrong, or with null once it works again. */
  readonly onState: (error: string | null) => void;
}

/** A running export. */
export interface OtlpExport {
  readonly meter: Meter;
  /** Sends what is left and stops. Never rejects. */
  close(): Promise<void>;
}

/** One export may take this long; upstream's own default. */
const exportTimeoutMs = 3_000;

/** Starts the SDK. The only file that imports it: it is half as large as all the rest and loaded on demand. */
export function startOtlpExport({ endpoint, intervalMs, onState }: OtlpExportOptions): OtlpExport {
  const reader = new PeriodicExportingMetricReader({
    exporter: watched(createExporter(endpoint), onState),
    exportIntervalMillis: intervalMs,
    exportTimeoutMillis: Math.min(exportTimeoutMs, intervalMs),
  });
  const provider = new MeterProvider({
    resource: resourceFromAttributes({ 'service.name': 'rpa-trace' }),
    readers: [reader],
  });
  return {
    meter: provider.getMeter('rpa-trace'),
    close: () => provider.shutdown().catch(() => undefined),
  };
}

function createExporter({ protocol, url }: OtlpEndpoint): PushMetricExporter {
  const options = { url, timeoutMillis: exportTimeoutMs };
  return protocol === 'grpc' ? new GrpcExporter(options) : new HttpExporter(options);
}

/** Tells how exports go, once per change: an exporter that can't reach its endpoint fails every few seconds. */
function watched(
  exporter: PushMetricExporter,
  onState: (error: string | null) => void,
): PushMetricExporter {
  let last: string | null = null;
  const send = exporter.export.bind(exporter);
  exporter.export = (metrics, done) => {
    send(metrics, (result) => {
      const isSent = result.code === ExportResultCode.SUCCESS;
      const error = isSent ? null : (result.error?.message ?? 'unknown');
      if (error !== last) {
        last = error;
        onState(error);
      }
      done(result);
    });
  };
  return exporter;
}
