import { createNoopMeter, type Meter, type ObservableResult } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import {
  type CountedNode,
  createNodeInstruments,
  recordNodes,
} from '../../../src/metrics/nodeInstruments.ts';
import { observePipeline, type Pipeline } from '../../../src/metrics/pipelineInstruments.ts';

type Line = readonly [name: string, value: number, attributes?: object | undefined];

/** A meter that keeps what it is given, and asks what observes. */
function aMeter() {
  const lines: Line[] = [];
  const units = new Map<string, string>();
  const asked: (() => void)[] = [];
  const taking = (name: string, { unit = '' } = {}) => {
    units.set(name, unit);
    const take = (value: number, attributes?: object) => void lines.push([name, value, attributes]);
    return { add: take, record: take };
  };
  const observing = (name: string, { unit = '' } = {}) => {
    units.set(name, unit);
    const observe = (value: number, attributes?: object) =>
      void lines.push(attributes === undefined ? [name, value] : [name, value, attributes]);
    return {
      addCallback: (callback: (result: ObservableResult) => void) => {
        asked.push(() => {
          callback({ observe });
        });
      },
    };
  };
  const meter = Object.assign(Object.create(createNoopMeter()) as Meter, {
    ...{ createCounter: taking, createHistogram: taking },
    ...{ createObservableCounter: observing, createObservableUpDownCounter: observing },
    createObservableGauge: observing,
  }) as Meter;
  const look = () => {
    lines.length = 0;
    for (const ask of asked) ask();
    return lines.map(([name, value, ...more]) => [name.replace('rpa_trace.', ''), value, ...more]);
  };
  return { meter, lines, units, look };
}

const node = (parts: Partial<CountedNode> = {}): CountedNode => ({
  ...{ nodeId: 'rpa::1', type: 'rpa', status: 'succeeded', durationMs: 1_500 },
  ...parts,
});

const attributes = {
  'rpa_trace.flow.id': 'f1',
  'rpa_trace.node.id': 'rpa::1',
  'rpa_trace.node.type': 'rpa',
  'rpa_trace.node.status': 'succeeded',
};

test.each<[string, CountedNode, Line[]]>([
  [
    'in seconds',
    node(),
    [
      ['rpa_trace.node.runs', 1, attributes],
      ['rpa_trace.node.duration', 1.5, attributes],
    ],
  ],
  ['without a duration', node({ durationMs: null }), [['rpa_trace.node.runs', 1, attributes]]],
  ['with one that can’t be', node({ durationMs: -1 }), [['rpa_trace.node.runs', 1, attributes]]],
  [
    'with an id that holds a secret, or no end of letters',
    node({ nodeId: '••••c3f1', type: 'x'.repeat(200), status: 'failed', durationMs: null }),
    [['rpa_trace.node.runs', 1, { 'rpa_trace.flow.id': 'f1', 'rpa_trace.node.status': 'failed' }]],
  ],
])('a run of a node is counted %s', (_, run, lines) => {
  const { meter, lines: told } = aMeter();
  recordNodes(createNodeInstruments(meter), 'f1', [run]);
  expect(told).toEqual(lines);
});

const pipeline = (parts: Partial<Pipeline> = {}): Pipeline => ({
  ...{ intake: { records: 100, bytes: 5_000, recordMs: 2 }, rejected: 3 },
  partitions: [
    { partition: 1, lag: 40 },
    { partition: 0, lag: 0 },
  ],
  store: { executions: 97, bytes: 4_000, mostBytes: 9_000, evictions: 5 },
  ...{ history: { kind: 'on', bytes: 700 }, heap: { usedBytes: 10, mostBytes: 20 } },
  ...parts,
});

test('the pipeline is told with each look; what begins anew goes on', () => {
  const { meter, look, units } = aMeter();
  let now = pipeline();
  observePipeline(meter, () => now);
  expect(look()).toEqual([
    ...[
      ['source.records', 100],
      ['source.io', 5_000],
      ['source.decode.time', 0.2],
    ],
    ...[
      ['source.rejected', 3],
      ['store.evictions', 5],
    ],
    ...[
      ['store.executions', 97],
      ['store.usage', 4_000],
      ['store.limit', 9_000],
    ],
    ...[
      ['history.usage', 700],
      ['engine.heap.usage', 10],
      ['engine.heap.limit', 20],
    ],
    ['source.lag', 40, { 'messaging.destination.partition.id': '1' }],
    ['source.lag', 0, { 'messaging.destination.partition.id': '0' }],
  ]);
  // Another source: of it two records so far. There is no history, and no heap to tell of.
  now = pipeline({
    ...{ intake: { records: 2, bytes: 80, recordMs: null }, rejected: 0, partitions: [] },
    ...{ history: { kind: 'off' }, heap: null },
  });
  expect(look()).toEqual([
    ...[
      ['source.records', 102],
      ['source.io', 5_080],
      ['source.decode.time', 0.2],
    ],
    ...[
      ['source.rejected', 3],
      ['store.evictions', 5],
    ],
    ...[
      ['store.executions', 97],
      ['store.usage', 4_000],
      ['store.limit', 9_000],
    ],
  ]);
  // By OpenTelemetry's conventions: no unit in a name, and what is counted in braces.
  for (const [name, unit] of units) {
    expect([name, unit]).toEqual([
      name,
      expect.stringMatching(/^(?:s|By|\{(?:record|execution)\})$/),
    ]);
    expect(name).toMatch(/^rpa_trace(?:\.[a-z]+)+$/);
    expect(name).not.toMatch(/_total|seconds|bytes/);
  }
});
