import type * as vscode from 'vscode';
import type { OtlpSettings } from '../metrics/otlpSettings.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Protocol = OtlpSettings['protocol'];

/** Upstream's own interval. */
const defaultIntervalMs = 3_000;

/**
 * Where metrics go: by the settings, else by the product's own `OTLP_ENDPOINT`, else by the variables of OpenTelemetry
 * (https://opentelemetry.io/docs/specs/otel/protocol/exporter/), those of the metrics before those of all signals. Null:
 * nowhere. Headers and certificates of the environment are read by the SDK itself.
 */
export function readOtlp(
  config: vscode.WorkspaceConfiguration,
  environment: Environment,
): OtlpSettings | null {
  const text = (key: string) => config.get<string>(key, '').trim();
  const variable = (name: string) => (environment[name] ?? '').trim();
  const ofMetrics = (name: string) =>
    variable(`OTEL_EXPORTER_OTLP_METRICS_${name}`) || variable(`OTEL_EXPORTER_OTLP_${name}`);
  const own = text('otlp.endpoint') || variable('OTLP_ENDPOINT');
  const standard = isSwitchedOff(variable) ? '' : ofMetrics('ENDPOINT');
  const endpoint = own || standard;
  if (endpoint === '') return null;
  const chosen = config.get<Protocol>('otlp.protocol', 'auto');
  const timeoutMs = amount(ofMetrics('TIMEOUT'));
  const tls = {
    caFile: text('otlp.tls.caFile'),
    certFile: text('otlp.tls.certFile'),
    keyFile: text('otlp.tls.keyFile'),
  };
  return {
    endpoint,
    protocol:
      chosen === 'auto' && own === '' ? standardProtocol(endpoint, ofMetrics('PROTOCOL')) : chosen,
    intervalMs: intervalOf(config, variable('OTEL_METRIC_EXPORT_INTERVAL')),
    ...(own === '' && variable('OTEL_EXPORTER_OTLP_METRICS_ENDPOINT') !== '' && { isWhole: true }),
    ...(timeoutMs !== null && { timeoutMs }),
    ...(Object.values(tls).some((file) => file !== '') && { tls }),
  };
}

function isSwitchedOff(variable: (name: string) => string): boolean {
  if (variable('OTEL_SDK_DISABLED').toLowerCase() === 'true') return true;
  const exporters = variable('OTEL_METRICS_EXPORTER');
  return exporters !== '' && !exporters.split(',').some((name) => name.trim() === 'otlp');
}

/** Said, or told from the port; else that of the specification. JSON is read wherever protobuf is. */
function standardProtocol(endpoint: string, said: string): Protocol {
  if (said === 'grpc') return 'grpc';
  if (said.startsWith('http/')) return 'http/protobuf';
  return /:4317\/?$/.test(endpoint) ? 'grpc' : 'http/protobuf';
}

function intervalOf(config: vscode.WorkspaceConfiguration, standard: string): number {
  const said = config.inspect<number>('otlp.exportIntervalMillis');
  const set = said?.workspaceFolderValue ?? said?.workspaceValue ?? said?.globalValue;
  const wanted =
    set === undefined
      ? amount(standard)
      : config.get<number>('otlp.exportIntervalMillis', defaultIntervalMs);
  return Math.min(3_600_000, Math.max(500, wanted ?? defaultIntervalMs));
}

/** Milliseconds; null for what is none. */
function amount(text: string): number | null {
  return /^\d{1,9}$/.test(text) && Number(text) > 0 ? Number(text) : null;
}
