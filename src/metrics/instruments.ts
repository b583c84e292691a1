import type { Counter, Histogram, Meter } from '@opentelemetry/api';

/** What was received of it says how many executions were. */
export const countedBy = 'server_request_total';

/** The two instruments that the services themselves record, under their names. */
export interface Instruments {
  readonly requestCounter: Counter;
  /** Values are milliseconds although the name says otherwise: so does upstream, and dashboards rely on it. */
  readonly requestTimeHistogram: Histogram;
}

/** From 10 ms (a tool call) to an hour (a long robot), in milliseconds. */
const bucketsMs = [
  10, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  1_800_000, 3_600_000,
];

/** Declares the instruments on a meter. */
export function createInstruments(meter: Meter): Instruments {
  return {
    requestCounter: meter.createCounter(countedBy, {
      description: 'Finished executions',
    }),
    requestTimeHistogram: meter.createHistogram('server_request_time_microseconds', {
      description: 'Duration of finished executions in milliseconds',
      advice: { explicitBucketBoundaries: bucketsMs },
    }),
  };
}
