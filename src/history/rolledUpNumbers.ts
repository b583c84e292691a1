import { groupsOf } from '../base/groups.ts';
import { spreadOf } from '../analysis/increase.ts';
import { minutesOf } from '../analysis/minutesByHand.ts';
import type { TimePart } from '../analysis/overTime.ts';
import type { PastQuestion } from '../analysis/past.ts';
import type { PastExecution } from '../analysis/pastExecution.ts';
import {
  basedOn,
  type NarrowingChoices,
  narrowedTo,
  type NumbersAsk,
  type PastNumbers,
  shortened,
} from '../analysis/pastNumbers.ts';
import { isRun, type SixFigures } from '../analysis/sixFigures.ts';
import { partAt, type Span } from '../analysis/spans.ts';
import { hourMs, type Zone } from '../base/zone.ts';
import { type ExecutionKind, isToolCall, type Milliseconds } from '../trace/execution.ts';
import { addAmount, spreadOfAmounts } from './amounts.ts';
import { BucketRoom } from './bucketRoom.ts';
import { concurrencyOfFlights } from './concurrencyOfFlights.ts';
import { CoveredTime, type Piece } from './coveredTime.ts';
import { errorsOfTotals } from './errorsOfTotals.ts';
import type { HeadsOf } from './executionRows.ts';
import type { DatedHead } from './readRows.ts';
import type { Flown } from './flight.ts';
import type { HistoryStore } from './historyStore.ts';
import { hourOf, nextDay } from './hours.ts';
import { noEnds } from './keptEnds.ts';
import {
  causeCountsOf,
  codeCountsOf,
  distributionOfTotals,
  durationsOfTotals,
  ended,
  failedNowhereOf,
  figuresOf,
  flowNumbersOf,
  nodeNumbersOf,
  resourcesOfTotals,
  runsIn,
  withCoursesOf,
} from './numbersOfTotals.ts';
import { PastTotals } from './pastTotals.ts';
import { madeIn, type Names, rollUp } from './rollup.ts';
import { addPackedEnds, type Ends } from './rollupBytes.ts';

/** Of the latest it is seen which nodes fail and pass by turns. */
const mostLatest = 500;

/** A flow, and what of services runs it where that is known. */
interface OfFlow {
  readonly flow: string;
  readonly kind?: ExecutionKind;
}

/** One answer out of what was rolled up, and the rows at the ends of its time. */
export class RolledUpNumbers {
  private readonly store: HistoryStore;
  private readonly ask: NumbersAsk;
  private readonly zone: Zone;
  private readonly time: CoveredTime;
  private readonly names: Names;
  private readonly room = new BucketRoom();
  private readonly headsOf: HeadsOf;
  /** Null: all. */
  private readonly flows: ReadonlySet<string> | null;
  private readonly isNarrowed: ReturnType<typeof narrowedTo>;
  private readonly othersOfScope: readonly PastExecution[];
  private readonly others: readonly PastExecution[];

  constructor(store: HistoryStore, { ask, flows, others }: PastQuestion, zone: Zone) {
    this.store = store;
    this.ask = ask;
    this.zone = zone;
    this.time = new CoveredTime(store);
    this.names = store.rolledUp.names();
    this.headsOf = store.executions.headsOnce();
    this.flows = flows === null ? null : new Set(flows);
    this.isNarrowed = narrowedTo(ask.only);
    this.othersOfScope = others;
    this.others = others.filter((other) => this.isNarrowed(other));
  }

  answer(): PastNumbers {
    const { ask } = this;
    const totals = this.totals();
    const durations = durationsOfTotals(totals);
    const { concurrency, inFlight } = this.concurrency(totals);
    const ends = new Map([...totals.flows].map(([flow, { total }]) => [flow, total]));
    const told = shortened(
      {
        runs: sumOf(ends.values(), ({ outcomes }) => runsIn(outcomes)),
        withoutNodes: sumOf(ends.values(), ({ flow }) => flow?.summaries ?? 0),
        figures: { ...this.figures(ends), today: this.runsOf(ask.today), running: this.running },
        base: basedOn(ask.bases, (span) => this.figuresOf(span)),
        today: {
          base: basedOn(ask.basesOfToday, (span) => this.figuresOf(span)),
          runs: ask.hoursOfToday.map((hour) => this.runsOf(hour)),
        },
        choices: this.choices(totals),
        ...{ parts: this.parts(), inFlight, concurrency, durations },
        distribution: distributionOfTotals(totals),
        ...{ causes: causeCountsOf(totals), codes: codeCountsOf(totals) },
        flows: flowNumbersOf(totals, durations),
        nodes: nodeNumbersOf(totals, durations),
        failedNowhere: failedNowhereOf(totals),
        errors: errorsOfTotals(totals, this.latest()),
        resources: resourcesOfTotals(totals),
      },
      ask.mostRows,
    );
    const rows = withCoursesOf(told.nodes.rows, totals, ask.span);
    return { ...told, nodes: { ...told.nodes, rows } };
  }

  private readonly isIn = (of: OfFlow): boolean => this.isOfScope(of) && this.isWanted(of);
  private readonly isOfScope = ({ flow }: OfFlow): boolean => this.flows?.has(flow) !== false;

  private isWanted({ flow, kind }: OfFlow): boolean {
    if (this.ask.only === null) return true;
    const known = kind ?? this.names.get(flow)?.kind ?? null;
    return known !== null && this.isNarrowed({ flow, kind: known });
  }

  /** Of all flows and nodes, over the span that is asked about. */
  private totals(): PastTotals {
    const { store, ask, names } = this;
    const totals = new PastTotals(names, this.room);
    for (const { by, fromMs, toMs } of this.time.cover(ask.span)) {
      if (by === 'rows') {
        totals.addRolledUp(fromMs, toMs, rollUp(this.executions(fromMs, toMs), names));
        continue;
      }
      for (const row of store.rolledUp.packed(by, fromMs, toMs, this.isIn)) {
        totals.addPacked(row, by === 'day' ? nextDay(row.atMs) : row.atMs + hourMs);
      }
    }
    for (const [atMs, some] of byHour(within(this.others, ask.span))) {
      totals.addRolledUp(atMs, atMs + hourMs, rollUp(some, names));
    }
    return totals;
  }

  private *executions(fromMs: Milliseconds, toMs: Milliseconds): Generator<PastExecution> {
    for (const execution of this.store.executions.executions(fromMs, toMs)) {
      if (this.isIn(execution)) yield execution;
    }
  }

  /** How executions of a span ended, and how long successful ones took: added to what is given for their flows. */
  private addEnds(
    span: Span,
    endsOf: (flow: string) => Ends,
    isIn = this.isIn,
    others = this.others,
  ): void {
    for (const piece of this.time.cover(span)) this.addPiece(piece, endsOf, isIn);
    for (const other of within(others, span)) addHead(endsOf(other.flow), other);
  }

  private addPiece(
    { by, fromMs, toMs }: Piece,
    endsOf: (flow: string) => Ends,
    isIn: (of: OfFlow) => boolean,
  ): void {
    if (by === 'rows') {
      for (const head of this.headsOf(fromMs, toMs)) {
        if (isIn(head)) addHead(endsOf(head.flow), head);
      }
      return;
    }
    for (const { flow, own } of this.store.rolledUp.packedFlows(by, fromMs, toMs, isIn)) {
      addPackedEnds(endsOf(flow), own, this.room);
    }
  }

  private endsTogether(span: Span): Ends {
    const ends = noEnds();
    const isOfAll = this.flows === null && this.ask.only === null;
    for (const piece of this.time.cover(span)) {
      if (isOfAll && piece.by !== 'rows') this.store.rolledUp.addEnds(ends, piece.by, piece);
      else this.addPiece(piece, () => ends, this.isIn);
    }
    for (const other of within(this.others, span)) addHead(ends, other);
    return ends;
  }

  private runsOf(span: Span): number {
    return runsIn(this.endsTogether(span).outcomes);
  }

  private get running(): number | null {
    if (!this.ask.reportsProgress) return null;
    return this.others.filter((one) => one.outcome === 'running' && isRun(one)).length;
  }

  private figures(ends: ReadonlyMap<string, Ends>) {
    const { minutesByHand, only } = this.ask;
    const figures = figuresOf(ends, (flow) =>
      minutesOf(minutesByHand, flow, this.names.get(flow)?.name ?? ''),
    );
    // These are of other services, whatever flow they name.
    return only?.kind === 'service' ? { ...figures, toolCalls: 0, builds: 0 } : figures;
  }

  /** Of a time that is compared with. */
  private figuresOf(span: Span): SixFigures {
    const ends = new Map<string, Ends>();
    this.addEnds(span, (flow) => madeIn(ends, flow, noEnds));
    const today = sumOf(ends.values(), ({ outcomes }) => runsIn(outcomes));
    const running = sumOf(ends.values(), ({ outcomes }) => ended(outcomes, 'running'));
    return {
      ...this.figures(ends),
      ...{ today, running: this.ask.reportsProgress ? running : null },
    };
  }

  /** What ran in the scope, whatever the answer is narrowed to; the last at the end. */
  private choices(totals: PastTotals): NarrowingChoices {
    const runs = new Map<string, Ends>();
    if (this.ask.only === null) {
      for (const [flow, { total }] of totals.flows) runs.set(flow, total);
    } else {
      this.addEnds(
        this.ask.span,
        (flow) => madeIn(runs, flow, noEnds),
        this.isOfScope,
        this.othersOfScope,
      );
    }
    const lastMs = (flow: string) => totals.flows.get(flow)?.total.flow?.lastMs ?? 0;
    const flows = [...runs]
      .filter(([, { outcomes }]) => runsIn(outcomes) > 0)
      .sort(([a], [b]) => lastMs(a) - lastMs(b))
      .map(([flow]) => ({ flow, name: totals.nameOf(flow) }));
    const kinds = flows.flatMap(({ flow }) => this.names.get(flow)?.kind ?? []);
    return { flows, services: [...new Set(kinds)].sort() };
  }

  private parts(): readonly TimePart[] {
    const { parts } = this.ask;
    if (!this.isFine) return parts.map((part) => partOf(part, this.endsTogether(part)));
    const ends = parts.map(() => noEnds());
    const durations = parts.map((): number[] => []);
    const add = (head: Pick<DatedHead, 'kind' | 'outcome' | 'durationMs'>, atMs: number) => {
      const place = partAt(parts, atMs);
      const ofPart = ends[place];
      if (ofPart === undefined) return;
      addHead(ofPart, head);
      if (head.outcome === 'succeeded' && head.durationMs !== null && isRun(head))
        durations[place]?.push(head.durationMs);
    };
    const { fromMs, toMs } = this.ask.span;
    for (const head of this.headsOf(fromMs, toMs)) {
      if (this.isIn(head)) add(head, head.beginMs);
    }
    for (const other of within(this.others, this.ask.span)) add(other, other.beginMs ?? 0);
    return parts.map((part, place) => {
      const { count, p50, p95 } = spreadOf(durations[place] ?? []);
      const told = partOf(part, ends[place] ?? noEnds());
      return count === 0 ? told : { ...told, p50Ms: p50, p95Ms: p95 };
    });
  }

  private concurrency(totals: PastTotals) {
    const { ask } = this;
    const others = this.others.flatMap((other): Flown[] => {
      const { beginMs, durationMs, flow, outcome } = other;
      if (beginMs === null || durationMs === null || !isRun(other)) return [];
      return [{ beginMs, endMs: beginMs + durationMs, flow, isGood: outcome === 'succeeded' }];
    });
    const recount = {
      ...{ dirty: this.time.dirty, others },
      ...{ floorMs: this.time.floorMs, headsOf: this.headsOf },
      // What is counted anew is counted of those alone that it is asked about.
      fine: this.isFine ? this.isIn : null,
    };
    return concurrencyOfFlights([...this.store.flights.within(ask.span, recount)], {
      ...{ parts: ask.parts, zone: this.zone },
      flows:
        this.isFine || (this.flows === null && ask.only === null)
          ? null
          : new Set(totals.flows.keys()),
      nameOf: (flow) => totals.nameOf(flow),
      runsOf: (flow) => runsIn(totals.flows.get(flow)?.total.outcomes ?? new Map()),
    });
  }

  private latest(): readonly PastExecution[] {
    const { fromMs, toMs } = this.ask.span;
    const kept = this.store.executions.between(fromMs, toMs, mostLatest);
    const all = [...kept.map(({ execution }) => execution), ...within(this.others, this.ask.span)];
    return all.filter((execution) => this.isIn(execution) && isRun(execution));
  }

  /** Parts that are shorter than hours are counted by rows: of a day at most. */
  private get isFine(): boolean {
    const { parts, span } = this.ask;
    const isShort = span.toMs - span.fromMs <= 26 * hourMs && span.fromMs >= this.time.floorMs;
    // The first and the last are cut off by the span.
    const inner = parts.slice(1);
    return isShort && inner.some(({ fromMs }) => fromMs !== hourOf(fromMs));
  }
}

function within(others: readonly PastExecution[], { fromMs, toMs }: Span): PastExecution[] {
  return others.filter(({ beginMs }) => beginMs !== null && beginMs >= fromMs && beginMs < toMs);
}

function byHour(others: readonly PastExecution[]): ReadonlyMap<Milliseconds, PastExecution[]> {
  return groupsOf(others, ({ beginMs }) => hourOf(beginMs ?? 0));
}

function addHead(
  into: Ends,
  { kind, outcome, durationMs }: Pick<DatedHead, 'kind' | 'outcome' | 'durationMs'>,
): void {
  const word = isRun({ kind }) ? outcome : isToolCall(kind) ? 'toolCall' : 'build';
  into.outcomes.set(word, (into.outcomes.get(word) ?? 0) + 1);
  if (word === 'succeeded' && durationMs !== null) addAmount(into.succeeded, durationMs);
}

function sumOf<T>(items: Iterable<T>, valueOf: (item: T) => number): number {
  let sum = 0;
  for (const item of items) sum += valueOf(item);
  return sum;
}

function partOf({ fromMs, toMs }: Span, { outcomes, succeeded }: Ends): TimePart {
  const { count, p50, p95, total } = spreadOfAmounts(succeeded);
  const counts = {
    ...{ succeeded: ended(outcomes, 'succeeded'), failed: ended(outcomes, 'failed') },
    cutOff: ended(outcomes, 'cancelled'),
  };
  const known = counts.succeeded + counts.failed + counts.cutOff;
  return {
    ...{ fromMs, toMs, ...counts, open: runsIn(outcomes) - known, measured: count },
    ...(count === 0 ? { p50Ms: null, p95Ms: null } : { p50Ms: p50, p95Ms: p95 }),
    durationMs: total,
  };
}
