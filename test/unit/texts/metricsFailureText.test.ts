import { expect, test } from 'vitest';
import type { EngineStatus } from '../../../src/protocol/status.ts';
import { metricsFailureText } from '../../../src/texts/metricsFailureText.ts';
import type { Translate } from '../../../src/texts/translate.ts';

const t: Translate = (message, ...args) =>
  message.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)]));

const failing = (detail: string, waiting: number): EngineStatus['otlp'] => ({
  ...{ kind: 'failing', endpoint: 'http://c:4318/v1/metrics', detail, waiting },
});

test.each<[EngineStatus['otlp'], string | null]>([
  [{ kind: 'off' }, null],
  [{ kind: 'on', endpoint: 'http://c:4318/v1/metrics' }, null],
  [
    failing('connect ECONNREFUSED', 0),
    'Metrics don’t reach http://c:4318/v1/metrics: connect ECONNREFUSED.',
  ],
  [
    failing('Not found.\n', 50),
    'Metrics don’t reach http://c:4318/v1/metrics: Not found. Executions that are kept until they do: 50.',
  ],
  [
    failing('x'.repeat(5_000), 0),
    `Metrics don’t reach http://c:4318/v1/metrics: ${'x'.repeat(200)}….`,
  ],
])('%j', (otlp, text) => {
  expect(metricsFailureText(otlp, t, String)).toBe(text);
});
