import { createNoopMeter, type Meter } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import type { Finished } from '../../../src/store/finished.ts';
import { Metrics } from '../../../src/metrics/metrics.ts';
import { countedBy } from '../../../src/metrics/instruments.ts';
import type { LedgerData } from '../../../src/metrics/ledgerData.ts';
import type { OtlpExportOptions } from '../../../src/metrics/otlpExport.ts';
import type { EngineSettings } from '../../../src/protocol/settings.ts';
import { aRecord, aSummary } from '../../support/builders.ts';

/** An exporter whose endpoint answers when the test says so. */
class FakeExport {
  readonly options: OtlpExportOptions;
  readonly meter: Meter;
  counted = 0;
  nodes = 0;
  closing = false;
  private readonly end = Promise.withResolvers<undefined>();

  constructor(options: OtlpExportOptions) {
    this.options = options;
    const noop = createNoopMeter();
    const createCounter: Meter['createCounter'] = (name) => ({
      add: (value) => {
        if (name === countedBy) this.counted += value;
        else this.nodes += value;
      },
    });
    this.meter = Object.assign(Object.create(noop) as Meter, { createCounter });
  }

  get endpoint(): string {
    return new URL(this.options.endpoint.url).hostname;
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    this.closing = true;
    await this.end.promise;
  }

  receive(): void {
    this.options.onState(null);
    this.options.onReceived?.(this.counted);
  }

  finish(): void {
    this.end.resolve(undefined);
  }
}

function world(loading: Promise<void> = Promise.resolve()) {
  const exporters: FakeExport[] = [];
  const ended = new Set<FakeExport>();
  const ledgers: LedgerData[] = [];
  const lines: string[] = [];
  const metrics = new Metrics({
    log: (_, message) => lines.push(message),
    now: () => 1,
    onLedger: (ledger) => ledgers.push(ledger),
    onState: () => undefined,
    nodesOf: () => [aNode, aNode],
    loadExport: () =>
      loading.then(() => (options: OtlpExportOptions) => {
        const exporter = new FakeExport(options);
        exporters.push(exporter);
        return {
          meter: exporter.meter,
          flush: () => exporter.flush(),
          close: async () => {
            await exporter.close();
            ended.add(exporter);
          },
        };
      }),
  });
  return {
    ...{ metrics, exporters, ledgers, lines },
    configure: (host: string | null, ledger: LedgerData = {}) =>
      metrics.configure(otlp(host), ledger),
    alive: () => exporters.filter((exporter) => !ended.has(exporter)).map((it) => it.endpoint),
    last: () => exporters.at(-1) ?? fail(),
  };
}

const aNode = { nodeId: 'n', type: 'rpa', status: 'succeeded', durationMs: 1 } as const;

function fail(): never {
  throw new Error('no exporter');
}

const otlp = (host: string | null): EngineSettings['otlp'] =>
  host === null
    ? null
    : { endpoint: `http://${host}:4318/v1/metrics`, protocol: 'auto', intervalMs: 1_000 };

const finished = (offset: number, parts: Partial<Finished> = {}, partition = 0): Finished => ({
  summary: aSummary(),
  record: aRecord({ topic: 't', partition, offset: String(offset) }),
  again: false,
  ...parts,
});

const range = (high: number, clusterId = 'c', partition = 0) => ({
  ...{ topic: 't', partition, low: '0', high: String(high), clusterId },
});

/** All that has settled so far. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('while the old exporter hangs in its last export', () => {
  test.each<[string, (string | null)[], string[]]>([
    ['another endpoint', ['b'], ['b']],
    ['another, and one more', ['b', 'c'], ['c']],
    ['another, and back', ['b', 'a'], ['a']],
    ['another, off, another', ['b', null, 'c'], ['c']],
    ['off', [null], []],
    ['another, then off', ['b', null], []],
  ])('%s: exactly one exporter lives afterwards, or none', async (_, hosts, left) => {
    const { configure, exporters, alive } = world();
    await configure('a');
    const changes = hosts.map((host) => configure(host));
    await settled();
    expect(alive()).toEqual(['a']);
    expect(exporters[0]?.closing).toBe(true);
    exporters[0]?.finish();
    await Promise.all(changes);
    expect(alive()).toEqual(left);
  });

  test.each<[string, (string | null)[]]>([
    ['the end', []],
    ['another endpoint and the end', ['b']],
  ])('%s: none lives', async (_, hosts) => {
    const { metrics, configure, exporters, alive } = world();
    await configure('a');
    const changes = hosts.map((host) => configure(host));
    const closed = metrics.close();
    exporters[0]?.finish();
    await Promise.all([...changes, closed]);
    expect(alive()).toEqual([]);
    await configure('c');
    expect(alive()).toEqual([]);
  });

  test('what ends meanwhile is counted by the next', async () => {
    const { metrics, configure, exporters, last } = world();
    await configure('a');
    metrics.partitions([range(0)]);
    metrics.record(finished(0));
    const changed = configure('b');
    await settled();
    metrics.record(finished(1));
    // Its last export is received after all, with what it was given before.
    exporters[0]?.receive();
    exporters[0]?.finish();
    await changed;
    expect(last().endpoint).toBe('b');
    expect(last().counted).toBe(1);
  });
});

test.each<[string, (string | null)[]]>([
  ['off', [null]],
  ['another', ['b']],
])('while the exporter is loaded, %s: no exporter of before starts', async (_, hosts) => {
  const loading = Promise.withResolvers<undefined>();
  const { configure, alive } = world(loading.promise);
  const changes = ['a', ...hosts].map((host) => configure(host));
  await settled();
  loading.resolve(undefined);
  await Promise.all(changes);
  expect(alive()).toEqual(hosts.filter((host) => host !== null));
});

test('while the exporter is loaded, the end: none starts', async () => {
  const loading = Promise.withResolvers<undefined>();
  const { metrics, configure, exporters } = world(loading.promise);
  const changed = configure('a');
  await settled();
  const closed = metrics.close();
  loading.resolve(undefined);
  await Promise.all([changed, closed]);
  expect(exporters).toEqual([]);
});

describe('the ledger', () => {
  test('moves on when the export with those executions was received, and not before', async () => {
    const { metrics, configure, ledgers, last } = world();
    await configure('a');
    metrics.partitions([range(0)]);
    metrics.record(finished(0));
    metrics.record(finished(1));
    expect(ledgers).toEqual([]);
    const { counted } = last();
    metrics.record(finished(2));
    last().options.onReceived?.(counted);
    expect(ledgers.at(-1)).toEqual({ 'c/t': { anew: 0, seenMs: 1, next: { 0: '2' } } });
    // Nothing new, nothing told.
    last().options.onReceived?.(counted);
    expect(ledgers).toHaveLength(1);
  });

  test('of an endpoint that was wrong stays, and the right one gets all, each once', async () => {
    const { metrics, configure, exporters, ledgers, last } = world();
    await configure('a');
    metrics.partitions([range(0)]);
    for (let offset = 0; offset < 50; offset++) metrics.record(finished(offset));
    last().options.onState('refused');
    expect(metrics.state).toMatchObject({ kind: 'failing', waiting: 50 });
    const changed = configure('b');
    exporters[0]?.finish();
    await changed;
    expect(last().counted).toBe(50);
    expect(ledgers).toEqual([]);
    last().receive();
    expect(ledgers.at(-1)).toMatchObject({ 'c/t': { next: { 0: '50' } } });
  });

  test.each<[string, number, number]>([
    ['less', 4, 2],
    ['as much', 4, 4],
    ['more', 4, 9],
  ])('A → B → A where B holds %s: nothing twice and nothing short', async (_, inA, inB) => {
    const { metrics, configure, last } = world();
    await configure('a');
    const read = (cluster: string, count: number) => {
      metrics.opened();
      metrics.partitions([range(count, cluster)]);
      for (let offset = 0; offset < count; offset++) metrics.record(finished(offset));
    };
    read('A', inA);
    read('B', inB);
    read('A', inA + 1);
    expect(last().counted).toBe(inA + 1 + inB);
  });

  test('reads the same topic again and counts nothing of it twice', async () => {
    const { metrics, configure, last } = world();
    await configure('a', { 'c/t': { anew: 0, seenMs: 0, next: { 0: '2' } } });
    for (const _ of [1, 2]) {
      metrics.opened();
      metrics.partitions([range(3)]);
      for (let offset = 0; offset < 3; offset++) metrics.record(finished(offset));
    }
    expect(last().counted).toBe(1);
  });

  test('takes what another window counted since, with settings that did not change', async () => {
    const { metrics, configure, last } = world();
    await configure('a');
    await configure('a', { 'c/t': { anew: 0, seenMs: 0, next: { 0: '2' } } });
    metrics.partitions([range(3)]);
    for (let offset = 0; offset < 3; offset++) metrics.record(finished(offset));
    expect(last().counted).toBe(1);
  });

  test.each<[string, (metrics: Metrics) => void]>([
    [
      'its log ends before what was counted',
      (metrics) => {
        metrics.opened();
        metrics.partitions([range(1), range(9, 'c', 1)]);
      },
    ],
    // The source goes on with the first record by itself.
    ['it begins again while it is read', () => undefined],
    [
      'the source says so',
      (metrics) => {
        metrics.opened();
        metrics.partitions([range(9), range(9, 'c', 1)]);
        metrics.forget('t');
      },
    ],
  ])('starts over with a topic that was made anew: %s', async (_, anew) => {
    const { metrics, configure, ledgers, last } = world();
    await configure('a');
    metrics.partitions([range(2), range(2, 'c', 1)]);
    for (const offset of [0, 1]) {
      metrics.record(finished(offset));
      metrics.record(finished(offset, {}, 1));
    }
    last().receive();
    anew(metrics);
    metrics.record(finished(0));
    metrics.record(finished(0, {}, 1));
    expect(last().counted).toBe(6);
    // Kept at once: the next engine must not take the new topic for the old one.
    expect(ledgers.at(-1)).toMatchObject({ 'c/t': { anew: 1, next: {} } });
    last().receive();
    expect(ledgers.at(-1)).toMatchObject({ 'c/t': { anew: 1, next: { 0: '1', 1: '1' } } });
  });

  test('made anew while no endpoint is set is counted from its beginning once there is one', async () => {
    const { metrics, configure, last } = world();
    const before = { 'c/t': { anew: 0, seenMs: 0, next: { 0: '7' } } };
    await configure(null, before);
    metrics.opened();
    metrics.partitions([range(2)]);
    await configure('a', before);
    for (const offset of [2, 3]) metrics.record(finished(offset));
    expect(last().counted).toBe(2);
  });

  test('is not misled by ranges that are older than the records', async () => {
    const { metrics, configure, ledgers, last } = world();
    await configure('a');
    metrics.partitions([range(0)]);
    for (const offset of [0, 1, 2]) metrics.record(finished(offset));
    metrics.partitions([range(1)]);
    last().receive();
    expect(ledgers.at(-1)).toMatchObject({ 'c/t': { anew: 0, next: { 0: '3' } } });
  });

  test('knows a topic as read in which nothing ends', async () => {
    const { metrics, configure, ledgers } = world();
    await configure('a', { 'c/t': { anew: 0, seenMs: 0, next: { 0: '2' } } });
    metrics.partitions([range(3)]);
    expect(ledgers.at(-1)).toMatchObject({ 'c/t': { seenMs: 1, next: { 0: '2' } } });
  });
});

test('while off nothing is counted, and what waited stays for the next endpoint', async () => {
  const { metrics, configure, exporters, last } = world();
  await configure('a');
  metrics.partitions([range(0)]);
  metrics.record(finished(0));
  const off = configure(null);
  exporters[0]?.finish();
  await off;
  expect(metrics.state).toEqual({ kind: 'off' });
  metrics.record(finished(1));
  await configure('b');
  metrics.record(finished(2));
  expect(last().counted).toBe(2);
});

test('without an address nothing is sent, and what was counted waits', async () => {
  const { metrics, configure, exporters, last } = world();
  await metrics.configure({ endpoint: 'no address', protocol: 'auto', intervalMs: 1 }, {});
  metrics.partitions([range(0)]);
  metrics.record(finished(0));
  expect(exporters).toEqual([]);
  expect(metrics.state).toMatchObject({ kind: 'failing', waiting: 1 });
  await configure('a');
  expect(last().counted).toBe(1);
});

test('each exporter is an instance of its own', async () => {
  const { configure, exporters } = world();
  await configure('a');
  exporters[0]?.finish();
  await configure('b');
  const ids = exporters.map(({ options }) => options.resource?.['service.instance.id']);
  expect(new Set(ids).size).toBe(2);
  expect(ids).not.toContain(undefined);
});

test('a record that was counted before, or says nothing of an outcome, is no request', async () => {
  const { metrics, configure, last } = world();
  await configure('a');
  metrics.partitions([range(0)]);
  metrics.record(finished(0, { again: true }));
  metrics.record(finished(1, { summary: aSummary({ outcome: 'unreported' }) }));
  metrics.record(finished(2));
  expect(last().counted).toBe(1);
});

test('runs of nodes are counted with their executions, by the next endpoint too', async () => {
  const { metrics, configure, exporters, last } = world();
  await configure('a');
  metrics.partitions([range(0)]);
  metrics.record(finished(0));
  // Written twice: counted once.
  metrics.record(finished(1, { again: true }));
  expect(exporters[0]).toMatchObject({ counted: 1, nodes: 2 });
  exporters[0]?.finish();
  await configure('b');
  expect(last()).toMatchObject({ counted: 1, nodes: 2 });
});
