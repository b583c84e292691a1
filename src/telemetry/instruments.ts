import type { Counter, Histogram, Meter as ApiMeter } from '@opentelemetry/api';
import { ownAddress } from './ownAddress.ts';

/** The two instruments of the services, and the meter they are from. */
export interface Metrics {
  /** Counts requests: `server_request_total`. */
  readonly counter: Counter;
  /** How long they took, in milliseconds: `server_request_time_microseconds`. */
  readonly histogram: Histogram;
  /** The address of this machine, looked up once: a label of each request. */
  readonly serverHost: string;
  /** For instruments of one's own. */
  readonly apiMeter: ApiMeter;
  /** Sends what was recorded so far; never rejects. */
  flush(): Promise<void>;
  /** Sends what is left and ends; never rejects. */
  close(): Promise<void>;
}

/** The instruments on a meter of one's own; who made that flushes and closes it. */
export function metricsOf(apiMeter: ApiMeter): Omit<Metrics, 'flush' | 'close'> {
  return {
    apiMeter,
    serverHost: ownAddress(),
    counter: apiMeter.createCounter('server_request_total', {
      description: 'Server request error count',
    }),
    // The values are milliseconds although the name says otherwise: dashboards rely on it.
    histogram: apiMeter.createHistogram('server_request_time_microseconds', {
      description: 'Server request performance',
    }),
  };
}
