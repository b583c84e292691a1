import type { Attributes } from '@opentelemetry/api';
import type { Metrics } from './instruments.ts';
import { steadyClock } from './systemClock.ts';

/** What a meter needs of the metrics. */
export type Instruments = Pick<Metrics, 'counter' | 'histogram' | 'serverHost'>;

/** Whose requests are counted. */
export interface MeterOptions {
  /** What was called: `task_monitoring`, `sse_chat_open`, … */
  readonly func: string;
  /** A label of each request. */
  readonly appId?: string | undefined;
  /** Default: OTLP_DC, else `hf`. */
  readonly dc?: string | undefined;
  /** Default: OTLP_SERVICE_NAME, else `default`. */
  readonly serverName?: string | undefined;
  /** Default: the address of this machine. */
  readonly serverHost?: string | undefined;
  /** Whether `ret` is a text, as the workflow engine has it; the other services have a number. */
  readonly retAsText?: boolean | undefined;
  /** Milliseconds since the epoch. */
  readonly now?: (() => number) | undefined;
}

/** How a request is counted, beside its code. */
export interface CountOptions {
  /** Labels of this request alone. */
  readonly labels?: Attributes | undefined;
  /** How often it is counted. Default: once. */
  readonly count?: number | undefined;
  /** False: the time of the request is not recorded with it. */
  readonly histogram?: boolean | undefined;
}

/** Measures one request from its making. Its labels are its own: upstream shares them between requests by mistake. */
export class Meter {
  private readonly metrics: Instruments;
  private readonly retAsText: boolean;
  private readonly now: () => number;
  private readonly startMs: number;
  private readonly labels: Attributes;
  private isTimed = false;

  constructor(metrics: Instruments, options: MeterOptions) {
    const { env } = process;
    this.metrics = metrics;
    this.retAsText = options.retAsText ?? false;
    const clock = steadyClock();
    this.now = options.now ?? (() => clock.now());
    this.startMs = this.now();
    this.labels = {
      dc: options.dc ?? (env['OTLP_DC'] || 'hf'),
      server_host: options.serverHost ?? metrics.serverHost,
      server_name: options.serverName ?? (env['OTLP_SERVICE_NAME'] || 'default'),
      app_id: options.appId ?? '',
      func: options.func,
      pid: process.pid,
    };
  }

  /** Adds a label to all that is counted from now on. */
  setLabel(name: string, value: string): void {
    this.labels[name] = value;
  }

  /** Counts the request under its code, and records how long it took. */
  inErrorCount(code: number, options: CountOptions = {}): void {
    const { labels, count = 1, histogram = true } = options;
    const ret = this.retAsText ? String(code) : code;
    this.metrics.counter.add(count, { ...this.labels, ret, ...labels });
    if (histogram) this.inHistogram(labels);
  }

  /** Counts the request under code 0. */
  inSuccessCount(options: Omit<CountOptions, 'histogram'> = {}): void {
    this.inErrorCount(0, options);
  }

  /** Records how long the request took, once. */
  inHistogram(labels?: Attributes): void {
    if (this.isTimed) return;
    this.isTimed = true;
    this.metrics.histogram.record(this.now() - this.startMs, { ...this.labels, ...labels });
  }
}
