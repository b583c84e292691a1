import { describe, expect, test } from 'vitest';

import { concurrencyOf } from '../../../src/analysis/concurrency.ts';
import { durationsOf } from '../../../src/analysis/durations.ts';
import { errorRatesOf } from '../../../src/analysis/errorRates.ts';
import type { PastExecution, PastFailure } from '../../../src/analysis/pastExecution.ts';
import { resourcesOf } from '../../../src/analysis/resources.ts';
import { minutesOf } from '../../../src/analysis/minutesByHand.ts';
import { type FiguresWorld, sixFigures } from '../../../src/analysis/sixFigures.ts';
import { chances } from '../../support/knownPast.ts';
import { aPast, aPastNode } from '../../support/pastBuilders.ts';

const minute = 60_000;
const hour = 60 * minute;
const failure: PastFailure = {
  nodeId: 'save',
  name: 'Save',
  cause: 'elementNotFound',
  category: 'robotTask',
  text: 'Element not found: #btnSave',
};
const failed = (parts: Partial<PastExecution> = {}) =>
  aPast({ outcome: 'failed', code: 21300, failure, ...parts });

describe('the six figures', () => {
  const world = (parts: Partial<FiguresWorld> = {}): FiguresWorld => ({
    ...{ isToday: () => false, reportsProgress: false, minutesByHand: () => undefined },
    ...parts,
  });

  test('what was cut off is neither a success nor a failure, tools and builds stand apart', () => {
    const all = [
      aPast({ durationMs: 4 * hour }),
      aPast({ durationMs: 12 * hour }),
      aPast({ durationMs: null }),
      failed({ durationMs: hour }),
      aPast({ outcome: 'cancelled', durationMs: hour }),
      aPast({ kind: 'link', durationMs: hour }),
      aPast({ kind: 'build', outcome: 'unreported' }),
    ];
    expect(sixFigures(all, world())).toEqual({
      ...{ succeeded: 3, failed: 1, cutOff: 1, successRate: 0.75, today: 0, running: null },
      ...{ cumulativeDurationHours: 16, laborSavedPersonDays: 2, toolCalls: 1, builds: 1 },
      countedByHand: 0,
    });
  });

  test('there is no rate where nothing ended, and none is running where some would be told', () => {
    const figures = sixFigures([], world({ reportsProgress: true }));
    expect(figures).toMatchObject({ successRate: null, running: 0 });
  });

  test('running ones are counted, and those that began on the reader’s day, however they went', () => {
    const all = [
      aPast({ outcome: 'running', beginMs: 20, durationMs: null }),
      failed({ beginMs: 15 }),
      aPast({ beginMs: 5 }),
      aPast({ beginMs: null }),
    ];
    const isToday = (atMs: number) => atMs >= 10;
    expect(sixFigures(all, world({ isToday, reportsProgress: true }))).toMatchObject({
      ...{ running: 1, today: 2 },
    });
  });

  test('a flow that says how long it takes by hand saves no more when it gets slower', () => {
    const all = [
      aPast({ flow: 'told', durationMs: 16 * hour }),
      aPast({ flow: 'other', durationMs: 4 * hour }),
    ];
    const minutesByHand = (flow: string) => (flow === 'told' ? 240 : undefined);
    const figures = sixFigures(all, world({ minutesByHand }));
    expect(figures).toMatchObject({ laborSavedPersonDays: 1, countedByHand: 1 });
  });

  test.each([
    ['its id', 'f1', 'invoice', 12],
    ['its name', 'f2', 'invoice', 5],
    ['nothing', 'f3', 'other', undefined],
    ['nothing that only looks like a name', '', 'toString', undefined],
  ])('minutes by hand are those of %s', (_, flow, name, minutes) => {
    expect(minutesOf({ f1: 12, invoice: 5, '': 7 }, flow, name)).toBe(minutes);
  });
});

describe('durations', () => {
  test('nodes that take most of the time stand first, with their share of it', () => {
    const nodes = (read: number, save: number) => [
      aPastNode({ nodeId: 'read', name: 'Read', durationMs: read }),
      aPastNode({ nodeId: 'save', name: 'Save', durationMs: save, lostMs: 20, waitedMs: 5 }),
    ];
    const { flows, nodes: rows } = durationsOf([
      aPast({ durationMs: 1_000, nodes: nodes(100, 600) }),
      aPast({ durationMs: 3_000, nodes: nodes(300, 1_400) }),
    ]);
    expect(flows).toMatchObject([
      { flow: 'f', runs: 2, p50Ms: 1_000, p95Ms: 3_000, totalMs: 4_000, share: 1, slower: null },
    ]);
    expect(rows).toMatchObject([
      { nodeId: 'save', runs: 2, p50Ms: 600, p95Ms: 1_400, share: 0.5, lostMs: 40, waitedP50Ms: 5 },
      { nodeId: 'read', runs: 2, p50Ms: 100, p95Ms: 300, share: 0.1, lostMs: 0, waitedP50Ms: 0 },
    ]);
  });

  test('a loop has what belongs to none of its rounds', () => {
    const nodes = [aPastNode({ nodeId: 'loop', durationMs: 900, ownMs: 50 })];
    const { nodes: rows } = durationsOf([aPast({ nodes })]);
    expect(rows).toMatchObject([{ nodeId: 'loop', p50Ms: 900, totalMs: 50, share: 0.05 }]);
  });

  test('a node without any duration has no row, and one of another flow is another', () => {
    const silent = aPastNode({ nodeId: 'silent', durationMs: null });
    const { nodes } = durationsOf([
      aPast({ flow: 'a', nodes: [silent, aPastNode()] }),
      aPast({ flow: 'b', nodes: [aPastNode()] }),
    ]);
    expect(nodes.map(({ flow, nodeId }) => [flow, nodeId])).toEqual([
      ['a', 'n'],
      ['b', 'n'],
    ]);
  });

  test('what got slower is told of node and flow; failures are no part of it', () => {
    const all = Array.from({ length: 30 }, (_, index) => {
      const ms = (index < 15 ? 1_000 : 2_500) + index;
      return aPast({
        ...{ beginMs: index * minute, durationMs: ms },
        nodes: [
          aPastNode({ beginMs: index * minute, durationMs: ms }),
          aPastNode({
            ...{ nodeId: 'failing', beginMs: index * minute, durationMs: ms, status: 'failed' },
          }),
        ],
      });
    });
    const { flows, nodes } = durationsOf(all);
    expect(flows[0]?.slower).toMatchObject({ countBefore: 15, countSince: 15 });
    expect(nodes.map(({ nodeId, slower }) => [nodeId, slower !== null])).toEqual([
      ['n', true],
      ['failing', false],
    ]);
  });
});

describe('error rates', () => {
  test('failures are counted by node and cause, of the runs that came to the node', () => {
    const save = [aPastNode({ nodeId: 'save' })];
    const { nodes, codes } = errorRatesOf([
      ...[aPast({ nodes: save }), aPast({ nodes: save }), aPast({ nodes: [aPastNode()] })],
      ...[failed({ beginMs: 5, nodes: save }), failed({ beginMs: 9 })],
      failed({ failure: { ...failure, cause: 'nodeTimeout', category: 'timeout' }, code: 20804 }),
      aPast({ outcome: 'running', nodes: save }),
    ]);
    expect(nodes).toMatchObject([
      { nodeId: 'save', name: 'Save', cause: 'elementNotFound', failures: 2, runs: 5, firstMs: 5 },
      { nodeId: 'save', cause: 'nodeTimeout', failures: 1, runs: 5 },
    ]);
    expect(nodes[0]).toMatchObject({ lastMs: 9, trend: null, isFlaky: false });
    expect(codes).toEqual([
      { flow: 'f', code: 21300, failures: 2 },
      { flow: 'f', code: 20804, failures: 1 },
    ]);
  });

  /** `.` went well, `x` failed. */
  const story = (signs: string, revisionOf = (_: number) => '1') =>
    signs.split('').map((sign, index) => {
      const parts = { beginMs: index * minute, revision: revisionOf(index) };
      return sign === 'x'
        ? failed(parts)
        : aPast({ ...parts, nodes: [aPastNode({ nodeId: 'save' })] });
    });

  test.each<[string, string, string | null, boolean]>([
    ['............x', 'a failure after many good runs is new', 'new', false],
    ['....................x.x.x.', 'one that fails every other run since is new', 'new', true],
    ['.........x.........', 'one failure among many good runs is no change', null, false],
    ['..........x.....', 'one failure ever is not flaky', null, false],
    ['x...................xxxxxxxxxxxxxxxxxxxx', 'far more than before is rising', 'rising', false],
    ['x.x.x.x.x.x.x.x.x.x.x.x.', 'by turns is flaky', null, true],
    ['xxxxx....', 'mended is neither', null, false],
    ['.x', 'of two nothing is said', null, false],
  ])('%s: %s', (signs, _, trend, isFlaky) => {
    expect(errorRatesOf(story(signs)).nodes[0]).toMatchObject({ trend, isFlaky });
  });

  test('of 400 nodes whose failure rate never changes next to none is new or rising', () => {
    const chance = chances(4);
    const trends = Array.from({ length: 400 }, (_, index) => {
      const rate = [0.02, 0.05, 0.1, 0.3][index % 4] ?? 0;
      const signs = Array.from({ length: 300 }, () => (chance() < rate ? 'x' : '.')).join('');
      return errorRatesOf(story(signs)).nodes[0]?.trend ?? null;
    });
    expect(trends.filter((trend) => trend === 'new').length).toBeLessThanOrEqual(8);
    expect(trends.filter((trend) => trend === 'rising').length).toBeLessThanOrEqual(8);
  });

  test('by turns at another revision each time is not flaky', () => {
    const { nodes } = errorRatesOf(story('x.x.x.x.x.', (index) => String(index)));
    expect(nodes[0]?.isFlaky).toBe(false);
  });

  test('what a later attempt saved is told of those that would have failed', () => {
    const saved = aPast({ nodes: [aPastNode({ status: 'recovered' })] });
    expect(errorRatesOf([saved, failed(), failed(), failed()])).toMatchObject({
      ...{ savedByRetry: 1, savedShare: 0.25 },
    });
    expect(errorRatesOf([aPast()])).toMatchObject({ savedByRetry: 0, savedShare: null });
  });
});

describe('resources', () => {
  test('records, tokens, logs and stored values, by flow and by node', () => {
    const nodes = (tokens: number) => [aPastNode({ tokens, logCount: 2 })];
    const found = resourcesOf([
      aPast({ recordBytes: 1_000, tokens: 300, nodes: nodes(300), storedValues: 1 }),
      aPast({ recordBytes: 3_000, tokens: 100, nodes: nodes(100) }),
    ]);
    expect(found).toMatchObject({
      ...{ executions: 2, tokens: 400, logLines: 4, storedValues: 1, isProcessReported: false },
      recordBytes: { count: 2, p50: 1_000, p95: 3_000, max: 3_000, total: 4_000 },
      nodes: [{ nodeId: 'n', runs: 2, tokens: 400, tokenShare: 1, logLines: 4 }],
    });
    expect(found.flows).toMatchObject([{ cpuMs: null, memoryBytes: null, grownBytes: null }]);
  });

  test('what processes used is told where some report it', () => {
    const use = (cpuMs: number, eventLoopDelayMs: number | null) => ({
      ...{ cpuMs, memoryBytes: 1e8, eventLoopUtilization: 0.5, eventLoopDelayMs },
    });
    const { flows, isProcessReported } = resourcesOf([
      aPast({ resources: use(10, null) }),
      aPast({ resources: use(30, 4) }),
      aPast(),
    ]);
    expect(isProcessReported).toBe(true);
    expect(flows).toMatchObject([{ cpuMs: { count: 2, max: 30 }, memoryBytes: { p50: 1e8 } }]);
    expect(flows).toMatchObject([{ eventLoopDelayMs: { count: 1, p95: 4 } }]);
  });

  test('inputs and outputs are those of whose somebody looked, and what grew is told', () => {
    const all = Array.from({ length: 25 }, (_, index) =>
      aPast({
        beginMs: index * minute,
        payloadBytes: index === 24 ? 0 : index < 12 ? 5_000 : 20_000,
      }),
    );
    const { payloadBytes, flows } = resourcesOf(all);
    expect(payloadBytes).toMatchObject({ count: 24, p50: 5_000, max: 20_000 });
    expect(flows[0]).toMatchObject({
      grownPayload: { before: 5_000, since: 20_000, to: 12 * minute },
      grownBytes: null,
    });
  });

  test('records that grew are told with the moment', () => {
    const all = Array.from({ length: 24 }, (_, index) =>
      aPast({ beginMs: index * minute, recordBytes: index < 12 ? 10_000 : 40_000 }),
    );
    expect(resourcesOf(all).flows[0]).toMatchObject({
      grownBytes: { before: 10_000, since: 40_000, from: 11 * minute, to: 12 * minute },
      grownTokens: null,
    });
  });
});

describe('concurrency', () => {
  const hourOf = (atMs: number) => Math.floor(atMs / hour) % 24;
  const from = (beginMs: number, durationMs: number, flow = 'f') =>
    aPast({ beginMs, durationMs, flow });

  test('what ends at a moment is not in flight with what begins at it', () => {
    const { maxInFlight, maxAtMs, inFlight } = concurrencyOf([from(0, 10), from(10, 10)], hourOf);
    expect({ maxInFlight, maxAtMs, inFlight }).toEqual({
      ...{ maxInFlight: 1, maxAtMs: 0 },
      inFlight: [
        ...[
          { atMs: 0, count: 1 },
          { atMs: 10, count: 1 },
          { atMs: 20, count: 0 },
        ],
      ],
    });
  });

  test('the most at once, when first, the mean, by flow, and the hour in which most begin', () => {
    const all = [
      ...[from(0, hour), from(hour / 2, hour, 'g'), from(hour / 2, hour / 2)],
      ...[from(3 * hour, hour), from(9 * hour, 0)],
      aPast({ beginMs: null }),
    ];
    const found = concurrencyOf(all, hourOf);
    expect(found).toMatchObject({ maxInFlight: 3, maxAtMs: hour / 2, peakHour: 0 });
    expect(found.meanInFlight).toBeCloseTo(3.5 / 2.5, 5);
    expect(found.byHour.slice(0, 4)).toEqual([3, 0, 0, 1]);
    expect(found.flows).toMatchObject([
      { flow: 'f', executions: 4, maxInFlight: 2, slowerWhenBusy: null },
      { flow: 'g', executions: 1, maxInFlight: 1 },
    ]);
  });

  test('executions without times give nothing', () => {
    expect(concurrencyOf([aPast({ beginMs: null })], hourOf)).toMatchObject({
      ...{ maxInFlight: 0, maxAtMs: null, meanInFlight: 0, peakHour: null },
    });
  });

  test.each<[string, (beside: number) => number, boolean]>([
    ['slower the more goes on beside it is told', (beside) => 1_000 + 400 * beside, true],
    ['as fast at any time is not', () => 1_000, false],
    ['faster is not', (beside) => 9_000 - 400 * beside, false],
  ])('%s', (_, msOf, isTold) => {
    // Bursts: in the nth, n − 1 of another flow go on while ours begins.
    const all = Array.from({ length: 40 }, (_unused, index) => {
      const beside = index % 10;
      const atMs = index * hour;
      return [
        ...Array.from({ length: beside }, () => from(atMs, hour / 2, 'other')),
        from(atMs + minute, msOf(beside) + index),
      ];
    }).flat();
    const ours = concurrencyOf(all, hourOf).flows.find(({ flow }) => flow === 'f');
    expect(ours?.slowerWhenBusy !== null).toBe(isTold);
    if (isTold) expect(ours?.slowerWhenBusy?.busyMs).toBeGreaterThan(3_000);
  });
});
