import type { Meter } from '@opentelemetry/api';

/** How the way from the source to the screen is; what is counted may begin anew with each source. */
export interface Pipeline {
  readonly intake: {
    readonly records: number;
    readonly bytes: number;
    /** Milliseconds that a record took; null before the first. */
    readonly recordMs: number | null;
  };
  readonly rejected: number;
  /** Those that are furthest behind, no more than a page shows. */
  readonly partitions: readonly { readonly partition: number; readonly lag: number }[];
  readonly store: {
    readonly executions: number;
    readonly bytes: number;
    readonly mostBytes: number;
    readonly evictions: number;
  };
  readonly history: { readonly kind: string; readonly bytes?: number };
  readonly heap: { readonly usedBytes: number; readonly mostBytes: number } | null;
}

/** An instrument of one value: its unit and what it tells. */
interface Row<Value> {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly of: (pipeline: Pipeline) => Value;
}

const row = <Value>(
  name: string,
  unit: string,
  description: string,
  of: Row<Value>['of'],
): Row<Value> => ({ name: `rpa_trace.${name}`, unit, description, of });

const counters: readonly Row<number>[] = [
  row('source.records', '{record}', 'Records read from the source', (one) => one.intake.records),
  row('source.io', 'By', 'Bytes of records read from the source', (one) => one.intake.bytes),
  row(
    'source.decode.time',
    's',
    'Time taken by decoding records and masking secrets',
    decodeSeconds,
  ),
  row('source.rejected', '{record}', 'Records that are no executions', (one) => one.rejected),
  row(
    'store.evictions',
    '{execution}',
    'Executions that left memory for newer ones',
    ({ store }) => {
      return store.evictions;
    },
  ),
];

/** Undefined where there is nothing to tell. */
const amounts: readonly Row<number | undefined>[] = [
  row('store.executions', '{execution}', 'Executions in memory', (one) => one.store.executions),
  row('store.usage', 'By', 'Memory of records and summaries', (one) => one.store.bytes),
  row('store.limit', 'By', 'Memory that these may take', (one) => one.store.mostBytes),
  row('history.usage', 'By', 'Size of the history on disk', (one) => one.history.bytes),
  row('engine.heap.usage', 'By', 'Heap of the engine in use', (one) => one.heap?.usedBytes),
  row('engine.heap.limit', 'By', 'Heap that the engine may use', (one) => one.heap?.mostBytes),
];

/** Looked at with each export: named and in units after OpenTelemetry's conventions. */
export function observePipeline(meter: Meter, look: () => Pipeline): void {
  for (const { name, of, ...about } of counters) {
    const grown = new Grown();
    meter.createObservableCounter(name, about).addCallback((result) => {
      result.observe(grown.to(of(look())));
    });
  }
  for (const { name, of, ...about } of amounts) {
    meter.createObservableUpDownCounter(name, about).addCallback((result) => {
      const value = of(look());
      if (value !== undefined) result.observe(value);
    });
  }
  const lag = meter.createObservableGauge('rpa_trace.source.lag', {
    ...{ unit: '{record}', description: 'Records of a partition that are not read yet' },
  });
  lag.addCallback((result) => {
    for (const { partition, lag: records } of look().partitions) {
      result.observe(records, { 'messaging.destination.partition.id': String(partition) });
    }
  });
}

function decodeSeconds({ intake }: Pipeline): number {
  return ((intake.recordMs ?? 0) * intake.records) / 1_000;
}

/** A sum that goes on where what it is made of begins anew. */
class Grown {
  private sum = 0;
  private last = 0;

  to(value: number): number {
    this.sum += value >= this.last ? value - this.last : value;
    this.last = value;
    return this.sum;
  }
}
