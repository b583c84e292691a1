import { type InFlight, endInFlightMs } from '../analysis/concurrency.ts';
import { Refills } from '../analysis/refills.ts';
import type { Milliseconds } from '../trace/execution.ts';
import { ByteReader, ByteWriter } from './byteStream.ts';
import type { Dictionary } from './packing.ts';
import { madeIn } from './rollup.ts';

/** What was in flight in an hour, beside each other. */
export interface Flight {
  readonly all: Counts;
  readonly flows: Map<string, FlowCounts>;
  /** What goes on when the hour ends. */
  readonly carried: readonly Carried[];
}

/** How many were in flight at once. */
export interface Counts {
  most: number;
  /** When it was that many first. */
  mostAtMs: Milliseconds;
  /** How many there were, by how long. */
  weighed: number;
  /** How long any was. */
  busyMs: Milliseconds;
}

/** The same of a flow. */
export interface FlowCounts extends Counts {
  begins: number;
  /** Of these, how many began as soon as another had ended. */
  queued: number;
  /**
   * Of some of its successful executions, by turns how many were in flight when it began, and its duration: a month of
   * all flows has a hundred thousand such pairs.
   */
  readonly pairs: number[];
}

/** What is in flight: its flow, and when it ends. */
export interface Carried {
  readonly flow: string;
  readonly endMs: Milliseconds;
}

/** A run with its times. */
export interface Flown extends Carried {
  readonly beginMs: Milliseconds;
  readonly isGood: boolean;
}

/** So many pairs of an hour say how durations go with what is in flight: of a month thousands. */
const mostPairs = 8;

interface Step {
  readonly atMs: Milliseconds;
  readonly by: 1 | -1;
  readonly flow: string;
  readonly run: Flown | null;
}

/** What was in flight from one moment to another; each change goes to `changes`. */
export function flightOf(
  runs: readonly Flown[],
  carried: readonly Carried[],
  fromMs: Milliseconds,
  toMs: Milliseconds,
  changes: InFlight[] = [],
): Flight {
  const flight: Flight = { all: noCounts(), flows: new Map(), carried: [] };
  const left: Carried[] = [];
  const count = new Counting(flight, fromMs, carried);
  const steps: Step[] = [];
  for (const one of carried) addEnd(steps, left, one, toMs);
  for (const run of runs) {
    const { beginMs, flow } = run;
    steps.push({ atMs: beginMs, by: 1, flow, run });
    addEnd(steps, left, { flow, endMs: endInFlightMs(beginMs, run.endMs) }, toMs);
  }
  // What ends at a moment has ended before what begins at it.
  steps.sort((a, b) => a.atMs - b.atMs || a.by - b.by);
  for (let at = 0; at < steps.length;) {
    const atMs = steps[at]?.atMs ?? 0;
    count.passed(atMs);
    const beside = count.now;
    let step = steps[at];
    for (; step?.atMs === atMs; step = steps[++at]) count.take(step, beside);
    count.settled(atMs);
    changes.push({ atMs, count: count.now });
  }
  count.passed(toMs);
  count.end();
  for (const counts of flight.flows.values()) keepSome(counts.pairs);
  return { ...flight, carried: left };
}

function addEnd(steps: Step[], left: Carried[], one: Carried, toMs: Milliseconds): void {
  if (one.endMs >= toMs) left.push(one);
  else steps.push({ atMs: one.endMs, by: -1, flow: one.flow, run: null });
}

/** How many are in flight, of all and of each flow, while time passes. */
class Counting {
  now = 0;
  private readonly flight: Flight;
  private readonly ofFlows = new Map<string, number>();
  private changed = new Set<string>();
  private readonly since = new Map<string, Milliseconds>();
  private readonly refills = new Map<string, Refills>();
  private atMs: Milliseconds;

  constructor(flight: Flight, fromMs: Milliseconds, carried: readonly Carried[]) {
    this.flight = flight;
    this.atMs = fromMs;
    for (const { flow } of carried) this.count(flow, 1);
    this.passed(fromMs);
    this.settled(fromMs);
  }

  /** Until then nothing changed. */
  passed(atMs: Milliseconds): void {
    weigh(this.flight.all, this.now, atMs - this.atMs);
    this.atMs = atMs;
  }

  take({ atMs, by, flow, run }: Step, beside: number): void {
    const refills = madeIn(this.refills, flow, () => new Refills(this.ofFlows.get(flow) ?? 0));
    this.count(flow, by);
    if (run === null) {
      refills.ended(atMs);
      return;
    }
    refills.began(atMs, run.endMs - atMs);
    const counts = this.of(flow);
    counts.begins++;
    if (run.isGood) counts.pairs.push(beside, run.endMs - run.beginMs);
  }

  /** All that changed at a moment has. */
  settled(atMs: Milliseconds): void {
    raise(this.flight.all, this.now, atMs);
    for (const flow of this.changed) raise(this.of(flow), this.ofFlows.get(flow) ?? 0, atMs);
    this.changed = new Set();
  }

  private count(flow: string, by: 1 | -1): void {
    const before = this.ofFlows.get(flow) ?? 0;
    weigh(this.of(flow), before, this.atMs - (this.since.get(flow) ?? this.atMs));
    this.since.set(flow, this.atMs);
    this.ofFlows.set(flow, before + by);
    this.now += by;
    this.changed.add(flow);
  }

  private of(flow: string): FlowCounts {
    return madeIn(this.flight.flows, flow, () => ({
      ...noCounts(),
      begins: 0,
      queued: 0,
      pairs: [],
    }));
  }

  /** What goes on beyond the end. */
  end(): void {
    for (const [flow, count] of this.ofFlows) {
      weigh(this.of(flow), count, this.atMs - (this.since.get(flow) ?? this.atMs));
      this.since.set(flow, this.atMs);
    }
    for (const [flow, { count }] of this.refills) this.of(flow).queued = count;
  }
}

function noCounts(): Counts {
  return { most: 0, mostAtMs: 0, weighed: 0, busyMs: 0 };
}

function weigh(counts: Counts, count: number, ms: Milliseconds): void {
  if (count === 0) return;
  counts.weighed += count * ms;
  counts.busyMs += ms;
}

function raise(counts: Counts, count: number, atMs: Milliseconds): void {
  if (count <= counts.most) return;
  counts.most = count;
  counts.mostAtMs = atMs;
}

/** Evenly over the hour. */
function keepSome(pairs: FlowCounts['pairs']): void {
  const count = pairs.length / 2;
  if (count <= mostPairs) return;
  const step = count / mostPairs;
  for (let place = 0; place < mostPairs; place++) {
    const from = 2 * Math.floor(place * step);
    pairs[2 * place] = pairs[from] ?? 0;
    pairs[2 * place + 1] = pairs[from + 1] ?? 0;
  }
  pairs.length = 2 * mostPairs;
}

/** Adds those of a later time. */
export function addCounts(into: Counts, from: Counts): void {
  if (from.most > into.most) {
    into.most = from.most;
    into.mostAtMs = from.mostAtMs;
  }
  into.weighed += from.weighed;
  into.busyMs += from.busyMs;
}

/** Whether the same goes on. */
export function sameCarried(a: readonly Carried[], b: readonly Carried[]): boolean {
  if (a.length !== b.length) return false;
  const names = (all: readonly Carried[]) =>
    all.map(({ flow, endMs }) => `${String(endMs)} ${flow}`).sort();
  const others = names(b);
  return names(a).every((name, at) => name === others[at]);
}

/** As bytes; times count from the begin of the hour. */
export function packFlight(flight: Flight, atMs: Milliseconds, texts: Dictionary): Uint8Array {
  const out = new ByteWriter();
  const flow = (text: string) => {
    const id = texts.idOf(text);
    out.count(id);
    if (id === 0) out.text(text);
  };
  writeCounts(out, flight.all, atMs);
  out.count(flight.flows.size);
  for (const [name, counts] of flight.flows) {
    flow(name);
    writeCounts(out, counts, atMs);
    out.count(counts.begins);
    out.count(counts.pairs.length / 2);
    for (const number of counts.pairs) out.count(number);
  }
  out.count(flight.carried.length);
  for (const one of flight.carried) {
    flow(one.flow);
    out.count(one.endMs - atMs);
  }
  // At the end, where files of before have nothing.
  for (const { queued } of flight.flows.values()) out.count(queued);
  return out.done();
}

/** From such bytes. */
export function unpackFlight(bytes: Uint8Array, atMs: Milliseconds, texts: Dictionary): Flight {
  const from = new ByteReader(bytes);
  const flow = () => {
    const id = from.count();
    return id === 0 ? from.text() : texts.textOf(id);
  };
  const all = readCounts(from, atMs);
  const flows = new Map<string, FlowCounts>();
  for (let left = from.count(); left > 0; left--) {
    const name = flow();
    const counts: FlowCounts = {
      ...readCounts(from, atMs),
      ...{ begins: from.count(), queued: 0, pairs: [] },
    };
    for (let more = 2 * from.count(); more > 0; more--) counts.pairs.push(from.count());
    flows.set(name, counts);
  }
  const carried: Carried[] = [];
  for (let left = from.count(); left > 0; left--) {
    carried.push({ flow: flow(), endMs: atMs + from.count() });
  }
  if (!from.isAtEnd) for (const counts of flows.values()) counts.queued = from.count();
  return { all, flows, carried };
}

function writeCounts(out: ByteWriter, counts: Counts, atMs: Milliseconds): void {
  out.count(counts.most);
  if (counts.most === 0) return;
  out.count(counts.mostAtMs - atMs);
  out.count(counts.weighed);
  out.count(counts.busyMs);
}

function readCounts(from: ByteReader, atMs: Milliseconds): Counts {
  const most = from.count();
  if (most === 0) return noCounts();
  const mostAtMs = atMs + from.count();
  return { most, mostAtMs, weighed: from.count(), busyMs: from.count() };
}
