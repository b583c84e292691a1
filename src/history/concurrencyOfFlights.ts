import {
  busyOfPoints,
  type Concurrency,
  type FlowConcurrency,
  queueing,
} from '../analysis/concurrency.ts';
import type { InFlightPart } from '../analysis/pastNumbers.ts';
import { mostInParts } from '../analysis/pastNumbers.ts';
import { partAt, type Span } from '../analysis/spans.ts';
import { hourOfDay, type Zone } from '../base/zone.ts';
import { addCounts, type Counts, type FlowCounts } from './flight.ts';
import type { HourOfFlight } from './flightRows.ts';
import { madeIn } from './rollup.ts';

/** So many pairs of a flow are looked at: each more costs time and says nothing new. */
const mostPoints = 1_000;

/** Of whom it is told. */
export interface ConcurrencyOf {
  readonly parts: readonly Span[];
  readonly zone: Zone;
  /** Null: all flows. */
  readonly flows: ReadonlySet<string> | null;
  readonly nameOf: (flow: string) => string;
  readonly runsOf: (flow: string) => number;
}

/** What went on at the same time, by what is known of each hour. */
export function concurrencyOfFlights(
  hours: readonly HourOfFlight[],
  of: ConcurrencyOf,
): { readonly concurrency: Concurrency; readonly inFlight: readonly InFlightPart[] } {
  const all: Counts = { most: 0, mostAtMs: 0, weighed: 0, busyMs: 0 };
  const flows = new Map<string, FlowCounts>();
  const byHour = new Array<number>(24).fill(0);
  for (const { atMs, flight } of hours) {
    addCounts(all, ownCounts(flight.all, flight.flows, of.flows));
    const hour = hourOfDay(atMs, of.zone);
    for (const [flow, counts] of flight.flows) {
      if (of.flows?.has(flow) === false) continue;
      const known = madeIn(flows, flow, () => emptyCounts());
      addCounts(known, counts);
      known.begins += counts.begins;
      known.queued += counts.queued;
      for (const pair of counts.pairs) known.pairs.push(pair);
      byHour[hour] = (byHour[hour] ?? 0) + counts.begins;
    }
  }
  const peak = Math.max(...byHour);
  return {
    concurrency: {
      ...{ maxInFlight: all.most, maxAtMs: all.most === 0 ? null : all.mostAtMs },
      meanInFlight: all.busyMs === 0 ? 0 : all.weighed / all.busyMs,
      ...{ inFlight: [], flows: flowRows(flows, of), byHour },
      peakHour: peak === 0 ? null : byHour.indexOf(peak),
    },
    inFlight: partsOf(hours, of),
  };
}

function emptyCounts(): FlowCounts {
  return { most: 0, mostAtMs: 0, weighed: 0, busyMs: 0, begins: 0, queued: 0, pairs: [] };
}

/** Of some flows each is counted by itself: what they make together is not known of whole hours. */
function ownCounts(
  all: Counts,
  flows: ReadonlyMap<string, Counts>,
  wanted: ReadonlySet<string> | null,
): Counts {
  if (wanted === null) return all;
  let most: Counts = emptyCounts();
  for (const [flow, counts] of flows) {
    if (wanted.has(flow) && counts.most >= most.most) most = counts;
  }
  return most;
}

function flowRows(
  flows: ReadonlyMap<string, FlowCounts>,
  { nameOf, runsOf }: ConcurrencyOf,
): FlowConcurrency[] {
  const rows = [...flows].map(([flow, { most, queued, pairs }]) => ({
    ...{ flow, name: nameOf(flow), executions: runsOf(flow), maxInFlight: most },
    ...queueing(queued, runsOf(flow)),
    slowerWhenBusy: busyOfPoints(someOf(pairs)),
  }));
  return rows.sort((a, b) => b.maxInFlight - a.maxInFlight);
}

function someOf(pairs: FlowCounts['pairs']) {
  const step = Math.max(1, pairs.length / mostPoints);
  const points: { beside: number; ms: number }[] = [];
  for (let at = 0; at < pairs.length; at += step) {
    const [beside, ms] = pairs[Math.floor(at)] ?? [0, 0];
    points.push({ beside, ms });
  }
  return points;
}

/** By each change where all are known, else by hours: what was the most in one is that of the part it begins in. */
function partsOf(hours: readonly HourOfFlight[], of: ConcurrencyOf): readonly InFlightPart[] {
  if (of.flows === null && hours.every(({ changes }) => changes !== null)) {
    return mostInParts(
      hours.flatMap(({ changes }) => changes ?? []),
      of.parts,
    );
  }
  const most = of.parts.map(() => 0);
  for (const { atMs, flight } of hours) {
    const counts = ownCounts(flight.all, flight.flows, of.flows);
    const place = partAt(of.parts, Math.max(atMs, of.parts[0]?.fromMs ?? atMs));
    if (place !== -1) most[place] = Math.max(most[place] ?? 0, counts.most);
  }
  return of.parts.map(({ fromMs, toMs }, place) => ({ fromMs, toMs, most: most[place] ?? 0 }));
}
