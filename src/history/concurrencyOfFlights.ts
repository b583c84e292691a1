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
  const all = emptyCounts();
  const flows = new Map<string, FlowOfHours>();
  const byHour = new Array<number>(24).fill(0);
  for (const { atMs, flight } of hours) {
    addCounts(all, ownCounts(flight.all, flight.flows, of.flows));
    const hour = hourOfDay(atMs, of.zone);
    for (const [flow, counts] of flight.flows) {
      if (of.flows?.has(flow) === false) continue;
      const known = madeIn(flows, flow, () => ({
        ...emptyCounts(),
        begins: 0,
        queued: 0,
        hours: [],
      }));
      addCounts(known, counts);
      known.begins += counts.begins;
      known.queued += counts.queued;
      known.hours.push(counts.pairs);
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

/** A flow, with the pairs of each hour. */
type FlowOfHours = Omit<FlowCounts, 'pairs'> & { readonly hours: FlowCounts['pairs'][] };

function emptyCounts(): Counts {
  return { most: 0, mostAtMs: 0, weighed: 0, busyMs: 0 };
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
  flows: ReadonlyMap<string, FlowOfHours>,
  { nameOf, runsOf }: ConcurrencyOf,
): FlowConcurrency[] {
  const rows = [...flows].map(([flow, { most, queued, hours }]) => ({
    ...{ flow, name: nameOf(flow), executions: runsOf(flow), maxInFlight: most },
    ...queueing(queued, runsOf(flow)),
    slowerWhenBusy: busyOfPoints(someOf(hours)),
  }));
  return rows.sort((a, b) => b.maxInFlight - a.maxInFlight);
}

/** Evenly over all hours. */
function someOf(hours: FlowOfHours['hours']) {
  const all = hours.reduce((sum, pairs) => sum + pairs.length / 2, 0);
  const step = Math.max(1, all / mostPoints);
  const points: { beside: number; ms: number }[] = [];
  let [at, passed] = [0, 0];
  for (const pairs of hours) {
    const count = pairs.length / 2;
    for (; Math.floor(at) < passed + count; at += step) {
      const from = 2 * (Math.floor(at) - passed);
      points.push({ beside: pairs[from] ?? 0, ms: pairs[from + 1] ?? 0 });
    }
    passed += count;
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
