/** Metrics of a robot as a real OpenTelemetry Collector receives them. */
import { describe, expect, test } from 'vitest';
import { initMetrics } from '../../src/telemetry/initMetrics.ts';
import type { MetricsOptions } from '../../src/telemetry/initMetrics.ts';
import type { Metrics } from '../../src/telemetry/instruments.ts';
import { Meter } from '../../src/telemetry/meter.ts';
import { observeProcess } from '../../src/telemetry/processMetrics.ts';
import { freePorts } from '../support/childProcess.ts';
import { startCollector } from '../support/otelCollector.ts';
import type { Collector, MetricsExport } from '../support/otelCollector.ts';
import { required } from '../support/required.ts';

const collector = required(
  () => startCollector(),
  (it) => it.stop(),
);

/** An hour: exports happen when they are asked for. */
const never = '3600000';

interface Point {
  readonly attributes?: readonly {
    readonly key: string;
    readonly value: { readonly stringValue?: string; readonly intValue?: string };
  }[];
  readonly asInt?: string;
  readonly asDouble?: number;
  readonly sum?: number;
  readonly count?: string;
}

interface Series {
  readonly name: string;
  readonly description: string;
  readonly unit?: string;
  readonly sum?: { readonly isMonotonic?: boolean; readonly dataPoints: readonly Point[] };
  readonly gauge?: { readonly dataPoints: readonly Point[] };
  readonly histogram?: { readonly dataPoints: readonly Point[] };
}

interface Resource {
  readonly resource: Point;
  readonly scopeMetrics: readonly {
    readonly scope: { readonly name: string };
    readonly metrics: readonly Series[];
  }[];
}

const resourcesOf = (received: MetricsExport | undefined) =>
  (received?.resourceMetrics ?? []) as readonly Resource[];
const seriesOf = (received: MetricsExport | undefined) =>
  resourcesOf(received).flatMap(({ scopeMetrics }) =>
    scopeMetrics.flatMap(({ metrics }) => metrics),
  );
const labelsOf = ({ attributes = [] }: Point) =>
  attributes
    .map(({ key, value }) => `${key}=${value.stringValue ?? value.intValue ?? '?'}`)
    .sort()
    .join(' ');

async function withMetrics<T>(
  options: MetricsOptions,
  body: (metrics: Metrics) => Promise<T>,
): Promise<T> {
  const metrics = await initMetrics({ log: () => undefined, ...options });
  try {
    return await body(metrics);
  } finally {
    await metrics.close();
  }
}

/** What the collector has after one flush. */
async function exported(target: Collector, metrics: Metrics): Promise<MetricsExport | undefined> {
  const before = target.metrics().length;
  await metrics.flush();
  return target.metrics()[before];
}

describe.each([
  ['gRPC, as upstream names it', (it: Collector) => it.grpcEndpoint.replace('http://', '')],
  ['gRPC', (it: Collector) => it.grpcEndpoint],
  ['HTTP', (it: Collector) => `${it.httpEndpoint}/v1/metrics`],
])('over %s', (_name, endpointOf) => {
  test('requests arrive under the names, descriptions and labels of upstream', async () => {
    const env = {
      OTLP_ENDPOINT: endpointOf(collector()),
      OTLP_METRIC_EXPORT_INTERVAL_MILLIS: never,
      SERVICE_NAME: 'RPA',
    };
    await withMetrics({ env }, async (metrics) => {
      let ms = 1_000;
      const options = { func: 'task_monitoring', appId: 'app', serverHost: 'h', now: () => ms };
      const fails = new Meter(metrics, options);
      const works = new Meter(metrics, options);
      ms += 250;
      fails.inErrorCount(55_003);
      works.inSuccessCount();
      const received = await exported(collector(), metrics);
      const [resource] = resourcesOf(received);
      expect(resource && labelsOf(resource.resource)).toBe('service.name=RPA');
      expect(resource?.scopeMetrics[0]?.scope.name).toBe('RPA_meter');
      const own = `app_id=app dc=hf func=task_monitoring pid=${String(process.pid)}`;
      const host = 'server_host=h server_name=default';
      expect(
        seriesOf(received).map(({ name, description, sum, histogram }) => [
          name,
          description,
          ...(sum?.dataPoints ?? []).map(
            (point) => `${labelsOf(point)}: ${String(point.asDouble ?? point.asInt)}`,
          ),
          ...(histogram?.dataPoints ?? []).map(
            (point) => `${labelsOf(point)}: ${String(point.sum)} in ${String(point.count)}`,
          ),
        ]),
      ).toEqual([
        [
          'server_request_total',
          'Server request error count',
          `${own} ret=55003 ${host}: 1`,
          `${own} ret=0 ${host}: 1`,
        ],
        [
          'server_request_time_microseconds',
          'Server request performance',
          `${own} ${host}: 500 in 2`,
        ],
      ]);
    });
  });
});

test('the process is observed by the names of the conventions', async () => {
  const env = {
    OTLP_ENDPOINT: collector().grpcEndpoint,
    OTLP_METRIC_EXPORT_INTERVAL_MILLIS: never,
  };
  await withMetrics({ env }, async (metrics) => {
    const observing = observeProcess(metrics.apiMeter);
    // The event loop is looked at every ten milliseconds.
    let received = await exported(collector(), metrics);
    while (!seriesOf(received).some(({ name }) => name.startsWith('nodejs.eventloop.delay'))) {
      received = await exported(collector(), metrics);
    }
    const shown = seriesOf(received).map(({ name, unit = '', sum, gauge }) => {
      const kind = gauge !== undefined ? 'gauge' : sum?.isMonotonic === true ? 'counter' : 'sum';
      const points = sum?.dataPoints ?? gauge?.dataPoints ?? [];
      for (const { asDouble, asInt } of points)
        expect(asDouble ?? Number(asInt)).toBeGreaterThanOrEqual(0);
      return `${name} ${unit} ${kind} ${points.map(labelsOf).sort().join(' ')}`.trim();
    });
    expect(shown.sort()).toEqual([
      'nodejs.eventloop.delay.max s gauge',
      'nodejs.eventloop.delay.mean s gauge',
      'nodejs.eventloop.delay.min s gauge',
      'nodejs.eventloop.delay.p50 s gauge',
      'nodejs.eventloop.delay.p90 s gauge',
      'nodejs.eventloop.delay.p99 s gauge',
      'nodejs.eventloop.delay.stddev s gauge',
      'nodejs.eventloop.utilization 1 gauge',
      'process.cpu.time s counter cpu.mode=system cpu.mode=user',
      'process.memory.usage By sum',
    ]);
    const cpu = seriesOf(received).find(({ name }) => name === 'process.cpu.time');
    const seconds = cpu?.sum?.dataPoints.reduce((sum, { asDouble = 0 }) => sum + asDouble, 0) ?? 0;
    expect(seconds).toBeGreaterThan(0.01);
    expect(seconds).toBeLessThan(3_600);
    // The SDK goes on to send the last sums of an instrument that nobody observes.
    observing.dispose();
    const after = seriesOf(await exported(collector(), metrics));
    expect(
      after
        .find(({ name }) => name === 'process.cpu.time')
        ?.sum?.dataPoints.map(({ asDouble }) => asDouble),
    ).toEqual(cpu?.sum?.dataPoints.map(({ asDouble }) => asDouble));
  });
});

test('metrics are exported by themselves after each interval', async () => {
  const before = collector().metrics().length;
  const env = {
    OTLP_ENDPOINT: collector().grpcEndpoint,
    OTLP_METRIC_EXPORT_INTERVAL_MILLIS: '100',
  };
  await withMetrics({ env }, async (metrics) => {
    metrics.counter.add(1);
    await collector().received(before + 2);
  });
});

test('an endpoint that is down is said once, and fails nothing', async () => {
  const [port = 0] = await freePorts(1);
  const lines: string[] = [];
  const log = (level: string, message: string) => lines.push(`${level} ${message}`);
  const env = { OTLP_ENDPOINT: `127.0.0.1:${String(port)}`, OTLP_METRIC_TIMEOUT: '300' };
  await withMetrics({ env, log, exportIntervalMs: 3_600_000 }, async (metrics) => {
    for (let round = 0; round < 3; round++) {
      metrics.counter.add(1);
      await metrics.flush();
    }
  });
  expect(lines).toEqual([expect.stringContaining("warn metrics can't be exported to")]);
});
