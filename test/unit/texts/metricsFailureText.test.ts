import { expect, test } from 'vitest';
import type { EngineStatus } from '../../../src/protocol/status.ts';
import { metricsFailureText } from '../../../src/texts/metricsFailureText.ts';
import type { Translate } from '../../../src/texts/translate.ts';

const t: Translate = (message, ...args) =>
  message.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)]));

const failing = (detail: string, waiting: number): EngineStatus['otlp'] => ({
  ...{ kind: 'failing', endpoint: 'http://c:4318/v1/metrics', detail, waiting },
});

const advice = 'Check the endpoint in the settings, and that its collector is running.';

test.each<[EngineStatus['otlp'], string | null]>([
  [{ kind: 'off' }, null],
  [{ kind: 'on', endpoint: 'http://c:4318/v1/metrics' }, null],
  [
    failing('connect ECONNREFUSED', 0),
    `Metrics can’t be sent to http://c:4318/v1/metrics: connect ECONNREFUSED. ${advice}`,
  ],
  [
    failing('Not found.\n', 50),
    `Metrics can’t be sent to http://c:4318/v1/metrics: Not found. ${advice} 50 executions are kept until they can be sent.`,
  ],
  [
    failing('Not found', 1),
    `Metrics can’t be sent to http://c:4318/v1/metrics: Not found. ${advice} 1 execution is kept until it can be sent.`,
  ],
  [
    failing('x'.repeat(5_000), 0),
    `Metrics can’t be sent to http://c:4318/v1/metrics: ${'x'.repeat(200)}…. ${advice}`,
  ],
])('%j', (otlp, text) => {
  expect(metricsFailureText(otlp, t, String)).toBe(text);
});

const ca =
  'Its certificate can’t be verified: set “rpaTrace.otlp.tls.caFile” to the CA that signed it.';
const client =
  'The endpoint refuses this client: set “rpaTrace.otlp.tls.certFile” and “rpaTrace.otlp.tls.keyFile”.';

test.each([
  [
    '14 UNAVAILABLE: No connection established. Last error: Error: self-signed certificate; if the root CA is installed locally, try running Node.js with --use-system-ca. Resolution note: ',
    `self-signed certificate. ${ca}`,
  ],
  [
    'unable to verify the first certificate; if the root CA is installed locally, try running Node.js with --use-system-ca',
    `unable to verify the first certificate. ${ca}`,
  ],
  [
    "Hostname/IP does not match certificate's altnames: Host: a. is not cert's CN: b",
    `Hostname/IP does not match certificate's altnames: Host: a. is not cert's CN: b. ${ca}`,
  ],
  [
    '14 UNAVAILABLE: No connection established. Last error: Error: connect ECONNREFUSED 127.0.0.1:4317 (2026-11-29T08:04:10.000Z). Resolution note: ',
    `connect ECONNREFUSED 127.0.0.1:4317. ${advice}`,
  ],
  ['16 UNAUTHENTICATED: no token', `no token. ${advice}`],
  [
    'write EPROTO: tlsv13 alert certificate required',
    `write EPROTO: tlsv13 alert certificate required. ${client}`,
  ],
])('what libraries say is told shorter, with what to do about it: %s', (detail, said) => {
  const text = metricsFailureText(failing(detail, 0), t, String);
  expect(text).toBe(`Metrics can’t be sent to http://c:4318/v1/metrics: ${said}`);
});

test('a detail of any length is looked through once', () => {
  const text = metricsFailureText(failing('1 A: '.repeat(50_000), 0), t, String);
  expect(text).toContain('Metrics can’t be sent');
});
