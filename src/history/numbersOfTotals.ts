import type { DurationClass } from '../analysis/distribution.ts';
import { classesOf } from '../analysis/distribution.ts';
import type { Durations, FlowDurations, NodeDurations } from '../analysis/durations.ts';
import { leastShiftMs } from '../analysis/durations.ts';
import { coursePoints } from '../analysis/nodeCourses.ts';
import type { Span } from '../analysis/spans.ts';
import type { FlowResources, NodeResources, Resources } from '../analysis/resources.ts';
import { leastGrownBytes, leastGrownTokens } from '../analysis/resources.ts';
import type { SixFigures } from '../analysis/sixFigures.ts';
import type { CauseCount, CodeCount, FlowNumbers, NodeNumbers } from '../analysis/tables.ts';
import type { Spread } from '../analysis/increase.ts';
import {
  amountAt,
  type Amounts,
  Buckets,
  mergeAmounts,
  noAmounts,
  spreadOfAmounts,
} from './amounts.ts';
import { noBuckets } from './bucketRoom.ts';
import { increasesOfCells } from './increaseOfCells.ts';
import type { FlowTotals, NodeTotals, PastTotals } from './pastTotals.ts';
import type { Ends } from './rollupBytes.ts';
import { delayScale, failureOf, type FlowSums, loopScale, type Rollup } from './rollup.ts';

const msOfHour = 3_600_000;
const hoursOfDay = 8;

/** How many executions ended in a way; `build` and `toolCall` are apart. */
export function ended(outcomes: ReadonlyMap<string, number>, word: string): number {
  return outcomes.get(word) ?? 0;
}

/** Runs of flows: neither calls of tools nor builds. */
export function runsIn(outcomes: ReadonlyMap<string, number>): number {
  let runs = 0;
  for (const [word, times] of outcomes) if (!isApart(word)) runs += times;
  return runs;
}

function isApart(word: string): boolean {
  return word === 'build' || word === 'toolCall';
}

/** The six figures but for those of now, of how executions of flows ended. */
export function figuresOf(
  flows: ReadonlyMap<string, Ends>,
  minutesByHand: (flow: string) => number | undefined,
): Omit<SixFigures, 'today' | 'running'> {
  const outcomes = new Map<string, number>();
  let [hours, savedHours, countedByHand] = [0, 0, 0];
  for (const [flow, ends] of flows) {
    for (const [word, times] of ends.outcomes) {
      outcomes.set(word, (outcomes.get(word) ?? 0) + times);
    }
    const ofFlow = ends.succeeded.total / msOfHour;
    const minutes = minutesByHand(flow);
    const runs = ended(ends.outcomes, 'succeeded');
    hours += ofFlow;
    savedHours += minutes === undefined ? ofFlow : (runs * minutes) / 60;
    if (minutes !== undefined) countedByHand += runs;
  }
  const [succeeded, failed] = [ended(outcomes, 'succeeded'), ended(outcomes, 'failed')];
  return {
    ...{ succeeded, failed, cutOff: ended(outcomes, 'cancelled') },
    successRate: succeeded + failed === 0 ? null : succeeded / (succeeded + failed),
    ...{ cumulativeDurationHours: hours, laborSavedPersonDays: savedHours / hoursOfDay },
    countedByHand,
    ...{ toolCalls: ended(outcomes, 'toolCall'), builds: ended(outcomes, 'build') },
  };
}

/** Which flows and nodes take the time, and what got slower. */
export function durationsOfTotals(totals: PastTotals): Durations {
  const flows = [...totals.flows].filter(([, { total }]) => runsIn(total.outcomes) > 0);
  const allMs = flows.reduce((sum, [, { total }]) => sum + timeOf(total), 0);
  const slowerFlows = increasesOfCells(
    flows.map(([, { cells }]) =>
      cells.map(({ atMs, rollup }) => ({ atMs, buckets: rollup.succeeded.buckets.list })),
    ),
    leastShiftMs,
  );
  const rows = flows.map(([flow, { total }], at): FlowDurations => {
    const { count, p50, p95 } = spreadOfAmounts(total.succeeded);
    const totalMs = timeOf(total);
    return {
      ...{ flow, name: totals.nameOf(flow), runs: count, p50Ms: p50, p95Ms: p95, totalMs },
      ...{ share: allMs === 0 ? 0 : totalMs / allMs, slower: slowerFlows[at] ?? null },
    };
  });
  return {
    flows: rows.sort((a, b) => b.totalMs - a.totalMs),
    nodes: nodeDurations(totals),
  };
}

function nodeDurations(totals: PastTotals): NodeDurations[] {
  const nodes = nodesOf(totals)
    .map((of) => ({ ...of, spread: spreadOfAmounts(allOf(of.node.total)) }))
    .filter(({ spread }) => spread.count > 0);
  const slower = increasesOfCells(
    nodes.map(({ node }) => node.durations),
    leastShiftMs,
  );
  const rows = nodes.map(({ flow, ofFlow, nodeId, node: { total }, spread }, at): NodeDurations => {
    const { count, p50, p95 } = spread;
    const totalMs = total.node?.ownMs ?? 0;
    const flowMs = timeOf(ofFlow.total);
    return {
      ...{ flow, nodeId, ...totals.nodeOf(flow, nodeId) },
      ...{ runs: count, p50Ms: p50, p95Ms: p95, totalMs },
      ...{ share: flowMs === 0 ? 0 : totalMs / flowMs, slower: slower[at] ?? null },
      waitedP50Ms: spreadOfAmounts(total.node?.waited ?? noAmounts()).p50,
      lostMs: total.node?.lostMs ?? 0,
    };
  });
  return rows.sort((a, b) => b.totalMs - a.totalMs);
}

/** A node with its flow. */
export interface NodeOfFlow {
  readonly flow: string;
  readonly ofFlow: FlowTotals;
  readonly nodeId: string;
  readonly node: NodeTotals;
}

/** All nodes of all flows. */
export function nodesOf({ flows }: PastTotals): NodeOfFlow[] {
  return [...flows].flatMap(([flow, ofFlow]) =>
    [...ofFlow.nodes].map(([nodeId, node]) => ({ flow, ofFlow, nodeId, node })),
  );
}

/** Of successful executions or runs, of failed ones, and of the others. */
function allOf({ succeeded, failed, others }: Rollup): Amounts {
  const all = noAmounts();
  for (const some of [succeeded, failed, others]) mergeAmounts(all, some);
  return all;
}

function timeOf({ succeeded, failed, others }: Rollup): number {
  return succeeded.total + failed.total + others.total;
}

/** The table of flows: those with most runs first. */
export function flowNumbersOf(totals: PastTotals, { flows }: Durations): FlowNumbers[] {
  const durations = new Map(flows.map((row) => [row.flow, row]));
  const rows = [...totals.flows].flatMap(([flow, { total }]): FlowNumbers[] => {
    const runs = runsIn(total.outcomes);
    if (runs === 0) return [];
    const failed = ended(total.outcomes, 'failed');
    const all = failed + ended(total.outcomes, 'succeeded');
    const known = durations.get(flow);
    return [
      {
        ...{ flow, name: totals.nameOf(flow), kind: totals.kindOf(flow) },
        ...{ runs, failed, ...percentiles(known) },
        ...{ failureRate: all === 0 ? null : failed / all, share: known?.share ?? 0 },
        ...{ tokens: total.flow?.tokens.total ?? 0, lastMs: total.flow?.lastMs ?? null },
      },
    ];
  });
  return rows.sort((a, b) => b.runs - a.runs);
}

/** The table of nodes: those that take most time first. */
export function nodeNumbersOf(totals: PastTotals, durations: Durations): NodeNumbers[] {
  const allMs = durations.flows.reduce((sum, { totalMs }) => sum + totalMs, 0);
  const known = new Map(durations.nodes.map((row) => [`${row.flow}\n${row.nodeId}`, row]));
  const rows = nodesOf(totals).flatMap(({ flow, nodeId, node: { total } }): NodeNumbers[] => {
    const failures = [...total.failures.values()];
    const failed = failures.reduce((sum, { count }) => sum + count, 0);
    // Those that failed there and left no entry came to it as well.
    const runs = failures.reduce(
      (sum, { count, ran }) => sum + count - ran,
      total.node?.executions ?? 0,
    );
    if (runs === 0) return [];
    const row = known.get(`${flow}\n${nodeId}`);
    return [
      {
        ...{ flow, flowName: totals.nameOf(flow), nodeId, ...totals.nodeOf(flow, nodeId) },
        ...{ runs, failed, failureRate: failed / runs, ...percentiles(row) },
        share: allMs === 0 ? 0 : (row?.totalMs ?? 0) / allMs,
        tokens: total.node?.tokens ?? 0,
      },
    ];
  });
  return rows.sort((a, b) => b.share - a.share || b.runs - a.runs);
}

/** How many failed where no record says at which node. */
export function failedNowhereOf({ flows }: PastTotals): number {
  return [...flows.values()]
    .flatMap(({ total }) => [...total.failures.values()])
    .reduce((sum, { count }) => sum + count, 0);
}

/** How the usual duration of nodes went over a span: of each of its twelfths, by what is known of it. */
export function withCoursesOf(
  rows: readonly NodeNumbers[],
  totals: PastTotals,
  { fromMs, toMs }: Span,
): readonly NodeNumbers[] {
  const width = (toMs - fromMs) / coursePoints;
  const found = new Buckets();
  return rows.map((row) => {
    const cells = totals.flows.get(row.flow)?.nodes.get(row.nodeId)?.durations ?? [];
    const course = Array.from({ length: coursePoints }, (_, point) => {
      found.clear();
      for (const { atMs, toMs: endMs, buckets } of cells) {
        const [first, end] = [(atMs - fromMs) / width, (endMs - fromMs) / width];
        // Of the twelfth that it begins in, and of those whose middle it covers: a day may be longer than one.
        const begin = Math.floor(first);
        const isIn = point >= begin && point < Math.max(first, end - 0.5);
        if (isIn || (point === 0 && begin < 0)) found.addList(buckets);
      }
      return amountAt(found, 0.5);
    });
    return { ...row, course };
  });
}

function percentiles(known: { runs: number; p50Ms: number; p95Ms: number } | undefined) {
  if (known === undefined || known.runs === 0) return { p50Ms: null, p95Ms: null };
  return { p50Ms: known.p50Ms, p95Ms: known.p95Ms };
}

/** Failures by cause: the most frequent first. */
export function causeCountsOf(totals: PastTotals): CauseCount[] {
  const counts = new Map<string, CauseCount & { failed: number }>();
  const all = [...totals.flows.values()].flatMap(({ total, nodes }) => [
    ...[total, ...[...nodes.values()].map((node) => node.total)],
  ]);
  for (const { failures } of all) {
    for (const [key, { count }] of failures) {
      const { cause, category } = failureOf(key);
      const name = cause ?? `*${category}`;
      const known = counts.get(name);
      if (known === undefined) counts.set(name, { cause, category, failed: count });
      else known.failed += count;
    }
  }
  return [...counts.values()].sort((a, b) => b.failed - a.failed);
}

/** Failures by code: the most frequent first. */
export function codeCountsOf(totals: PastTotals): CodeCount[] {
  const counts = new Map<number, number>();
  for (const { total } of totals.flows.values()) {
    for (const [code, times] of total.flow?.codes ?? []) {
      counts.set(code, (counts.get(code) ?? 0) + times);
    }
  }
  const rows = [...counts].map(([code, failed]) => ({ code, failed }));
  return rows.sort((a, b) => b.failed - a.failed);
}

/** Durations of executions in classes. */
export function distributionOfTotals({ flows }: PastTotals): readonly DurationClass[] {
  const counts = new Map<number, { succeeded: number; failed: number }>();
  for (const { total } of flows.values()) {
    for (const [place, { succeeded, failed }] of total.flow?.classes ?? []) {
      const known = counts.get(place) ?? { succeeded: 0, failed: 0 };
      counts.set(place, {
        ...{ succeeded: known.succeeded + succeeded, failed: known.failed + failed },
      });
    }
  }
  return classesOf(counts);
}

/** What is used, and by what. */
export function resourcesOfTotals(totals: PastTotals): Resources {
  const flows = [...totals.flows].flatMap(([flow, { total, cells }]) =>
    total.flow === null || runsIn(total.outcomes) === 0
      ? []
      : [{ flow, runs: runsIn(total.outcomes), sums: total.flow, cells }],
  );
  const grown = (kind: 'bytes' | 'payload' | 'tokens', least: number) =>
    increasesOfCells(
      flows.map(({ cells }) =>
        cells.map(({ atMs, rollup }) => ({
          atMs,
          buckets: rollup.flow?.[kind].buckets.list ?? noBuckets,
        })),
      ),
      least,
    );
  const [grownBytes, grownPayload, grownTokens] = [
    grown('bytes', leastGrownBytes),
    grown('payload', leastGrownBytes),
    grown('tokens', leastGrownTokens),
  ];
  const bytes = noAmounts();
  const payload = noAmounts();
  for (const { sums } of flows) {
    mergeAmounts(bytes, sums.bytes);
    mergeAmounts(payload, sums.payload);
  }
  const sumOf = (valueOf: (sums: FlowSums) => number) =>
    flows.reduce((sum, { sums }) => sum + valueOf(sums), 0);
  const tokens = sumOf((sums) => sums.tokens.total);
  const rows = flows.map(({ flow, runs, sums }, at): FlowResources => ({
    ...{ flow, name: totals.nameOf(flow), executions: runs, ...usedBy(sums) },
    ...{ grownBytes: grownBytes[at] ?? null, grownTokens: grownTokens[at] ?? null },
    grownPayload: grownPayload[at] ?? null,
  }));
  return {
    executions: flows.reduce((sum, { runs }) => sum + runs, 0),
    ...{ recordBytes: spreadOfAmounts(bytes), payloadBytes: spreadOfAmounts(payload), tokens },
    logLines: sumOf((sums) => sums.logLines.total),
    storedValues: sumOf((sums) => sums.storedValues),
    isProcessReported: flows.some(({ sums }) => !sums.cpuMs.buckets.isEmpty),
    flows: rows.sort((a, b) => b.recordBytes.total - a.recordBytes.total),
    nodes: nodeResources(totals, tokens),
  };
}

function usedBy(sums: FlowSums) {
  const reported = (amounts: Amounts): Spread | null =>
    amounts.buckets.isEmpty ? null : spreadOfAmounts(amounts);
  return {
    recordBytes: spreadOfAmounts(sums.bytes),
    payloadBytes: spreadOfAmounts(sums.payload),
    tokens: spreadOfAmounts(sums.tokens),
    logLines: spreadOfAmounts(sums.logLines),
    storedValues: sums.storedValues,
    cpuMs: reported(sums.cpuMs),
    memoryBytes: reported(sums.memoryBytes),
    eventLoopUtilization: scaled(reported(sums.loop), loopScale),
    eventLoopDelayMs: scaled(reported(sums.delay), delayScale),
  };
}

function scaled(spread: Spread | null, scale: number): Spread | null {
  if (spread === null) return null;
  const { count, p50, p95, max, total } = spread;
  return {
    ...{ count, p50: p50 / scale, p95: p95 / scale },
    ...{ max: max / scale, total: total / scale },
  };
}

function nodeResources(totals: PastTotals, allTokens: number): NodeResources[] {
  const rows = nodesOf(totals).flatMap(({ flow, nodeId, node: { total } }): NodeResources[] => {
    const runs = runsIn(total.outcomes);
    if (runs === 0 || total.node === null) return [];
    const { tokens, logLines } = total.node;
    const { name } = totals.nodeOf(flow, nodeId);
    const tokenShare = allTokens === 0 ? 0 : tokens / allTokens;
    return [{ ...{ flow, nodeId, name, runs, tokens }, ...{ tokenShare, logLines } }];
  });
  return rows.sort((a, b) => b.tokens - a.tokens || b.logLines - a.logLines);
}
