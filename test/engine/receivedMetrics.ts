import type { MetricsExport } from '../support/otelCollector.ts';

/** The last value of each series of the services' two instruments: sums, and how many values a histogram holds. */
export function seriesIn(exports: readonly MetricsExport[]): Record<string, number> {
  const values: Record<string, number> = {};
  for (const { name, point, sum } of pointsOf(exports)) {
    if (!name.startsWith('server_')) continue;
    const service = label(point, 'server_name');
    const ret = sum ? ` ret=${label(point, 'ret')}` : '';
    values[`${name} ${service}${ret}`] = valueOf(point);
  }
  return values;
}

/**
 * How many executions the counter says in all: the last value of each series of each exporter, added up.
 * An exporter begins its sums at a time of its own.
 */
export function requestsIn(exports: readonly MetricsExport[]): number {
  const values = new Map<string, number>();
  for (const { name, point } of pointsOf(exports)) {
    if (name !== 'server_request_total') continue;
    const key = JSON.stringify([point.startTimeUnixNano, point.attributes]);
    values.set(key, valueOf(point));
  }
  return [...values.values()].reduce((sum, value) => sum + value, 0);
}

/** The last value of each of our own: by name, and what tells its series apart. */
export function ownSeriesIn(exports: readonly MetricsExport[]): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const { name, point } of pointsOf(exports)) {
    if (!name.startsWith('rpa_trace.')) continue;
    const texts = ['rpa_trace.node.type', 'rpa_trace.node.status'].flatMap((key) => {
      const text = label(point, key);
      return text === '?' ? [] : text;
    });
    values.set([name, ...texts].join(' '), valueOf(point));
  }
  return values;
}

function pointsOf(exports: readonly MetricsExport[]) {
  return (exports as readonly Exported[]).flatMap(({ resourceMetrics }) =>
    resourceMetrics.flatMap(({ scopeMetrics }) =>
      scopeMetrics.flatMap(({ metrics }) =>
        metrics.flatMap(({ name, sum, gauge, histogram }) =>
          [sum, gauge, histogram]
            .flatMap((one) => one?.dataPoints ?? [])
            .map((point) => ({
              name,
              point,
              sum: sum !== undefined,
            })),
        ),
      ),
    ),
  );
}

function valueOf(point: DataPoint): number {
  return Number(point.asDouble ?? point.asInt ?? point.count);
}

function label({ attributes = [] }: DataPoint, name: string): string {
  const value = attributes.find(({ key }) => key === name)?.value;
  return value?.stringValue ?? value?.intValue ?? '?';
}

interface DataPoint {
  readonly startTimeUnixNano?: string;
  readonly attributes?: readonly {
    readonly key: string;
    readonly value: { readonly stringValue?: string; readonly intValue?: string };
  }[];
  readonly asInt?: string;
  readonly asDouble?: number;
  readonly count?: string;
}

interface Exported {
  readonly resourceMetrics: readonly {
    readonly scopeMetrics: readonly {
      readonly metrics: readonly {
        readonly name: string;
        readonly sum?: { readonly dataPoints: readonly DataPoint[] };
        readonly gauge?: { readonly dataPoints: readonly DataPoint[] };
        readonly histogram?: { readonly dataPoints: readonly DataPoint[] };
      }[];
    }[];
  }[];
}
