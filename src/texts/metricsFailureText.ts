import type { EngineStatus } from '../protocol/status.ts';
import { sentences } from './sentences.ts';
import type { Translate } from './translate.ts';

/** An answer may be a whole page of HTML. */
const longestDetail = 200;
/** With the words around that are left out. */
const mostLooked = 1_000;

/** Why metrics don't arrive, and how many executions are kept for it; null while they do, or are off. */
export function metricsFailureText(
  otlp: EngineStatus['otlp'],
  t: Translate,
  formatCount: (count: number) => string,
): string | null {
  if (otlp.kind !== 'failing') return null;
  const { endpoint, detail, waiting } = otlp;
  const reason = reasonOf(detail);
  return sentences([
    t('Metrics can’t be sent to {0}: {1}.', endpoint, reason),
    adviceFor(reason, t),
    kept(waiting, t, formatCount),
  ]);
}

/** gRPC's own words around what went wrong, and advice for who starts Node by hand. */
const around =
  /^\d+ [A-Z_]+: |^No connection established\. Last error: (?:Error: )?| ?\(\d{4}-\d\d-\d\dT[^)]*\)|\.? ?Resolution note:.*$|; if the root CA is installed locally.*$/s;

function reasonOf(detail: string): string {
  let reason = detail.slice(0, mostLooked);
  for (let before = ''; before !== reason;) {
    before = reason;
    reason = reason.replace(around, '');
  }
  if (reason.length > longestDetail) return `${reason.slice(0, longestDetail).trimEnd()}…`;
  return reason.replace(/[.\s]+$/, '');
}

/** In the words of OpenSSL: the endpoint refuses who sends, or isn't who it says. */
const asksForCertificate = /alert (?:certificate required|bad certificate|unknown ca|handshake)/i;
const isNotTrusted = /certificate|CERT_/;

function adviceFor(reason: string, t: Translate): string {
  if (asksForCertificate.test(reason)) {
    return t(
      'The endpoint refuses this client: set “rpaTrace.otlp.tls.certFile” and “rpaTrace.otlp.tls.keyFile”.',
    );
  }
  return isNotTrusted.test(reason)
    ? t(
        'Its certificate can’t be verified: set “rpaTrace.otlp.tls.caFile” to the CA that signed it.',
      )
    : t('Check the endpoint in the settings, and that its collector is running.');
}

function kept(waiting: number, t: Translate, formatCount: (count: number) => string): string {
  if (waiting === 0) return '';
  return waiting === 1
    ? t('1 execution is kept until it can be sent.')
    : t('{0} executions are kept until they can be sent.', formatCount(waiting));
}
