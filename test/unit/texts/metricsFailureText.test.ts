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
