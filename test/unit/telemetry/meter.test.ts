import type { Attributes, Counter, Histogram } from '@opentelemetry/api';
import { describe, expect, it, test } from 'vitest';
import { initMetrics } from '../../../src/telemetry/initMetrics.ts';
import { Meter } from '../../../src/telemetry/meter.ts';
import { traced } from '../../../src/telemetry/traced.ts';
import { tracedWorld } from './tracedWorld.ts';

/** Instruments that remember. */
function instruments() {
  const counted: string[] = [];
  const timed: string[] = [];
  const labels = (attributes: Attributes = {}) => {
    const { pid, server_host, ...rest } = attributes;
    expect(pid).toBe(process.pid);
    expect(server_host).toBe('10.1.0.9');
    return JSON.stringify(rest);
  };
  const counter: Counter = {
    add: (value, attributes) => counted.push(`${value} ${labels(attributes)}`),
  };
  const histogram: Histogram = {
    record: (value, attributes) => timed.push(`${value} ${labels(attributes)}`),
  };
  return { metrics: { counter, histogram, serverHost: '10.1.0.9' }, counted, timed };
}

describe('a meter', () => {
  it('counts under the code and records milliseconds once', () => {
    const { metrics, counted, timed } = instruments();
    let ms = 1_000;
    const meter = new Meter(metrics, {
      ...{ func: 'task_monitoring', appId: 'app', dc: 'hf', serverName: 'RPA' },
      now: () => ms,
    });
    ms = 1_250;
    meter.inErrorCount(55_003, { labels: { extra: 'x' } });
    ms = 9_000;
    meter.inSuccessCount({ count: 2 });
    meter.inHistogram();
    const own = '"dc":"hf","server_name":"RPA","app_id":"app","func":"task_monitoring"';
    expect(counted).toEqual([`1 {${own},"ret":55003,"extra":"x"}`, `2 {${own},"ret":0}`]);
    expect(timed).toEqual([`250 {${own},"extra":"x"}`]);
  });

  it('may count without a time, and record the time alone', () => {
    const { metrics, counted, timed } = instruments();
    const meter = new Meter(metrics, { func: 'f', retAsText: true });
    meter.inErrorCount(1, { histogram: false });
    expect(timed).toHaveLength(0);
    meter.inHistogram();
    expect(timed).toHaveLength(1);
    expect(counted[0]).toContain('"ret":"1"');
  });

  it('shares no label with another', () => {
    const { metrics, counted } = instruments();
    const one = new Meter(metrics, { func: 'f' });
    const other = new Meter(metrics, { func: 'f' });
    one.setLabel('flow_id', '1');
    other.inSuccessCount();
    one.inSuccessCount();
    expect(counted[0]).not.toContain('flow_id');
    expect(counted[1]).toContain('"flow_id":"1"');
  });

  it('counts the executions of a tracer', () => {
    const { metrics, counted, timed } = instruments();
    const { tracer } = tracedWorld({ metrics });
    tracer.run({}, () => traced('a', {}, () => 1));
    expect(() =>
      tracer.run({}, () => {
        throw Object.assign(new Error('x'), { code: 'EACCES' });
      }),
    ).toThrow('x');
    expect(counted.map((line) => /"ret":"\d+"/.exec(line)?.[0])).toEqual([
      '"ret":"0"',
      '"ret":"4"',
    ]);
    expect(timed).toHaveLength(2);
  });
});

test.each([
  [{ OTLP_ENABLE: 'false' }, undefined],
  [{ OTLP_ENABLE: '0' }, undefined],
  [{ OTLP_ENDPOINT: 'ftp://x' }, 'neither http nor https'],
])('with %j nothing is exported, and nothing fails', async (env, words) => {
  const lines: string[] = [];
  const metrics = await initMetrics({
    env,
    log: (level, message) => lines.push(`${level} ${message}`),
  });
  new Meter(metrics, { func: 'f' }).inSuccessCount();
  await metrics.flush();
  await metrics.close();
  expect(lines).toEqual(words === undefined ? [] : [expect.stringContaining(words)]);
});
