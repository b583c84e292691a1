import { err, ok, type Result } from './result.ts';
import { shownAddress } from './shownAddress.ts';

/** How the reader names the protocol; `auto`: told from the address. */
export type OtlpProtocol = 'auto' | 'grpc' | 'http/protobuf';

/** Where and how metrics are sent. */
export interface OtlpEndpoint {
  readonly protocol: 'grpc' | 'http/protobuf';
  /** gRPC: `http(s)://host:port`; HTTP: the whole address of the metrics signal. */
  readonly url: string;
}

/** The path of the metrics signal, as the OTLP specification has it. */
const metricsPath = '/v1/metrics';

/**
 * Reads an endpoint as people write it: `127.0.0.1:4317` (upstream's form: gRPC without TLS),
 * `http://host:4318`, `https://host/v1/metrics`; `isWhole`: no path is added. The error is what is wrong with it.
 */
export function resolveEndpoint(
  text: string,
  protocol: OtlpProtocol,
  { isWhole = false }: { readonly isWhole?: boolean } = {},
): Result<OtlpEndpoint, string> {
  const address = text.trim();
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(address);
  let url: URL;
  try {
    url = new URL(hasScheme ? address : `http://${address}`);
  } catch {
    return err(`“${shownAddress(address)}” is not an address`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return err(`“${shownAddress(address)}” is neither http nor https`);
  }
  const hasPath = url.pathname !== '/';
  const chosen =
    protocol === 'auto' ? (hasPath || url.port === '4318' ? 'http/protobuf' : 'grpc') : protocol;
  // A bare host: the port that OTLP has for the protocol, not that of the web.
  if (!hasScheme && url.port === '') url.port = chosen === 'grpc' ? '4317' : '4318';
  if (chosen === 'grpc') return ok({ protocol: chosen, url: url.origin });
  if (isWhole) return ok({ protocol: chosen, url: url.href });
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith(metricsPath) ? path : `${path}${metricsPath}`;
  return ok({ protocol: chosen, url: url.href });
}
