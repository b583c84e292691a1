import { credentials, Metadata } from '@grpc/grpc-js';
import type { Meter } from '@opentelemetry/api';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { OTLPMetricExporter as GrpcExporter } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { OTLPMetricExporter as HttpExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  DataPointType,
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import type { OtlpEndpoint } from '../base/resolveEndpoint.ts';
import { countedBy } from './instruments.ts';
import type { OtlpCertificates } from './otlpTls.ts';

/** How metrics are exported. */
export interface OtlpExportOptions {
  readonly endpoint: OtlpEndpoint;
  /** Sent with each export, such as an authorization, beside those of the environment: over gRPC as metadata. */
  readonly headers?: Readonly<Record<string, string>>;
  /** For an endpoint with TLS, in place of those of the environment. */
  readonly certificates?: OtlpCertificates;
  readonly intervalMs: number;
  /** How long one export may take. */
  readonly timeoutMs?: number;
  /** Attributes of who exports, beside the service name. */
  readonly resource?: Readonly<Record<string, string>>;
  /**
   * Called after an export that changed the state: with what went wrong, or with null once it works. An
   * error of another kind is a change, the same one in other words is none.
   */
  readonly onState: (error: string | null) => void;
  /** Called after each export that was received, with how many executions it counts since the start. */
  readonly onReceived?: (counted: number) => void;
}

/** A running export. */
export interface OtlpExport {
  readonly meter: Meter;
  /** Sends what was recorded so far. Never rejects: what went wrong is told by `onState`. */
  flush(): Promise<void>;
  /** Sends what is left and stops. Never rejects. */
  close(): Promise<void>;
}

/** Upstream's own default. */
const defaultTimeoutMs = 3_000;
/** More often than this would be work without news; 0 makes the SDK throw. */
const leastIntervalMs = 100;

/** Of an instrument; what has other attributes is counted under `otel.metric.overflow`, so that sums stay right. */
const mostSeries = 2_000;

/** Starts the SDK. The only file that imports it: it is half as large as all the rest and loaded on demand. */
export function startOtlpExport(options: OtlpExportOptions): OtlpExport {
  const intervalMs = Math.max(leastIntervalMs, options.intervalMs);
  // The SDK refuses an export that may take longer than the interval.
  const timeoutMs = Math.min(options.timeoutMs ?? defaultTimeoutMs, intervalMs);
  const exporter = createExporter(options, timeoutMs);
  watch(exporter, options);
  const provider = new MeterProvider({
    resource: resourceFromAttributes({ 'service.name': 'rpa-trace', ...options.resource }),
    readers: [
      new PeriodicExportingMetricReader({
        exporter,
        exportIntervalMillis: intervalMs,
        exportTimeoutMillis: timeoutMs,
        cardinalityLimits: { default: mostSeries },
      }),
    ],
  });
  return {
    meter: provider.getMeter('rpa-trace'),
    flush: () => provider.forceFlush().catch(() => undefined),
    close: () => provider.shutdown().catch(() => undefined),
  };
}

function createExporter(options: OtlpExportOptions, timeoutMillis: number): PushMetricExporter {
  const { endpoint, headers = {}, certificates = {} } = options;
  const { protocol, url } = endpoint;
  const { ca, cert, key } = certificates;
  const hasCertificates = url.startsWith('https:') && Object.keys(certificates).length > 0;
  const exporter =
    protocol === 'grpc'
      ? new GrpcExporter({
          ...{ url, timeoutMillis, metadata: metadataOf(headers) },
          ...(hasCertificates && { credentials: credentials.createSsl(ca, key, cert) }),
        })
      : new HttpExporter({
          ...{ url, timeoutMillis, headers: { ...headers } },
          ...(hasCertificates && { httpAgentOptions: { ...certificates, keepAlive: true } }),
        });
  // Whatever the environment prefers: of a difference that was not received nothing would be left.
  exporter.selectAggregationTemporality = () => AggregationTemporality.CUMULATIVE;
  return exporter;
}

/** gRPC has no capitals in names. */
function metadataOf(headers: Readonly<Record<string, string>>): Metadata {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(headers)) metadata.set(name.toLowerCase(), value);
  return metadata;
}

/** Tells how exports go, once per change: an exporter that can't reach its endpoint fails every few seconds. */
function watch(
  exporter: PushMetricExporter,
  { onState, onReceived }: Pick<OtlpExportOptions, 'onState' | 'onReceived'>,
): void {
  // Unlike any kind of failure, so that the first success is told as well.
  let last: string | undefined;
  const send = exporter.export.bind(exporter);
  exporter.export = (metrics, done) => {
    const finish = (result: ExportResult) => {
      const kind = kindOf(result);
      if (kind !== last) {
        last = kind;
        onState(kind === '' ? null : (result.error?.message ?? kind));
      }
      if (kind === '') onReceived?.(countedIn(metrics));
      done(result);
    };
    try {
      send(metrics, finish);
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause));
      finish({ code: ExportResultCode.FAILED, error });
    }
  };
}

/** How many executions an export counts; its other counters are of other things. */
function countedIn({ scopeMetrics }: ResourceMetrics): number {
  let counted = 0;
  for (const metric of scopeMetrics.flatMap(({ metrics }) => metrics)) {
    if (metric.descriptor.name !== countedBy) continue;
    if (metric.dataPointType !== DataPointType.SUM) continue;
    for (const { value } of metric.dataPoints) counted += value;
  }
  return counted;
}

/** Empty for a success. A failure goes by its code: messages carry times and numbers of attempts. */
function kindOf({ code, error }: ExportResult): string {
  if (code === ExportResultCode.SUCCESS) return '';
  const errorCode = error !== undefined && 'code' in error ? String(error.code) : '';
  return `${error?.name ?? 'Error'} ${errorCode}`;
}
